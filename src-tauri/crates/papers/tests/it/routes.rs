//! Papers of the routes beside cannabis and probation: designation, fire crews, deferred entry of judgment, arrests; and what counties want.

use crate::support::*;
use papers::{Packet, PaperKind};
use serde_json::{Value, json};

fn open(route: &str, relief: &str, mode: &str) -> Value {
    let mut finding = finding(0, 0, relief, "application");
    finding["route"] = json!(route);
    finding["path"] = json!(null);
    finding["mode"] = json!(mode);
    finding["procedure"]["notice_days"] = json!(15);
    finding
}

fn client(section: &str, finding: Value) -> Client {
    let mut client = Client::new();
    client.record["cases"][0]["counts"] = json!([count(section)]);
    client.findings = vec![finding];
    client
}

/// Every line that a person writes by hand stands on the paper, is listed as blank with its reason, and is named on the cover.
fn by_hand(packet: &Packet, never: &[&str], unknown: &[&str]) {
    let petition = paper(packet, PaperKind::Petition);
    let (words, cover) = (letters(petition), letters(paper(packet, PaperKind::Cover)));
    for (why, lines) in [
        ("not taken from the record: whoever signs writes it", never),
        (
            "not in the record, or not of one arrest alone: whoever signs writes it",
            unknown,
        ),
    ] {
        let listed = petition.blanks.iter().filter(|blank| blank.why == why);
        let listed: Vec<_> = listed.map(|blank| blank.what.as_str()).collect();
        assert_eq!(listed, lines, "{:?}", petition.blanks);
        for line in listed {
            let line = squeeze(line);
            assert!(words.contains(&format!("{line}:")), "{line} in {words}");
            assert!(
                cover.contains(&format!("{line}:{}", squeeze(why))),
                "{line} in {cover}"
            );
        }
    }
}

const DAY: &str = "Date of the arrest";
const PLACE: &str = "City and county of the arrest";
const AGENCY: &str = "Agency that made the arrest";
const NUMBER: &str = "Number of the arrest, booking or report";

#[test]
fn a_diverted_arrest_is_asked_to_be_sealed_and_says_what_is_written_by_hand() {
    let mut seal = open("us-ca/pc-851.87", "seal_arrest", "discretionary");
    seal["count"] = json!(null);
    let mut client = client("PC 459", seal);
    client.record["cases"][0]["counts"][0]["disposition"] =
        json!({"kind": "diverted", "date": "2005-06-01"});
    let packet = client.packet();
    let program = "Diversion program, and date of its completion";
    by_hand(&packet, &[program], &[DAY, AGENCY]);
    client.record["cases"][0]["arrests"] = json!([{"date": "2005-02", "agency": "Oakland Police"}]);
    let packet = client.packet();
    by_hand(&packet, &[program], &[]);
    let words = letters(paper(&packet, PaperKind::Petition));
    assert!(words.contains("arrest:February2005Agency"), "{words}");
    // A paper without such lines lists none.
    by_hand(
        &self::client(
            "PC 459",
            open("us-ca/pc-17b", "reduce_to_misdemeanor", "discretionary"),
        )
        .packet(),
        &[],
        &[],
    );
}

#[test]
fn a_felony_of_proposition_47_is_asked_to_be_a_misdemeanor_and_comes_first() {
    let mut first = open("us-ca/prop-47", "redesignate_misdemeanor", "entitled");
    first["path"] = json!("application");
    let mut later = open("us-ca/pc-17b", "reduce_to_misdemeanor", "discretionary");
    later["rank"] = json!(2);
    let mut client = client("HS 11377(a)", first);
    client.findings.push(later);
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    assert_eq!(
        kinds(&packet),
        ["cover", "application", "order", "service", "client"]
    );
    let words = letters(paper(&packet, PaperKind::Application));
    for part in [
        "APPLICATIONTODESIGNATEFELONYCONVICTIONASMISDEMEANOR",
        "thatthefelonyoffensebedesignatedasamisdemeanor",
        "☐Applicanthasnopriorconviction",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    // It is a misdemeanor for all purposes but one, so the paper does not say so; nor does it speak of choices that its statute lacks.
    for absent in ["allpurposes", "givesup", "originalsentence", "17,subd"] {
        assert!(!words.contains(absent), "{absent} in {words}");
    }
    let order = letters(paper(&packet, PaperKind::Order));
    assert!(!order.contains("allpurposes"), "{order}");
}

#[test]
fn fire_crews_and_deferred_entry_of_judgment_have_their_own_petitions() {
    let crew = client(
        "PC 459",
        open("us-ca/pc-1203.4b", "dismiss", "discretionary"),
    )
    .packet();
    assert!(crew.ready, "{:?}", crew.why_not);
    let words = letters(paper(&crew, PaperKind::Petition));
    assert!(words.contains("(Pen.Code,§1203.4b)"), "{words}");
    assert!(words.contains("☐Petitionertookpartintheprogram"), "{words}");

    let mut deferred = client(
        "HS 11350(a)",
        open("us-ca/pc-1203.43", "set_aside", "entitled"),
    );
    deferred.record["cases"][0]["counts"][0]["disposition"] =
        json!({"kind": "diverted", "date": "2005-06-01", "plea": "guilty"});
    let packet = deferred.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    let words = letters(paper(&packet, PaperKind::Petition));
    assert!(words.contains("Dateofthedismissal"), "{words}");
    let line = "Date of the dismissal under former Penal Code section 1000.3";
    by_hand(&packet, &[line], &[]);
    // The day on the record is no conviction's.
    assert!(!words.contains("June1,2005"), "{words}");
    assert!(!words.contains("convicted"), "{words}");
}

#[test]
fn an_arrest_is_asked_to_be_sealed_for_the_whole_case_and_the_agency_is_served() {
    let mut seal = open("us-ca/pc-851.91", "seal_arrest", "entitled");
    seal["count"] = json!(null);
    seal["procedure"]["serve"] = json!(["prosecutor", "arresting_agency"]);
    let mut client = client("PC 459", seal);
    let charge = |section: &str| {
        let mut count = count(section);
        count["disposition"] = json!({"kind": "dismissed", "date": "2005-06-01"});
        count
    };
    client.record["cases"][0]["counts"] = json!([charge("PC 459"), charge("PC 466")]);
    client.record["cases"][0]["arrests"] =
        json!([{"date": "2005-02-11", "agency": "Oakland Police"}]);
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    let petition = paper(&packet, PaperKind::Petition);
    let words = letters(petition);
    for part in [
        "section459",
        "section466",
        "asamatterofright",
        "Ihavereadthispetition",
        "DateofbirthofPetitioner:May5,1975",
        "Dateofthearrest:February11,2005",
        "Agencythatmadethearrest:OaklandPolice",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    by_hand(&packet, &[PLACE], &[NUMBER]);
    // Each says which fact it is.
    for (what, value, from) in [
        ("person born", "May 5, 1975", "person.born"),
        (
            "arrest date",
            "February 11, 2005",
            "cases[0].arrests[0].date",
        ),
        (
            "arrest agency",
            "Oakland Police",
            "cases[0].arrests[0].agency",
        ),
    ] {
        let mark = petition.marks.iter().find(|mark| mark.what == what);
        let mark = mark.unwrap_or_else(|| panic!("{what} in {:?}", petition.marks));
        assert_eq!(
            (mark.value.as_str(), &*mark.from),
            (value, &[from.to_owned()][..])
        );
    }
    assert!(letters(paper(&packet, PaperKind::Service)).contains("OaklandPolice"));
    assert!(letters(paper(&packet, PaperKind::Cover)).contains("theagencythatmadethearrest"));

    // Of two arrests nobody says which is meant, and an empty name is none.
    let two = json!([{"date": "2005-02-11", "agency": "Oakland Police"}, {"date": "2005-03-01"}]);
    client.record["cases"][0]["arrests"] = two;
    by_hand(&client.packet(), &[PLACE], &[DAY, AGENCY, NUMBER]);
    client.record["cases"][0]["arrests"] =
        json!([{"date": "2005-02-11", "agency": " ", "number": "388555"}]);
    let packet = client.packet();
    by_hand(&packet, &[PLACE], &[AGENCY]);
    let words = letters(paper(&packet, PaperKind::Petition));
    assert!(words.contains("report:388555"), "{words}");
}

#[test]
fn a_county_that_wants_a_noticed_motion_gets_one() {
    let reduce = open("us-ca/pc-17b", "reduce_to_misdemeanor", "discretionary");
    let mut there = client("PC 459", reduce);
    there.record["cases"][0]["court"]["county"] = json!("Santa Cruz");
    let words = letters(paper(&there.packet(), PaperKind::Petition));
    assert!(
        words.contains("NOTICEOFMOTION;PETITIONFORREDUCTION"),
        "{words}"
    );
    assert!(words.contains("PLEASETAKENOTICE"), "{words}");
    there.record["cases"][0]["court"]["county"] = json!("Fresno");
    let words = letters(paper(&there.packet(), PaperKind::Petition));
    assert!(!words.contains("PLEASETAKENOTICE"), "{words}");
}

#[test]
fn a_setting_older_than_a_year_says_so_and_the_sheet_tells_the_first_day() {
    let mut client = client(
        "PC 459",
        open("us-ca/pc-1203.4", "dismiss", "discretionary"),
    );
    let older = "morethanayearago";
    assert!(!letters(paper(&client.packet(), PaperKind::Cover)).contains(older));
    client.clinic["counties"][0]["confirmed"] = json!("2024-01-01");
    let packet = client.packet();
    assert!(letters(paper(&packet, PaperKind::Cover)).contains(older));
    // Fifteen days and five for the mail after November 21.
    let sheet = text(paper(&packet, PaperKind::Client));
    assert!(sheet.contains("December 11, 2026"), "{sheet}");
    // A statute that counts days sets a time; one that counts none does not.
    let no_time = "The law sets no time for that.";
    assert!(!squeeze(&sheet).contains(&squeeze(no_time)), "{sheet}");
    let sheet = text(&Client::shared().client);
    assert!(squeeze(&sheet).contains(&squeeze(no_time)), "{sheet}");
}

#[test]
fn equal_convictions_stand_once_on_the_sheet_with_their_number() {
    let mut client = client(
        "HS 11359",
        finding(0, 0, "redesignate_misdemeanor", "application"),
    );
    let many = 40;
    let counts: Vec<_> = (0..many).map(|_| count("HS 11359")).collect();
    client.record["cases"][0]["counts"] = json!(counts);
    client.findings = (0..many)
        .map(|n| finding(0, n, "redesignate_misdemeanor", "application"))
        .collect();
    let packet = client.packet();
    let sheet = paper(&packet, PaperKind::Client);
    let words = text(sheet);
    assert!(words.contains("40 times"), "{words}");
    assert_eq!(
        (words.matches("HS 11359").count(), sheet.pages),
        (1, 1),
        "{words}"
    );
}

#[test]
fn a_juvenile_record_has_no_paper_here_and_the_packet_says_where_to_go() {
    let seal = |route: &str, status: &str, mode: &str| {
        let mut seal = open(route, "seal_record", mode);
        seal["count"] = json!(null);
        seal["status"] = json!(status);
        seal["forms"] = json!([]);
        seal
    };
    let mut asked = seal("us-ca/wic-781", "eligible", "discretionary");
    asked["forms"] = json!(["JV-595"]);
    let mut client = client("PC 459", asked);
    client.record["cases"][0]["juvenile"] = json!(true);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["client"], "no paper is made of it");
    assert!(!packet.ready);
    let [why] = packet.why_not.as_slice() else {
        panic!("{:?}", packet.why_not);
    };
    for part in ["WIC 781", "JV-595", "get it from the clerk"] {
        assert!(why.contains(part), "{part} in {why}");
    }
    let sheet = squeeze(&text(&packet.client));
    assert!(sheet.contains("WIC781"), "{sheet}");

    // What the court does by itself is said too, and is no reason to hold other papers back.
    client.findings = vec![seal("us-ca/wic-786", "likely_done", "automatic")];
    let sheet = squeeze(&text(&client.packet().client));
    assert!(sheet.contains("Thestatemayhavedonethisbyitself"), "{sheet}");

    // Beside a paper that is filed, the cover says it.
    let mut asked = seal("us-ca/wic-781", "eligible", "discretionary");
    asked["forms"] = json!(["JV-595"]);
    asked["rank"] = json!(2);
    let mut first = finding(0, 0, "redesignate_infraction", "application");
    first["rank"] = json!(3);
    client.record["cases"][0]["counts"] = json!([count("HS 11357(a)")]);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    client.findings = vec![first, asked];
    let packet = client.packet();
    let cover = letters(paper(&packet, PaperKind::Cover));
    assert!(cover.contains("Thecourt'sownformforitisJV-595"), "{cover}");
}
