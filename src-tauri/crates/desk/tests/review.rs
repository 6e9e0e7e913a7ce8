//! The mass review from the window's side: choosing, running, stopping, going on, looking through it; and what a lock does to it.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use desk::view::{
    AddPerson, BeginReview, ChangePassphrase, Create, FileFound, NthFile, PauseReview, ResultsLock,
    ReviewFind, ReviewRun, ReviewUnder, ReviewWhose, Role, RunPhase, StopReview, Unlock,
};
use desk::{Desk, Door, Moment};
use jiff::civil::date;
use reading::export::column as col;

const NOW: Moment = Moment {
    at: jiff::Timestamp::UNIX_EPOCH,
    today: date(2026, 11, 21),
};
const ADA: &str = "seven lanterns over the quiet harbor";
const FIRST: &str = "given on paper by somebody else";
const OWN: &str = "eleven herons beside the old canal";
/// A key to lock to; nothing here opens what is locked with it.
const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

fn office(folder: &Path) -> Desk {
    let create = Create {
        clinic: "Lantern Street".into(),
        person: "Ada Lindqvist".into(),
        bar: Some("999001".into()),
        passphrase: ADA.into(),
    };
    let door = &mut Door::at(folder.join("office"));
    door.create(&create, NOW).unwrap().0
}

fn unlock(mut door: Door, person: &str, passphrase: &str) -> Desk {
    let ask = Unlock {
        person: person.into(),
        passphrase: passphrase.into(),
    };
    door.unlock(&ask, NOW).unwrap()
}

fn me(desk: &Desk) -> String {
    desk.session(NOW).who.unwrap().id
}

/// An export of so many people, each with a marijuana conviction of another year and now and then one more.
fn export(path: &Path, people: usize) {
    let mut out = String::new();
    for n in 0..people {
        for (count, offense, level) in [
            (1, "11359 HS-POSSESS MARIJUANA FOR SALE", "FELONY"),
            (2, "459 PC-BURGLARY", "FELONY"),
            (
                3,
                "11357(A) HS-POSSESS CONCENTRATED CANNABIS",
                "MISDEMEANOR",
            ),
        ] {
            if count == 2 && n % 3 > 0 {
                continue;
            }
            let mut row = vec![String::new(); col::NAMES.len()];
            let on = format!("{}0615", 1985 + n % 30);
            for (column, value) in [
                (col::SUBJECT_ID, format!("{}", 10_000 + n)),
                (col::CII_NUMBER, format!("A{n:08}")),
                (col::PRI_NAME, format!("\"FAMILY{n:04},GIVEN\"")),
                (col::PRI_DOB, format!("19{}0505", 50 + n % 20)),
                (col::GENDER, (if n % 4 == 0 { "F" } else { "M" }).into()),
                (
                    col::RACE_DESCR,
                    (if n % 2 == 0 { "BLACK" } else { "WHITE" }).into(),
                ),
                (col::STP_EVENT_DATE, on.clone()),
                (col::STP_TYPE_DESCR, "COURT ACTION".into()),
                (col::STP_ORI_DESCR, "CASC SACRAMENTO".into()),
                (col::STP_ORI_CNTY_NAME, "SACRAMENTO".into()),
                (col::CNT_ORDER, format!("00100100{count}000")),
                (col::OFN, format!("85F{n:05}")),
                (col::OFFENSE_DESCR, offense.into()),
                (col::OFFENSE_TOC, "F".into()),
                (col::DISP_DATE, on),
                (col::DISP_DESCR, "CONVICTED".into()),
                (col::CONV_STAT_DESCR, level.into()),
                (col::END_OF_REC, "#".into()),
            ] {
                row[column] = value;
            }
            out.push_str(&row.join(","));
            out.push('\n');
        }
    }
    fs::write(path, out).unwrap();
}

fn add(desk: &Desk, path: &Path) {
    let looked = desk.review_files(vec![path.to_owned()]).unwrap().look();
    desk.add_review_files(looked).unwrap();
}

fn ask(policy: &str) -> BeginReview {
    BeginReview {
        county: "Sacramento".into(),
        as_of: "2020-07-01".into(),
        policy: policy.into(),
        lock: ResultsLock::Open,
        secret: String::new(),
    }
}

fn end(desk: &Desk) -> ReviewRun {
    let start = Instant::now();
    loop {
        let run = desk.review_run().unwrap();
        if !matches!(run.phase, RunPhase::Running | RunPhase::Ending) {
            return run;
        }
        assert!(start.elapsed() < Duration::from_secs(120), "{run:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// An office with an export of so many people chosen, and a folder for the results.
fn chosen(people: usize) -> (tempfile::TempDir, Desk, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let desk = office(folder.path());
    let path = folder.path().join("export.dat");
    export(&path, people);
    add(&desk, &path);
    let out = folder.path().join("results");
    desk.choose_review_folder(out.clone()).unwrap();
    (folder, desk, out)
}

fn find() -> ReviewFind {
    ReviewFind {
        determination: None,
        section: None,
        decided_by: None,
        question: None,
        words: None,
        from: 0,
    }
}

#[test]
fn a_file_is_looked_at_when_it_is_chosen() {
    let (folder, mut desk, _) = chosen(30);
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    add(&desk, &put("list.csv", b"name,case\nA,1\n"));
    add(&desk, &put("nothing.dat", b""));
    add(
        &desk,
        &put(
            "copy.dat",
            &fs::read(folder.path().join("export.dat")).unwrap(),
        ),
    );
    let view = desk.review().unwrap();
    let found: Vec<_> = view.files.iter().map(|file| file.found).collect();
    use FileFound::{Empty, Other, Rows, Twin};
    assert_eq!(found, [Rows, Other, Empty, Twin]);
    assert_eq!(view.files[3].same_as.as_deref(), Some("export.dat"));
    assert_eq!(view.counties.len(), 58);
    assert_eq!(view.policies[0].id, "statewide");
    let code = |desk: &mut Desk| {
        desk.begin_review(&ask("statewide"), NOW)
            .unwrap_err()
            .refusal()
            .code
    };
    assert_eq!(code(&mut desk), "not_the_export");
    for nth in [1, 1] {
        desk.drop_review_file(&NthFile { nth }).unwrap();
    }
    // Without the first, its copy is a file of its own.
    let view = desk.drop_review_file(&NthFile { nth: 0 }).unwrap();
    assert_eq!(view.files[0].found, Rows);
    desk.drop_review_file(&NthFile { nth: 0 }).unwrap();
    assert_eq!(code(&mut desk), "no_files_chosen");
}

#[test]
fn what_cannot_be_begun_is_said_in_words() {
    let (_folder, mut desk, _) = chosen(3);
    for (wrong, code) in [
        (
            BeginReview {
                county: "Atlantis".into(),
                ..ask("statewide")
            },
            "review_county",
        ),
        (
            BeginReview {
                as_of: "soon".into(),
                ..ask("statewide")
            },
            "not_a_day",
        ),
        (ask("nobody's"), "policy"),
        (
            BeginReview {
                lock: ResultsLock::Keys,
                secret: "age2".into(),
                ..ask("statewide")
            },
            "review_key",
        ),
        (
            BeginReview {
                lock: ResultsLock::Passphrase,
                secret: "short".into(),
                ..ask("statewide")
            },
            "review_passphrase",
        ),
    ] {
        let refusal = desk.begin_review(&wrong, NOW).unwrap_err().refusal();
        assert_eq!(refusal.code, code);
        assert!(!refusal.hint.is_empty() && !refusal.message.is_empty());
    }
    // A county without a row in the files is no row of zeros.
    desk.begin_review(
        &BeginReview {
            county: "Alpine".into(),
            ..ask("statewide")
        },
        NOW,
    )
    .unwrap();
    let run = end(&desk);
    assert_eq!(run.phase, RunPhase::Failed);
    assert_eq!(run.trouble.unwrap().code, "review_no_rows");
    assert!(desk.review().unwrap().unfinished.is_none());
}

#[test]
fn numbers_move_with_the_policy_and_open_to_people_and_reasons() {
    let (_folder, mut desk, out) = chosen(90);
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    let run = end(&desk);
    assert_eq!((run.phase, run.people), (RunPhase::Done, 90), "{run:?}");
    assert!(out.join("summary.json").is_file() && out.join("report.pdf").is_file());
    assert!(run.written.contains(&"determinations.csv".to_owned()));
    let under = |policy: &str| {
        let policy = policy.to_owned();
        desk.review_numbers(&ReviewUnder { policy }).unwrap()
    };
    let (law, los_angeles) = (under("statewide"), under("los-angeles"));
    assert!(law.written && !los_angeles.written);
    assert_eq!(law.all.sum(), 180);
    assert_eq!(los_angeles.all.sum(), 180);
    assert_ne!(law.all, los_angeles.all);
    // The same as a summary that a full run writes.
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    assert_eq!(
        summary["people_left"]["felony_after"],
        law.left.felony_after
    );
    let race = law
        .groups
        .iter()
        .find(|group| group.kind == "race")
        .unwrap();
    assert_eq!(
        race.groups.iter().map(|group| group.people).sum::<u64>(),
        90
    );
    assert!(race.groups.iter().all(|group| group.times_before.is_some()));

    let page = desk.review_rows(&find()).unwrap();
    assert_eq!((page.of, page.rows.len()), (180, 50));
    let last = desk
        .review_rows(&ReviewFind {
            from: 150,
            ..find()
        })
        .unwrap();
    assert_eq!(last.rows.len(), 30);
    let section = ReviewFind {
        section: Some("HS 11359".into()),
        ..find()
    };
    assert_eq!(desk.review_rows(&section).unwrap().of, 90);
    let words = ReviewFind {
        words: Some("family0042".into()),
        ..find()
    };
    let found = desk.review_rows(&words).unwrap();
    assert_eq!(found.of, 2);
    let person = found.rows[0].person;
    let person = desk.review_person(&ReviewWhose { person }).unwrap();
    assert_eq!(
        (person.name.as_str(), person.born.as_str()),
        ("FAMILY0042,GIVEN", "1952-05-05")
    );
    assert_eq!(person.decisions.len(), 2);
    for decision in &person.decisions {
        assert!(!decision.row.reason.is_empty() && !decision.citation.is_empty());
        assert!(decision.proof.iter().any(|step| !step.cite.is_empty()));
        assert_eq!(decision.file, "export.dat");
    }
}

#[test]
fn a_policy_file_stands_beside_the_presets() {
    let (folder, mut desk, _) = chosen(20);
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let refused = desk
        .add_review_policy(&put("bad.toml", "id = 3"))
        .unwrap_err();
    assert_eq!(refused.refusal().code, "policy");
    let text = "id = \"ours\"\ntitle = \"Ours\"\nsource = \"made up\"\nroute = \"prop-64\"\n\
        sections = [\"HS 11357\", \"HS 11358\", \"HS 11359\", \"HS 11360\"]\n\
        also = [\"HS 11530\", \"HS 11530.1\", \"HS 11530.5\", \"HS 11531\"]\n\
        [[rule]]\nwhen = {}\nthen = \"dismiss\"\nsay = \"All of them\"\n";
    let view = desk.add_review_policy(&put("ours.toml", text)).unwrap();
    let ours = view
        .policies
        .iter()
        .find(|policy| policy.id == "ours")
        .unwrap();
    assert!(ours.own);
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Done);
    let numbers = desk
        .review_numbers(&ReviewUnder {
            policy: "ours".into(),
        })
        .unwrap();
    assert_eq!(numbers.all.dismiss, 40, "{:?}", numbers.all);
}

#[test]
fn a_review_waits_is_cancelled_and_leaves_nothing() {
    let (_folder, mut desk, out) = chosen(400);
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    desk.pause_review(&PauseReview { paused: true }).unwrap();
    // It may have been done before it was told to wait; else it waits, whatever time goes by.
    std::thread::sleep(Duration::from_millis(200));
    let phase = desk.review_run().unwrap().phase;
    assert!(
        matches!(phase, RunPhase::Paused | RunPhase::Done),
        "{phase:?}"
    );
    assert_eq!(
        desk.begin_review(&ask("statewide"), NOW)
            .unwrap_err()
            .refusal()
            .code,
        "review_runs"
    );
    let view = desk.stop_review(&StopReview { keep: false }).unwrap();
    assert!(matches!(
        view.run.phase,
        RunPhase::Ending | RunPhase::Cancelled
    ));
    assert_eq!(end(&desk).phase, RunPhase::Cancelled);
    assert!(!out.join("summary.json").exists() && !out.join(".review.part").exists());
    assert!(desk.review().unwrap().unfinished.is_none());
}

#[test]
fn what_was_stopped_or_killed_goes_on_and_ends_the_same() {
    let (folder, mut desk, out) = chosen(400);
    desk.begin_review(&ask("sacramento"), NOW).unwrap();
    desk.pause_review(&PauseReview { paused: true }).unwrap();
    desk.stop_review(&StopReview { keep: true }).unwrap();
    let run = end(&desk);
    assert_eq!(run.phase, RunPhase::Kept);
    drop(desk);
    // Another start of the program knows of it.
    let door = Door::at(folder.path().join("office"));
    let who = door.session(NOW).unwrap().people[0].id.clone();
    let mut desk = unlock(door, &who, ADA);
    let unfinished = desk.review().unwrap().unfinished.unwrap();
    assert_eq!(unfinished.county, "Sacramento");
    assert_eq!(unfinished.policy, "Sacramento");
    let view = desk.go_on_with_review(NOW).unwrap();
    assert_eq!(view.files.len(), 1);
    assert_eq!(end(&desk).phase, RunPhase::Done);
    assert!(desk.review().unwrap().unfinished.is_none());
    let table = fs::read(out.join("determinations.csv")).unwrap();
    // The same without a stop.
    desk.choose_review_folder(folder.path().join("again"))
        .unwrap();
    desk.begin_review(&ask("sacramento"), NOW).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Done);
    assert_eq!(
        fs::read(folder.path().join("again/determinations.csv")).unwrap(),
        table
    );
}

#[test]
fn what_was_stopped_can_be_given_up_and_its_rows_go() {
    let (_folder, mut desk, out) = chosen(400);
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    desk.pause_review(&PauseReview { paused: true }).unwrap();
    desk.stop_review(&StopReview { keep: true }).unwrap();
    assert_eq!(end(&desk).phase, RunPhase::Kept);
    assert!(out.join(".review.part").is_dir());
    let view = desk.forget_unfinished_review().unwrap();
    assert!(view.unfinished.is_none() && !out.join(".review.part").exists());
}

#[test]
fn a_lock_ends_no_review_and_shows_none() {
    let (_folder, mut desk, out) = chosen(200);
    let who = me(&desk);
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    desk.pause_review(&PauseReview { paused: true }).unwrap();
    let door = desk.door();
    desk.lock(NOW);
    // Behind the lock there is only a door, and a door has no word about a review.
    let desk = unlock(door, &who, ADA);
    assert_eq!(desk.review_run().unwrap().phase, RunPhase::Paused);
    desk.pause_review(&PauseReview { paused: false }).unwrap();
    let door = desk.door();
    desk.lock(NOW);
    let start = Instant::now();
    while !out.join("summary.json").is_file() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "it did not go on behind the lock"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    let desk = unlock(door, &who, ADA);
    assert_eq!(end(&desk).phase, RunPhase::Done);
    let policy = "los-angeles".to_owned();
    assert_eq!(
        desk.review_numbers(&ReviewUnder { policy }).unwrap().people,
        200
    );
    assert_eq!(desk.review_rows(&find()).unwrap().of, 400);
}

#[test]
fn locked_results_are_shown_until_the_office_is_locked() {
    let (_folder, mut desk, out) = chosen(60);
    let who = me(&desk);
    let locked = BeginReview {
        lock: ResultsLock::Keys,
        secret: KEY.into(),
        ..ask("statewide")
    };
    desk.begin_review(&locked, NOW).unwrap();
    let run = end(&desk);
    assert_eq!(run.phase, RunPhase::Done, "{run:?}");
    assert!(run.locked && run.written.iter().all(|name| name.ends_with(".age")));
    let page = desk.review_rows(&find()).unwrap();
    assert_eq!(page.of, 120);
    assert!(page.rows[0].name.starts_with("FAMILY"));
    // Nothing lies open on the disk.
    let open = |folder: &Path| {
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let files: Vec<_> = entries.filter(|path| path.is_file()).collect();
        files.into_iter().any(|path| {
            let bytes = fs::read(path).unwrap();
            bytes.windows(6).any(|part| part == b"FAMILY")
        })
    };
    assert!(!open(&out) && !open(&out.join(".review.part")));
    let door = desk.door();
    desk.lock(NOW);
    assert!(!out.join(".review.part").exists());
    let desk = unlock(door, &who, ADA);
    assert_eq!(
        desk.review_rows(&find()).unwrap_err().refusal().code,
        "review_locked"
    );
    let same = ReviewUnder {
        policy: "statewide".into(),
    };
    assert_eq!(desk.review_numbers(&same).unwrap().people, 60);
    let other = ReviewUnder {
        policy: "sacramento".into(),
    };
    assert_eq!(
        desk.review_numbers(&other).unwrap_err().refusal().code,
        "review_locked"
    );
}

#[test]
fn a_volunteer_reviews_nothing() {
    let (_folder, mut desk, _) = chosen(5);
    let person = AddPerson {
        name: "Vera Moss".into(),
        roles: vec![Role::Volunteer],
        passphrase: FIRST.into(),
    };
    let session = desk.add_person(&person, NOW).unwrap();
    let vera = session
        .people
        .into_iter()
        .find(|p| p.name == "Vera Moss")
        .unwrap()
        .id;
    desk.begin_review(&ask("statewide"), NOW).unwrap();
    end(&desk);
    let door = desk.door();
    desk.lock(NOW);
    let mut desk = unlock(door, &vera, FIRST);
    let change = ChangePassphrase {
        old: FIRST.into(),
        new: OWN.into(),
    };
    desk.change_passphrase(&change, NOW).unwrap();
    let policy = "statewide".to_owned();
    for refused in [
        desk.review().unwrap_err(),
        desk.review_run().unwrap_err(),
        desk.may_review().unwrap_err(),
        desk.review_files(Vec::new()).err().unwrap(),
        desk.choose_review_folder("x".into()).unwrap_err(),
        desk.choose_review_decisions(None).unwrap_err(),
        desk.add_review_policy(Path::new("x")).unwrap_err(),
        desk.drop_review_file(&NthFile { nth: 0 }).unwrap_err(),
        desk.begin_review(&ask("statewide"), NOW).unwrap_err(),
        desk.go_on_with_review(NOW).unwrap_err(),
        desk.forget_unfinished_review().unwrap_err(),
        desk.pause_review(&PauseReview { paused: true })
            .unwrap_err(),
        desk.stop_review(&StopReview { keep: false }).unwrap_err(),
        desk.leave_review().unwrap_err(),
        desk.review_numbers(&ReviewUnder { policy }).unwrap_err(),
        desk.review_rows(&find()).unwrap_err(),
        desk.review_person(&ReviewWhose { person: 0 }).unwrap_err(),
    ] {
        assert_eq!(refused.refusal().code, "vault", "{refused}");
    }
}
