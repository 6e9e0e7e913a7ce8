//! What breaks a run, and what its product lacked.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use jiff::civil::date;
use packs::Packs;
use reading::export::column as col;
use review::{Decisions, Job, Progress, ReviewError};

use super::{SALE, felony};
use crate::support::{AS_OF, Ask, Fields, csv, policy, table};

#[test]
fn e19_e20_e21_a_bad_row_spoils_no_other() {
    let good = felony("101001001000", SALE);
    let short = Fields::conviction("2", "1001", SALE, "FELONY", "20010601");
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend_from_slice(col::NAMES.join(",").as_bytes());
    bytes.extend_from_slice(b",\r\n");
    bytes.extend(csv(&[good]));
    bytes.extend(csv(&[short]));
    bytes.extend_from_slice(b"one,two,three\n");
    bytes.extend_from_slice(b"3,x,\"never closed\n");
    bytes.extend(csv(&[Fields::conviction(
        "4",
        "101001001000",
        SALE,
        "FELONY",
        "20010601",
    )
    .set(col::PRI_NAME, "MU\u{d1}OZ,ANA")]));
    let reviewed = Ask::default().run(&[bytes]).unwrap();
    let unread = reviewed.table("rows-not-used.csv");
    let lines: Vec<&str> = unread.iter().map(|row| row["line"].as_str()).collect();
    assert_eq!(lines, ["3", "4", "5"], "{unread:#?}");
    assert_eq!(reviewed.determined().len(), 2);
    assert!(reviewed.table("full.csv").len() >= 2);
}

#[test]
fn e21_a_wrong_county_is_an_error() {
    let rows = csv(&[felony("101001001000", SALE)]);
    let ask = |county| Ask {
        county,
        ..Ask::default()
    };
    assert!(ask("sacramento").run(std::slice::from_ref(&rows)).is_ok());
    let error = ask("Sacremento")
        .run(std::slice::from_ref(&rows))
        .err()
        .expect("refused");
    assert!(
        matches!(&error, ReviewError::County { nearest: Some(n), .. } if n == "Sacramento"),
        "{error}"
    );
    let error = ask("Fresno").run(&[rows]).err().expect("refused");
    assert!(matches!(error, ReviewError::NoRows { .. }));
}

#[test]
fn e23_the_queue_comes_back_with_decisions() {
    let row = felony("101001001000", "11359(D) HS-MINOR HELPS");
    let first = Ask::default().rows(std::slice::from_ref(&row));
    let queue = String::from_utf8(first.bytes("review-queue.csv")).unwrap();
    assert_eq!(queue.lines().count(), 2);
    let filled = queue.trim_end().strip_suffix(",,,").unwrap().to_owned()
        + ",reduce,\"A. Lee, DDA\",read the file\n";
    let again = Ask {
        decisions: Some(filled.into_bytes()),
        ..Ask::default()
    }
    .rows(&[row]);
    let only = again.only();
    assert_eq!(
        (only["determination"].as_str(), only["decided_by"].as_str()),
        ("reduce", "hand")
    );
    assert!(only["reason"].contains("A. Lee"));
    assert_eq!(again.table("review-queue.csv").len(), 0);
}

#[test]
fn e22_memory_has_a_bound_and_what_is_beyond_it_waits_on_disk_unread() {
    // Everybody comes twice, far apart: all rows must wait.
    let name = "QUILLFEATHER,MARISOL";
    let rows = |cycle: u32| -> Vec<Fields> {
        (0..3500_u32)
            .map(|n| {
                let order = format!("{cycle:03}001001000");
                Fields::conviction(&n.to_string(), &order, SALE, "FELONY", "20010601")
                    .set(col::PRI_NAME, name)
                    .set(col::COMMENT_TEXT, &"X".repeat(1400))
            })
            .collect()
    };
    let dir = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = [101, 102]
        .map(|cycle| {
            let path = dir.path().join(format!("{cycle}.dat"));
            std::fs::write(&path, csv(&rows(cycle))).unwrap();
            path
        })
        .to_vec();
    let out = dir.path().join("out");
    let progress = Progress::default();
    let done = review::run(job(&paths), Packs::builtin().unwrap(), &out, &progress).unwrap();
    assert_eq!((done.tally.people, done.passes), (3500, 2));
    assert!(done.spilled > 0, "it fits into no memory");
    let left: Vec<_> = std::fs::read_dir(&out).unwrap().collect();
    assert_eq!(left.len(), 7, "tables and numbers, nothing else: {left:?}");
}

#[test]
fn e24_a_stopped_run_publishes_nothing_and_disturbs_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let path = [dir.path().join("export.dat")];
    std::fs::write(&path[0], csv(&[felony("101001001000", SALE)])).unwrap();
    let out = dir.path().join("out");
    let run = |stop: bool| {
        let progress = Progress::default();
        progress.stop.store(stop, Ordering::Relaxed);
        review::run(job(&path), Packs::builtin().unwrap(), &out, &progress)
    };
    assert!(matches!(run(true), Err(ReviewError::Stopped)));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
    assert_eq!(run(false).unwrap().tally.people, 1);
    let before = std::fs::read(out.join("full.csv")).unwrap();
    assert!(matches!(run(true), Err(ReviewError::Stopped)));
    assert_eq!(std::fs::read(out.join("full.csv")).unwrap(), before);
}

#[test]
fn e25_any_day_can_be_asked_about_and_stands_in_what_is_written() {
    let at = |as_of| {
        Ask {
            as_of,
            ..Ask::default()
        }
        .rows(&[felony("101001001000", SALE)])
    };
    for (day, years) in [(date(2016, 12, 1), "15.5"), (date(2031, 6, 1), "30.0")] {
        let reviewed = at(day);
        assert_eq!(reviewed.only()["years_since_conviction"], years);
        for name in ["summary.json", "report.txt"] {
            let text = String::from_utf8(reviewed.bytes(name)).unwrap();
            assert!(text.contains(&day.to_string()), "{name}: {text}");
        }
    }
}

#[test]
fn e27_folders_and_files_may_have_any_name() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("Abril, \"mayo\" & ñ 2020");
    std::fs::create_dir(&folder).unwrap();
    let path = [folder.join("DOJ, part 1.dat")];
    std::fs::write(&path[0], csv(&[felony("101001001000", SALE)])).unwrap();
    let out = folder.join("results, first");
    let progress = Progress::default();
    let done = review::run(job(&path), Packs::builtin().unwrap(), &out, &progress).unwrap();
    assert!(done.written.iter().all(|file| file.starts_with(&out)));
    let table = table(&out.join("determinations.csv"));
    assert_eq!(table[0]["file"], path[0].display().to_string());
}

#[test]
fn e28_a_level_is_what_the_export_says() {
    let rows: Vec<Fields> = ["FELONY", "MISDEMEANOR", "INFRACTION", ""]
        .into_iter()
        .enumerate()
        .map(|(n, level)| {
            Fields::conviction(
                &n.to_string(),
                "101001001000",
                "11357(B) HS-POSSESS",
                level,
                "20010601",
            )
            .set(col::OFFENSE_TOC, "")
        })
        .collect();
    let reviewed = Ask::default().rows(&rows);
    let levels = &reviewed.done.tally.convictions["HS 11357"];
    let levels: Vec<&str> = levels.keys().map(String::as_str).collect();
    assert_eq!(levels, ["felony", "infraction", "misdemeanor", "unknown"]);
}

fn job(files: &[PathBuf]) -> Job<'_> {
    Job {
        files,
        county: "Sacramento",
        as_of: AS_OF,
        policy: policy("statewide"),
        decisions: Decisions::default(),
        memory: 0,
        threads: 2,
        format: review::Format::Csv,
        lock: None,
        facts: false,
        what_if: Vec::new(),
        figures: false,
    }
}
