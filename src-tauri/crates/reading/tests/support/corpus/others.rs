//! Entries that are neither arrests nor courts.

use serde_json::json;

use super::page::{OFFENSES, Page, charged, convicted};

pub(super) fn registered(p: &mut Page) {
    let (printed, date) = p.day();
    p.cycle();
    p.head("REGISTRATION:");
    p.dated(&printed, "CASO KERN");
    p.count(1, Some("R1"));
    p.line("  11590 HS-REGISTRATION OF CONTROLLED SUBSTANCE OFFENDER");
    p.registrations
        .push(json!({"section": "HS 11590", "date": date}));
    p.other.push("registration");
}

pub(super) fn applicant(p: &mut Page) {
    let (printed, _) = p.day();
    p.cycle();
    p.head("APPLICANT:");
    p.dated(&printed, "CASD SOCIAL SERVICES, SACRAMENTO");
    p.count(1, Some("A1"));
    p.line("  APPLICANT LICENSE CERT OR PERMIT");
    p.other.push("applicant");
}

pub(super) fn custody(p: &mut Page) {
    let offense = OFFENSES[4];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 2 YEARS PRISON");
    let case = convicted(offense, &date, json!([{"kind": "prison", "years": 2}]));
    p.case(court, Some(&number), vec![arrest], Some(false), vec![case]);
    p.dashes();
    p.head("CUSTODY:CDC");
    let (printed, _) = p.day();
    p.dated(&printed, "CASD CORRECTIONS");
    p.count(1, Some("V12345"));
    p.charge(offense);
    p.line(format!("   SEN FROM: FRESNO CO  CRT #{number}"));
    p.line("   SEN: 2 YEARS PRISON");
    p.other.push("custody");
}

/// Goes at the end of the cases: such convictions stand behind those of courts.
pub(super) fn custody_alone(p: &mut Page) {
    let offense = (
        "11351 HS",
        "HS 11351",
        "POSSESS/PURCHASE FOR SALE NARCOTIC",
        "",
    );
    p.cycle();
    p.head("CUSTODY:CDC");
    let (printed, _) = p.day();
    let number = p.number();
    p.dated(&printed, "CASD CORRECTIONS");
    p.count(1, Some("W54321"));
    p.charge(offense);
    p.line(format!("   SEN FROM: FRESNO CO  CRT #{number}"));
    p.line("   SEN: 3 YEARS PRISON");
    p.other.push("custody");
    p.flags.push("conviction_without_court");
    let mut count = charged(offense);
    count["disposition"] = json!({"kind": "convicted"});
    count["sentence"] = json!({"parts": [{"kind": "prison", "years": 3}]});
    let court = json!({"jurisdiction": "us-ca", "county": "Fresno"});
    p.case(court, Some(&number), vec![], None, vec![count]);
}

pub(super) fn unknown_header(p: &mut Page) {
    let (printed, _) = p.day();
    p.cycle();
    p.head("SOMETHING ELSE:");
    p.dated(&printed, "CASD MADE UP BUREAU");
    p.count(1, Some("7"));
    p.line("  WORDS OF NO KNOWN KIND");
    p.other.push("unknown");
    p.flags.push("unknown_entry");
}
