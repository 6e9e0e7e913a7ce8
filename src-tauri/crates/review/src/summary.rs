//! The numbers written out: as JSON for programs, and as a page for people.

use std::fmt::Write as _;

use serde::Serialize;

use crate::determination::Determination;
use crate::files::Files;
use crate::tally::{Left, Tally};
use crate::whole::Asked;

/// Everything about a review that is not about one person.
#[derive(Serialize)]
pub(crate) struct Summary<'s> {
    schema: &'static str,
    county: &'s str,
    as_of: String,
    pack: String,
    route: String,
    policy: &'s str,
    policy_title: &'s str,
    policy_source: &'s str,
    files: &'s [String],
    files_left_out_as_the_same: Vec<String>,
    #[serde(flatten)]
    tally: &'s Tally,
}

impl<'s> Summary<'s> {
    pub(crate) fn new(
        asked: &'s Asked<'_>,
        tally: &'s Tally,
        names: &'s [String],
        files: &Files,
    ) -> Self {
        Self {
            schema: "relief-desk/review/1",
            county: &asked.county,
            as_of: asked.ask.as_of.to_string(),
            pack: format!("{} {}", asked.pack.id, asked.pack.version),
            route: format!("{}/{}", asked.pack.id, asked.policy.route),
            policy: &asked.policy.id,
            policy_title: &asked.policy.title,
            policy_source: &asked.policy.source,
            files: names,
            files_left_out_as_the_same: files
                .twice
                .iter()
                .map(|(path, _)| path.display().to_string())
                .collect(),
            tally,
        }
    }

    pub(crate) fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// A page that can be read without a program.
    pub(crate) fn report(&self) -> String {
        let mut page = String::new();
        let tally = self.tally;
        let _ = writeln!(
            page,
            "Mass review, {} County, as of {}",
            self.county, self.as_of
        );
        let _ = writeln!(
            page,
            "Policy: {} ({}). Law: {} under pack {}.",
            self.policy_title, self.policy_source, self.route, self.pack
        );
        let _ = writeln!(
            page,
            "\nRows read: {}, of the county: {}, not used: {} (see rows-not-used.csv). People: {}.",
            tally.rows, tally.rows_of_county, tally.rows_not_used, tally.people
        );
        for file in &self.files_left_out_as_the_same {
            let _ = writeln!(page, "Left out, the same bytes as another file: {file}");
        }
        if let Some(first) = &tally.earliest_conviction {
            let _ = writeln!(page, "The earliest conviction decided on is of {first}.");
        }
        let all: u64 = Determination::ALL
            .iter()
            .map(|one| tally.determined(*one))
            .sum();
        let _ = writeln!(page, "\nConvictions decided on: {all}");
        for one in Determination::ALL {
            bar(&mut page, one.key(), tally.determined(one), all);
        }
        let _ = writeln!(page, "\nBy section, level, determination and who decided");
        for (section, levels) in &tally.convictions {
            for (level, determinations) in levels {
                for (determination, by) in determinations {
                    for (who, n) in by {
                        let _ = writeln!(
                            page,
                            "  {section:<12} {level:<12} {determination:<16} {who:<8} {n:>10}"
                        );
                    }
                }
            }
        }
        let _ = writeln!(page, "\nBy decade of the conviction");
        for (decade, determinations) in &tally.by_decade {
            bar(&mut page, decade, determinations.values().sum(), all);
        }
        let _ = writeln!(
            page,
            "\nPeople with such a conviction: {}",
            tally.people_left.people
        );
        left(&mut page, &tally.people_left);
        let _ = writeln!(page, "\nIf every one of these convictions were dismissed");
        left(&mut page, &tally.people_left_if_all_dismissed);
        for (kind, groups) in &tally.groups {
            let _ = writeln!(page, "\nWith a felony before and after, by {kind}");
            for (group, left) in groups {
                let _ = writeln!(
                    page,
                    "  {group:<20} people {:>8}   before {:>8} ({})   after {:>8} ({})",
                    left.people,
                    left.felony_before,
                    share(left.felony_before, left.people),
                    left.felony_after,
                    share(left.felony_after, left.people)
                );
            }
        }
        let _ = writeln!(
            page,
            "\nNothing here is a court's order. What stands as `review` needs a person; see review-queue.csv."
        );
        page
    }
}

fn left(page: &mut String, left: &Left) {
    for (words, n) in [
        ("some relief", left.some_relief),
        ("no felony any more", left.no_felony),
        (
            "no conviction in seven years any more",
            left.no_conviction_in_seven_years,
        ),
        ("no conviction at all any more", left.no_conviction),
    ] {
        bar(page, words, n, left.people);
    }
}

fn share(n: u64, of: u64) -> String {
    match of {
        0 => "-".to_owned(),
        of => format!("{} %", (n * 100 + of / 2) / of),
    }
}

// A number with a bar of its share.
fn bar(page: &mut String, words: &str, n: u64, of: u64) {
    let marks = match of {
        0 => 0,
        of => usize::try_from(n * 30 / of).unwrap_or_default(),
    };
    let _ = writeln!(
        page,
        "  {words:<40} {n:>10} {:>6}  {}",
        share(n, of),
        "#".repeat(marks)
    );
}
