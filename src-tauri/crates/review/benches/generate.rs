//! A made-up export: seeded, with bad rows, registrations, arrests without a disposition, later relief, partial dates.

use std::io::{self, Write};

use reading::export::column as col;

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::try_from(self.below(all.len() as u64)).unwrap_or_default()]
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

const COVERED: &[&str] = &[
    "11357(A) HS-POSSESS CONCENTRATED CANNABIS",
    "11357(B) HS-POSSESS MARIJUANA 28.5 GRAMS OR LESS",
    "11357(C) HS-POSS MARIJUANA OVER 1 OZ/28.5 GRAMS",
    "11358 HS-CULTIVATE MARIJUANA",
    "11359 HS-POSSESS MARIJUANA FOR SALE",
    "11360(A) HS-GIVE/ETC MARIJ OVER 1 OZ/28.5 GRM",
    "11360(B) HS-GIVE/TRANSP MARIJ LESS 28.5 GRAMS",
];

const OTHER: &[&str] = &[
    "459 PC-BURGLARY",
    "211 PC-ROBBERY",
    "484(A) PC-THEFT OF PERSONAL PROPERTY",
    "10851(A) VC-TAKE VEH W/O OWN CONSENT/VEH THEFT",
    "148.9 PC-FALSE IDENTIFICATION TO PEACE OFFICER",
    "11351.5 HS-POSS/PURCHASE COCAINE BASE F/SALE",
    "11377(A) HS-POSSESS CONTROLLED SUBSTANCE",
    "23152(A) VC-DUI ALCOHOL/DRUGS",
    "273.5 PC-INFLICT CORPORAL INJ ON SPOUSE/COHAB",
    "242 PC-BATTERY",
    "594 PC-VANDALISM",
    "12500(A) VC-DRIVE W/O LICENSE",
    "SEE COMMENT FOR CHARGE",
    "TRAFFIC VIOLATION",
];

const GRAVE: &[&str] = &[
    "187(A) PC-MURDER",
    "288(A) PC-LEWD OR LASCIV ACTS",
    "664/187(A) PC-ATT MURDER",
];
const COUNTIES: &[&str] = &[
    "SACRAMENTO",
    "SACRAMENTO",
    "SACRAMENTO",
    "LOS ANGELES",
    "ALAMEDA",
    "FRESNO",
];
const FAMILY: &[&str] = &[
    "GARCIA",
    "SMITH",
    "NGUYEN",
    "JOHNSON",
    "LEE",
    "MARTINEZ",
    "BROWN",
    "O'NEIL",
    "SINGH",
    "WASHINGTON",
];
const GIVEN: &[&str] = &[
    "ANA M", "JAMES", "LINH T", "MARIA", "DEVON K", "ROSA", "PETER J", "AISHA", "OMAR", "KIM",
];
const RACES: &[&str] = &["HISPANIC", "WHITE", "BLACK", "ASIAN", "OTHER", ""];

/// Writes at least `rows` rows; the number written.
pub(crate) fn generate(out: &mut impl Write, rows: u64, seed: u64) -> io::Result<u64> {
    let mut dice = Dice::new(seed);
    let mut written = 0;
    writeln!(out, "{},", col::NAMES.join(","))?;
    let mut subject = 10_000_000_u64;
    while written < rows {
        subject += 1;
        written += person(out, subject, &mut dice)?;
    }
    Ok(written)
}

fn person(out: &mut impl Write, subject: u64, dice: &mut Dice) -> io::Result<u64> {
    // As the older program's own test data has it: quoted, so that a million rows are 805 MB.
    let blank = "\"  -  \"";
    let mut base: Vec<String> = vec![blank.to_owned(); col::NAMES.len()];
    let set =
        |row: &mut Vec<String>, column: usize, value: &str| value.clone_into(&mut row[column]);
    let born = 1940 + dice.below(55);
    set(&mut base, col::SUBJECT_ID, &subject.to_string());
    set(
        &mut base,
        col::CII_NUMBER,
        // Another for everybody, in no order.
        &format!("{:010}", subject * 2_654_435_761 % 10_000_000_000),
    );
    set(
        &mut base,
        col::PRI_NAME,
        &format!("\"{},{}\"", dice.of(FAMILY), dice.of(GIVEN)),
    );
    set(&mut base, col::GENDER, dice.of(&["M", "M", "M", "F"]));
    let birth = match dice.below(200) {
        0 => String::new(),
        1 => format!("{born}0000"),
        _ => format!("{born}{:02}{:02}", 1 + dice.below(12), 1 + dice.below(28)),
    };
    set(&mut base, col::PRI_DOB, &birth);
    set(&mut base, 15, &format!("{:09}", dice.below(1_000_000_000)));
    set(&mut base, 16, &format!("D{:07}", dice.below(10_000_000)));
    set(&mut base, col::RACE_DESCR, dice.of(RACES));
    set(&mut base, col::END_OF_REC, "#");
    let mut rows = 0;
    let cycles = 1 + dice.below(14);
    let mut year = born + 18;
    for cycle in 0..cycles {
        year = (year + dice.below(4)).min(2019);
        let (month, day) = (1 + dice.below(11), 1 + dice.below(28));
        let county = dice.of(COUNTIES);
        let counts = 1 + dice.below(5);
        let ofn = format!("{:08}", dice.below(100_000_000));
        let tried = !dice.one_in(5);
        let mut charges = Vec::new();
        for _ in 0..counts {
            charges.push(match dice.below(100) {
                0..25 => dice.of(COVERED),
                25..27 => dice.of(GRAVE),
                _ => dice.of(OTHER),
            });
        }
        for (step, kind) in ["ARREST/DETAINED/CITED", "COURT ACTION"]
            .into_iter()
            .enumerate()
        {
            if step == 1 && !tried {
                continue;
            }
            for (n, charge) in charges.iter().enumerate() {
                let mut row = base.clone();
                set(
                    &mut row,
                    col::CYC_DATE,
                    &format!("{year}{month:02}{day:02}"),
                );
                let date = format!("{year}{:02}{day:02}", month + step as u64);
                set(
                    &mut row,
                    col::STP_EVENT_DATE,
                    if dice.one_in(300) { "19880000" } else { &date },
                );
                set(&mut row, col::STP_TYPE_DESCR, kind);
                set(&mut row, col::STP_ORI_CNTY_NAME, county);
                set(
                    &mut row,
                    col::STP_ORI_DESCR,
                    &format!("{} {county}", if step == 1 { "CASC" } else { "CAPD" }),
                );
                let order = format!("{:03}{:03}{:03}000", 101 + cycle, step + 1, n + 1);
                set(
                    &mut row,
                    col::CNT_ORDER,
                    if dice.one_in(20_000) { "1001" } else { &order },
                );
                set(&mut row, col::OFFENSE_DESCR, charge);
                set(&mut row, col::OFFENSE_TOC, dice.of(&["F", "F", "M"]));
                let mut parts = 0;
                if step == 1 {
                    set(&mut row, col::DISP_DATE, &date);
                    set(&mut row, col::OFN, if n == 0 { &ofn } else { "" });
                    let convicted = dice.below(100) < 55;
                    set(
                        &mut row,
                        col::DISP_DESCR,
                        if convicted {
                            dice.of(&["CONVICTED", "CONVICTED-JAIL", "CONVICTED-PROBATION"])
                        } else {
                            "DISMISSED"
                        },
                    );
                    set(
                        &mut row,
                        col::CONV_STAT_DESCR,
                        if convicted {
                            dice.of(&["FELONY", "FELONY ", "MISDEMEANOR"])
                        } else {
                            ""
                        },
                    );
                    if convicted {
                        parts = dice.below(3);
                    }
                    if dice.one_in(4000) {
                        set(
                            &mut row,
                            col::COMMENT_TEXT,
                            "CONV SET ASIDE & DISM PER 1203.4 PC",
                        );
                    }
                }
                if *charge == "SEE COMMENT FOR CHARGE" {
                    set(
                        &mut row,
                        col::COMMENT_TEXT,
                        dice.of(&["CHRG 11358 HS", "CHRG 415 PC", "CASE-11358"]),
                    );
                }
                for part in 0..parts.max(1) {
                    if parts > 0 {
                        set(&mut row, col::SENT_ORDER, &(part + 1).to_string());
                        set(
                            &mut row,
                            col::SENT_LOC_DESCR,
                            dice.of(&["JAIL", "PROBATION", "PRISON", "FINE"]),
                        );
                        set(
                            &mut row,
                            col::SENT_LENGTH,
                            &(1 + dice.below(90)).to_string(),
                        );
                        set(&mut row, col::SENT_TIME_CODE, dice.of(&["D", "D", "M"]));
                    }
                    // Now and then a row that is broken.
                    if dice.one_in(50_000) {
                        row.truncate(94);
                    }
                    writeln!(out, "{}", row.join(","))?;
                    rows += 1;
                }
            }
        }
    }
    if dice.one_in(60) {
        let mut row = base.clone();
        set(
            &mut row,
            col::STP_TYPE_DESCR,
            if dice.one_in(3) {
                "REGISTRATION"
            } else {
                "DECEASED"
            },
        );
        set(&mut row, col::STP_EVENT_DATE, "20150101");
        set(&mut row, col::STP_ORI_CNTY_NAME, dice.of(COUNTIES));
        set(&mut row, col::CNT_ORDER, "190001001000");
        let registered = row[col::STP_TYPE_DESCR] == "REGISTRATION";
        let offense = if registered {
            "290 PC-REGISTRATION OF SEX OFFENDER"
        } else {
            ""
        };
        set(&mut row, col::OFFENSE_DESCR, offense);
        writeln!(out, "{}", row.join(","))?;
        rows += 1;
    }
    Ok(rows)
}
