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

/// A juvenile case with one finding about all of it.
fn juvenile(route: &str, status: &str, mode: &str) -> (Client, Value) {
    let mut seal = open(route, "seal_record", mode);
    seal["count"] = json!(null);
    seal["status"] = json!(status);
    seal["forms"] = json!([]);
    seal["procedure"]["notice_days"] = json!(null);
    seal["procedure"]["serve"] = json!(["prosecutor", "probation"]);
    let mut client = client("PC 459", seal.clone());
    // A county that wants nothing served on probation by itself.
    client.record["cases"][0]["court"]["county"] = json!("Fresno");
    client.record["cases"][0]["juvenile"] = json!(true);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    (client, seal)
}

#[test]
fn a_juvenile_record_is_asked_to_be_sealed_and_the_cover_says_what_to_compare_first() {
    let (mut client, mut seal) = juvenile("us-ca/wic-781", "eligible", "discretionary");
    seal["forms"] = json!(["JV-595"]);
    client.findings = vec![seal.clone()];
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    assert_eq!(
        kinds(&packet),
        ["cover", "petition", "order", "service", "client"]
    );
    let petition = paper(&packet, PaperKind::Petition);
    insta::assert_snapshot!(text(petition));
    // What the section asks is a statement that whoever signs marks; none is made for the client.
    assert!(ticked(&packet, PaperKind::Petition).is_empty());
    let listed = |what: &str| petition.blanks.iter().any(|blank| blank.what == what);
    for what in [
        "Part 2: statements to be marked",
        "Signature and date",
        "Day on which the court's jurisdiction ended",
        "Agencies that hold records of this case",
    ] {
        assert!(listed(what), "{what} in {:?}", petition.blanks);
    }
    let words = letters(petition);
    // No birth date either: nothing read here asks for it.
    for never in ["☒", "wasrehabilitated", "isentitled", "1975"] {
        assert!(!words.contains(never), "{never} in {words}");
    }
    let order = letters(paper(&packet, PaperKind::Order));
    assert!(order.contains("☐therecordsofthiscasearesealed."), "{order}");
    let service = letters(paper(&packet, PaperKind::Service));
    assert!(service.contains("theprobationdepartment"), "{service}");
    let cover = letters(paper(&packet, PaperKind::Cover));
    for part in [
        "notcomparedwiththetextofthesection",
        "JV-595",
        "UNVERIFIED",
        "theprobationdepartment",
    ] {
        assert!(cover.contains(part), "{part} in {cover}");
    }
    // Nobody here knows that the court's form is optional.
    assert!(!cover.contains("whichareoptional"), "{cover}");
    let sheet = squeeze(&text(&packet.client));
    for part in [
        "closetherecordofthiscase(“seal”).Alawyermustcheckthispaperfirst.",
        "Sonothingispromised.",
    ] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    client.answers["contact"]["language"] = json!("es");
    let sheet = squeeze(&text(&client.packet().client));
    let first = squeeze("Primero un abogado tiene que revisar este papel.");
    assert!(sheet.contains(&first), "{sheet}");
}

#[test]
fn sealing_of_the_record_stands_beside_what_is_asked_about_the_offense() {
    let (mut client, mut seal) = juvenile("us-ca/wic-781", "eligible", "discretionary");
    seal["rank"] = json!(2);
    let mut first = finding(0, 1, "redesignate_infraction", "application");
    first["rank"] = json!(1);
    let mut cannabis = count("HS 11357(a)");
    cannabis["disposition"]["kind"] = json!("adjudicated");
    let mut other = count("PC 459");
    other["disposition"]["kind"] = json!("dismissed");
    client.record["cases"][0]["counts"] = json!([other, cannabis]);
    // One adjudication makes the whole case the juvenile court's, where nobody said which court it was.
    client.record["cases"][0]["juvenile"] = json!(null);
    client.findings = vec![first, seal];
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    let asked: Vec<_> = packet.cases[0]
        .papers
        .iter()
        .map(|paper| (paper.kind.as_str(), paper.file.as_str()))
        .collect();
    assert_eq!(
        asked,
        [
            ("cover", "cover.pdf"),
            ("application", "petition.pdf"),
            ("order", "order.pdf"),
            ("service", "service.pdf"),
            ("petition", "petition-2.pdf"),
            ("order", "order-2.pdf"),
            ("service", "service-2.pdf"),
        ]
    );
    let words = letters(paper(&packet, PaperKind::Petition));
    for part in ["section459", "section11357", "(1)and(2)"] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let words = letters(paper(&packet, PaperKind::Application));
    assert!(!words.contains("section459"), "{words}");
}

#[test]
fn a_court_is_asked_for_what_it_owed_only_where_somebody_said_that_it_was_not_done() {
    let (mut client, owed) = juvenile("us-ca/wic-786", "likely_done", "automatic");
    // Nobody looked: it is told, and nothing is filed.
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["client"]);
    let sheet = squeeze(&text(&packet.client));
    assert!(sheet.contains("Thestatemayhavedonethisbyitself"), "{sheet}");
    client.answers["elections"] = json!({"also": ["not_done"]});
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    assert_eq!(
        kinds(&packet),
        ["cover", "petition", "order", "service", "client"]
    );
    let request = paper(&packet, PaperKind::Petition);
    insta::assert_snapshot!(text(request));
    assert!(ticked(&packet, PaperKind::Petition).is_empty());
    let cover = letters(paper(&packet, PaperKind::Cover));
    let clerk = squeeze("Ask the clerk first whether the court sealed the record already.");
    assert!(cover.contains(&clerk), "{cover}");
    // The petition under the other section asks for the same, and is not filed with it.
    let (_, seal) = juvenile("us-ca/wic-781", "eligible", "discretionary");
    client.findings = vec![seal, owed];
    let packet = client.packet();
    let words = letters(paper(&packet, PaperKind::Petition));
    assert!(
        words.contains("section786") && !words.contains("section781"),
        "{words}"
    );
    // The wish says nothing of other cases: what is done by other hands gets no paper.
    let mut dismissed = open("us-ca/pc-1203.425", "dismiss", "automatic");
    dismissed["status"] = json!("likely_done");
    let mut adult = self::client("PC 459", dismissed);
    adult.answers["elections"] = json!({"also": ["not_done"]});
    assert_eq!(kinds(&adult.packet()), ["client"]);
}

#[test]
fn probation_is_asked_to_end_early_with_statements_that_only_the_signer_makes() {
    let mut end = open("us-ca/pc-1203.3", "end_probation", "discretionary");
    end["procedure"]["serve"] = json!(["prosecutor", "probation"]);
    end["procedure"]["notice_days"] = json!(2);
    end["forms"] = json!([]);
    let packet = client("PC 459", end).packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    insta::assert_snapshot!(text(paper(&packet, PaperKind::Petition)));
    assert!(ticked(&packet, PaperKind::Petition).is_empty());
    let order = letters(paper(&packet, PaperKind::Order));
    assert!(order.contains("☐probationisended"), "{order}");
    let cover = letters(paper(&packet, PaperKind::Cover));
    assert!(cover.contains("atleast2daysbeforethehearing"), "{cover}");
}

#[test]
fn a_way_of_another_state_without_papers_is_called_by_its_name() {
    let mut seal = open("us-mi/marihuana-misdemeanor", "set_aside", "entitled");
    seal["forms"] = json!(["MC 227a"]);
    let mut client = client("MCL 333.7403(2)(d)", seal);
    client.record["cases"][0]["court"] = json!({"jurisdiction": "us-mi", "county": "Wayne"});
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["client"], "no paper is made of it");
    assert!(!packet.ready);
    let [why] = packet.why_not.as_slice() else {
        panic!("{:?}", packet.why_not);
    };
    for part in [
        "Setting aside a marihuana misdemeanor",
        "MC 227a",
        "get it from the clerk",
    ] {
        assert!(why.contains(part), "{part} in {why}");
    }
    assert!(!why.contains("marihuana-misdemeanor"), "{why}");
}
