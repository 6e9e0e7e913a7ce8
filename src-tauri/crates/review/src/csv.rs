//! Fields as CSV that no spreadsheet takes for a formula.

/// Writes one field and what separates it from the one before.
pub(crate) fn field(out: &mut Vec<u8>, first: bool, value: &[u8]) {
    if !first {
        out.push(b',');
    }
    if value.is_empty() {
        return;
    }
    let guard = is_formula(value);
    let quoted = value
        .iter()
        .any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    if quoted {
        out.push(b'"');
    }
    if guard {
        out.push(b'\'');
    }
    if quoted {
        for byte in value {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(value);
    }
}

/// Whether a spreadsheet could take the field for a formula: its first sign, after blanks, begins one. Dashes alone are the export's
/// blanks, and a negative number is a number.
pub(crate) fn is_formula(value: &[u8]) -> bool {
    // Most fields begin with a letter or a digit, or are the export's blank.
    if value.first().is_none_or(u8::is_ascii_alphanumeric) || value == b"  -  " {
        return false;
    }
    if matches!(value.first(), Some(b'\t' | b'\r' | b'\n')) {
        return true;
    }
    let value = value.trim_ascii();
    match value.first() {
        Some(b'=' | b'+' | b'@') => true,
        Some(b'-') => value[1..]
            .iter()
            .any(|byte| !byte.is_ascii_digit() && !matches!(byte, b'-' | b'.' | b' ')),
        // Full-width signs: U+FF1D, U+FF0B, U+FF0D, U+FF20.
        Some(0xef) => [
            &b"\xef\xbc\x9d"[..],
            b"\xef\xbc\x8b",
            b"\xef\xbc\x8d",
            b"\xef\xbc\xa0",
        ]
        .iter()
        .any(|sign| value.starts_with(sign)),
        _ => false,
    }
}

/// A row of texts.
pub(crate) fn line<'a>(out: &mut Vec<u8>, values: impl IntoIterator<Item = &'a str>) {
    for (n, value) in values.into_iter().enumerate() {
        field(out, n == 0, value.as_bytes());
    }
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula() {
        for (value, written) in [
            ("11357 HS", "11357 HS"),
            ("=1+1", "'=1+1"),
            (" =1+1", "' =1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+1", "'+1"),
            ("-2+3", "'-2+3"),
            ("-1.5", "-1.5"),
            ("  -  ", "  -  "),
            ("\t=1", "'\t=1"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("=a,b", "\"'=a,b\""),
            ("\u{ff1d}1", "'\u{ff1d}1"),
        ] {
            let mut out = Vec::new();
            field(&mut out, true, value.as_bytes());
            assert_eq!(String::from_utf8(out).unwrap(), written);
        }
    }
}
