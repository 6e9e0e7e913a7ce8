//! One line made ready for reading: capitals, plain blanks and dashes. Names are always taken from the printed line instead.

use crate::limits;
use crate::text::RawLine;

/// What stands for a line too long to be one: words that mean nothing to the reader.
const OVERLONG: &str = "(OVERLONG)";

/// A line in normal form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Capitals without outer blanks.
    pub(crate) text: String,
    /// Blanks before the text.
    pub(crate) indent: usize,
    /// An engine recognised it in a picture.
    pub(crate) recognised: bool,
    /// As printed, with plain blanks, without marks that only steer the direction of writing.
    pub(crate) printed: String,
}

impl Line {
    pub(crate) fn of(raw: &RawLine) -> Self {
        if raw.text.len() > limits::LINE {
            return Self {
                text: OVERLONG.to_owned(),
                recognised: !raw.words.is_empty(),
                ..Self::default()
            };
        }
        let printed: String = raw.text.chars().filter_map(plain_blank).collect();
        let mut text = String::with_capacity(printed.len());
        for c in printed.chars() {
            match plain(c) {
                Some(pair) => text.push_str(pair),
                None => text.extend(c.to_uppercase()),
            }
        }
        let indent = text.chars().take_while(|c| *c == ' ').count();
        if let Some(without) = without_page_mark(&text) {
            text = without;
        }
        Self {
            text: text.trim().to_owned(),
            indent,
            recognised: !raw.words.is_empty(),
            printed: printed.trim().to_owned(),
        }
    }
}

/// A line without the `PAGE 2 OF 7` that a page break left among its words; none where there is no such mark, or nothing beside it.
fn without_page_mark(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    text.match_indices("PAGE ").find_map(|(at, mark)| {
        let before = text.get(..at)?;
        let rest = text.get(at + mark.len()..)?.trim_start();
        let number = digits(rest);
        let rest = rest
            .get(number..)?
            .trim_start()
            .strip_prefix("OF ")?
            .trim_start();
        let of = digits(rest);
        let after = rest.get(of..)?;
        // A day or a clock beside it belongs to the mark: `PAGE 2 OF 5   5/8/2020`.
        let number_only = |text: &str| {
            text.chars()
                .all(|c| c.is_ascii_digit() || " /:-.,".contains(c))
        };
        let alone = number_only(before) && number_only(after);
        let word = before.is_empty() || before.ends_with(' ');
        (number > 0 && of > 0 && word && !alone && !after.starts_with(char::is_alphanumeric))
            .then(|| format!("{before}{}", after.trim_start()))
    })
}

/// Blanks of every kind become one kind; invisible marks go.
fn plain_blank(c: char) -> Option<char> {
    match c {
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// What recognition of letters makes of plain ones, and typographic signs. Only for keywords: never applied to names.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '–' | '—' | '−' | '‐' | '‑' => "-",
        '’' | '‘' | '`' | '´' => "'",
        '“' | '”' => "\"",
        'É' | 'È' | 'é' | 'è' => "E",
        'Ç' | 'ç' => "C",
        'Ó' | 'Ọ' | 'Ò' | 'Ö' | 'ó' | 'ọ' | 'ò' | 'ö' => "O",
        'Í' | 'Ì' | 'í' | 'ì' => "I",
        'Á' | 'À' | 'á' | 'à' => "A",
        'ﬁ' => "FI",
        'ﬂ' => "FL",
        _ => return None,
    })
}

/// Signs that get between letters of a keyword: dots, stars, quotes.
pub(super) fn is_speck(c: char) -> bool {
    matches!(
        c,
        ' ' | '.' | ',' | '•' | '·' | '\'' | '*' | '"' | '▪' | '_' | '~'
    )
}

/// What follows `word` at the start of `text`, where specks and single blanks may stand between its letters and a letter may be
/// lost to a box (▯). `None` if the text does not begin so.
pub(super) fn after_spread<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.trim_start_matches(is_speck);
    let mut lost = 0;
    for expected in word.chars().filter(|c| *c != ' ') {
        rest = rest.trim_start_matches(is_speck);
        let found = rest.chars().next()?;
        if matches!(found, '▯' | '□' | '\u{fffd}') {
            lost += 1;
        } else if found != expected {
            return None;
        }
        rest = rest.get(found.len_utf8()..)?;
    }
    (lost <= 1).then_some(rest)
}

/// What follows a colon, or what stands for one, after blanks and specks.
pub(super) fn after_colon(text: &str) -> Option<&str> {
    text.trim_start_matches(is_speck)
        .strip_prefix([':', ';'])
        .map(str::trim_start)
}

/// The value of `TAG:value`; a semicolon, blanks and dots are let pass.
pub(super) fn value<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    after_colon(after_spread(text, tag)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_mark_among_words_is_cut_out() {
        for (text, left) in [
            ("CNT:01 PAGE 2 OF 7 #A1", Some("CNT:01 #A1")),
            ("PAGE 2 OF 7 11357 HS-POSSESS", Some("11357 HS-POSSESS")),
            ("CNT:02  PAGE 3 OF 12", Some("CNT:02  ")),
            ("PAGE 2 OF 7", None),
            ("PAGE,JIMMY", None),
            ("HOMEPAGE 2 OF 3 X", None),
        ] {
            assert_eq!(without_page_mark(text).as_deref(), left, "{text}");
        }
    }
}
