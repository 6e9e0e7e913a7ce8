//! Every row of the counties' decision tables: the policy's own answer, whatever the law says beside it.

use crate::support::{Ask, Fields};
use reading::export::column as col;

const SALE: &str = "11359 HS-POSSESS MARIJUANA FOR SALE";
const GROW: &str = "11358 HS-CULTIVATE MARIJUANA";

/// A felony of 2001 of a person born in 1975: 45 on the day asked about.
fn felony(order: &str, offense: &str, on: &str) -> Fields {
    Fields::conviction("1", order, offense, "FELONY", on).set(col::PRI_DOB, "19750505")
}

fn sentence(row: Fields, length: &str, unit: &str) -> Fields {
    row.set(col::SENT_LOC_DESCR, "JAIL")
        .set(col::SENT_LENGTH, length)
        .set(col::SENT_TIME_CODE, unit)
}

/// What the policy says of the last count.
fn says(ask: Ask, rows: &[Fields]) -> String {
    let last = rows
        .iter()
        .map(|row| row.get(col::CNT_ORDER).to_owned())
        .max()
        .unwrap();
    let all = ask.rows(rows).determined();
    all[&("1".to_owned(), last)]["policy_says"].clone()
}

fn check(policy: &str, rows: &[Fields], said: &str) {
    assert_eq!(says(Ask::of(policy), rows), said, "{policy}");
}

const ONE: &str = "101001001000";
const TWO: &str = "102001001000";

#[test]
fn options_row_by_row() {
    let ask = |text: &str| Ask {
        policy: crate::support::options(text),
        ..Ask::default()
    };
    let sale = || felony(ONE, SALE, "20010601");
    let relief = |text: &str| {
        format!(
            "{{\"baselineEligibility\": {{\"reduce\": [\"11359\"]}}, \"additionalRelief\": {{{text}}}}}"
        )
    };
    let other = || felony(TWO, "211 PC-ROBBERY", "20200101").set(col::STP_ORI_CNTY_NAME, "FRESNO");
    let dead = felony(TWO, "", "20150101")
        .set(col::STP_TYPE_DESCR, "DECEASED")
        .set(col::DISP_DESCR, "");
    let young = sale().set(col::PRI_DOB, "19800602");
    for (rows, text, said) in [
        (
            vec![sale().set(col::CONV_STAT_DESCR, "MISDEMEANOR")],
            relief(""),
            "dismiss: Misdemeanor or infraction",
        ),
        (
            vec![sale()],
            r#"{"baselineEligibility": {"dismiss": ["11359"]}}"#.to_owned(),
            "dismiss: Dismiss all HS 11359 convictions",
        ),
        (
            vec![young],
            relief(r#""subjectUnder21AtConviction": true"#),
            "dismiss: Under 21 when convicted",
        ),
        (
            vec![sale()],
            relief(r#""subjectAgeThreshold": 45"#),
            "dismiss: 45 years or older",
        ),
        (
            vec![sale()],
            relief(r#""subjectAgeThreshold": 46"#),
            "reduce: Reduce all HS 11359 convictions",
        ),
        (
            vec![sale()],
            relief(r#""yearsSinceConvictionThreshold": 15"#),
            "dismiss: Conviction occurred 15 or more years ago",
        ),
        (
            vec![sale()],
            relief(r#""yearsCrimeFreeThreshold": 5"#),
            "dismiss: No convictions in the past 5 years",
        ),
        (
            vec![sale(), other()],
            relief(r#""yearsCrimeFreeThreshold": 5"#),
            "reduce: Reduce all HS 11359 convictions",
        ),
        (
            vec![sale()],
            relief(r#""subjectHasOnlyProp64Charges": true"#),
            "dismiss: Only has convictions of these sections",
        ),
        (
            vec![sale(), other()],
            relief(r#""subjectHasOnlyProp64Charges": true"#),
            "reduce: Reduce all HS 11359 convictions",
        ),
        (
            vec![sale(), dead],
            relief(r#""subjectIsDeceased": true"#),
            "dismiss: Individual is deceased",
        ),
        (
            vec![sale()],
            relief(""),
            "reduce: Reduce all HS 11359 convictions",
        ),
        (vec![sale()], "{}".to_owned(), ""),
    ] {
        let all = ask(&text).rows(&rows).determined();
        assert_eq!(
            all[&("1".to_owned(), ONE.to_owned())]["policy_says"],
            said,
            "{text}"
        );
    }
    // The anniversary itself counts as N years ago; "no convictions in N years" is strict.
    let on_the_day = felony(ONE, SALE, "20150701");
    assert!(
        says(
            ask(&relief(r#""yearsSinceConvictionThreshold": 5"#)),
            std::slice::from_ref(&on_the_day)
        )
        .starts_with("dismiss")
    );
    assert!(
        says(
            ask(&relief(r#""yearsCrimeFreeThreshold": 5"#)),
            &[on_the_day]
        )
        .starts_with("reduce")
    );
}

#[test]
fn los_angeles_row_by_row() {
    let la = |rows: &[Fields], said: &str| check("los-angeles", rows, said);
    let sale = || felony(TWO, SALE, "20010601");
    let prior = |offense| felony(ONE, offense, "19950101");
    let recent = |row: Fields| row.set(col::STP_EVENT_DATE, "20150601");
    la(
        &[sale().set(col::CONV_STAT_DESCR, "MISDEMEANOR")],
        "review: Misdemeanor or infraction: the city attorneys decide",
    );
    la(
        &[felony(TWO, SALE, "20161109")],
        "nothing: Convicted on or after November 9, 2016",
    );
    la(
        &[felony(TWO, "11357(A) HS-CONCENTRATE", "20010601")],
        "dismiss: 11357(a) or 11357(b)",
    );
    la(
        &[felony(TWO, "11357(B) HS-POSSESS", "20010601")],
        "dismiss: 11357(a) or 11357(b)",
    );
    la(
        &[felony(TWO, "11357(C) HS-POSSESS", "20010601")],
        "review: Other 11357",
    );
    la(
        &[prior("187(A) PC-MURDER"), sale()],
        "nothing: PC 667(e)(2)(C)(iv) before this conviction",
    );
    la(
        &[prior("311.1 PC-MATTER"), sale()],
        "nothing: PC 290 before this conviction",
    );
    let duty = felony(ONE, "290 PC-REGISTRATION", "19950101")
        .set(col::STP_TYPE_DESCR, "REGISTRATION")
        .set(col::DISP_DESCR, "");
    la(
        &[duty.clone(), sale()],
        "nothing: PC 290 before this conviction",
    );
    let twice = [
        felony("101001001000", SALE, "19950101"),
        felony("102001001000", SALE, "19960101"),
        felony("103001001000", SALE, "20010601"),
    ];
    la(
        &twice,
        "nothing: Two earlier convictions of the same section",
    );
    la(
        &[sale().set(col::PRI_DOB, "19700701")],
        "dismiss: 50 years or older",
    );
    la(
        &[recent(sale()).set(col::PRI_DOB, "19930602")],
        "dismiss: 21 or younger when convicted",
    );
    la(
        &[sale()],
        "dismiss: Only Proposition 64 convictions, all sentences over",
    );
    la(
        &[prior("459 PC-BURGLARY"), sale()],
        "dismiss: No convictions in the past 10 years",
    );
    let running = || sentence(recent(sale()), "10", "Y");
    la(
        &[prior("459 PC-BURGLARY"), running()],
        "review: A sentence may still be running",
    );
    let dead = felony("101001001000", "", "20190101")
        .set(col::STP_TYPE_DESCR, "DECEASED")
        .set(col::DISP_DESCR, "");
    la(
        &[
            dead,
            prior("459 PC-BURGLARY").set(col::CNT_ORDER, "101002001000"),
            recent(sale()),
        ],
        "dismiss: Deceased",
    );
    la(
        &[prior("459 PC-BURGLARY"), recent(sale())],
        "review: No rule of the policy applies",
    );
}

#[test]
fn sacramento_row_by_row() {
    let sac = |rows: &[Fields], said: &str| check("sacramento", rows, said);
    let grow = |on| felony(TWO, GROW, on);
    let prior = felony(ONE, "459 PC-BURGLARY", "19950101");
    sac(
        &[grow("20161109")],
        "nothing: Convicted on or after November 9, 2016",
    );
    sac(
        &[grow("20010601").set(col::CONV_STAT_DESCR, "MISDEMEANOR")],
        "dismiss: Misdemeanor or infraction",
    );
    sac(
        &[felony(TWO, "11357(b) HS-POSSESS", "20150601")],
        "dismiss: HS 11357(b)",
    );
    sac(
        &[prior.clone(), grow("20010601")],
        "dismiss: No convictions in the past 10 years",
    );
    sac(
        &[prior, grow("20150601")],
        "reduce: Convictions in the past 10 years",
    );
    sac(
        &[grow("20150601")],
        "dismiss: The only conviction, sentence over",
    );
    sac(
        &[sentence(grow("20150601"), "10", "Y")],
        "reduce: The only conviction, sentence not over",
    );
}

#[test]
fn san_joaquin_and_contra_costa_row_by_row() {
    for (policy, county, name) in [
        ("san-joaquin", "SAN JOAQUIN", "San Joaquin"),
        ("contra-costa", "CONTRA COSTA", "Contra Costa"),
    ] {
        let there = |row: Fields| row.set(col::STP_ORI_CNTY_NAME, county);
        let said = |rows: &[Fields], said: &str| {
            let rows: Vec<Fields> = rows.iter().cloned().map(there).collect();
            assert_eq!(
                says(
                    Ask {
                        county: name,
                        ..Ask::of(policy)
                    },
                    &rows
                ),
                said,
                "{policy}"
            );
        };
        let grow = |on| felony(TWO, GROW, on);
        let prior = felony(ONE, "459 PC-BURGLARY", "19950101");
        said(
            &[grow("20161109")],
            "nothing: Convicted on or after November 9, 2016",
        );
        let related = felony("102001002000", "148.9 PC-FALSE ID", "20010601");
        said(
            std::slice::from_ref(&related),
            "review: No related Proposition 64 charge",
        );
        let charged = grow("20010601").set(col::DISP_DESCR, "DISMISSED");
        said(
            &[charged.clone(), related],
            "dismiss: Related to a Proposition 64 charge of the same cycle",
        );
        let pharmacy = felony("102001002000", "4060 BP-POSSESS", "20010601");
        said(&[charged, pharmacy], "review: BP 4060");
        said(
            &[grow("20010601").set(col::CONV_STAT_DESCR, "MISDEMEANOR")],
            "dismiss: Misdemeanor or infraction",
        );
        said(
            &[felony(TWO, "11357(A) HS-POSSESS", "20150601")],
            "dismiss: HS 11357",
        );
        said(
            &[prior.clone(), grow("20010601")],
            "dismiss: No convictions in the past 5 years",
        );
        said(
            &[prior, grow("20160601")],
            "review: Convictions in the past 5 years",
        );
        said(
            &[grow("20150601")],
            "dismiss: The only conviction, sentence over",
        );
        said(
            &[sentence(grow("20150601"), "10", "Y")],
            "review: The only conviction, sentence not over",
        );
    }
}

#[test]
fn san_francisco_row_by_row() {
    let there = |row: Fields| row.set(col::STP_ORI_CNTY_NAME, "SAN FRANCISCO");
    let said = |rows: &[Fields], said: &str| {
        let rows: Vec<Fields> = rows.iter().cloned().map(there).collect();
        assert_eq!(
            says(
                Ask {
                    county: "San Francisco",
                    ..Ask::of("san-francisco")
                },
                &rows
            ),
            said
        );
    };
    let grow = || felony("104001001000", GROW, "20010601");
    let prior = |offense| felony(ONE, offense, "19950101");
    said(
        &[grow().set(col::CONV_STAT_DESCR, "MISDEMEANOR")],
        "dismiss: Misdemeanor or infraction",
    );
    said(
        &[felony(TWO, "11357(A) HS-POSSESS", "20010601")],
        "dismiss: Possession",
    );
    let duty = prior("290 PC-REGISTRATION")
        .set(col::STP_TYPE_DESCR, "REGISTRATION")
        .set(col::DISP_DESCR, "");
    said(&[duty, grow()], "nothing: Registered under PC 290");
    said(
        &[prior("311.1 PC-MATTER"), grow()],
        "nothing: A registrable conviction",
    );
    said(
        &[prior("187(A) PC-MURDER"), grow()],
        "nothing: A conviction on the super-strike list",
    );
    said(
        &[prior(GROW), felony(TWO, GROW, "19960101"), grow()],
        "nothing: Two earlier convictions of the same section",
    );
    said(
        &[felony(TWO, SALE, "20010601")],
        "review: The weight is not in the export; the office asks for at most one pound",
    );
    said(&[grow()], "dismiss: Nothing stands against it");
    let accessory = felony("104001002000", "32 PC-ACCESSORY", "20010601");
    said(
        &[grow().set(col::DISP_DESCR, "DISMISSED"), accessory],
        "review: Bargained down beside a Proposition 64 charge",
    );
}

#[test]
fn a_policy_never_gives_less_than_the_law() {
    // The law owes a lesser offense; the policy would give nothing.
    let twice = [
        felony(ONE, "311.1 PC-MATTER", "20050101"),
        felony(TWO, SALE, "20010601").set(col::PRI_DOB, "19550505"),
    ];
    let all = Ask::of("los-angeles").rows(&twice).determined();
    let last = all.into_values().next().unwrap();
    assert_ne!(last["determination"], "not_eligible", "{last:?}");
}
