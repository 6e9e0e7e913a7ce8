//! Lines of record sheets and what they mean.

use super::*;

fn wordings() -> Wordings {
    Wordings::parse(include_str!("../../us-ca/wordings.toml")).unwrap()
}

#[test]
fn dispositions_are_told_apart() {
    use DispositionKind as K;
    let w = wordings();
    for (text, kind) in [
        ("CONVICTED", K::Convicted),
        ("C O N V I C T E D", K::Convicted),
        ("CONVICTED-PROB/JAIL", K::Convicted),
        ("CONVICTION CERT BY CLERK OF THE COURT", K::Other),
        ("DISMISSED/FURTHERANCE OF JUSTICE", K::Dismissed),
        ("DISMISSSED/FURTHERANCE OF JUSTICE", K::Dismissed),
        ("1385 PC-DISMISSED/FURTHERANCE OF JUSTICE", K::Dismissed),
        ("ACQUITTED", K::Acquitted),
        ("NOT GUILTY BY JURY", K::Acquitted),
        ("NOT GUILTY BY REASON OF INSANITY", K::Other),
        ("PROS REJ-LACK OF CORPUS", K::NotFiled),
        ("RELEASED/DETENTION ONLY", K::NotFiled),
        ("RELEASED", K::NotFiled),
        ("PROS REL-DET ONLY-LACK OF PROB CAUSE", K::NotFiled),
        ("CONV-PROB/JAIL", K::Convicted),
        ("RELEASED ON BAIL", K::Other),
        ("RELEASED TO OTHER AGENCY", K::Other),
        ("DIVERSION PC 1000", K::Diverted),
        ("DIVERSION TERMINATED", K::Other),
        ("PETITION SUSTAINED", K::Adjudicated),
        ("PROC SUSP/COMM MENTALLY INCOMP 1370 PC", K::Other),
        ("HELD TO ANSWER", K::Other),
        ("PENDING", K::Pending),
        ("SOMETHING ELSE", K::Other),
    ] {
        assert_eq!(w.outcome(text), Outcome::Is(kind), "{text}");
    }
    assert_eq!(w.outcome("DISPO NOT AVAILABLE"), Outcome::NotStated);
}

#[test]
fn misread_dispositions_are_only_likely() {
    use DispositionKind as K;
    let w = wordings();
    for (text, likely) in [
        ("CONV1CTED", Some(K::Convicted)),
        ("CONVLCTED", Some(K::Convicted)),
        ("CONVCTED/PROB", Some(K::Convicted)),
        ("D1SMISSED/FURTHERANCE OF JUSTICE", Some(K::Dismissed)),
        ("ACOUITTED", Some(K::Acquitted)),
        ("CONVICTED", None),
        ("CONVECTION OVEN", None),
        ("NOT CONVLCTED", None),
        ("REJECTED BY CLERK", None),
        ("", None),
    ] {
        assert_eq!(w.likely_outcome(text), likely, "{text}");
    }
}

#[test]
fn words_without_effect_are_known_and_others_are_not() {
    let w = wordings();
    for text in [
        "RIGHT TO TRIAL BY JURY WAIVED-YES",
        "HELD TO ANSWER",
        "CONVICTED",
        "PROBATION REVOKED",
        "RELIEF GRANTED",
    ] {
        assert!(w.knows(text), "{text}");
    }
    for text in ["SENTENCE COMMUTED", "SOMETHING ELSE"] {
        assert!(!w.knows(text), "{text}");
    }
    assert!(w.lesser("CONVICTED-LESSER/INCLUDED OFFENSE"));
    assert!(!w.lesser("CONVICTED"));
}

#[test]
fn relief_is_recorded_only_where_the_line_says_it_was_granted() {
    use Effect::{Dismissed, Pardoned, ReducedToInfraction, ReducedToMisdemeanor, Sealed, Vacated};
    let w = wordings();
    for (text, authority, effects) in [
        (
            "CONV SET ASIDE & DISM PER 1203.4 PC",
            Some("PC 1203.4"),
            vec![Dismissed],
        ),
        (
            "CONV SET ASIDE&DISM PER 1203.4A PC",
            Some("PC 1203.4a"),
            vec![Dismissed],
        ),
        (
            "CONV SET ASIDE & DISM PER 1203.41 PC",
            Some("PC 1203.41"),
            vec![Dismissed],
        ),
        (
            "CONV SET ASIDE & DISM PER 1203.42 PC",
            Some("PC 1203.42"),
            vec![Dismissed],
        ),
        (
            "RELIEF GRANTED 1203.425 PC",
            Some("PC 1203.425"),
            vec![Dismissed],
        ),
        (
            "ARREST RELIEF GRANTED 851.93 PC",
            Some("PC 851.93"),
            vec![Sealed],
        ),
        (
            "ARREST SEALED PER 851.91 PC",
            Some("PC 851.91"),
            vec![Sealed],
        ),
        ("REDUCED TO MISDEMEANOR", None, vec![ReducedToMisdemeanor]),
        (
            "REDUCED TO MISD PER 17(B)(3) PC",
            Some("PC 17(b)"),
            vec![ReducedToMisdemeanor],
        ),
        (
            "REDUCED TO INFRACTION PER 17(D)(2) PC",
            Some("PC 17(d)"),
            vec![ReducedToInfraction],
        ),
        (
            "REDUCED TO MISDEMEANOR PER 1170.18 PC",
            Some("PC 1170.18"),
            vec![ReducedToMisdemeanor],
        ),
        (
            "DISMISSED AND SEALED PER 11361.8 HS",
            Some("HS 11361.8"),
            vec![Dismissed, Sealed],
        ),
        (
            "REDESIGNATED AS MISD PER PROP 64",
            Some("HS 11361.8"),
            vec![ReducedToMisdemeanor],
        ),
        (
            "REDUCED TO INFRACTION 11361.8(F) HS",
            Some("HS 11361.8"),
            vec![ReducedToInfraction],
        ),
        (
            "DISMISSED-LEGALLY INVALID",
            Some("HS 11361.8"),
            vec![Dismissed],
        ),
        ("DISM PER 11361.9 HS", Some("HS 11361.9"), vec![Dismissed]),
        (
            "CONVICTION VACATED PER 1473.7 PC",
            Some("PC 1473.7"),
            vec![Vacated],
        ),
        ("FULL PARDON GRANTED BY GOVERNOR", None, vec![Pardoned]),
    ] {
        match w.relief(text) {
            Some(Relief::Granted { grants, .. }) => {
                let found: Vec<_> = grants
                    .iter()
                    .map(|g| (g.effect, g.authority.as_deref()))
                    .collect();
                let wanted: Vec<_> = effects.iter().map(|effect| (*effect, authority)).collect();
                assert_eq!(found, wanted, "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in [
        "PETITION PER 1203.4 PC DENIED",
        "PETITION FILED 11361.8 HS",
        "RESENTENCED PER 11361.8 HS",
        "REDUCED TO MISDEMEANOR DENIED",
        "1203.4 PC",
        "NOT DISMISSED PER 11361.8 HS",
        "APPLICATION TO DISMISS PER 11361.8 HS FILED",
        "REFUSED DISMISSAL PER 11361.8 HS",
        "REQUEST FOR DISMISSAL 11361.8 HS CONTINUED",
        "DISMISSED PER 11361.8 HS - ENTERED IN ERROR",
        "DISMISSAL PER 1203.4 PC OPPOSED",
        "DISMISSED PER 1203.4 PC COUNT 2 ONLY",
    ] {
        assert_eq!(w.relief(text), Some(Relief::Mentioned), "{text}");
    }
    for text in [
        "CONVICTED",
        "DISMISSED/FURTHERANCE OF JUSTICE",
        "PROBATION REVOKED",
        "SEALED INDICTMENT FILED",
    ] {
        assert_eq!(w.relief(text), None, "{text}");
    }
}

#[test]
fn each_effect_has_the_section_beside_it() {
    let w = wordings();
    for (text, expected) in [
        (
            "REDUCED TO MISD PER 17(B)(3) PC & DISM PER 1203.4 PC",
            [
                (Effect::ReducedToMisdemeanor, Some("PC 17(b)")),
                (Effect::Dismissed, Some("PC 1203.4")),
            ],
        ),
        (
            "REDUCED TO MISD & DISM PER 1203.4 PC",
            [
                (Effect::ReducedToMisdemeanor, None),
                (Effect::Dismissed, Some("PC 1203.4")),
            ],
        ),
    ] {
        let Some(Relief::Granted {
            grants,
            of_conviction: true,
        }) = w.relief(text)
        else {
            panic!("{text}");
        };
        let found: Vec<_> = grants
            .iter()
            .map(|g| (g.effect, g.authority.as_deref()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    // A section of convictions says so without a phrase.
    assert!(matches!(
        w.relief("DISM PER 1203.41 PC"),
        Some(Relief::Granted {
            of_conviction: true,
            ..
        })
    ));
    assert!(matches!(
        w.relief("DISM PER 1385 PC"),
        Some(Relief::Granted {
            of_conviction: false,
            ..
        })
    ));
}

#[test]
fn later_events_are_told_apart() {
    let w = wordings();
    assert_eq!(w.later("PROBATION REVOKED"), Some(Later::Violated));
    assert_eq!(w.later("PROBATION REVOKED-DENIED"), None);
    assert_eq!(w.later("SENTENCE MODIFIED"), Some(Later::Modified));
    assert_eq!(
        w.later("NO LONGER REQUIRED TO REGISTER/DRUG REG"),
        Some(Later::NeedNotRegister)
    );
    assert_eq!(
        w.plea("CONVICTED-PLEA OF NOLO CONTENDERE"),
        Some(Plea::NoContest)
    );
}

#[test]
fn an_entry_that_looks_for_nothing_is_refused() {
    let text =
        include_str!("../../us-ca/wordings.toml").replacen("exact = [\"SEALED\"]", "exact = []", 1);
    assert!(matches!(
        Wordings::parse(&text),
        Err(WordingsError::Empty { .. })
    ));
}

#[test]
fn an_order_that_was_taken_back_undoes_its_relief() {
    let w = wordings();
    for text in [
        "ORDER OF 20120105 VACATED",
        "1203.4 PC ORDER VACATED",
        "1203.4 PC RELIEF VACATED",
        "RELIEF GRANTED 1203.425 PC RESCINDED",
        "ORDER SETTING ASIDE CONVICTION VACATED",
        "REDUCTION TO MISDEMEANOR VACATED",
    ] {
        assert_eq!(w.relief(text), Some(Relief::Undone), "{text}");
    }
    for text in [
        "CONVICTION VACATED BY ORDER 1473.7 PC",
        "ORDER: CONVICTION VACATED 1473.7 PC",
        "CONV SET ASIDE & DISM PER 1203.4 PC",
        "ORDER OF PROBATION VACATED",
    ] {
        assert_ne!(w.relief(text), Some(Relief::Undone), "{text}");
    }
}

#[test]
fn an_ending_refused_is_no_ending_and_one_taken_back_undoes_it() {
    let w = wordings();
    for (text, back) in [
        ("MOTION TO DISMISS DENIED", None),
        ("MTN TO DISMISS", None),
        ("DISMISSAL VACATED", Some(DispositionKind::Dismissed)),
        ("DIVERSION RESCINDED", Some(DispositionKind::Diverted)),
    ] {
        assert_eq!(
            w.outcome(text),
            Outcome::Is(DispositionKind::Other),
            "{text}"
        );
        assert!(!w.knows(text), "{text}");
        assert_eq!(w.takes_back(text), back, "{text}");
    }
    assert_eq!(w.takes_back("DISMISSED/WARRANT RECALLED"), None);
}
