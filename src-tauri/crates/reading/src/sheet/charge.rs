//! The charge line: `664/11359 HS-POSSESS MARIJUANA FOR SALE`.

#[cfg(test)]
mod tests;

use record::Section;

use super::clean::is_speck;
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
    /// The section looks like one that is far more common: taken, and flagged.
    pub(crate) doubtful: bool,
}

/// A charge with a section; `None` if the line has not that shape.
pub(crate) fn parse(line: &str) -> Option<Charge> {
    let own = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let mut charge = plain(own)?;
    let before = line.strip_suffix(own).unwrap_or_default();
    // Dots and stars stand before sections on clean sheets; another sign may be a digit of it: `|1359`.
    if before.contains(|c: char| (!is_speck(c) || c == '~') && !"-#:;".contains(c)) {
        let section = charge.section.take().or(charge.likely.take());
        charge.likely = section.map(|section| with_one(&section).unwrap_or(section));
    }
    Some(charge)
}

/// `HS 1359`, before which a stroke stood: `HS 11359`.
fn with_one(section: &Section) -> Option<Section> {
    let (code, number) = section.as_str().split_once(' ')?;
    format!("{code} 1{number}").parse().ok()
}

fn plain(line: &str) -> Option<Charge> {
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
    let behind = attempt_behind(rest);
    let rest = behind.unwrap_or(rest);
    let mut charge = Charge {
        description: description(rest),
        repaired: (real != code || (real != "US" && broken(number)))
            .then(|| format!("{} {code}", number.trim())),
        ..Charge::default()
    };
    if real == "US" {
        charge.section = federal(number);
        return Some(charge);
    }
    let whole = normal(number);
    let (normal, attempt) = without_attempt(&whole);
    charge.attempt = attempt || behind.is_some();
    // `664111360`, `11,357`: a stroke read as a one, a comma that divides thousands.
    if let Some(likely) = glued_stroke(&whole, &normal, real).or_else(|| thousands(number)) {
        charge.likely = format!("{real} {likely}").parse().ok();
        charge.likely.as_ref()?;
        return Some(charge);
    }
    // `49.0.2`, `243(D.)`: a point too many.
    if points(&normal) || [".)", ",)"].iter().any(|sign| number.contains(sign)) {
        charge.repaired = Some(format!("{} {code}", number.trim()));
    }
    let normal = normal.replace(".)", ")");
    if is_number(&normal) && !ends_misread(&normal, real) {
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

/// `490 2`, `11 357`: a blank between digits may be a lost point, hyphen or nothing.
fn broken(number: &str) -> bool {
    let mut last = ' ';
    let mut blank = false;
    for c in number.trim().chars() {
        if c == ' ' {
            blank = true;
            continue;
        }
        if blank && last.is_ascii_digit() && c.is_ascii_digit() {
            return true;
        }
        (last, blank) = (c, false);
    }
    false
}

/// `49.0.2`: more than one point in one section's number.
fn points(number: &str) -> bool {
    number.split(['/', '-', '&']).any(|part| {
        let base = part.split('(').next().unwrap_or_default();
        base.matches('.').count() > 1
    })
}

/// `664111360`, `6641459` of a code whose sections have three digits: the stroke behind the attempt's section was read as a one.
fn glued_stroke(whole: &str, rest: &str, code: &str) -> Option<String> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let glued = whole.strip_prefix(ATTEMPT) == Some(rest);
    let long = digits >= 6 || (code == "PC" && digits == 4);
    rest.strip_prefix('1')
        .filter(|_| glued && long)
        .map(str::to_owned)
}

/// `11,357`: as a number is printed, not as a section with a point.
fn thousands(number: &str) -> Option<String> {
    let number = number.trim();
    let (first, rest) = number.split_once(',')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let whole = (1..=2).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit());
    (whole && digits == 3).then(|| normal(&format!("{first}{rest}")))
}

/// A number before a code's letters, where no section could be read: `G64-459 PC-BURGLARY`.
pub(super) fn names_a_code(text: &str) -> bool {
    CODES.iter().any(|code| {
        text.match_indices(code).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + code.len()..).unwrap_or_default();
            before.ends_with(' ')
                && before.bytes().filter(u8::is_ascii_digit).count() >= 2
                && (after.is_empty() || after.starts_with('-'))
        })
    })
}

/// What a section more likely is: `FC 490.1` is one of the penal code, `VC 22-350` one number.
pub(super) fn hardly(section: &str) -> Option<String> {
    let (code, number) = section.split_once(' ')?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    // The financial code is numbered in thousands.
    if code == "FC" && digits(number) <= 3 {
        return Some(format!("PC {number}"));
    }
    let (first, rest) = number.split_once('-')?;
    let parted = digits(first) == first.len() && first.len() < 3 && digits(rest) <= 3;
    (parted && digits(rest) > 0 && digits(first) + digits(rest) >= 4)
        .then(|| format!("{code} {first}{rest}"))
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
    // `664(a)/187(a)`, `187(a)/664`: its own subdivisions say nothing of what was tried.
    let own = |part: &&str| part.split('(').next() == Some(ATTEMPT);
    let parts: Vec<&str> = number.split(['/', '-']).collect();
    if let ([first, rest], 2) = (parts.as_slice(), parts.len()) {
        if own(rest) && !own(first) {
            return ((*first).to_owned(), true);
        }
        if own(first) && !own(rest) {
            return ((*rest).to_owned(), true);
        }
    }
    (number.to_owned(), false)
}

/// `459 PC/664 PC`: what follows the attempt's own section behind the charge.
fn attempt_behind(rest: &str) -> Option<&str> {
    let rest = rest
        .trim_start()
        .strip_prefix(['/', '-'])?
        .trim_start()
        .strip_prefix(ATTEMPT)?;
    let rest = match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')')?.1,
        None => rest,
    };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("PC").unwrap_or(rest);
    (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '.')).then_some(rest)
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

/// `1136O(A)`, `24S`: the letter behind the digits is more likely a misread digit than a letter of the section's own.
fn ends_misread(number: &str, code: &str) -> bool {
    number.split(['/', '-', '&']).any(|part| {
        let base = part.split('(').next().unwrap_or_default();
        let digits = base.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let letters = base.get(digits.len()..).unwrap_or_default();
        let mistaken = letters.len() == 1
            && letters
                .chars()
                .any(|c| as_digit(c.to_ascii_uppercase()).is_some());
        // The penal code has letters behind three digits (`484b`, `653o`), the others hardly any.
        let own = code == "PC"
            && digits.split('.').next().is_some_and(|n| n.len() >= 3)
            && (digits == "653" || letters.contains(['b', 'd', 'g', 'i']));
        mistaken && !own
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
