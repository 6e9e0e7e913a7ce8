//! Sentences and what is read of them.

use super::*;

fn words(text: &str) -> Vec<String> {
    terms(text)
        .parts
        .iter()
        .map(|p| {
            let length: String = [(p.years, "y"), (p.months, "m"), (p.days, "d")]
                .into_iter()
                .filter_map(|(n, unit)| n.map(|n| format!(" {n}{unit}")))
                .collect();
            let kind = serde_json::to_value(p.kind).unwrap();
            let suspended = if p.suspended == Some(true) { " ss" } else { "" };
            format!("{}{length}{suspended}", kind.as_str().unwrap())
        })
        .collect()
}

#[test]
fn a_length_with_letters_in_it_is_unknown_and_told() {
    for text in [
        "9O DAYS JAIL",
        "DAYS JAIL",
        "I YEAR JAIL",
        "3 YEARS PROBATION, l0 DAYS JAIL",
        "5-10 DAYS JAIL",
        "25 YEARS TO LIFE PRISON",
        "3 YEARS PR0BATION",
        "3 YEARS PROBATION, 10 DAY5 JAIL",
        "FIME",
        "2 YEARS PRISON PLUS 1 YEAR ENHANCEMENT",
    ] {
        let terms = terms(text);
        assert!(terms.doubtful, "{text}");
        assert_eq!(terms.parts.last().unwrap().days, None, "{text}");
    }
    for text in [
        "3 YEARS PROBATION, FINE SS",
        "40 HOURS COMMUNITY SERVICE",
        "3 YEARS JAIL 1170(H) PC",
        "CREDIT TIME SERVED",
        "WORK FURLOUGH, FINE $500",
    ] {
        assert!(!terms(text).doubtful, "{text}");
    }
}

#[test]
fn sentences_are_read_part_by_part() {
    for (text, expected) in [
        (
            "3 YEARS PROBATION, 30 DAYS JAIL, FINE, RESTN",
            &["probation 3y", "jail 30d", "fine", "restitution"][..],
        ),
        (
            "2 YEARS PRISON, FINE,        RESTN",
            &["prison 2y", "fine", "restitution"],
        ),
        ("16 MONTHS PRISON", &["prison 16m"]),
        ("1 YR PRISON SS", &["prison 1y ss"]),
        ("1 YR JL CC", &["jail 1y"]),
        ("FINE SS", &["fine ss"]),
        ("FNSS", &["fine ss"]),
        ("FINE SS RESTN", &["fine ss", "restitution"]),
        (
            "3 YEARS PRISON SS 5 YEARS PROBATION",
            &["prison 3y ss", "probation 5y"],
        ),
        ("JAIL 2 DAYS FINE $500", &["jail 2d", "fine"]),
        ("FINESS,RESTN", &["fine ss", "restitution"]),
        ("IMP SEN SS, 36 MO PROB", &["other ss", "probation 36m"]),
        ("2 YR 8 MO PRISON", &["prison 2y 8m"]),
        ("PROBATION", &["probation"]),
        ("PROBATION 3 YEARS", &["probation 3y"]),
        (
            "3 YRS FORMAL PROBATION 180DAYS CO JAIL",
            &["probation 3y", "jail 180d"],
        ),
        ("40 HOURS COMMUNITY SERVICE", &["community_service"]),
        (
            "1 YR JAIL, 1 YR MANDATORY SUPERVISION",
            &["jail 1y", "mandatory_supervision 1y"],
        ),
        ("3 YEARS JAIL 1170(H) PC", &["jail 3y"]),
        ("LIFE PRISON", &["prison"]),
        ("CREDIT TIME SERVED", &["other"]),
        ("FINE,,", &["fine"]),
        ("", &[]),
        ("NO PROBATION, 30 DAYS JAIL", &["jail 30d"]),
        ("NO PROBATION 30 DAYS JAIL", &["jail 30d"]),
        ("PROBATION DENIED, 2 YEARS PRISON", &["prison 2y"]),
        ("PROB DENIED 2 YEARS PRISON", &["prison 2y"]),
        ("W/O PROBATION, 6 MONTHS JAIL", &["jail 6m"]),
        ("3 YEARS PROBATION REFUSED, 60 DAYS JAIL", &["jail 60d"]),
        ("NON-PROBATION, FINE", &["fine"]),
        ("NO JAIL OR FINE, 3 YEARS PROBATION", &["probation 3y"]),
        ("JAIL WAIVED, FINE", &["fine"]),
        (
            "IN LIEU OF 30 DAYS JAIL 40 HRS COMMUNITY SERVICE",
            &["community_service"],
        ),
        ("CONCURRENT WITH PRISON TERM", &["other"]),
        (
            "2 YEARS PRISON CONCURRENT WITH 90 DAYS JAIL",
            &["prison 2y"],
        ),
        ("LIFE W/O PAROLE", &["prison"]),
        ("LIFE WITHOUT POSSIBILITY OF PAROLE", &["prison"]),
        ("PROBATION DENIED", &["other"]),
        (
            "NO CONTACT ORDER, 3 YEARS PROBATION",
            &["other", "probation 3y"],
        ),
        ("PROBATION NOT TO EXCEED 3 YEARS", &["probation 3y"]),
        (
            "2 YEARS PRISON, EXEC SS, 3 YRS PROB",
            &["prison 2y ss", "probation 3y"],
        ),
        ("16 MONTHS PRISON, SS", &["prison 16m ss"]),
        ("2 YEARS PRISON ESS", &["prison 2y ss"]),
        ("3 YRS PROB IMP SS", &["probation 3y", "other ss"]),
        ("ISS, 3 YRS PROB", &["other ss", "probation 3y"]),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}
