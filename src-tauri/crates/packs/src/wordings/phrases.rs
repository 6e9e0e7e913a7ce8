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
        for word in plain.filter(|word| !word.is_empty()) {
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
        phrases.iter().find_map(|phrase| {
            let (phrase, any_ending) = match phrase.strip_suffix('*') {
                Some(beginning) => (beginning, true),
                None => (phrase.as_str(), false),
            };
            self.spaced
                .match_indices(phrase)
                .map(|(at, _)| at)
                .find(|at| {
                    let before = self
                        .spaced
                        .get(..*at)
                        .is_some_and(|text| text.ends_with(' '));
                    let after = self
                        .spaced
                        .get(at + phrase.len()..)
                        .is_some_and(|text| text.starts_with(' '));
                    before && (any_ending || after)
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
