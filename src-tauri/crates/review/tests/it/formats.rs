//! The tables as Parquet hold what the CSV holds; locked results open to whom they are for and to nobody else.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use crate::support::people::people;
use crate::support::{Ask, Fields, Table};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use reading::export::column as col;
use review::{Format, Lock};

fn rows() -> Vec<Fields> {
    let mut rows = people(5, 80);
    // What a spreadsheet would take for a formula, and bytes that are not ASCII.
    rows[0] = rows[0].clone().set(col::PRI_NAME, "=1+1");
    rows[1] = rows[1]
        .clone()
        .set(col::COMMENT_TEXT, "say \"x\", MU\u{d1}OZ");
    rows
}

fn parquet(path: &Path) -> Table {
    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| {
        let row = row.unwrap();
        let column = |(name, field): (&String, &Field)| {
            let value = match field {
                Field::Null => String::new(),
                Field::Str(text) => text.clone(),
                Field::Long(n) => n.to_string(),
                Field::Double(n) => format!("{n:.1}"),
                other => panic!("{name}: {other:?}"),
            };
            (name.clone(), value)
        };
        row.get_column_iter().map(column).collect()
    })
    .collect()
}

#[test]
fn parquet_holds_what_the_csv_holds() {
    let rows = rows();
    let both = Ask {
        format: Format::Both,
        ..Ask::of("sacramento")
    }
    .rows(&rows);
    for name in ["full", "condensed", "determinations"] {
        let mut csv = both.table(&format!("{name}.csv"));
        for value in csv.iter_mut().flat_map(BTreeMap::values_mut) {
            if value == "'=1+1" {
                *value = "=1+1".to_owned();
            }
        }
        let path = both.dir.path().join("out").join(format!("{name}.parquet"));
        let parquet = parquet(&path);
        assert!(!csv.is_empty(), "{name}");
        assert_eq!(parquet, csv, "{name}");
    }
    let full = parquet(&both.dir.path().join("out/full.parquet"));
    assert!(full.iter().any(|row| row["PRI_NAME"] == "=1+1"));
}

#[test]
fn parquet_alone_leaves_no_large_csv_and_is_the_same_every_time() {
    let run = || {
        Ask {
            format: Format::Parquet,
            ..Ask::default()
        }
        .rows(&rows())
    };
    let (one, two) = (run(), run());
    let names: Vec<String> = std::fs::read_dir(one.dir.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for name in ["full", "condensed"] {
        assert!(!names.contains(&format!("{name}.csv")), "{names:?}");
        let name = format!("{name}.parquet");
        assert!(one.bytes(&name) == two.bytes(&name), "{name}");
    }
    assert!(names.contains(&"review-queue.csv".to_owned()), "{names:?}");
}

#[test]
fn an_empty_table_is_a_parquet_file_too() {
    // Nobody was convicted of what is asked about.
    let row = Fields::conviction("1", "101001001000", "459 PC-BURGLARY", "FELONY", "20010601");
    let both = Ask {
        format: Format::Both,
        ..Ask::default()
    }
    .rows(&[row]);
    let path = both.dir.path().join("out/determinations.parquet");
    assert_eq!(parquet(&path), Table::new());
}

#[test]
fn locked_results_open_to_their_key_and_hold_what_open_ones_hold() {
    let rows = rows();
    let (key, other) = (
        age::x25519::Identity::generate(),
        age::x25519::Identity::generate(),
    );
    let ask = |lock| Ask {
        format: Format::Both,
        what_if: vec![crate::support::policy("los-angeles")],
        lock,
        ..Ask::of("sacramento")
    };
    let open = ask(None).rows(&rows);
    let locked = ask(Some(Lock::to(&[key.to_public().to_string()]).unwrap())).rows(&rows);
    let folder = |of: &crate::support::Reviewed| -> BTreeMap<String, Vec<u8>> {
        std::fs::read_dir(of.dir.path().join("out"))
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let bytes = std::fs::read(entry.path()).unwrap_or_default();
                (entry.file_name().into_string().unwrap(), bytes)
            })
            .collect()
    };
    let (open, mut locked_files) = (folder(&open), folder(&locked));
    // What the facts of the run are looked up in lies sealed beside the results, and goes with them.
    assert!(locked_files.remove(".review.part").is_some());
    drop(locked.done);
    assert!(!locked.dir.path().join("out/.review.part").exists());
    let names: Vec<String> = open.keys().map(|name| format!("{name}.age")).collect();
    assert_eq!(names, locked_files.keys().cloned().collect::<Vec<_>>());
    let dirs = [locked.dir.path().display().to_string()];
    for (name, bytes) in &locked_files {
        let name = name.strip_suffix(".age").expect("everything is locked");
        let read = |key: &age::x25519::Identity| {
            let from = age::Decryptor::new(bytes.as_slice()).unwrap();
            let mut text = Vec::new();
            let mut from = from
                .decrypt(std::iter::once(key as &dyn age::Identity))
                .ok()?;
            from.read_to_end(&mut text).unwrap();
            Some(text)
        };
        assert!(read(&other).is_none(), "{name}");
        let text = read(&key).unwrap();
        // The folders' names differ, and with them what names a file.
        if ![
            "determinations.csv",
            "determinations.parquet",
            "summary.json",
            "what-if.facts",
        ]
        .contains(&name)
        {
            assert!(text == open[name], "{name}");
        } else {
            assert!(!text.is_empty() && !dirs[0].is_empty(), "{name}");
        }
    }
}

#[test]
fn while_a_locked_run_works_nothing_lies_open() {
    use review::{At, Go, Watch};
    use std::sync::Mutex;

    // Looks at the folder whenever it is asked whether to go on.
    struct Spy(std::path::PathBuf, Mutex<(usize, bool)>);
    impl Watch for Spy {
        fn at(&self, _: At) {}
        fn go(&self) -> Go {
            let mut seen = self.1.lock().unwrap();
            for entry in std::fs::read_dir(&self.0).into_iter().flatten() {
                let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
                seen.0 += bytes.len();
                seen.1 |= bytes.windows(9).any(|part| part == b"SKYWALKER");
            }
            Go::On
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let file = [dir.path().join("export.dat")];
    let rows: Vec<Fields> = (0..12_000_u32)
        .map(|n| {
            let subject = n.to_string();
            Fields::conviction(
                &subject,
                "101001001000",
                "11358 HS-GROW",
                "FELONY",
                "20010601",
            )
        })
        .collect();
    std::fs::write(&file[0], crate::support::csv(&rows)).unwrap();
    for lock in [true, false] {
        let out = dir.path().join(lock.to_string());
        let key = age::x25519::Identity::generate().to_public().to_string();
        let job = review::Job {
            files: &file,
            county: "Sacramento",
            as_of: crate::support::AS_OF,
            policy: crate::support::policy("statewide"),
            decisions: review::Decisions::default(),
            memory: 0,
            threads: 2,
            format: Format::Csv,
            lock: lock.then(|| Lock::to(&[key]).unwrap()),
            facts: true,
            what_if: Vec::new(),
            figures: false,
        };
        let spy = Spy(out.join(".review.part"), Mutex::default());
        let packs = packs::Packs::builtin().unwrap();
        review::run(job, packs, &out, &spy).unwrap();
        let (bytes, open) = spy.1.into_inner().unwrap();
        // Without a lock the names are seen: the spy has eyes.
        assert!(bytes > 1_000_000 && open != lock, "{lock}: {bytes}");
    }
}

#[test]
fn what_is_no_key_and_no_passphrase_is_refused() {
    assert!(Lock::to(&["age1notakey".to_owned()]).is_err());
    assert!(Lock::to(&[]).is_err());
    assert!(Lock::by("eleven sign").is_err());
    assert!(Lock::by("four words or more").is_ok());
}
