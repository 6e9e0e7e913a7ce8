//! Made-up people of every kind that policies tell apart.

use reading::export::column as col;

use super::Fields;

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ z >> 31) % n as u64).unwrap()
    }

    fn of(&mut self, all: &[&'static str]) -> &'static str {
        all[self.below(all.len())]
    }
}

const OFFENSES: &[&str] = &[
    "11357(A) HS-POSSESS",
    "11357(B) HS-POSSESS",
    "11358 HS-CULTIVATE",
    "11359 HS-SALE",
    "11359(D) HS-MINOR HELPS",
    "11360(A) HS-SELL",
    "11360(B) HS-GIVE",
    "11530 HS-POSSESS",
    "664/11358 HS-CULTIVATE",
    "32 PC-ACCESSORY",
    "11364 HS-PARAPHERNALIA",
    "459 PC-BURGLARY",
    "187(A) PC-MURDER",
    "288(A) PC-LEWD",
    "SEE COMMENT FOR CHARGE",
];

/// The rows of so many people, those of a person together.
pub(crate) fn people(seed: u64, people: usize) -> Vec<Fields> {
    let mut dice = Dice(seed);
    let mut rows = Vec::new();
    for subject in 0..people {
        let (race, sex) = (
            dice.of(&["HISPANIC", "WHITE", "BLACK", ""]),
            dice.of(&["M", "F"]),
        );
        let born = dice.of(&["19550505", "19720229", "19960101", "19960000", "", "x"]);
        let about = |row: Fields| {
            row.set(col::RACE_DESCR, race)
                .set(col::GENDER, sex)
                .set(col::PRI_DOB, born)
        };
        let subject = (1000 + subject).to_string();
        for cycle in 0..1 + dice.below(4) {
            let on = dice.of(&[
                "19900101", "20010601", "20140701", "20161109", "20190301", "20010000", "",
                "20250101",
            ]);
            let county = dice.of(&["SACRAMENTO", "SACRAMENTO", "SACRAMENTO", "FRESNO"]);
            for count in 0..1 + dice.below(3) {
                let order = format!(
                    "{:03}{:03}{:03}000",
                    101 + cycle,
                    1 + dice.below(2),
                    1 + count
                );
                let offense = dice.of(OFFENSES);
                let level = dice.of(&["FELONY", "FELONY", "MISDEMEANOR", ""]);
                let row = Fields::conviction(&subject, &order, offense, level, on)
                    .set(col::STP_ORI_CNTY_NAME, county)
                    .set(
                        col::DISP_DESCR,
                        dice.of(&["CONVICTED", "CONVICTED", "CONVICTED-JAIL", "DISMISSED"]),
                    )
                    .set(col::SENT_LENGTH, dice.of(&["", "3", "300"]))
                    .set(col::SENT_TIME_CODE, dice.of(&["Y", "M", "D"]))
                    .set(
                        col::OFFENSE_QUAL_LST,
                        if dice.below(20) == 0 { "ATTEMPTED" } else { "" },
                    );
                let comment = match dice.below(12) {
                    0 => "CONV SET ASIDE & DISM PER 1203.4 PC",
                    1 => "CHRG 11358 HS",
                    2 => "REDUCED TO MISDEMEANOR PER 17(B) PC",
                    _ => "",
                };
                rows.push(about(row.set(col::COMMENT_TEXT, comment)));
            }
        }
        let event = |kind: &str, offense: &str| {
            about(
                Fields::conviction(&subject, "190001001000", offense, "", "20050101")
                    .set(col::STP_TYPE_DESCR, kind)
                    .set(col::DISP_DESCR, ""),
            )
        };
        match dice.below(8) {
            0 => rows.push(event("REGISTRATION", "290 PC-REGISTRATION")),
            1 => rows.push(event("DECEASED", "")),
            _ => {}
        }
    }
    rows
}
