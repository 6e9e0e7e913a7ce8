//! Texts made comparable, and phrases looked for in them.

/// A text made ready for comparing: words with single blanks round them, and the text without blanks and doubled letters.
pub(super) struct Words {
    spaced: String,
    squeezed: String,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let upper: String = text.chars().flat_map(char::to_uppercase).collect();
        let mut spaced = String::with_capacity(upper.len() + 2);
        spaced.push(' ');
        let plain = upper
            .split(|c: char| !(c.is_alphanumeric() || c == '.'))
            .map(|word| word.trim_matches('.'));
        let apart: Vec<String> = plain.filter(|word| !word.is_empty()).map(unglued).collect();
        for word in apart.iter().flat_map(|word| word.split_whitespace()) {
            // `PER1203.4PC`: the blank is lost.
            let glued = word
                .strip_prefix("PER")
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            if glued.is_some() {
                spaced.push_str("PER ");
            }
            let word = glued.unwrap_or(word);
            spaced.push_str(word);
            spaced.push(' ');
        }
        Self {
            squeezed: squeeze(&upper),
            spaced,
        }
    }

    pub(super) fn any(&self, phrases: &[String]) -> bool {
        self.position(phrases).is_some()
    }

    /// Where the first of the phrases that stands there begins.
    pub(super) fn position(&self, phrases: &[String]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.places(phrase).next())
    }

    /// Where each of the phrases begins, wherever it stands.
    pub(super) fn positions(&self, phrases: &[String]) -> Vec<usize> {
        phrases
            .iter()
            .flat_map(|phrase| self.places(phrase))
            .collect()
    }

    fn places(&self, phrase: &str) -> impl Iterator<Item = usize> {
        let (phrase, any_ending) = match phrase.strip_suffix('*') {
            Some(beginning) => (beginning.to_owned(), true),
            None => (phrase.to_owned(), false),
        };
        let length = phrase.len();
        let found: Vec<usize> = self
            .spaced
            .match_indices(&phrase)
            .map(|(at, _)| at)
            .collect();
        found.into_iter().filter(move |at| {
            let before = self
                .spaced
                .get(..*at)
                .is_some_and(|text| text.ends_with(' '));
            let after = self
                .spaced
                .get(at + length..)
                .is_some_and(|text| text.starts_with(' '));
            before && (any_ending || after)
        })
    }

    /// A section with a point in its number stands inside a longer word: `DISMISSALPER1203.4PC`.
    pub(super) fn holds_section(&self, sections: &[String]) -> bool {
        sections
            .iter()
            .map(|section| section.trim_end_matches('*'))
            .filter(|section| {
                section.contains('.') && section.bytes().all(|b| b == b'.' || b.is_ascii_digit())
            })
            .any(|section| {
                self.spaced.match_indices(section).any(|(at, _)| {
                    let digit = |c: char| c.is_ascii_digit();
                    !self.spaced.get(..at).is_some_and(|t| t.ends_with(digit))
                        && !self
                            .spaced
                            .get(at + section.len()..)
                            .is_some_and(|t| t.starts_with(digit))
                })
            })
    }

    /// One of the phrases stands there with a word that holds a digit right behind it.
    pub(super) fn numbered(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| {
            self.places(phrase).any(|at| {
                self.spaced
                    .get(at + phrase.len()..)
                    .and_then(|rest| rest.split_whitespace().next())
                    .is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()))
            })
        })
    }

    pub(super) fn exact(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| self.spaced.trim() == phrase)
    }

    pub(super) fn starts(&self, phrases: &[String]) -> bool {
        phrases
            .iter()
            .any(|phrase| self.squeezed.starts_with(&squeeze(phrase)))
    }
}

impl Words {
    /// The text's first word is one sign away from a long phrase: replaced, lost or put in.
    pub(super) fn nearly_starts(&self, phrases: &[String]) -> bool {
        const LONG: usize = 7;
        let first: Vec<char> = self
            .spaced
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .chars()
            .collect();
        phrases
            .iter()
            .map(|phrase| phrase.chars().collect::<Vec<char>>())
            .filter(|phrase| phrase.len() >= LONG && !phrase.contains(&' '))
            .any(|phrase| one_sign_apart(&first, &phrase))
    }
}

/// `CONVSETASIDE`, `DISMPER1203.4PC`: blanks are optional on a sheet; words of orders that were run together are taken apart.
fn unglued(word: &str) -> String {
    const GLUED: [(&str, &str); 6] = [
        ("SETASIDE", " SET ASIDE "),
        ("DISMPER", " DISM PER "),
        ("DISMISSEDPER", " DISMISSED PER "),
        ("REDUCEDTO", " REDUCED TO "),
        ("RELIEFGRANTED", " RELIEF GRANTED "),
        ("SEALEDPER", " SEALED PER "),
    ];
    let mut apart = word.to_owned();
    for (glued, spaced) in GLUED {
        if apart.contains(glued) {
            apart = apart.replace(glued, spaced);
        }
    }
    apart
}

/// Digits inside words read as the letters they look like.
pub(super) fn letters(text: &str) -> String {
    let word = |word: &str| -> String {
        if !word.contains(char::is_alphabetic) {
            return word.to_owned();
        }
        word.chars()
            .map(|c| match c {
                '0' => 'O',
                '1' | '|' | '!' => 'I',
                '5' => 'S',
                '8' => 'B',
                c => c,
            })
            .collect()
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn one_sign_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = |text: &[char], from: usize| text.get(from..).map(<[char]>::to_vec);
    if short.len() == long.len() {
        rest(short, same + 1) == rest(long, same + 1)
    } else {
        rest(short, same) == rest(long, same + 1)
    }
}

fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if !squeezed.ends_with(c) {
            squeezed.push(c);
        }
    }
    squeezed
}
