//! Agencies and courts as an FBI record names them: words, and the nine signs that the FBI knows each by (`CA0371100`).

use crate::unproved::{Noted, noted};

/// The states, the district and the territories as the nine signs begin, with the letters of their jurisdiction where those differ.
const PLACES: [&str; 56] = [
    "AL", "AK", "AS", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "GM", "HI", "ID", "IL",
    "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NB", "NE", "NV",
    "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX",
    "UT", "VT", "VA", "VI", "WA", "WV", "WI", "WY",
];

/// Offices of the federal government, in the place of a county's number.
const FEDERAL: [&str; 10] = [
    "FBI", "USM", "DEA", "INS", "ICE", "CBP", "ATF", "BOP", "IRS", "USS",
];

/// An agency or a court.
#[derive(Debug, Clone, Default)]
pub(super) struct Agency {
    /// Its words.
    pub(super) name: Option<Noted<String>>,
    /// Under whose law it stands, where its signs or its words say so.
    pub(super) jurisdiction: Option<Noted<String>>,
}

/// `POLICE DEPARTMENT SAN DIEGO (CA0371100)`, `CA0371100 POLICE DEPARTMENT SAN DIEGO`.
pub(super) fn read(text: &str, line: usize) -> Agency {
    let text = text.trim();
    let bare = |word: &str| word.trim_matches(['(', ')', ',', ';']).to_owned();
    let signs = text
        .split_whitespace()
        .find(|word| is_signs(&bare(word)))
        .map(str::to_owned);
    let name = signs.as_ref().map_or_else(
        || text.to_owned(),
        |signs| {
            let words: Vec<&str> = text
                .split_whitespace()
                .filter(|word| word != signs)
                .collect();
            words.join(" ")
        },
    );
    let name = name.trim_matches([' ', ',', ';', '-']).to_owned();
    let by_words = || {
        let words = name.replace('.', "");
        let federal = [
            "US DISTRICT",
            "UNITED STATES DISTRICT",
            "US DIST",
            "US MAGISTRATE",
        ];
        federal
            .iter()
            .any(|of| words.contains(of))
            .then(|| "us".to_owned())
    };
    let jurisdiction = by_words().or_else(|| jurisdiction(&bare(&signs?)));
    Agency {
        jurisdiction: jurisdiction.map(|law| noted(law, line)),
        name: (!name.is_empty()).then(|| noted(name, line)),
    }
}

fn is_signs(word: &str) -> bool {
    (8..=9).contains(&word.len())
        && word
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.get(..2).is_some_and(|place| PLACES.contains(&place))
}

/// A county's number behind the state is an agency of the state; what else stands there is known for a few federal offices only.
fn jurisdiction(signs: &str) -> Option<String> {
    let (place, rest) = signs.split_at_checked(2)?;
    let office = rest.get(..3)?;
    if FEDERAL.contains(&office) {
        return Some("us".to_owned());
    }
    let counted = office.bytes().all(|b| b.is_ascii_digit());
    let place = match place {
        // Not the letters of the post.
        "NB" => "NE",
        "GM" => "GU",
        place => place,
    };
    counted.then(|| format!("us-{}", place.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_say_under_whose_law() {
        for (text, name, law) in [
            (
                "POLICE DEPARTMENT SAN DIEGO (CA0371100)",
                "POLICE DEPARTMENT SAN DIEGO",
                Some("us-ca"),
            ),
            (
                "CA037015J SUPERIOR COURT SAN DIEGO",
                "SUPERIOR COURT SAN DIEGO",
                Some("us-ca"),
            ),
            (
                "SHERIFFS OFFICE OMAHA (NB0280000)",
                "SHERIFFS OFFICE OMAHA",
                Some("us-ne"),
            ),
            (
                "US MARSHALS SERVICE (CAUSM0300)",
                "US MARSHALS SERVICE",
                Some("us"),
            ),
            ("STATE POLICE (ILISP0000)", "STATE POLICE", None),
            (
                "U.S. DISTRICT COURT RENO",
                "U.S. DISTRICT COURT RENO",
                Some("us"),
            ),
            ("SUPERIOR COURT FRESNO", "SUPERIOR COURT FRESNO", None),
            (
                "POLICE DEPARTMENT (XX0371100)",
                "POLICE DEPARTMENT (XX0371100)",
                None,
            ),
        ] {
            let agency = read(text, 0);
            assert_eq!(agency.name.unwrap().value, name, "{text}");
            assert_eq!(
                agency.jurisdiction.map(|law| law.value).as_deref(),
                law,
                "{text}"
            );
        }
    }
}
