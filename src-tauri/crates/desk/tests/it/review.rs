//! The mass review from the window's side: choosing, running, looking through it, and who may.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::reviewing::*;
use desk::Desk;
use desk::view::{
    AddPerson, BeginReview, ChangePassphrase, DecideByHand, FileFound, MakePapers, NthFile,
    PauseReview, ResultsLock, ReviewFind, ReviewWhose, Role, RunPhase, StopReview,
};

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
        desk.review_numbers(&crate::reviewing::under(policy))
            .unwrap()
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
    let numbers = desk.review_numbers(&under("ours")).unwrap();
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
        desk.go_on_with_review(&Default::default(), NOW)
            .unwrap_err(),
        desk.forget_unfinished_review().unwrap_err(),
        desk.pause_review(&PauseReview { paused: true })
            .unwrap_err(),
        desk.stop_review(&StopReview { keep: false }).unwrap_err(),
        desk.leave_review().unwrap_err(),
        desk.review_numbers(&under("statewide")).unwrap_err(),
        desk.review_rows(&find()).unwrap_err(),
        desk.review_person(&ReviewWhose { person: 0 }).unwrap_err(),
        desk.decide_by_hand(&DecideByHand {
            number: 0,
            determination: None,
            note: String::new(),
        })
        .unwrap_err(),
        desk.write_review_again(NOW).unwrap_err(),
        desk.open_review("x".into(), NOW).unwrap_err(),
        desk.review_rules(&under("statewide")).unwrap_err(),
        desk.review_policy_text(&under("statewide")).unwrap_err(),
        desk.after_review().unwrap_err(),
        desk.choose_review_list(Path::new("x")).unwrap_err(),
        desk.choose_review_papers("x".into()).unwrap_err(),
        desk.make_review_papers(&MakePapers::default(), NOW)
            .unwrap_err(),
        desk.stop_after_review().unwrap_err(),
    ] {
        assert_eq!(refused.refusal().code, "not_for_role", "{refused}");
    }
}
