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

fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if !squeezed.ends_with(c) {
            squeezed.push(c);
        }
    }
    squeezed
}
