//! A sentence with places for values.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// A sentence of a pack: plain text, places for values in braces, and stars around what is set in italics.
///
/// `{name}` prints a value as it is, `{NAME}` in capitals, `{Name}` with a capital first letter. Values are put in after the
/// sentence was taken apart, so nothing in a value can act as a brace or a star.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    text: String,
    pieces: Vec<Piece>,
}

/// A part of a [`Phrase`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Set in italics.
    pub italic: bool,
    /// Text, or a place for a value.
    pub slot: Slot,
}

/// What stands in a part of a [`Phrase`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Words.
    Text(String),
    /// A value, by its name in small letters.
    Value(String),
    /// A value in capitals.
    Capitals(String),
    /// A value with a capital first letter.
    Capitalised(String),
}

/// A sentence whose braces or stars do not match.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("every {{ needs its }} around a name of letters and underscores, and stars come in pairs")]
pub struct PhraseError;

impl Phrase {
    /// Takes a sentence apart.
    ///
    /// # Errors
    /// Braces or stars do not match.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let mut pieces = Vec::new();
        let mut italic = false;
        let mut words = String::new();
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match c {
                '*' => {
                    flush(&mut pieces, &mut words, italic);
                    italic = !italic;
                }
                '{' => {
                    flush(&mut pieces, &mut words, italic);
                    let name: String = rest.by_ref().take_while(|c| *c != '}').collect();
                    pieces.push(Piece {
                        italic,
                        slot: slot(&name)?,
                    });
                }
                '}' => return Err(PhraseError),
                c => words.push(c),
            }
        }
        flush(&mut pieces, &mut words, italic);
        // A brace that never closes has swallowed the end: its name then holds blanks or is empty, unless the text ends in it.
        if italic || text.matches('{').count() != text.matches('}').count() {
            return Err(PhraseError);
        }
        Ok(Self {
            text: text.to_owned(),
            pieces,
        })
    }

    /// Its parts, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// As it is written in the pack.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn flush(pieces: &mut Vec<Piece>, words: &mut String, italic: bool) {
    if !words.is_empty() {
        pieces.push(Piece {
            italic,
            slot: Slot::Text(std::mem::take(words)),
        });
    }
}

fn slot(name: &str) -> Result<Slot, PhraseError> {
    let mut letters = name.chars();
    let first = letters.next().ok_or(PhraseError)?;
    if !name.chars().all(|c| c.is_ascii_alphabetic() || c == '_') {
        return Err(PhraseError);
    }
    let small = name.to_ascii_lowercase();
    Ok(if small == name {
        Slot::Value(small)
    } else if name.to_ascii_uppercase() == name {
        Slot::Capitals(small)
    } else if first.is_ascii_uppercase() {
        Slot::Capitalised(small)
    } else {
        return Err(PhraseError);
    })
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_taken_apart() {
        let phrase = Phrase::parse("See *id.*, {Which} of {NAME}").unwrap();
        let slots: Vec<_> = phrase
            .pieces()
            .iter()
            .map(|p| (&p.slot, p.italic))
            .collect();
        assert_eq!(
            slots,
            [
                (&Slot::Text("See ".into()), false),
                (&Slot::Text("id.".into()), true),
                (&Slot::Text(", ".into()), false),
                (&Slot::Capitalised("which".into()), false),
                (&Slot::Text(" of ".into()), false),
                (&Slot::Capitals("name".into()), false),
            ]
        );
    }

    #[test]
    fn braces_and_stars_must_match() {
        for broken in ["{name", "name}", "{}", "{two words}", "a * star", "{nAME}"] {
            assert_eq!(Phrase::parse(broken), Err(PhraseError), "{broken}");
        }
    }
}
