//! Relief granted, and taken back.

use serde_json::{Value, json};

use super::endings;
use super::page::{OFFENSES, Page, convicted};

/// A conviction with 12 months of probation, and what a later line granted.
pub(super) fn with_relief(
    p: &mut Page,
    offense: (&str, &str, &str, &str),
    later: impl Fn(&mut Page) -> Vec<Value>,
) {
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 12 MONTHS PROBATION");
    p.line("");
    let mut count = convicted(offense, &date, json!([{"kind": "probation", "months": 12}]));
    count["relief_granted"] = json!(later(p));
    p.case(court, Some(&number), vec![arrest], Some(false), vec![count]);
}

pub(super) fn granted(authority: Option<&str>, effect: &str, date: &str) -> Value {
    let mut relief = json!({"effect": effect, "date": date});
    if let Some(authority) = authority {
        relief["authority"] = json!(authority);
    }
    relief
}

pub(super) fn set_aside(p: &mut Page) {
    let offense = p.offense();
    let n = p.next() % 4;
    with_relief(p, offense, |p| {
        let (printed, date) = p.day();
        p.line(printed);
        let (words, authority) = [
            ("CONV SET ASIDE & DISM PER 1203.4 PC", "PC 1203.4"),
            ("CONV SET ASIDE & DISM PER 1203.4A PC", "PC 1203.4a"),
            ("CONV SET ASIDE & DISM PER 1203.41 PC", "PC 1203.41"),
            ("CONV SET ASIDE&DISM PER 1203.42 PC", "PC 1203.42"),
        ][n];
        p.dispo(words);
        vec![granted(Some(authority), "dismissed", &date)]
    });
}

pub(super) fn set_aside_on_one_line(p: &mut Page) {
    let offense = p.offense();
    with_relief(p, offense, |p| {
        let (printed, date) = p.day();
        p.line(format!(
            "{printed} DISPO:CONV SET ASIDE & DISM PER 1203.4 PC"
        ));
        vec![granted(Some("PC 1203.4"), "dismissed", &date)]
    });
}

pub(super) fn reduced(p: &mut Page) {
    with_relief(p, OFFENSES[8], |p| {
        let (printed, date) = p.day();
        p.line(printed);
        p.dispo("REDUCED TO MISDEMEANOR PER 17(B)(3) PC");
        vec![granted(Some("PC 17(b)"), "reduced_to_misdemeanor", &date)]
    });
}

pub(super) fn redesignated(p: &mut Page) {
    with_relief(p, OFFENSES[3], |p| {
        let (printed, date) = p.day();
        p.line(printed);
        p.dispo("REDESIGNATED AS MISDEMEANOR PER 11361.8 HS");
        vec![granted(Some("HS 11361.8"), "reduced_to_misdemeanor", &date)]
    });
}

pub(super) fn automatic(p: &mut Page) {
    let offense = p.offense();
    let n = p.next() % 2;
    with_relief(p, offense, |p| {
        let (printed, date) = p.day();
        p.line(printed);
        let (words, authority, effect) = [
            ("RELIEF GRANTED 1203.425 PC", "PC 1203.425", "dismissed"),
            ("DISMISSED PER 11361.9 HS", "HS 11361.9", "dismissed"),
        ][n];
        p.dispo(words);
        vec![granted(Some(authority), effect, &date)]
    });
}

pub(super) fn arrest_relief(p: &mut Page) {
    endings::arrest_only(p, "RELEASED", "not_filed", false);
    let (printed, date) = p.day();
    p.line("");
    p.line(printed);
    p.dispo("ARREST RELIEF GRANTED 851.93 PC");
    let case = p.cases.last_mut().unwrap();
    case["counts"][0]["relief_granted"] = json!([granted(Some("PC 851.93"), "sealed", &date)]);
}

pub(super) fn undone(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 12 MONTHS PROBATION");
    p.line("");
    let (printed, _) = p.day();
    p.line(&printed);
    p.dispo("CONV SET ASIDE & DISM PER 1203.4 PC");
    let (later, _) = p.day();
    p.line(later);
    p.dispo(&format!("ORDER OF {printed} VACATED"));
    let mut count = convicted(offense, &date, json!([{"kind": "probation", "months": 12}]));
    // What is left is not known: no list at all.
    count.as_object_mut().unwrap().remove("relief_granted");
    p.flags.push("relief_undone");
    p.case(court, Some(&number), vec![arrest], Some(false), vec![count]);
}
