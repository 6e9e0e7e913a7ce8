//! Labels before values: `CASE NUMBER: F02901234`, `AGENCY CASE-98-012345   NAME USED-DOE,JANE`, `Arrest Date      1998-06-09`.

/// A label at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labelled<'a, K> {
    pub(crate) kind: K,
    /// A number between the label and its sign: `COUNT 2:`.
    pub(crate) number: Option<u16>,
    pub(crate) value: &'a str,
}

/// Which signs may stand between a label and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A colon.
    Colon,
    /// A colon, a hyphen, or a gap as between columns.
    Any,
}

/// The label that a line (in capitals) begins with; where one label begins another the longer is meant.
pub(crate) fn at_start<'a, K: Copy>(
    text: &'a str,
    table: &[(&str, K)],
    sign: Sign,
) -> Option<Labelled<'a, K>> {
    let mut known: Vec<&(&str, K)> = table
        .iter()
        .filter(|(label, _)| text.starts_with(label))
        .collect();
    known.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    known.into_iter().find_map(|(label, kind)| {
        let rest = text.get(label.len()..)?;
        let (number, rest) = if COUNTED.contains(label) {
            numbered(rest)
        } else {
            (None, rest)
        };
        Some(Labelled {
            kind: *kind,
            number,
            value: value(rest, sign, number.is_some() || label.contains(' '))?,
        })
    })
}

/// Labels that have numbers. Behind others the value begins: `ARREST CASE NUMBER 09-5150`.
const COUNTED: [&str; 7] = [
    "CHARGE",
    "COUNT",
    "COUNT NO",
    "COUNT NO.",
    "CT",
    "CT.",
    "OFFENSE",
];

/// `COUNT 2:`, `CT #2 -`.
fn numbered(rest: &str) -> (Option<u16>, &str) {
    let bare = rest.trim_start_matches([' ', '#']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = bare.split_at_checked(digits).unwrap_or(("", bare));
    let ends = after.trim_start().starts_with([':', '-']) || after.trim().is_empty();
    match number.parse() {
        Ok(number) if ends && digits <= 3 && bare.len() < rest.len() => (Some(number), after),
        _ => (None, rest),
    }
}

fn value(rest: &str, sign: Sign, sure: bool) -> Option<&str> {
    let bare = rest.trim_start();
    if let Some(value) = bare.strip_prefix([':', ';']) {
        return Some(value.trim());
    }
    if sign == Sign::Colon {
        return None;
    }
    if let Some(value) = bare.strip_prefix('-') {
        return Some(value.trim());
    }
    // A gap as between columns; recognition of letters leaves one blank of it, which is enough where the label is more than a word.
    let gap = rest.len() - bare.len();
    let enough =
        bare.is_empty() || gap >= 2 || (gap == 1 && sure) || (gap == 1 && bare.starts_with('('));
    enough.then(|| bare.trim())
}

/// Cuts a line in two before a label that stands in its middle.
pub(crate) fn cut<'a>(text: &'a str, labels: &[&str]) -> (&'a str, Option<&'a str>) {
    let found = labels
        .iter()
        .filter_map(|label| {
            text.match_indices(label).map(|(at, _)| at).find(|at| {
                let before = text.get(..*at).unwrap_or_default();
                let after = text
                    .get(at + label.len()..)
                    .unwrap_or_default()
                    .trim_start();
                *at > 0 && before.ends_with(' ') && after.starts_with([':', '-'])
            })
        })
        .min();
    match found.and_then(|at| text.split_at_checked(at)) {
        Some((own, next)) => (own.trim_end(), Some(next)),
        None => (text, None),
    }
}

/// The end of a line as printed that is this text in capitals: names keep their small letters.
pub(crate) fn printed<'a>(line: &'a str, value: &'a str) -> &'a str {
    let end = line.len().checked_sub(value.len());
    end.and_then(|at| line.get(at..))
        .filter(|tail| tail.eq_ignore_ascii_case(value))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: [(&str, u8); 4] = [("CASE", 1), ("CASE NUMBER", 2), ("COUNT", 3), ("CHARGE", 4)];

    #[test]
    fn the_longest_label_with_its_sign_is_meant() {
        for (text, sign, wanted) in [
            ("CASE NUMBER: F1", Sign::Colon, Some((2, None, "F1"))),
            ("CASE: F1", Sign::Colon, Some((1, None, "F1"))),
            ("CASE NUMBER F1", Sign::Colon, None),
            ("CASE NUMBER 09-5150", Sign::Any, Some((2, None, "09-5150"))),
            ("COUNT 2: HS 1", Sign::Colon, Some((3, Some(2), "HS 1"))),
            ("COUNT #02 : HS 1", Sign::Colon, Some((3, Some(2), "HS 1"))),
            ("COUNTY: FRESNO", Sign::Colon, None),
            ("CHARGE 1-X", Sign::Any, Some((4, Some(1), "X"))),
            ("CHARGE-X", Sign::Any, Some((4, None, "X"))),
            ("CHARGE     1", Sign::Any, Some((4, Some(1), ""))),
            ("CHARGE OR DISPOSITION IS NEEDED", Sign::Any, None),
            ("CHARGE      X", Sign::Any, Some((4, None, "X"))),
        ] {
            let found = at_start(text, &TABLE, sign);
            let found = found.map(|found| (found.kind, found.number, found.value));
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_label_in_the_middle_divides_a_line() {
        assert_eq!(
            cut("98-1   NAME USED-DOE,JO", &["NAME USED", "SID"]),
            ("98-1", Some("NAME USED-DOE,JO"))
        );
        assert_eq!(
            cut("1998/06/09 SID- CA1", &["SID"]),
            ("1998/06/09", Some("SID- CA1"))
        );
        assert_eq!(cut("RESIDENCE", &["SID"]), ("RESIDENCE", None));
    }
}
