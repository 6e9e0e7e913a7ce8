//! A review that is stopped, killed, given up, locked or behind a lock, and what goes on of it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::reviewing::*;
use desk::Door;
use desk::view::{BeginReview, GoOn, PauseReview, ResultsLock, RunPhase, StopReview};

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
    let view = desk.go_on_with_review(&GoOn::default(), NOW).unwrap();
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
    assert_eq!(
        desk.review_numbers(&under("los-angeles")).unwrap().people,
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
    let same = under("statewide");
    assert_eq!(desk.review_numbers(&same).unwrap().people, 60);
    let other = under("sacramento");
    assert_eq!(
        desk.review_numbers(&other).unwrap_err().refusal().code,
        "review_locked"
    );
}
