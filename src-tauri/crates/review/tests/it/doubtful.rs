//! Rows that say too little, or two things: nobody is favoured, refused or forgotten for it. Each is a record that was answered
//! with certainty before.

use crate::support::{Ask, Fields};
use jiff::civil::date;
use reading::export::column as col;
use review::ReviewError;

const SALE: &str = "11359 HS-POSSESS MARIJUANA FOR SALE";
const LATER: &str = "101003001000";

fn conviction() -> Fields {
    Fields::conviction("1", "101002001000", SALE, "FELONY", "20100601").set(col::OFN, "10F1")
}

fn arrest() -> Fields {
    conviction().arrest("20100211").set(col::OFN, "A1")
}

fn later(ending: &str) -> Fields {
    conviction()
        .set(col::CNT_ORDER, LATER)
        .set(col::STP_EVENT_DATE, "20120301")
        .set(col::DISP_DESCR, ending)
        .set(col::CONV_STAT_DESCR, "")
}

fn prior(offense: &str) -> Fields {
    Fields::conviction("1", "001002001000", offense, "FELONY", "19990601").set(col::OFN, "99F1")
}

fn registration(offense: &str, comment: &str) -> Fields {
    conviction()
        .set(col::CNT_ORDER, "001001001000")
        .set(col::STP_TYPE_DESCR, "REGISTRATION")
        .set(col::STP_EVENT_DATE, "20010101")
        .set(col::OFFENSE_DESCR, offense)
        .set(col::COMMENT_TEXT, comment)
        .set(col::DISP_DESCR, "")
        .set(col::CONV_STAT_DESCR, "")
}

// What becomes of the conviction in Sacramento under a policy.
fn under(policy: &str, rows: &[Fields]) -> String {
    let all = Ask::of(policy).rows(rows).determined();
    let sale = all
        .iter()
        .find(|((_, count), _)| count == "101002001000")
        .map(|(_, row)| row["determination"].clone());
    sale.unwrap_or_else(|| "nothing".to_owned())
}

fn by_law(rows: &[Fields]) -> String {
    under("statewide", rows)
}

#[test]
fn a_later_step_that_undoes_the_conviction_or_is_not_understood_is_for_a_person() {
    assert_eq!(by_law(&[arrest(), conviction()]), "reduce");
    for ending in [
        "ACQUITTED",
        "CONVICTION REVERSED",
        "REVERSED ON APPEAL",
        "VACATED",
        "PARDONED",
        "DISMISSED",
        "SOMETHING NOBODY KNOWS",
    ] {
        let rows = [arrest(), conviction(), later(ending)];
        assert_eq!(by_law(&rows), "review", "{ending}");
    }
    for ending in [
        "PROBATION REVOKED",
        "SENTENCE MODIFIED",
        "BENCH WARRANT ISSUED",
    ] {
        let rows = [arrest(), conviction(), later(ending)];
        assert_eq!(by_law(&rows), "reduce", "{ending}");
    }
    let murder = prior("187(A) PC-MURDER");
    let before = [murder.clone(), arrest(), conviction()];
    assert_eq!(by_law(&before), "not_eligible");
    let reversed = murder
        .clone()
        .set(col::CNT_ORDER, "001003001000")
        .set(col::DISP_DESCR, "CONVICTION REVERSED");
    assert_eq!(
        by_law(&[murder, reversed, arrest(), conviction()]),
        "review"
    );
}

#[test]
fn a_gang_count_that_carries_life_is_not_passed_over() {
    let gang = prior("186.22(B)(4) PC-GANG").set(col::CNT_ORDER, "001002002000");
    let rows = [prior("215 PC-CARJACKING"), gang, conviction()];
    assert_eq!(by_law(&rows), "review");
    let compound = prior("246/186.22(B)(4) PC-SHOOT AT DWELLING");
    assert_eq!(by_law(&[compound, conviction()]), "review");
}

#[test]
fn a_duty_to_register_counts_however_it_is_printed() {
    for (offense, comment) in [
        ("290 PC-SEX OFFENDER REGISTRATION", ""),
        ("290-SEX OFFENDER REGISTRATION", ""),
        ("290", ""),
        ("290(B)", ""),
        ("290.012 PC-ANNUAL UPDATE", ""),
        ("SEE COMMENT FOR CHARGE", "290 PC-SEX OFFENDER"),
        ("SEX OFFENDER", ""),
    ] {
        let rows = [registration(offense, comment), conviction()];
        assert_eq!(by_law(&rows), "review", "{offense}");
        assert_eq!(under("los-angeles", &rows), "review", "{offense}");
    }
    let drugs = registration("11590 HS-NARCOTICS", "");
    assert_eq!(by_law(&[drugs, conviction()]), "reduce");
}

#[test]
fn a_birth_that_cannot_be_gives_no_age() {
    for born in ["20060101", "20300101", "20020515"] {
        let rows = [arrest(), conviction()].map(|row| row.set(col::PRI_DOB, born));
        assert_eq!(by_law(&rows), "review", "{born}");
    }
}

#[test]
fn a_qualifier_of_the_conviction_counts_whichever_text_is_blank() {
    for column in [
        col::OFFENSE_QUAL_LST,
        col::DISP_OFFENSE_QUAL_LST,
        col::CONV_OFFENSE_QUAL_LST,
    ] {
        let row = conviction().set(column, "182 PC-CONSPIRACY");
        assert_eq!(by_law(&[row]), "review", "{column}");
    }
}

#[test]
fn conspiracies_are_looked_at_in_either_order() {
    for text in ["182(A)(1)/11359 HS", "182/11359 HS", "11359/182 HS"] {
        let row = conviction().set(col::OFFENSE_DESCR, text);
        assert_eq!(by_law(&[row]), "review", "{text}");
    }
}

#[test]
fn a_comment_about_another_count_grants_nothing_here_and_one_in_a_later_step_is_read() {
    let other = conviction().set(col::COMMENT_TEXT, "COUNT 2 DISMISSED PER 11361.8 HS");
    assert_eq!(by_law(&[other]), "review");
    let order = later("").set(col::COMMENT_TEXT, "DISMISSED PER 11361.8 HS");
    assert_eq!(by_law(&[conviction(), order]), "already_granted");
}

#[test]
fn two_sections_in_one_text_or_in_the_rows_of_one_count_are_not_chosen_between() {
    let two = conviction().set(col::OFFENSE_DESCR, "11357(A) HS 11359 HS");
    assert_eq!(by_law(&[two]), "review");
    let other = conviction()
        .set(col::OFFENSE_DESCR, "11358 HS-CULTIVATE")
        .set(col::SENT_ORDER, "2");
    assert_eq!(by_law(&[conviction(), other]), "review");
    let level = conviction()
        .set(col::CONV_STAT_DESCR, "MISDEMEANOR")
        .set(col::SENT_ORDER, "2");
    assert_eq!(by_law(&[conviction(), level]), "review");
}

#[test]
fn a_conviction_whose_text_names_no_section_is_not_lost() {
    for text in ["UNKNOWN", "N/A", "POSSESS MARIJUANA FOR SALE"] {
        for column in [col::CONV_OFFENSE_DESCR, col::DISP_OFFENSE_DESCR] {
            let row = conviction().set(column, text);
            assert_eq!(by_law(&[row]), "review", "{text}");
        }
    }
}

#[test]
fn a_count_whose_county_is_not_said_is_not_lost() {
    let blank = |row: Fields| {
        row.set(col::STP_ORI_CNTY_NAME, "")
            .set(col::STP_ORI_DESCR, "")
    };
    assert_eq!(by_law(&[arrest(), blank(conviction())]), "review");
    let elsewhere = conviction()
        .set(col::STP_ORI_CNTY_NAME, "LOS ANGELES")
        .set(col::SENT_ORDER, "2");
    assert_eq!(by_law(&[conviction(), elsewhere]), "review");
}

#[test]
fn a_sentence_of_unknown_length_is_not_over() {
    let jail = conviction().set(col::SENT_LOC_DESCR, "JAIL");
    assert_eq!(under("sacramento", std::slice::from_ref(&jail)), "review");
    let named = conviction().set(col::DISP_DESCR, "CONVICTED-PRISON");
    assert_eq!(under("sacramento", &[named]), "review");
    let year = jail
        .set(col::SENT_LENGTH, "1")
        .set(col::SENT_TIME_CODE, "Y");
    assert_eq!(under("sacramento", &[year]), "dismiss");
}

#[test]
fn the_same_row_given_twice_is_one_part_of_a_sentence() {
    let probation = Fields::conviction("1", "101002001000", SALE, "FELONY", "20150901")
        .set(col::SENT_LOC_DESCR, "PROBATION")
        .set(col::SENT_LENGTH, "3")
        .set(col::SENT_TIME_CODE, "Y");
    let once = under("sacramento", std::slice::from_ref(&probation));
    assert_eq!(once, "dismiss");
    assert_eq!(under("sacramento", &[probation.clone(), probation]), once);
}

#[test]
fn a_conviction_after_the_day_asked_about_has_not_happened_yet() {
    let burglary = Fields::conviction("1", "102002001000", "459 PC-BURGLARY", "FELONY", "20200901");
    let rows = [conviction().set(col::STP_EVENT_DATE, "20050601"), burglary];
    assert_eq!(under("sacramento", &rows), "dismiss");
}

#[test]
fn dates_a_year_apart_are_for_a_person_and_an_order_does_not_date_the_conviction() {
    let apart = conviction().set(col::DISP_DATE, "20190301");
    assert_eq!(by_law(&[apart]), "review");
    let days = conviction().set(col::DISP_DATE, "20100603");
    let days = Ask::default().rows(&[days]).only();
    assert_eq!(days["determination"], "reduce");
    assert_eq!(days["convicted_on"], "2010-06-03");
}

#[test]
fn a_day_before_the_law_is_not_answered() {
    let ask = Ask {
        as_of: date(2010, 1, 1),
        ..Ask::of("sacramento")
    };
    let refused = ask
        .run(&[crate::support::csv(&[conviction()])])
        .err()
        .unwrap();
    assert!(matches!(refused, ReviewError::NoLaw { .. }), "{refused}");
}

#[test]
fn a_file_of_which_no_row_can_be_used_says_so() {
    let row = conviction()
        .set(col::SUBJECT_ID, "")
        .set(col::CII_NUMBER, "");
    let refused = Ask::default()
        .run(&[crate::support::csv(&[row])])
        .err()
        .unwrap();
    assert!(
        refused.to_string().contains("0.dat:1: "),
        "file, line and reason: {refused}"
    );
}
