//! Counts that ended otherwise, and arrests.

use serde_json::json;

use super::page::{OFFENSES, Page, convicted, outcome};
use super::relief;

/// An arrest that is a case of its own: the court is only likely to be the county's.
pub(super) fn arrest_only(p: &mut Page, words: &str, kind: &str, level: bool) {
    let offense = p.offense();
    let (printed, date) = p.day();
    let number = p.next().to_string();
    p.cycle();
    p.head("ARR/DET/CITE:");
    p.dated(&printed, "CASO KERN");
    p.count(1, Some(&number));
    p.charge(offense);
    let mut count = outcome(offense, kind, &date);
    if level {
        p.toc(offense.3);
        count["level"] = json!(offense.3);
    }
    p.dispo(words);
    let arrest = json!({"agency": "CASO KERN", "number": number, "date": date});
    p.case(
        json!({"jurisdiction": "us-ca", "county": "Kern"}),
        None,
        vec![arrest],
        None,
        vec![count],
    );
}

pub(super) fn released(p: &mut Page) {
    arrest_only(p, "RELEASED/DETENTION ONLY", "not_filed", true);
}

pub(super) fn rejected(p: &mut Page) {
    arrest_only(p, "PROS REJ-LACK OF CORPUS", "not_filed", false);
}

pub(super) fn diverted(p: &mut Page) {
    let offense = OFFENSES[1];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.dispo("DIVERSION PC 1000");
    p.line("");
    let (printed, ended) = p.day();
    p.line(printed);
    p.dispo("DISMISSED");
    let mut count = outcome(offense, "diverted", &date);
    count["relief_granted"] = json!([relief::granted(None, "dismissed", &ended)]);
    p.case(court, Some(&number), vec![arrest], None, vec![count]);
}

pub(super) fn juvenile(p: &mut Page) {
    let offense = OFFENSES[1];
    let (printed, date) = p.day();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, "CAJV FRESNO");
    p.count(1, Some("J4433"));
    p.charge(offense);
    p.dispo("PETITION SUSTAINED");
    let court = json!({"jurisdiction": "us-ca", "county": "Fresno", "name": "CAJV FRESNO"});
    p.case(
        court,
        Some("J4433"),
        vec![],
        Some(true),
        vec![outcome(offense, "adjudicated", &date)],
    );
}

pub(super) fn acquitted(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.dispo("ACQUITTED");
    p.case(
        court,
        Some(&number),
        vec![arrest],
        None,
        vec![outcome(offense, "acquitted", &date)],
    );
}

pub(super) fn supplemental(p: &mut Page) {
    let offense = p.offense();
    let first = p.arrested(&[offense]);
    p.dashes();
    p.head("SUPPLEMENTAL ARR:");
    let (printed, meant) = p.day();
    p.dated(&printed, "CASO KERN");
    p.count(1, Some("77"));
    p.charge(offense);
    let second = json!({"agency": "CASO KERN", "number": "77", "date": meant});
    p.dashes();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&number));
    p.charge(offense);
    p.dispo("PENDING");
    p.case(
        court,
        Some(&number),
        vec![first, second],
        None,
        vec![outcome(offense, "pending", &date)],
    );
}

pub(super) fn strike(p: &mut Page) {
    let offense = ("211 PC", "PC 211", "ROBBERY", "felony");
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PRISON");
    p.line("* * * * * * * * * * *");
    p.line("**   POTENTIAL FELONY STRIKE ENTRY   **");
    p.line("* * * * * * * * * * *");
    p.flags.push("strike");
    let case = convicted(offense, &date, json!([{"kind": "prison", "years": 3}]));
    p.case(court, Some(&number), vec![arrest], Some(false), vec![case]);
}
