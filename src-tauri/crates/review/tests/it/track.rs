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
    let mut upload = String::from(
        "number,case_number,defendant,born,cii_number,section\n1,01-F 0,,,,HS 11359(a)\n",
    );
    for n in 0..247 {
        upload.push_str(&format!("{},01F{n},,,,HS 11357(b)\n", n + 2));
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
        name: None,
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
        outcomes.contains("01f-0,,2,HS 11359; HS 11357,granted,2021-02-03,2\n"),
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
        name: None,
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

#[test]
fn an_answer_to_one_of_two_defendants_is_the_others_by_no_guess() {
    let dir = tempfile::tempdir().unwrap();
    let papers = dir.path().join("papers");
    let court = dir.path().join("court.csv");
    fs::create_dir(&papers).unwrap();
    let upload = "case_number,defendant,born,cii_number,section
F1,\"NED,ANA M\",19700102,A1,HS 11359
F1,\"OLA,BO\",19710203,A2,HS 11359
F1,\"NED,ANA M\",19700102,A1,HS 11357(c)
F2,\"PIM,CY\",19720304,A3,HS 11359
F3,\"QUIN,DEE\",19730405,A4,HS 11359
";
    fs::write(papers.join("court-upload.csv"), upload).unwrap();
    let answers = "case,who,outcome
F1,Ana Ned,granted
F1,Somebody Else,denied
F1,,denied
F2,,granted
F3,Bo Ola,granted
";
    fs::write(&court, answers).unwrap();
    let asked = |name, out: &str| {
        let out = dir.path().join(out);
        let asked = Track {
            papers: &papers,
            court: &court,
            case: "case",
            name,
            outcome: "outcome",
            on: None,
            hide: 0,
            out: &out,
        };
        let tracked = track(&asked).unwrap();
        let outcomes = fs::read_to_string(out.join("outcomes.csv")).unwrap();
        (
            tracked,
            outcomes.lines().skip(1).collect::<Vec<_>>().join("\n"),
        )
    };
    let (tracked, outcomes) = asked(Some("who"), "named");
    assert_eq!((tracked.cases, tracked.not_used), (4, 3));
    assert_eq!(
        outcomes,
        "F1,\"NED,ANA M\",2,HS 11359; HS 11357,granted,,2
F1,\"OLA,BO\",1,HS 11359,unanswered,,
F2,\"PIM,CY\",1,HS 11359,granted,,5
F3,\"QUIN,DEE\",1,HS 11359,unanswered,,"
    );
    // Without a column of names nobody of the two is answered.
    let (tracked, _) = asked(None, "unnamed");
    assert_eq!((tracked.outcomes["granted"], tracked.not_used), (2, 3));
}
