//! Petitions for dismissal and reduction: our own paper, the court's form, and which paper a conviction comes into.

use crate::blank::library;
use crate::support::*;
use papers::{Packet, PaperKind};
use serde_json::{Value, json};

/// A finding of a statute without two ways in.
fn open(count: usize, route: &str, relief: &str, mode: &str, rank: u32) -> Value {
    let mut finding = finding(0, count, relief, "application");
    finding["route"] = json!(route);
    finding["path"] = json!(null);
    finding["mode"] = json!(mode);
    finding["rank"] = json!(rank);
    finding["forms"] = json!(["CR-180", "CR-181"]);
    finding["procedure"]["notice_days"] = json!(15);
    finding
}

/// One burglary on probation: reduction first, then dismissal.
fn client(counts: usize) -> Client {
    let mut client = Client::new();
    let burglary = || {
        let mut count = count("PC 459");
        count["description"] = json!("BURGLARY");
        count
    };
    client.record["cases"][0]["court"]["county"] = json!("Fresno");
    client.record["cases"][0]["counts"] = (0..counts).map(|_| burglary()).collect();
    client.findings = (0..counts)
        .flat_map(|n| {
            [
                open(n, "us-ca/pc-1203.4", "dismiss", "discretionary", 2),
                open(
                    n,
                    "us-ca/pc-17b",
                    "reduce_to_misdemeanor",
                    "discretionary",
                    1,
                ),
            ]
        })
        .collect();
    client
}

fn on_form(client: &Client) -> Packet {
    let folder = tempfile::tempdir().unwrap();
    client.packet_with(&library(folder.path(), &["CR-180", "CR-181", "CR-106"]))
}

#[test]
fn our_own_petition_asks_for_each_conviction_by_its_section() {
    let packet = client(2).packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    assert_eq!(
        kinds(&packet),
        ["cover", "petition", "order", "service", "client"]
    );
    let petition = letters(paper(&packet, PaperKind::Petition));
    for words in [
        "PETITION FOR REDUCTION AND DISMISSAL OF CONVICTIONS",
        "Convictions(1)and(2):probationwasgranted",
        "Pen.Code,§17,subd.(b)(3)",
        "bedeclaredamisdemeanor",
    ] {
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(petition.contains(&words), "{words} in {petition}");
    }
    assert_eq!(
        petition.matches("PenalCodesection459,afelony").count(),
        2,
        "each conviction once"
    );
    for absent in ["gives up", "Marijuana", "11361"] {
        let absent: String = absent.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(!petition.contains(&absent), "{absent} in {petition}");
    }
    let cover = text(paper(&packet, PaperKind::Cover));
    assert!(
        cover.contains("at least 15 days before the hearing"),
        "{cover}"
    );
    let sheet = text(paper(&packet, PaperKind::Client));
    assert!(sheet.contains("take this back and throw it out"), "{sheet}");
}

#[test]
fn the_courts_form_says_what_the_record_shows_and_leaves_what_the_client_must_say() {
    let packet = on_form(&client(1));
    let petition = paper(&packet, PaperKind::Petition);
    assert_eq!(petition.form.as_ref().unwrap().number, "CR-180");
    assert_eq!(
        paper(&packet, PaperKind::Order)
            .form
            .as_ref()
            .unwrap()
            .number,
        "CR-181"
    );
    assert_eq!(
        paper(&packet, PaperKind::Service)
            .form
            .as_ref()
            .unwrap()
            .number,
        "CR-106",
        "it has room for the prosecutor and probation"
    );
    let words = text(petition);
    for value in [
        "Penal",
        "459",
        "felony",
        "yes",
        "June 1, 2005",
        "05F01234",
        "Rosalind Ama Testperson",
    ] {
        assert!(words.contains(value), "{value} in {words}");
    }
    let boxes = ticked(&packet, PaperKind::Petition);
    assert_eq!(
        boxes.len(),
        2,
        "probation, and the interests of justice: {boxes:?}"
    );
    assert!(
        ticked(&packet, PaperKind::Order).is_empty()
            && ticked(&packet, PaperKind::Service).is_empty()
    );
    for mark in &petition.marks {
        assert!(!mark.from.is_empty(), "{mark:?}");
    }
    let mut entitled = client(1);
    entitled.findings[0]["mode"] = json!("entitled");
    let boxes = ticked(&on_form(&entitled), PaperKind::Petition);
    assert_eq!(
        boxes.len(),
        1,
        "whether the whole term or ended early nobody asked: {boxes:?}"
    );
}

#[test]
fn more_convictions_than_rows_go_to_a_page_that_names_the_item() {
    let packet = on_form(&client(8));
    let petition = paper(&packet, PaperKind::Petition);
    assert_eq!(petition.form.as_ref().unwrap().number, "CR-180");
    let words = letters(petition);
    assert!(words.contains("CONTINUATIONPAGEOFCR-180"), "{words}");
    assert!(words.contains("Item1:furtherconvictions"), "{words}");
    assert_eq!(words.matches("PenalCodesection459").count(), 3, "{words}");
    assert_eq!(words.matches("17(b):yes").count(), 3, "{words}");
    for number in 6..=8 {
        let row = format!("({number})PenalCodesection459,afelony");
        assert!(words.contains(&row), "{row} in {words}");
    }
}

#[test]
fn the_way_that_comes_first_is_filed_first() {
    let mut both = client(1);
    let mut first = finding(0, 0, "redesignate_misdemeanor", "application");
    first["rank"] = json!(1);
    for (n, later) in both.findings.iter_mut().enumerate() {
        later["rank"] = json!(n + 2);
    }
    both.findings.push(first);
    assert_eq!(kinds(&both.packet())[1], "application");
    // Whether the sentence is complete is not known, so neither paper is made.
    both.findings[2]["path"] = json!(null);
    let packet = both.packet();
    assert_eq!(kinds(&packet), ["client"]);
    assert!(!packet.ready);
}

#[test]
fn one_free_conviction_does_not_make_all_of_them_free() {
    let mut mixed = client(2);
    mixed.findings[2]["mode"] = json!("entitled");
    let packet = on_form(&mixed);
    let petition = paper(&packet, PaperKind::Petition);
    assert_eq!(
        ticked(&packet, PaperKind::Petition).len(),
        1,
        "probation, and nothing about its kind"
    );
    let words = letters(petition);
    assert!(words.contains("interestsofjustice(2c)"), "{words}");
    assert!(words.contains("(1)PenalCodesection459"), "{words}");
    assert!(!words.contains("(2)PenalCodesection459"), "{words}");
    let blanks: Vec<&str> = petition.blanks.iter().map(|b| b.what.as_str()).collect();
    assert!(
        blanks.iter().any(|what| what.contains("one of 2a, 2b, 2c")),
        "{blanks:?}"
    );
}

#[test]
fn the_list_of_blanks_names_the_items_of_what_is_filed_and_of_nothing_else() {
    let packet = on_form(&client(1));
    let petition = paper(&packet, PaperKind::Petition);
    let blanks: Vec<&str> = petition.blanks.iter().map(|b| b.what.as_str()).collect();
    let all = blanks.join("|");
    // 2c is ticked, so 2a and 2b are nobody's; items 3 to 7 belong to other statutes.
    assert!(all.contains("2c, reasons"), "{all}");
    for other in ["2a", "3a", "4,", "5,", "6,", "7a", "Label of", "+"] {
        assert!(!all.contains(other), "{other} in {all}");
    }
}

#[test]
fn days_that_differ_say_whose_they_are_and_the_page_says_which_case() {
    let mut two = client(2);
    two.record["cases"][0]["counts"][1]["disposition"]["date"] = json!("2006-02-09");
    let packet = on_form(&two);
    let words = letters(paper(&packet, PaperKind::Petition));
    for part in [
        "row1,PenalCodesection459:June1,2005",
        "row2,PenalCodesection459:February9,2006",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    // Behind the table's rows it is the number that the conviction has on the page for further ones.
    let mut eight = client(8);
    eight.record["cases"][0]["counts"][6]["disposition"]["date"] = json!("2006-02-09");
    let words = letters(paper(&on_form(&eight), PaperKind::Petition));
    for part in [
        "row5,PenalCodesection459:June1,2005",
        "(6)PenalCodesection459:June1,2005",
        "(7)PenalCodesection459:February9,2006",
        "(7)PenalCodesection459,afelony",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let packet = on_form(&client(8));
    let words = letters(paper(&packet, PaperKind::Petition));
    for part in [
        "DefendantandPetitioner:RosalindAmaTestperson",
        "CaseNo.05F01234",
        "SUPERIORCOURTOFCALIFORNIA,COUNTYOFFRESNO",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
}
