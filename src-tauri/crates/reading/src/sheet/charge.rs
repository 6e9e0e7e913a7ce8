//! The charge line: `664/11359 HS-POSSESS MARIJUANA FOR SALE`.

use record::Section;

use super::dates::as_digit;

/// Codes as sheets abbreviate them.
const CODES: [&str; 20] = [
    "PC", "BP", "CC", "CI", "EC", "FA", "FC", "FG", "GC", "HN", "HS", "IC", "LC", "MV", "PR", "RT",
    "SH", "UI", "VC", "WI",
];
/// Swapped letters of a code that are no code themselves.
const SWAPPED: [(&str, &str); 4] = [("CP", "PC"), ("CV", "VC"), ("PB", "BP"), ("IW", "WI")];
/// The section of an attempt, which is an attempt at what stands beside it.
const ATTEMPT: &str = "664";

/// A charge as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Charge {
    /// The section, without an attempt's own.
    pub(crate) section: Option<Section>,
    /// The words after the section.
    pub(crate) description: Option<String>,
    /// Charged as an attempt.
    pub(crate) attempt: bool,
    /// For a conspiracy printed together with its aim, the aim.
    pub(crate) target: Option<Section>,
    /// The code was put right; this is what was printed.
    pub(crate) repaired: Option<String>,
    /// What letters among the section's digits probably stand for; the section is then left unknown.
    pub(crate) likely: Option<Section>,
}

/// A charge with a section; `None` if the line has not that shape.
pub(crate) fn parse(line: &str) -> Option<Charge> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    if let Some(charge) = code_first(line) {
        return Some(charge);
    }
    if !line.starts_with(|c: char| c.is_ascii_digit() || as_digit(c).is_some()) {
        return None;
    }
    let (number, code, rest) = split(line)?;
    // `664 PC/11359 HS-...` and `664 PC-11359 HS-...`: the attempt has its own code.
    if code == "PC"
        && digits_of(number) == ATTEMPT
        && let Some(mut inner) = parse(rest.trim_start_matches(['/', '-', ' ']))
    {
        inner.attempt = true;
        return Some(inner);
    }
    let real = SWAPPED
        .iter()
        .find(|(wrong, _)| *wrong == code)
        .map_or(code, |(_, right)| *right);
    let mut charge = Charge {
        description: description(rest),
        repaired: (real != code).then(|| format!("{} {code}", number.trim())),
        ..Charge::default()
    };
    if real == "US" {
        charge.section = federal(number);
        return Some(charge);
    }
    let (normal, attempt) = without_attempt(&normal(number));
    charge.attempt = attempt;
    if is_number(&normal) {
        charge.section = format!("{real} {normal}").parse().ok();
        if let Some((conspiracy, aim)) = conspiracy(&normal, real) {
            (charge.section, charge.target) = (Some(conspiracy), Some(aim));
            charge.repaired = Some(format!("{} {code}", number.trim()));
        }
    } else {
        let fixed = repaired(&normal);
        charge.likely = fixed
            .filter(|n| is_number(n))
            .and_then(|n| format!("{real} {n}").parse().ok());
        charge.likely.as_ref()?;
    }
    Some(charge)
}

/// `PC 484(A)-THEFT`: code and number in the order of a book, put right.
fn code_first(line: &str) -> Option<Charge> {
    let (code, rest) = line.split_at_checked(2)?;
    let rest = rest.strip_prefix(' ')?.trim_start();
    if !CODES.contains(&code) || !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Up to the hyphen or blank before the words; `484-487(A)` goes on with a digit.
    let end = rest
        .char_indices()
        .find(|(at, c)| match c {
            '-' | ' ' => !rest
                .get(at + 1..)
                .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit() || c == '(')),
            _ => false,
        })
        .map_or(rest.len(), |(at, _)| at);
    let (number, words) = rest.split_at_checked(end)?;
    let mut charge = parse(&format!("{number} {code}{}", words.replacen(' ', "-", 1)))?;
    charge.repaired = Some(format!("{code} {number}"));
    Some(charge)
}

/// The number before the first code word, the code, and what follows.
fn split(line: &str) -> Option<(&str, &str, &str)> {
    for (at, _) in line.char_indices() {
        let word = line.get(at..at + 2).unwrap_or_default();
        let known = CODES.contains(&word)
            || word == "US"
            || SWAPPED.iter().any(|(wrong, _)| *wrong == word);
        if !known {
            continue;
        }
        let (before, after) = (line.get(..at)?, line.get(at + 2..)?);
        // A code stands by itself: after the number, before a sign or the end.
        let before_ok = before.ends_with(|c: char| c.is_ascii_digit() || " ).-,".contains(c));
        if before_ok && !after.starts_with(|c: char| c.is_alphanumeric()) {
            let shape = |c: char| c.is_ascii_alphanumeric() || " ().,-/&".contains(c);
            // Words before it mean free text that only mentions a section.
            let longest = before
                .split(|c: char| !c.is_ascii_alphabetic())
                .map(str::len)
                .max()
                .unwrap_or_default();
            return (before.chars().all(shape) && longest <= 3 && before.len() <= 40)
                .then_some((before, word, after));
        }
    }
    None
}

fn description(rest: &str) -> Option<String> {
    let text = rest
        .trim_start_matches(|c: char| " -.,:'*".contains(c))
        .trim_end_matches([' ', '.', '-']);
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// No blanks, a point for a comma, small letters, no signs at the ends.
fn normal(number: &str) -> String {
    let joined: String = number
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            if c == ',' {
                '.'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    joined.trim_matches(['.', '-', '/', '&']).to_owned()
}

/// `664/187(a)`, `664-187`, `664187(a)`, `187(a)-664`: the section tried, and that it was tried.
fn without_attempt(number: &str) -> (String, bool) {
    let signs = ['/', '-', '.'];
    if let Some(rest) = number.strip_prefix(ATTEMPT) {
        let glued = rest.bytes().take_while(u8::is_ascii_digit).count() >= 3;
        if let Some(rest) = rest
            .strip_prefix(signs)
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            // `664.5` would be a section of its own; an attempt's aim has at least two digits.
            if rest.bytes().take_while(u8::is_ascii_digit).count() >= 2 {
                return (rest.to_owned(), true);
            }
        } else if glued {
            return (rest.to_owned(), true);
        }
    }
    if let Some(rest) = number
        .strip_suffix(ATTEMPT)
        .and_then(|rest| rest.strip_suffix(['/', '-']))
    {
        return (rest.to_owned(), true);
    }
    (number.to_owned(), false)
}

/// Digits, points, up to two letters, subdivisions in brackets; several joined by `/`, `-` or `&`.
fn is_number(number: &str) -> bool {
    !number.is_empty()
        && number.split(['/', '-', '&']).all(|part| {
            let base = part.split('(').next().unwrap_or_default();
            let digits = base.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let subdivisions = part.get(base.len()..).unwrap_or_default();
            digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.ends_with(|c: char| c.is_ascii_digit())
                && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
                && !digits.contains("..")
                && base.len() - digits.len() <= 2
                && are_subdivisions(subdivisions)
        })
}

fn are_subdivisions(text: &str) -> bool {
    text.is_empty()
        || (text.starts_with('(') && text.ends_with(')'))
            && text.trim_matches(['(', ')']).split(")(").all(|one| {
                (1..=5).contains(&one.len())
                    && one.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
            })
}

/// Letters among the leading digits read as the digits they look like.
fn repaired(number: &str) -> Option<String> {
    let end = number.find('(').unwrap_or(number.len());
    let (base, rest) = number.split_at_checked(end)?;
    let base: Option<String> = base
        .chars()
        .map(|c| {
            if c.is_ascii_digit() || c == '.' {
                Some(c)
            } else {
                as_digit(c.to_ascii_uppercase())
            }
        })
        .collect();
    Some(format!("{}{rest}", base?))
}

/// `182/11360(a) HS`: a conspiracy and its aim. Conspiracy has its own code, which is not printed beside the aim's.
fn conspiracy(number: &str, code: &str) -> Option<(Section, Section)> {
    let (first, aim) = number.split_once(['/', '-'])?;
    if code == "PC" || first.split('(').next() != Some("182") {
        return None;
    }
    Some((
        format!("PC {first}").parse().ok()?,
        format!("{code} {aim}").parse().ok()?,
    ))
}

/// `18 2113(A) US`: title and section of the United States Code.
fn federal(number: &str) -> Option<Section> {
    let (title, section) = number.trim().split_once(' ')?;
    let section = normal(section);
    (title.bytes().all(|b| b.is_ascii_digit()) && is_number(&section))
        .then(|| format!("{title} USC {section}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charges_are_normalised() {
        for (line, section, attempt, description) in [
            (
                "11357(B) HS-POSSESS MARIJUANA",
                "HS 11357(b)",
                false,
                Some("POSSESS MARIJUANA"),
            ),
            (
                "11360 (A) HS-SELL/TRANSPORT",
                "HS 11360(a)",
                false,
                Some("SELL/TRANSPORT"),
            ),
            (".496. PC-RECEIVE", "PC 496", false, Some("RECEIVE")),
            (
                "490,2 PC-PETTY THEFT",
                "PC 490.2",
                false,
                Some("PETTY THEFT"),
            ),
            ("11358HS-CULTIVATE", "HS 11358", false, Some("CULTIVATE")),
            ("537E(A) PC-BUY", "PC 537e(a)", false, Some("BUY")),
            ("1203.4A PC", "PC 1203.4a", false, None),
            ("11359 HS", "HS 11359", false, None),
            (
                "245(A)(1) PC-FORCE/ADW NOT FIREARM:GBI LIKELY",
                "PC 245(a)(1)",
                false,
                Some("FORCE/ADW NOT FIREARM:GBI LIKELY"),
            ),
            ("664/11359 HS-ATTEMPT", "HS 11359", true, Some("ATTEMPT")),
            ("664-187(A) PC-MURDER", "PC 187(a)", true, Some("MURDER")),
            ("664187(A) PC-MURDER", "PC 187(a)", true, Some("MURDER")),
            ("664.487(A) PC-THEFT", "PC 487(a)", true, Some("THEFT")),
            ("459-664 PC-BURGLARY", "PC 459", true, Some("BURGLARY")),
            ("664 PC/11360(A) HS-SELL", "HS 11360(a)", true, Some("SELL")),
            ("664 PC-ATTEMPT", "PC 664", false, Some("ATTEMPT")),
            ("484-487(A) PC-THEFT", "PC 484-487(a)", false, Some("THEFT")),
            (
                "23145/23152(B) VC-DUI",
                "VC 23145/23152(b)",
                false,
                Some("DUI"),
            ),
            (
                "18 2113(A) US-BANK ROBBERY",
                "18 USC 2113(a)",
                false,
                Some("BANK ROBBERY"),
            ),
            (
                "12020(A)(1) PC-MFG/SALE",
                "PC 12020(a)(1)",
                false,
                Some("MFG/SALE"),
            ),
        ] {
            let charge = parse(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                charge.section.as_ref().map(Section::as_str),
                Some(section),
                "{line}"
            );
            assert_eq!(
                (charge.attempt, charge.description.as_deref()),
                (attempt, description),
                "{line}"
            );
        }
    }

    #[test]
    fn swapped_codes_are_taken_and_told() {
        let charge = parse("487(D) CP-GRAND THEFT").unwrap();
        assert_eq!(charge.section.unwrap().as_str(), "PC 487(d)");
        assert_eq!(charge.repaired.as_deref(), Some("487(D) CP"));
    }

    #[test]
    fn a_code_before_its_number_is_taken_and_told() {
        for (line, section, words) in [
            ("PC 484(A)-THEFT", "PC 484(a)", Some("THEFT")),
            (
                "HS 11360 (A) SELL MARIJUANA",
                "HS 11360(a)",
                Some("SELL MARIJUANA"),
            ),
            ("PC 664/459-BURGLARY", "PC 459", Some("BURGLARY")),
            ("VC 23152", "VC 23152", None),
        ] {
            let charge = parse(line).unwrap();
            assert_eq!(charge.section.unwrap().as_str(), section, "{line}");
            assert_eq!(charge.description.as_deref(), words, "{line}");
            assert!(charge.repaired.is_some(), "{line}");
        }
        assert_eq!(parse("PC DEPARTMENT 12"), None);
    }

    #[test]
    fn letters_among_digits_are_only_a_proposal() {
        let charge = parse("1I357(A) HS-POSSESS").unwrap();
        assert_eq!(
            (charge.section, charge.likely.unwrap().as_str()),
            (None, "HS 11357(a)")
        );
    }

    #[test]
    fn free_text_is_no_charge() {
        for line in [
            "TRAFFIC VIOLATION",
            "BUY/SELL ARTICLES W/IDENT REMOVED",
            "3 ADD CNTS OF 496.1 PC",
            "SEE COMMENT FOR CHARGE",
            "211 MAIN ST, LOS ANGELES",
            "16 MONTHS PRISON",
            "LOS ANGELES PC",
            "",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn a_conspiracy_keeps_its_aim() {
        let charge = parse("182(A)(1)/11360(A) HS-CONSPIRACY").unwrap();
        assert_eq!(charge.section.unwrap().as_str(), "PC 182(a)(1)");
        assert_eq!(charge.target.unwrap().as_str(), "HS 11360(a)");
    }
}
