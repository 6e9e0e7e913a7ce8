//! Convictions as charged and sentenced.

use serde_json::json;

use super::page::{OFFENSES, Page, convicted, outcome};

pub(super) fn plain(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 12 MONTHS PROBATION, FINE");
    let parts = json!([{"kind": "probation", "months": 12}, {"kind": "fine"}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

pub(super) fn probation(p: &mut Page) {
    let offense = p.offense();
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.toc(offense.3);
    p.convicted(offense.3);
    p.line("   SEN: 3 YEARS PROBATION, 90 DAYS JAIL,");
    p.line("        FINE SS, RESTN");
    p.line("   COM: SCN-1234567890");
    let parts = json!([{"kind": "probation", "years": 3}, {"kind": "jail", "days": 90}, {"kind": "fine", "suspended": true}, {"kind": "restitution"}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

pub(super) fn range(p: &mut Page) {
    let offense = p.offense();
    let arrest = p.arrested(&[offense]);
    p.dashes();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.head("COURT:");
    p.dated(&printed, place);
    p.line(format!("CNT:001-003     #{number}"));
    p.charge(offense);
    p.dispo("DISMISSED/FURTHERANCE OF JUSTICE");
    let counts = vec![outcome(offense, "dismissed", &date); 3];
    p.case(court, Some(&number), vec![arrest], None, counts);
}

pub(super) fn attempts(p: &mut Page) {
    let offense = OFFENSES[4];
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    let mut counts = Vec::new();
    for (n, charge) in (1..).zip([
        "664/11360(A) HS",
        "664-11360(A) HS",
        "11360(A)-664 HS",
        "664 PC/11360(A) HS",
        "11360(A) HS",
    ]) {
        p.count(n, (n == 1).then_some(number.as_str()));
        if n == 5 {
            p.line("   -WARRANT -ATTEMPTED");
        }
        p.line(format!("  {charge}-{}", offense.2));
        p.dispo("DISMISSED/FURTHERANCE OF JUSTICE");
        let mut count = outcome(offense, "dismissed", &date);
        count["attempt"] = json!(true);
        count["target"] = json!(offense.1);
        counts.push(count);
    }
    p.case(court, Some(&number), vec![], None, counts);
}

pub(super) fn remark(p: &mut Page) {
    let offense = p.offense();
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&number));
    p.line(if p.noise == 1 {
        "  SEE. COMMENT FOR CHARGE"
    } else {
        "  SEE COMMENT FOR CHARGE"
    });
    p.convicted(offense.3);
    p.line("   SEN: 1 YEARS PROBATION");
    p.line(format!(
        "   COM: CHRG-{} {}",
        offense.0.trim_start_matches('.'),
        offense.2
    ));
    let parts = json!([{"kind": "probation", "years": 1}]);
    p.case(
        court,
        Some(&number),
        vec![],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

pub(super) fn realigned(p: &mut Page) {
    let offense = OFFENSES[3];
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    p.count(1, Some(&number));
    p.line("  1170 (H) PC-SENTENCING");
    p.charge(offense);
    p.convicted(offense.3);
    p.line("   SEN: 16 MONTHS JAIL, 1 YEARS MANDATORY SUPERVISION");
    p.flags.push("realignment");
    let parts =
        json!([{"kind": "jail", "months": 16}, {"kind": "mandatory_supervision", "years": 1}]);
    p.case(
        court,
        Some(&number),
        vec![],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

pub(super) fn suspended(p: &mut Page) {
    let offense = OFFENSES[2];
    let (arrest, court, number, date) = p.brought_to_court(offense);
    p.convicted(offense.3);
    p.line("   SEN: 16 MONTHS PRISON SS, 3 YEARS PROBATION,");
    p.line("        1 YEARS JAIL CC");
    let parts = json!([{"kind": "prison", "months": 16, "suspended": true}, {"kind": "probation", "years": 3}, {"kind": "jail", "years": 1}]);
    p.case(
        court,
        Some(&number),
        vec![arrest],
        Some(false),
        vec![convicted(offense, &date, parts)],
    );
}

pub(super) fn combined(p: &mut Page) {
    let (printed, date) = p.day();
    let (place, court) = p.court();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, place);
    let one = ("484-487(A) PC", "PC 484-487(a)", "THEFT", "felony");
    let two = (
        "23145/23152(B) VC",
        "VC 23145/23152(b)",
        "DUI",
        "misdemeanor",
    );
    p.count(1, Some(&number));
    p.charge(one);
    p.dispo("1385 PC-DISMISSED/FURTHERANCE OF JUSTICE");
    p.count(2, None);
    p.charge(two);
    p.convicted(two.3);
    p.line("   SEN: 3 YEARS PROBATION, FINE");
    let second = convicted(
        two,
        &date,
        json!([{"kind": "probation", "years": 3}, {"kind": "fine"}]),
    );
    p.case(
        court,
        Some(&number),
        vec![],
        Some(false),
        vec![outcome(one, "dismissed", &date), second],
    );
}

pub(super) fn federal(p: &mut Page) {
    let (printed, date) = p.day();
    let number = p.number();
    p.cycle();
    p.head("COURT:");
    p.dated(&printed, "USFD SAN FRANCISCO");
    p.count(1, Some(&number));
    p.line("  21 841(A)(1) US-POSSESS W/INTENT TO DISTRIBUTE");
    p.convicted("felony");
    p.line("   SEN: 5 YEARS PRISON");
    let offense = (
        "",
        "21 USC 841(a)(1)",
        "POSSESS W/INTENT TO DISTRIBUTE",
        "felony",
    );
    let court = json!({"jurisdiction": "us", "name": "USFD SAN FRANCISCO"});
    let count = convicted(offense, &date, json!([{"kind": "prison", "years": 5}]));
    p.case(court, Some(&number), vec![], Some(false), vec![count]);
}
