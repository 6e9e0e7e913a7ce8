//! The charge of a row: the section convicted of, as exactly as the text lets it be known.

use std::borrow::Cow;

use record::Section;

use crate::sheet::charge::{Charge, parse};

/// A charge text understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Charged {
    /// The section; none where the text does not say it for certain.
    pub section: Option<Section>,
    /// An attempt at it.
    pub attempt: bool,
    /// For a conspiracy printed with its aim, the aim.
    pub target: Option<Section>,
    /// The section that is probably meant, where letters or the code are missing or wrong: for a person to look at.
    pub likely: Option<Section>,
}

/// The numbers of the Act's sections, which exports also print without their code.
const ACT: [&str; 4] = ["11357", "11358", "11359", "11360"];

/// Whether the charge stands in the comment instead: `SEE COMMENT FOR CHARGE`, `SEE COM FOR CHRG`.
#[must_use]
pub fn points_to_comment(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    text.is_empty() || text.starts_with("SEE COM")
}

/// Reads a charge text.
#[must_use]
pub fn read(text: &str) -> Charged {
    let upper = text.trim().to_ascii_uppercase();
    let bare = ["CHARGE", "CHRG", "CHG"]
        .iter()
        .find_map(|word| upper.trim_start_matches([':', ' ', '-']).strip_prefix(word))
        .unwrap_or(&upper)
        .trim_start_matches([':', ' ', '-', '#']);
    let named = mentioned(bare);
    let only_named = || Charged {
        likely: named.clone(),
        ..Charged::default()
    };
    // Which of two sections is meant, or whether both are, nothing says.
    if joined(bare) {
        return only_named();
    }
    let Some(charge) = parse(&parted(bare)) else {
        return only_named();
    };
    let charged = understood(charge);
    match named {
        Some(_) if !charged.is_whole(bare) => Charged {
            likely: charged.likely.filter(of_the_act).or(named),
            attempt: charged.attempt,
            ..Charged::default()
        },
        _ => charged,
    }
}

impl Charged {
    // The section is one of the Act's and nothing beside it, or a conspiracy whose aim is.
    fn is_whole(&self, text: &str) -> bool {
        let Some(section) = self.section.as_ref() else {
            return false;
        };
        if self.target.is_some() {
            return true;
        }
        let one = of_the_act(section) && !section.number().contains(['/', ',', '&', ';']);
        one && !several(text) && !self.is_wrapped(text)
    }

    // Words behind the section make it a conspiracy or an attempt. One of the sections reaches attempts itself, and says so.
    fn is_wrapped(&self, text: &str) -> bool {
        let itself = self
            .section
            .as_ref()
            .is_some_and(|one| one.base() == ACT[3]);
        let attempt = text.contains("ATTEMPT") && !self.attempt && !itself;
        attempt || text.contains("CONSPIR")
    }
}

fn of_the_act(section: &Section) -> bool {
    ACT.contains(&section.base())
}

/// Two numbers joined by a comma, an ampersand or a semicolon: `187,459 PC`, `11358 & 11359 HS`.
fn joined(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    signs.windows(3).any(|three| {
        let [before, sign, after] = three else {
            return false;
        };
        matches!(sign, ',' | '&' | ';')
            && after.is_ascii_digit()
            && (before.is_ascii_alphanumeric() || *before == ')')
    })
}

/// More than one section of the Act stands in the text: which is meant, nothing says.
fn several(text: &str) -> bool {
    let named = ACT.iter().filter(|act| {
        let mut found = text.match_indices(**act);
        found.any(|(at, _)| stands_alone(text, at, act.len()))
    });
    named.count() > 1
}

// A number is not a part of a longer one; an attempt may be glued to it.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let mut after = text.get(at + length..).unwrap_or_default().chars();
    let attempt = before.ends_with("664") || before.ends_with("664.");
    let glued = before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let goes_on = match after.next() {
        Some('.') => after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_ascii_digit(),
        None => false,
    };
    (!glued || attempt) && !goes_on
}

/// `11360A2 HS`, `11357B HS` with their brackets, as the sheets print them: a letter, and maybe a figure, run on from a section of
/// the Act.
fn parted(text: &str) -> Cow<'_, str> {
    let parts = ACT.iter().find_map(|act| {
        let rest = text.strip_prefix(act)?;
        let letter = rest.chars().next().filter(char::is_ascii_alphabetic)?;
        let rest = rest.get(1..)?;
        let figure = rest.chars().next().filter(char::is_ascii_digit);
        let rest = rest.get(usize::from(figure.is_some())..)?;
        (!rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            .then_some((act, letter, figure, rest))
    });
    match parts {
        Some((act, letter, Some(figure), rest)) => {
            format!("{act}({letter})({figure}){rest}").into()
        }
        Some((act, letter, None, rest)) => format!("{act}({letter}){rest}").into(),
        None => text.into(),
    }
}

fn understood(charge: Charge) -> Charged {
    let section = charge.section.map(|section| unglued(&section));
    // No other code has these numbers: the letters are wrong, and nothing says which part is.
    if let Some(wrong) = section
        .as_ref()
        .filter(|section| of_the_act(section) && section.code() != "HS")
    {
        return Charged {
            likely: format!("HS {}", wrong.number()).parse().ok(),
            attempt: charge.attempt,
            ..Charged::default()
        };
    }
    Charged {
        section: section.clone(),
        attempt: charge.attempt,
        target: charge.target,
        likely: charge.likely.filter(|_| section.is_none()),
    }
}

/// `11357A`, `11360A2`: the subdivision without its brackets. Other sections have letters of their own (288a is not 288(a)).
fn unglued(section: &Section) -> Section {
    let number = section.number();
    let split = ACT.iter().find_map(|act| {
        let rest = number.strip_prefix(act)?;
        rest.starts_with(|c: char| c.is_ascii_lowercase())
            .then_some((*act, rest))
    });
    let Some((act, rest)) = split else {
        return section.clone();
    };
    let mut text = format!("{} {act}", section.code());
    for part in rest.split(['(', ')']).flat_map(|part| part.split("")) {
        if !part.is_empty() {
            text.push_str(&format!("({part})"));
        }
    }
    text.parse().unwrap_or_else(|_| section.clone())
}

/// The first number of the Act that stands by itself in free text, with its subdivision.
#[must_use]
pub fn mentioned(text: &str) -> Option<Section> {
    let text = text.to_ascii_lowercase();
    let of = |act: &&str| {
        let mut found = text.match_indices(*act).map(|(at, _)| at);
        found.find(|at| stands_alone(&text, *at, act.len()))
    };
    let first = ACT.iter().filter_map(|act| Some((of(act)?, act)));
    let (at, act) = first.min_by_key(|(at, _)| *at)?;
    let rest = text.get(at + act.len()..)?;
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && !"()".contains(c))
        .unwrap_or(rest.len());
    let subdivision = rest
        .get(..end)
        .filter(|sub| sub.starts_with('(') && sub.ends_with(')'));
    format!("HS {act}{}", subdivision.unwrap_or_default())
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (String, bool, String) {
        let charged = read(text);
        let name = |section: Option<Section>| section.map_or(String::new(), |s| s.to_string());
        (name(charged.section), charged.attempt, name(charged.likely))
    }

    #[test]
    fn every_shape_of_the_export_is_read() {
        for (text, section, attempt, likely) in [
            ("11357(C) HS-POSSESS", "HS 11357(c)", false, ""),
            ("11357(C)HS-POSSESS", "HS 11357(c)", false, ""),
            ("11359HS-POSSESS", "HS 11359", false, ""),
            ("11357A HS", "HS 11357(a)", false, ""),
            ("11360A2 HS", "HS 11360(a)(2)", false, ""),
            ("CHRG 11358 HS", "HS 11358", false, ""),
            (":CHRG 11358 HS", "HS 11358", false, ""),
            ("664/11357(C) HS", "HS 11357(c)", true, ""),
            ("664.11357 HS", "HS 11357", true, ""),
            ("664-11357 HS", "HS 11357", true, ""),
            ("664-11358 HS-CULTIVATE", "HS 11358", true, ""),
            ("66411357(A) HS", "HS 11357(a)", true, ""),
            ("11357.5 HS-SYNTHETIC", "HS 11357.5", false, ""),
            ("11357(A)PC-POSSESS", "", false, "HS 11357(a)"),
            ("11360(B) SELL MARIJUANA", "", false, "HS 11360(b)"),
            ("CASE-11358", "", false, "HS 11358"),
            ("111357 HS", "HS 111357", false, ""),
            ("288A PC-ORAL COPULATION", "PC 288a", false, ""),
            ("288(A) PC-LEWD", "PC 288(a)", false, ""),
            ("11357(A) HS 11359 HS", "", false, "HS 11357(a)"),
            ("11360 HS-SALE & 11359 HS", "", false, "HS 11360"),
            ("11357B HS-POSSESS", "HS 11357(b)", false, ""),
            ("11360D HS", "HS 11360(d)", false, ""),
            ("664.11357", "", false, "HS 11357"),
            ("11359/182 PC", "", false, "HS 11359"),
            ("182(A)(1) PC/11359 HS", "", false, "HS 11359"),
            ("11359/186.22(B)(1) PC", "", false, "HS 11359"),
            ("11358 & 11359 HS", "", false, "HS 11358"),
            ("11357,11358 HS", "", false, "HS 11357"),
            ("32 PC/11359 HS", "", false, "HS 11359"),
            ("11359/11379 HS", "", false, "HS 11359"),
            ("11361/11359 HS", "", false, "HS 11359"),
            ("11359 HS-CONSPIRACY TO POSSESS", "", false, "HS 11359"),
            ("11359 HS ATTEMPT", "", false, "HS 11359"),
            (
                "11360(A) HS-SELL/ATTEMPT TO TRANSPORT",
                "HS 11360(a)",
                false,
                "",
            ),
            ("187,459 PC", "", false, ""),
            ("187 & 12022 PC", "", false, ""),
            ("TRAFFIC VIOLATION", "", false, ""),
            ("CALL 5551113570", "", false, ""),
        ] {
            assert_eq!(
                said(text),
                (section.to_owned(), attempt, likely.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn any_wording_that_points_to_the_comment_does() {
        assert!(points_to_comment("SEE COMMENT FOR CHARGE"));
        assert!(points_to_comment(" see com for chrg"));
        assert!(points_to_comment("  "));
        assert!(!points_to_comment("11357 HS"));
    }
}
