//! The search for a section by what somebody types.

use record::clinic::Language;

use super::{Statute, Statutes};
use crate::Pack;
use crate::section::{Charge, Codes};

impl Pack {
    /// The sections that fit what somebody typed: `123a`, `ab 123(a)`, `123 AB`, or a word of the offense's name; at most so many.
    #[must_use]
    pub fn statutes(&self, typed: &str, language: Language, most: usize) -> Statutes {
        let Some(wanted) = Wanted::read(typed, &self.codes) else {
            return Statutes::default();
        };
        let mut fitting: Vec<(Rank, Charge)> = self
            .charges()
            .into_iter()
            .filter_map(|charge| Some((self.rank(&wanted, &charge, language)?, charge)))
            .collect();
        fitting.sort();
        let mut whole = fitting.iter().filter(|(rank, _)| rank.0 == Nearness::Whole);
        let exact = match (whole.next(), whole.next()) {
            (Some((_, only)), None) => Some(only.to_string()),
            _ => None,
        };
        let found = fitting.into_iter().take(most).map(|(_, charge)| Statute {
            section: charge.to_string(),
            names: self.called(&charge, language),
        });
        Statutes {
            found: found.collect(),
            exact,
            coded: !wanted.codes.is_empty(),
        }
    }

    fn rank(&self, wanted: &Wanted, charge: &Charge, language: Language) -> Option<Rank> {
        if !wanted.codes.is_empty() && !wanted.codes.contains(&charge.code) {
            return None;
        }
        let nearness = if wanted.number.is_empty() {
            let names = self.called(charge, language);
            let folded: Vec<String> = names.iter().map(|called| fold(&called.name)).collect();
            let fits = |name: &String| {
                let has = |word: &String| name.split(' ').any(|part| part.starts_with(word));
                wanted.words.iter().all(has)
            };
            // A code alone lists what it has.
            if !wanted.words.is_empty() && !folded.iter().any(fits) {
                return None;
            }
            Nearness::Name
        } else {
            let number = plain_number(&number_of(charge));
            match number.strip_prefix(&wanted.number) {
                Some("") => Nearness::Whole,
                // `123` goes on to `123(b)` and `123.5` before `1234`.
                Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => Nearness::Digits,
                Some(_) => Nearness::Beginning,
                None => return None,
            }
        };
        let digits: String = charge
            .base
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        Some(Rank(nearness, digits.parse().unwrap_or(u64::MAX)))
    }
}

/// How near, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(Nearness, u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Whole,
    Beginning,
    Digits,
    Name,
}

/// What was typed, taken apart.
struct Wanted {
    /// Codes that it may mean; none where it names none.
    codes: Vec<String>,
    /// The number, letters and digits and points only; empty where there is none.
    number: String,
    /// Words of a name, where there is no number.
    words: Vec<String>,
}

impl Wanted {
    fn read(typed: &str, codes: &Codes) -> Option<Self> {
        let typed = typed.trim();
        let Some(at) = typed.find(|c: char| c.is_ascii_digit()) else {
            let named = codes.beginning(typed);
            let words = if named.is_empty() { typed } else { "" };
            let words: Vec<String> = fold(words).split(' ').map(str::to_owned).collect();
            let words = words.into_iter().filter(|word| !word.is_empty()).collect();
            let wanted = Self {
                codes: named,
                number: String::new(),
                words,
            };
            return (wanted.words.iter().any(|word| word.chars().count() > 1)
                || !wanted.codes.is_empty())
            .then_some(wanted);
        };
        let (before, rest) = typed.split_at(at);
        // `§` and the like before a number say nothing.
        let before: String = before.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut wanted = Self {
            codes: codes.beginning(&before),
            number: plain_number(rest),
            words: Vec::new(),
        };
        if !before.is_empty() && wanted.codes.is_empty() {
            return None;
        }
        if before.is_empty() {
            // The code behind the number, apart from it or close to it.
            let (number, code) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            if let Some(code) = codes.whole(code) {
                wanted.number = plain_number(number);
                wanted.codes = vec![code];
            } else if let Some((number, code)) = codes.behind(&wanted.number) {
                wanted.number = number;
                wanted.codes = vec![code];
            }
        }
        Some(wanted)
    }
}

fn number_of(charge: &Charge) -> String {
    charge.base.clone() + &charge.subdivisions.concat()
}

fn plain_number(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric() || *c == '.');
    kept.flat_map(char::to_lowercase).collect()
}

// Small letters without accents, words parted by one blank.
fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    };
    let small = text.chars().flat_map(char::to_lowercase).map(plain);
    let small: String = small.collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}
