//! What comes when a review is done: decisions by hand, rules that are changed, results that are opened again, papers, lists, answers.

use std::fs;
use std::time::{Duration, Instant};

use crate::reviewing::*;
use desk::view::{
    AfterKind, AfterPhase, AfterRun, CompareList, DecideByHand, GoOn, KeepPolicy, MakePapers,
    PolicyRule, PolicyWhen, ResultsLock, ReviewFind, ReviewUnder, ReviewWhose, RunPhase,
};
use desk::{Desk, Door};

fn done(people: usize) -> (tempfile::TempDir, Desk, std::path::PathBuf) {
    let (folder, mut desk, out) = chosen(people);
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Done);
    (folder, desk, out)
}

fn decide(desk: &mut Desk, number: u32, determination: Option<&str>) {
    let ask = DecideByHand {
        number,
        determination: determination.map(str::to_owned),
        note: "the court file\nsays so".into(),
    };
    desk.decide_by_hand(&ask).unwrap();
}

fn after(desk: &Desk) -> AfterRun {
    let start = Instant::now();
    loop {
        let run = desk.after_review().unwrap();
        if run.phase != AfterPhase::Running {
            return run;
        }
        assert!(start.elapsed() < Duration::from_secs(120), "{run:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn number(all: &[desk::view::CountOf], name: &str) -> u64 {
    all.iter().find(|one| one.name == name).unwrap().n
}

#[test]
fn a_decision_by_hand_moves_the_numbers_and_then_the_tables() {
    let (_folder, mut desk, out) = done(60);
    let law = desk.review_numbers(&under("statewide")).unwrap();
    let by_hand = ReviewFind {
        decided_by: Some("hand".into()),
        ..find()
    };
    assert_eq!(desk.review_rows(&by_hand).unwrap().of, 0);
    let chosen = desk.review_rows(&find()).unwrap().rows[7].clone();
    let other = match chosen.determination.as_str() {
        "not_eligible" => "dismiss",
        _ => "not_eligible",
    };
    decide(&mut desk, chosen.number, Some(other));
    // At once: the numbers under this policy and any other, the list, the person, and a file of the queue's shape.
    let moved = desk.review_numbers(&under("statewide")).unwrap();
    assert_ne!(moved.all, law.all);
    assert_eq!(moved.all.sum(), law.all.sum());
    assert!(!moved.written && desk.review_run().unwrap().given == 1);
    let page = desk.review_rows(&by_hand).unwrap();
    assert_eq!((page.of, page.rows[0].number), (1, chosen.number));
    let person = desk
        .review_person(&ReviewWhose {
            person: chosen.person,
        })
        .unwrap();
    let row = person.decisions.iter().find(|one| one.row.given).unwrap();
    assert_eq!(row.row.determination, other);
    assert_eq!(
        row.row.reason,
        "Decided by Ada Lindqvist: the court file says so"
    );
    let file = fs::read_to_string(out.join("decisions.csv")).unwrap();
    assert!(
        file.contains(&format!(",{other},Ada Lindqvist,the court file says so")),
        "{file}"
    );
    // Papers wait until the tables have it.
    let papers = MakePapers {
        signer: String::new(),
        clearance: String::new(),
    };
    assert_eq!(
        desk.make_review_papers(&papers, NOW)
            .unwrap_err()
            .refusal()
            .code,
        "review_undecided"
    );
    let elsewhere = desk.review_numbers(&under("los-angeles")).unwrap();
    desk.write_review_again(NOW).unwrap();
    let run = end(&desk);
    assert_eq!((run.phase, run.given), (RunPhase::Done, 0), "{run:?}");
    let written = desk.review_numbers(&under("statewide")).unwrap();
    assert!(written.written);
    assert_eq!(
        (written.all, written.left.felony_after),
        (moved.all, moved.left.felony_after)
    );
    assert_eq!(
        desk.review_numbers(&under("los-angeles")).unwrap().all,
        elsewhere.all
    );
    let table = fs::read_to_string(out.join("determinations.csv")).unwrap();
    assert!(table.contains("Decided by Ada Lindqvist: the court file says so"));
    // A decision can be given anew, and taken back before the tables have it; then the one before stands.
    decide(&mut desk, chosen.number, Some("review"));
    assert_eq!(desk.review_run().unwrap().given, 1);
    decide(&mut desk, chosen.number, None);
    assert_eq!(
        desk.review_numbers(&under("statewide")).unwrap().all,
        written.all
    );
    let again = fs::read_to_string(out.join("decisions.csv")).unwrap();
    assert!(
        again.contains(&format!(",{other},Ada Lindqvist,")),
        "{again}"
    );
}

#[test]
fn results_are_opened_again_after_a_restart_with_what_was_decided() {
    let (folder, mut desk, out) = done(60);
    decide(&mut desk, 3, Some("not_eligible"));
    let before = desk.review_numbers(&under("sacramento")).unwrap();
    drop(desk);
    let door = Door::at(folder.path().join("office"));
    let who = door.session(NOW).unwrap().people[0].id.clone();
    let mut desk = unlock(door, &who, ADA);
    let view = desk.review().unwrap();
    assert_eq!(view.run.phase, RunPhase::None);
    assert_eq!(view.last.as_deref(), Some(&*out.display().to_string()));
    let view = desk.open_last_review(NOW).unwrap();
    assert_eq!(
        (view.run.phase, view.run.people, view.run.given),
        (RunPhase::Done, 60, 1)
    );
    assert_eq!(
        (view.run.county.as_str(), view.run.policy_id.as_str()),
        ("Sacramento", "statewide")
    );
    assert!(view.run.again);
    assert_eq!(
        desk.review_numbers(&under("sacramento")).unwrap().all,
        before.all
    );
    assert_eq!(desk.review_rows(&find()).unwrap().of, 120);
    desk.write_review_again(NOW).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Done);
    desk.open_review(out.clone(), NOW).unwrap();
    assert_eq!(desk.review_run().unwrap().given, 0);
    // What somebody changed is not opened as if nobody had.
    let table = out.join("determinations.csv");
    let mut bytes = fs::read(&table).unwrap();
    let at = bytes
        .windows(9)
        .position(|part| part == b"FAMILY000")
        .unwrap();
    bytes[at] = b'G';
    fs::write(&table, &bytes).unwrap();
    assert_eq!(
        desk.open_review(out.clone(), NOW)
            .unwrap_err()
            .refusal()
            .code,
        "review_table"
    );
    fs::remove_file(out.join("what-if.facts")).unwrap();
    assert_eq!(
        desk.open_review(out, NOW).unwrap_err().refusal().code,
        "review_not_kept"
    );
    assert!(desk.review().unwrap().last.is_none());
}

#[test]
fn single_rules_are_changed_and_the_numbers_follow() {
    let (_folder, mut desk, out) = done(90);
    let law = desk.review_numbers(&under("statewide")).unwrap();
    let mut rules = desk.review_rules(&under("statewide")).unwrap();
    assert!(rules.rules.is_empty() && rules.sections.len() == 4);
    rules.rules.push(PolicyRule {
        when: PolicyWhen {
            age: Some(60),
            ..PolicyWhen::default()
        },
        then: "dismiss".into(),
        say: "60 or older".into(),
    });
    let edited = |rules: &desk::view::PolicyRules| ReviewUnder {
        policy: "statewide".into(),
        edited: Some(rules.clone()),
    };
    let sixty = desk.review_numbers(&edited(&rules)).unwrap();
    rules.rules[0].when.age = Some(65);
    let older = desk.review_numbers(&edited(&rules)).unwrap();
    assert!(law.all.dismiss < older.all.dismiss && older.all.dismiss < sixty.all.dismiss);
    assert!(!older.written);
    // Kept under a name of its own, it is a policy like the others: a full review under it gives these numbers.
    let keep = KeepPolicy {
        policy: "statewide".into(),
        title: " Sixty-five ".into(),
        edited: rules.clone(),
    };
    let view = desk.keep_review_policy(&keep).unwrap();
    assert!(
        view.policies
            .iter()
            .any(|policy| policy.own && policy.id == "Sixty-five")
    );
    let text = desk.review_policy_text(&under("Sixty-five")).unwrap();
    assert!(text.contains("age = 65"), "{text}");
    desk.begin_review(&ask("Sixty-five"), NOW).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Done);
    let full = desk.review_numbers(&under("Sixty-five")).unwrap();
    assert!(full.written && full.all == older.all);
    // Opened again, its rules come with it.
    desk.open_review(out, NOW).unwrap();
    assert_eq!(desk.review_rules(&under("Sixty-five")).unwrap(), rules);
    rules.rules[0].then = "pardon".into();
    assert_eq!(
        desk.review_numbers(&edited(&rules))
            .unwrap_err()
            .refusal()
            .code,
        "policy"
    );
    for title in ["  ", "los-angeles"] {
        let keep = KeepPolicy {
            title: title.into(),
            edited: older_rules(),
            policy: "statewide".into(),
        };
        assert_eq!(
            desk.keep_review_policy(&keep).unwrap_err().refusal().code,
            "policy"
        );
    }
}

fn older_rules() -> desk::view::PolicyRules {
    desk::view::PolicyRules {
        disqualified: "law".into(),
        sections: Vec::new(),
        rules: Vec::new(),
    }
}

#[test]
fn papers_lists_the_offices_own_list_and_the_courts_answers() {
    let (folder, mut desk, out) = done(12);
    let papers = MakePapers {
        signer: "Ada Lindqvist".into(),
        clearance: String::new(),
    };
    let run = desk.make_review_papers(&papers, NOW).unwrap().after;
    assert_eq!(run.kind, AfterKind::Papers);
    let run = after(&desk);
    assert_eq!(run.phase, AfterPhase::Done, "{run:?}");
    assert!(
        !run.missing.is_empty(),
        "nobody cleared the question of immigration"
    );
    let made = std::path::PathBuf::from(&run.folder);
    assert_eq!(made, out.join("papers"));
    assert!(made.join("motion.pdf").is_file() && made.join("people-to-tell.csv").is_file());
    assert!(number(&run.counts, "orders") > 0);

    // The court's answers: the first case granted, a case nobody asked about.
    let upload = fs::read_to_string(made.join("court-upload.csv")).unwrap();
    let case = upload
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .nth(2)
        .unwrap()
        .to_owned();
    let list = folder.path().join("court.csv");
    fs::write(
        &list,
        format!("Case Number,Outcome,Date\n{case},Granted,2026-10-01\nX1,Denied,\n"),
    )
    .unwrap();
    let found = desk.choose_review_list(&list).unwrap().after.list.unwrap();
    assert_eq!(found.guess[0], "Case Number");
    let track = CompareList {
        kind: AfterKind::Track,
        case: found.guess[0].clone(),
        cii: String::new(),
        name: String::new(),
        born: String::new(),
        outcome: found.guess[4].clone(),
        on: found.guess[5].clone(),
        hide: 0,
    };
    desk.compare_review(&track).unwrap();
    let run = after(&desk);
    assert_eq!(run.phase, AfterPhase::Done, "{run:?}");
    assert_eq!(
        (
            number(&run.counts, "granted"),
            number(&run.counts, "not_used")
        ),
        (1, 1)
    );
    assert!(run.sentence.contains("1 granted"), "{}", run.sentence);
    assert!(out.join("answers/outcomes.csv").is_file());

    // The office's own list: one case of the export, one of nobody.
    let list = folder.path().join("ours.csv");
    fs::write(&list, format!("case_no\n{case}\nNOWHERE-1\n")).unwrap();
    desk.choose_review_list(&list).unwrap();
    let compare = CompareList {
        kind: AfterKind::Compare,
        case: "case_no".into(),
        outcome: String::new(),
        on: String::new(),
        ..track
    };
    desk.compare_review(&compare).unwrap();
    let run = after(&desk);
    assert_eq!(run.phase, AfterPhase::Done, "{run:?}");
    assert_eq!(number(&run.counts, "list_rows"), 2);
    assert!(number(&run.beside, "export_cases") >= 12);
    assert!(out.join("compared/list.csv").is_file());
    let wrong = CompareList {
        case: "nothing".into(),
        ..compare
    };
    desk.compare_review(&wrong).unwrap();
    let run = after(&desk);
    assert_eq!(
        (run.phase, run.trouble.unwrap().code.as_str()),
        (AfterPhase::Failed, "review_columns")
    );
    assert!(!out.join("compared-2").exists());
}

#[test]
fn parquet_stands_beside_the_tables_when_it_is_asked_for() {
    let (_folder, mut desk, out) = chosen(10);
    let ask = desk::view::BeginReview {
        parquet: true,
        ..ask("statewide")
    };
    desk.begin_review(&ask, NOW).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Done);
    let table = fs::read(out.join("determinations.parquet")).unwrap();
    assert!(table.starts_with(b"PAR1") && out.join("determinations.csv").is_file());
}

#[test]
fn a_locked_review_goes_on_with_what_opens_it_and_with_nothing_else() {
    const WORDS: &str = "four words make it";
    let (folder, mut desk, out) = chosen(3000);
    let locked = desk::view::BeginReview {
        lock: ResultsLock::Passphrase,
        secret: WORDS.into(),
        ..ask("statewide")
    };
    desk.begin_review(&locked, NOW).unwrap();
    desk.pause_review(&desk::view::PauseReview { paused: true })
        .unwrap();
    desk.stop_review(&desk::view::StopReview { keep: true })
        .unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Kept);
    // Nobody's name and not the passphrase lie in what is left.
    for place in [out.join(".review.part"), folder.path().to_owned()] {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            let export = path.ends_with("export.dat");
            if path.is_file() && !export {
                let bytes = fs::read(&path).unwrap();
                let holds = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
                assert!(
                    !holds(b"FAMILY") && !holds(WORDS.as_bytes()),
                    "{}",
                    path.display()
                );
            }
        }
    }
    drop(desk);
    let door = Door::at(folder.path().join("office"));
    let who = door.session(NOW).unwrap().people[0].id.clone();
    let mut desk = unlock(door, &who, ADA);
    let unfinished = desk.review().unwrap().unfinished.unwrap();
    assert_eq!(unfinished.lock, ResultsLock::Passphrase);
    let go_on = GoOn {
        secret: WORDS.into(),
    };
    desk.go_on_with_review(&go_on, NOW).unwrap();
    let run = end(&desk);
    assert_eq!(
        (run.phase, run.people, run.locked),
        (RunPhase::Done, 3000, true),
        "{run:?}"
    );
    assert_eq!(desk.review_rows(&find()).unwrap().of, 6000);
    // A decision by hand lies locked too.
    decide(&mut desk, 0, Some("not_eligible"));
    let decided = fs::read(out.join("decisions.csv.age")).unwrap();
    assert!(decided.starts_with(b"age-encryption.org/v1") && !out.join("decisions.csv").exists());
}
