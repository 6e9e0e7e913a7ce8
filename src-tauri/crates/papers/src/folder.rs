//! Names of folders: county and number, safe on every system.

use crate::job::Job;

/// Longer names trouble some systems.
const LONGEST: usize = 80;

/// A folder for a case, unlike those already taken.
pub(crate) fn name(job: &Job<'_>, taken: &[&str]) -> String {
    let county = job
        .county()
        .map_or_else(|| "unknown".to_owned(), |v| v.text);
    let number = job
        .number()
        .map_or_else(|| format!("case-{}", job.index + 1), |v| v.text);
    let plain = safe(&format!("{county}-{number}"));
    let mut name = plain.clone();
    let mut again = 2;
    while taken.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
        name = format!("{plain}-{again}");
        again += 1;
    }
    name
}

/// Letters, digits and single hyphens.
fn safe(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let c = if c.is_alphanumeric() { c } else { '-' };
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        if c != '-' || !name.ends_with('-') {
            name.push(c);
        }
    }
    name.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn folder_names_are_safe() {
        assert_eq!(safe("Sacramento-05F01234"), "Sacramento-05F01234");
        assert_eq!(
            safe("San Luis Obispo-../..\\M:123 "),
            "San-Luis-Obispo-M-123"
        );
        assert_eq!(safe(&"x".repeat(300)).len(), super::LONGEST);
    }
}
