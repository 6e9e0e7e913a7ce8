//! Nobody's determination depends on the order of rows, on how files are cut, on how many threads or how much memory there is, or on
//! who else is in the export; and what is left out of a record changes no answer.

use crate::support::{Ask, Fields, csv};
use proptest::prelude::*;
use reading::export::column as col;

const OFFENSES: &[&str] = &[
    "11357(A) HS-POSSESS",
    "11357(B) HS-POSSESS",
    "11358 HS-CULTIVATE",
    "11359 HS-SALE",
    "11360(A) HS-SELL",
    "187(A) PC-MURDER",
    "459 PC-BURGLARY",
    "32 PC-ACCESSORY",
    "SEE COMMENT FOR CHARGE",
];

fn row() -> impl Strategy<Value = Fields> {
    (
        (1..5_u8, 1..4_u8, 1..3_u8, 1..3_u8),
        0..OFFENSES.len(),
        prop::sample::select(vec![
            "CONVICTED",
            "CONVICTED",
            "CONVICTED-JAIL",
            "DISMISSED",
            "",
        ]),
        prop::sample::select(vec!["FELONY", "MISDEMEANOR", ""]),
        prop::sample::select(vec![
            "19900101", "20010601", "20140701", "20170101", "20010000", "x",
        ]),
        prop::sample::select(vec![
            "COURT ACTION",
            "COURT ACTION",
            "ARREST/DETAINED/CITED",
            "REGISTRATION",
        ]),
        prop::sample::select(vec!["19750505", "19750505", "19750505", "", "19750000"]),
        (0..4_u8, 0..12_u8),
    )
        .prop_map(
            |((subject, cycle, step, count), offense, ended, level, on, kind, born, more)| {
                let (years, number) = more;
                // Seldom none, or one that stands under other keys too.
                let number = match number {
                    0 => String::new(),
                    1 => "A7".to_owned(),
                    _ => format!("A{subject}"),
                };
                let order = format!("{:03}{step:03}{count:03}000", 100 + u16::from(cycle));
                Fields::conviction(&subject.to_string(), &order, OFFENSES[offense], level, on)
                    .set(col::DISP_DESCR, ended)
                    .set(col::STP_TYPE_DESCR, kind)
                    .set(col::PRI_DOB, born)
                    .set(col::CII_NUMBER, &number)
                    .set(col::SENT_LENGTH, &years.to_string())
                    .set(col::SENT_TIME_CODE, "Y")
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn order_files_threads_and_memory_change_nothing(
        rows in prop::collection::vec(row(), 1..40),
        shuffled in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let whole = Ask::of("los-angeles").rows(&rows).determined();
        let mut other = rows.clone();
        let mut dice = seed;
        for n in (1..other.len()).rev() {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            other.swap(n, usize::try_from(dice >> 33).unwrap() % (n + 1));
        }
        other.rotate_left(shuffled.index(rows.len()));
        let (a, b) = other.split_at(cut.index(rows.len()));
        let ask = Ask { threads: 1, ..Ask::of("los-angeles") };
        let files = if csv(a) == csv(b) { vec![csv(&other)] } else { vec![csv(a), csv(b)] };
        prop_assert_eq!(ask.run(&files).unwrap().determined(), whole);
    }

    #[test]
    fn other_people_change_nobody(rows in prop::collection::vec(row(), 1..25), more in prop::collection::vec(row(), 1..25)) {
        let alone = Ask::default().rows(&rows).determined();
        let mut all = rows;
        for row in more {
            let subject = format!("9{}", row.get(col::SUBJECT_ID));
            let number = format!("{}9", row.get(col::CII_NUMBER));
            all.push(row.set(col::SUBJECT_ID, &subject).set(col::CII_NUMBER, &number));
        }
        let mut together = Ask::default().rows(&all).determined();
        together.retain(|(subject, _), _| !subject.starts_with('9'));
        prop_assert_eq!(together, alone);
    }

    // Any bytes: an answer or an error, never a panic; every line of the input is a row, a row not used, or inside one.
    #[test]
    fn any_bytes_are_read_to_their_end(noise in prop::collection::vec(any::<u8>(), 0..600), rows in prop::collection::vec(row(), 1..6)) {
        let mut bytes = csv(&rows);
        bytes.extend(&noise);
        bytes.push(b'\n');
        bytes.extend(csv(&rows));
        let _ = Ask::default().run(&[bytes]);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let rows: Vec<Fields> = (0..300_u32)
        .map(|n| {
            let order = format!("{:03}001001000", 101 + n % 7);
            Fields::conviction(
                &(n % 50).to_string(),
                &order,
                OFFENSES[n as usize % 5],
                "FELONY",
                "20010601",
            )
        })
        .collect();
    let run = |threads| {
        Ask {
            threads,
            ..Ask::of("sacramento")
        }
        .rows(&rows)
    };
    let (one, two) = (run(1), run(3));
    assert_eq!(one.done.passes, 2);
    for name in review::TABLES {
        let strip = |bytes: Vec<u8>, dir: &std::path::Path| {
            String::from_utf8_lossy(&bytes).replace(&dir.display().to_string(), "DIR")
        };
        assert_eq!(
            strip(one.bytes(name), one.dir.path()),
            strip(two.bytes(name), two.dir.path()),
            "{name}"
        );
    }
}

#[test]
fn rows_that_go_to_disk_come_back() {
    // Far more than fits: the least that a run may hold is 8 MB.
    let rows: Vec<Fields> = (0..14_000_u32)
        .map(|n| {
            let order = format!("{:03}001001000", 101 + n / 1400);
            Fields::conviction(
                &(n % 3000).to_string(),
                &order,
                OFFENSES[n as usize % 5],
                "FELONY",
                "20010601",
            )
        })
        .collect();
    let small = Ask {
        memory: 1,
        ..Ask::default()
    }
    .rows(&rows);
    let large = Ask {
        memory: 1 << 30,
        ..Ask::default()
    }
    .rows(&rows);
    assert!(small.done.spilled > 0 && large.done.spilled == 0);
    assert_eq!(small.determined(), large.determined());
    assert_eq!(small.done.tally, large.done.tally);
}

#[test]
fn a_killed_run_leaves_nothing_that_disturbs_the_next() {
    let rows = [Fields::conviction(
        "1",
        "101001001000",
        OFFENSES[3],
        "FELONY",
        "20010601",
    )];
    let first = Ask::default().rows(&rows);
    let out = first.dir.path().join("out");
    let part = out.join(".review.part");
    assert!(!part.exists());
    std::fs::create_dir(&part).unwrap();
    std::fs::write(part.join("full.csv"), "half a li").unwrap();
    let file = first.dir.path().join("0.dat");
    let job = review::Job {
        files: &[file],
        county: "Sacramento",
        as_of: crate::support::AS_OF,
        policy: crate::support::policy("statewide"),
        decisions: review::Decisions::default(),
        memory: 0,
        threads: 1,
        format: review::Format::Csv,
        lock: None,
        facts: false,
        what_if: Vec::new(),
        figures: false,
    };
    let before = first.bytes("full.csv");
    review::run(
        job,
        packs::Packs::builtin().unwrap(),
        &out,
        &review::Progress::default(),
    )
    .unwrap();
    assert_eq!(first.bytes("full.csv"), before);
    assert!(!part.exists());
}
