//! Why a pack was refused: the file, the line, and the nearest word that would have been right.

use std::fmt;

/// A pack that cannot be used. Nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The folder or a file in it could not be read.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable {
        /// Which file or folder.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// A pack needs this file.
    #[error("{file}: missing; a pack needs it")]
    Missing {
        /// Which file.
        file: String,
    },
    /// Bigger than any pack a person could review.
    #[error("{file}: {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Which file.
        file: String,
        /// Its size in bytes.
        bytes: usize,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// Something at one place of a file.
    #[error("{file}:{line}: {problem}")]
    At {
        /// Which file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong there.
        problem: Problem,
    },
}

impl LoadError {
    /// The file or folder it is about.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Unreadable { file, .. }
            | Self::Missing { file }
            | Self::TooLarge { file, .. }
            | Self::At { file, .. } => file,
        }
    }

    /// The line of the file, from 1, where it is about one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::At { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// What is wrong, without the file and its line.
    #[must_use]
    pub fn problem(&self) -> String {
        if let Self::At { problem, .. } = self {
            return problem.to_string();
        }
        let whole = self.to_string();
        let rest = whole.strip_prefix(self.file()).unwrap_or(&whole);
        rest.trim_start_matches(':').trim_start().to_owned()
    }
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not the shape the engine reads; the text is the parser's.
    #[error("{0}")]
    Shape(String),
    /// A word that is none of those that may stand here.
    #[error("{kind} `{word}` is not known{}", Nearest(.nearest))]
    Unknown {
        /// What was looked for: citation, offense, ...
        kind: &'static str,
        /// The word that stands there.
        word: String,
        /// The nearest word that would be right.
        nearest: Option<String>,
    },
    /// Two things with one name.
    #[error("{kind} `{word}` stands twice")]
    Twice {
        /// What it names.
        kind: &'static str,
        /// The name.
        word: String,
    },
    /// A value out of its range.
    #[error("{0}")]
    Value(String),
    /// Rows that do not decide every combination exactly once.
    #[error("{hits} rows decide {combination}; exactly one must")]
    Rows {
        /// The combination, in the pack's words.
        combination: String,
        /// How many rows decide it.
        hits: usize,
    },
    /// A text that one language has and another lacks.
    #[error("the text `{key}` is missing in {language}")]
    Untranslated {
        /// The text's key.
        key: String,
        /// The language without it.
        language: &'static str,
    },
    /// Things that each wait for the other.
    #[error("these {kind} run in a circle: {round}")]
    Cycle {
        /// What they are.
        kind: &'static str,
        /// Their ids.
        round: String,
    },
    /// A pack for a later program.
    #[error("this pack needs engine {needed}; this program has engine {has}: update the program")]
    Engine {
        /// What it needs.
        needed: u32,
        /// What there is.
        has: u32,
    },
}

struct Nearest<'a>(&'a Option<String>);

impl fmt::Display for Nearest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(word) => write!(f, "; the nearest is `{word}`"),
            None => Ok(()),
        }
    }
}

impl Problem {
    /// An unknown word, with the nearest of those that may stand there.
    pub(crate) fn unknown<'a>(
        kind: &'static str,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self::Unknown {
            kind,
            word: word.to_owned(),
            nearest: nearest(word, known),
        }
    }

    /// The parser's message, with the nearest word where it lists those that may stand there.
    pub(crate) fn shape(message: &str) -> Self {
        let mut quoted = message.split('`').skip(1).step_by(2);
        if let Some(kind) = message.strip_prefix("unknown ").and_then(|rest| {
            match rest.split_whitespace().next()? {
                "field" => Some("the key"),
                "variant" => Some("the word"),
                _ => None,
            }
        }) && let Some(word) = quoted.next()
        {
            return Self::unknown(kind, word, quoted);
        }
        let message = message.replace('\n', " ");
        Self::Shape(message.replace("expected u8", "expected a whole number from 0 to 255"))
    }
}

/// The known word with the fewest letters changed, small and capital letters alike where that decides; the first of equals.
fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known
        .into_iter()
        .min_by_key(|candidate| {
            let alike = distance(&word.to_lowercase(), &candidate.to_lowercase());
            (alike, distance(word, candidate))
        })
        .map(str::to_owned)
}

/// How many letters must be changed, added or taken away (Levenshtein's distance).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = (diagonal + usize::from(x != *y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered() {
        let problem = Problem::shape("unknown field `ciet`, expected one of `test`, `cite`, `say`");
        assert_eq!(
            problem.to_string(),
            "the key `ciet` is not known; the nearest is `cite`"
        );
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(
            Problem::shape("expected a string").to_string(),
            "expected a string"
        );
    }
}
