//! What the court did, set against what was asked for: counted by case, contradictions and strangers listed, small numbers hidden.

use std::fs;

use review::track::{Track, track};

#[test]
fn answers_are_counted_by_case_and_nothing_is_guessed() {
    let dir = tempfile::tempdir().unwrap();
    let (papers, court, out) = (
        dir.path().join("papers"),
        dir.path().join("court.csv"),
        dir.path().join("out"),
    );
    fs::create_dir(&papers).unwrap();
    // 247 cases; the first has two convictions.
    let mut upload = String::from("number,case_number,section\n1,01-F 0,HS 11359(a)\n");
    for n in 0..247 {
        upload.push_str(&format!("{},01F{n},HS 11357(b)\n", n + 2));
    }
    // The same case in another spelling.
    upload = upload.replace("01-F 0,", "01f-0,");
    fs::write(papers.join("court-upload.csv"), upload).unwrap();
    let mut answers = String::from("\u{feff}Case No,Ruling,Date\n");
    for n in 0..237 {
        answers.push_str(&format!("01F-{n},Granted,2021-02-03\n"));
    }
    answers.push_str("01F237,denied,\n01F238,Denied,\n01F238,granted,\n01F239,maybe,\n01F240,,\n99X1,granted,\n01F0,granted,\n01F0,,\n");
    fs::write(&court, answers).unwrap();
    let asked = Track {
        papers: &papers,
        court: &court,
        case: "Case No",
        outcome: "Ruling",
        on: Some("Date"),
        hide: 0,
        out: &out,
    };
    let tracked = track(&asked).unwrap();
    assert_eq!(tracked.cases, 247);
    let n = |key| tracked.outcomes[key];
    assert_eq!(
        (
            n("granted"),
            n("denied"),
            n("contradicted"),
            n("unanswered")
        ),
        (237, 1, 1, 8)
    );
    assert!(
        tracked
            .sentence
            .starts_with("Of 247 petitions, 237 granted"),
        "{}",
        tracked.sentence
    );
    let problems = fs::read_to_string(out.join("rows-not-used.csv")).unwrap();
    assert_eq!(tracked.not_used, 3);
    for (number, words) in [
        ("01F238", "differently"),
        ("01F239", "none of"),
        ("99X1", "nothing was asked"),
    ] {
        assert!(
            problems
                .lines()
                .any(|line| line.contains(number) && line.contains(words)),
            "{problems}"
        );
    }
    let outcomes = fs::read_to_string(out.join("outcomes.csv")).unwrap();
    assert!(
        outcomes.contains("01f-0,2,HS 11359; HS 11357,granted,2021-02-03,2\n"),
        "{outcomes}"
    );

    let other = dir.path().join("hidden");
    let tracked = track(&Track {
        hide: 11,
        out: &other,
        ..asked
    })
    .unwrap();
    assert!(
        tracked
            .sentence
            .starts_with("Of 247 petitions, 237 granted, 0 granted in part, hidden denied"),
        "{}",
        tracked.sentence
    );
    let wrong = Track {
        case: "Number",
        papers: &papers,
        court: &court,
        outcome: "Ruling",
        on: None,
        hide: 0,
        out: &dir.path().join("no"),
    };
    let error = track(&wrong).unwrap_err().to_string();
    assert!(
        error.contains("no column `Number`") && error.contains("Case No, Ruling, Date"),
        "{error}"
    );
}
