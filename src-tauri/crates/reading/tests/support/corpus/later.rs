//! What happened to a conviction later, and cases over several entries.

use serde_json::json;

use super::page::{OFFENSES, Page, convicted, outcome};

pub(super) fn revoked(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 2 YEARS PROBATION");
    p.line("");
    let (printed, _) = p.day();
    p.line(printed);
    p.dispo("PROBATION REVOKED");
    p.line("   SEN: 60 DAYS JAIL");
    let parts = json!([{"kind": "probation", "years": 2}, {"kind": "jail", "days": 60}]);
    let mut count = convicted(offense, &date, parts);
    count["sentence"]["violated"] = json!(true);
    p.case(court, Some(&number), vec![arrest], Some(false), vec![count]);
}

pub(super) fn modified(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PROBATION, 90 DAYS JAIL");
    p.line("");
    let (printed, _) = p.day();
    p.line(printed);
    p.dispo("SENTENCE MODIFIED");
    p.line("   SEN: 30 DAYS JAIL");
    let parts = json!([{"kind": "probation", "years": 3}, {"kind": "jail", "days": 30}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

/// The same court and number in a later cycle: one case.
pub(super) fn back_in_court(p: &mut Page) {
    let offense = OFFENSES[3];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PROBATION");
    let again = p.arrested(&[(
        "1203.2 PC",
        "PC 1203.2",
        "PROBATION VIOL:REARREST/REVOKE",
        "felony",
    )]);
    p.dashes();
    let (printed, _) = p.day();
    p.head("COURT:");
    let place = court["name"].as_str().unwrap().to_owned();
    p.dated(&printed, &place);
    p.count(1, Some(&number));
    p.charge(offense);
    p.dispo("PROBATION REVOKED");
    p.line("   SEN: 2 YEARS PRISON");
    let parts = json!([{"kind": "probation", "years": 3}, {"kind": "prison", "years": 2}]);
    let mut count = convicted(offense, &date, parts);
    count["sentence"]["violated"] = json!(true);
    p.case(
        court,
        Some(&number),
        vec![arrest, again],
        Some(false),
        vec![count],
    );
}

pub(super) fn two_numbers(p: &mut Page) {
    let (one, two) = (OFFENSES[4], OFFENSES[10]);
    let arrest = p.arrested(&[one, two]);
    p.dashes();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let (first, second) = (p.number(), p.number());
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&first));
    p.charge(one);
    p.dispo("DISMISSED/FURTHERANCE OF JUSTICE");
    p.count(2, Some(&second));
    p.charge(two);
    p.convicted(two.3);
    p.line("   SEN: 10 DAYS JAIL");
    p.case(
        court.clone(),
        Some(&first),
        vec![arrest.clone()],
        None,
        vec![outcome(one, "dismissed", &date)],
    );
    let count = convicted(two, &date, json!([{"kind": "jail", "days": 10}]));
    p.case(court, Some(&second), vec![arrest], Some(false), vec![count]);
}
