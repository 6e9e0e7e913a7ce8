//! An office with an export chosen, and what its tests ask of a review.
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use desk::view::{
    BeginReview, Create, ResultsLock, ReviewFind, ReviewRun, ReviewUnder, RunPhase, Unlock,
};
use desk::{Desk, Door, Moment};
use jiff::civil::date;
use reading::export::column as col;

pub(crate) const NOW: Moment = Moment {
    at: jiff::Timestamp::UNIX_EPOCH,
    today: date(2026, 11, 21),
};
pub(crate) const ADA: &str = "seven lanterns over the quiet harbor";
pub(crate) const FIRST: &str = "given on paper by somebody else";
pub(crate) const OWN: &str = "eleven herons beside the old canal";
/// A key to lock to; nothing here opens what is locked with it.
pub(crate) const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

pub(crate) fn office(folder: &Path) -> Desk {
    let create = Create {
        clinic: "Lantern Street".into(),
        person: "Ada Lindqvist".into(),
        bar: Some("999001".into()),
        passphrase: ADA.into(),
    };
    let door = &mut Door::at(folder.join("office"));
    door.create(&create, NOW).unwrap().0
}

pub(crate) fn unlock(mut door: Door, person: &str, passphrase: &str) -> Desk {
    let ask = Unlock {
        person: person.into(),
        passphrase: passphrase.into(),
    };
    door.unlock(&ask, NOW).unwrap()
}

pub(crate) fn me(desk: &Desk) -> String {
    desk.session(NOW).who.unwrap().id
}

/// An export of so many people, each with a marijuana conviction of another year and now and then one more.
pub(crate) fn export(path: &Path, people: usize) {
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

pub(crate) fn add(desk: &Desk, path: &Path) {
    let looked = desk.review_files(vec![path.to_owned()]).unwrap().look();
    desk.add_review_files(looked).unwrap();
}

pub(crate) fn ask(policy: &str) -> BeginReview {
    BeginReview {
        county: "Sacramento".into(),
        as_of: "2020-07-01".into(),
        policy: policy.into(),
        parquet: false,
        lock: ResultsLock::Open,
        secret: String::new(),
    }
}

pub(crate) fn end(desk: &Desk) -> ReviewRun {
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
pub(crate) fn chosen(people: usize) -> (tempfile::TempDir, Desk, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let desk = office(folder.path());
    let path = folder.path().join("export.dat");
    export(&path, people);
    add(&desk, &path);
    let out = folder.path().join("results");
    desk.choose_review_folder(out.clone()).unwrap();
    (folder, desk, out)
}

pub(crate) fn find() -> ReviewFind {
    ReviewFind {
        determination: None,
        section: None,
        decided_by: None,
        question: None,
        words: None,
        from: 0,
    }
}

pub(crate) fn under(policy: &str) -> ReviewUnder {
    ReviewUnder {
        policy: policy.to_owned(),
        edited: None,
    }
}
