//! A packet that is not what it could be says so: what has no paper, what cannot be used, what the record does not hold. And a paper
//! says of a conviction what is so today.

use crate::blank::blank;
use crate::support::*;
use forms::Library;
use packs::Packs;
use papers::{Packet, PaperKind};
use record::findings::Relief;
use serde_json::{Value, json};

fn open(route: &str, relief: &str, mode: &str, rank: u32) -> Value {
    let mut finding = finding(0, 0, relief, "application");
    finding["route"] = json!(route);
    finding["path"] = json!(null);
    finding["mode"] = json!(mode);
    finding["rank"] = json!(rank);
    finding["forms"] = json!(["CR-180", "CR-181"]);
    finding
}

fn probation(section: &str) -> Client {
    let mut client = Client::new();
    client.record["cases"][0]["counts"] = json!([count(section)]);
    client.findings = vec![open("us-ca/pc-1203.4", "dismiss", "discretionary", 2)];
    client
}

fn with_forms(client: &Client, files: &[(&str, Vec<u8>)]) -> Packet {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let library = Library::open(folder.path(), Packs::builtin().unwrap()).unwrap();
    client.packet_with(&library)
}

fn cover(packet: &Packet) -> String {
    letters(paper(packet, PaperKind::Cover))
}

fn said(packet: &Packet, words: &str) -> bool {
    packet.why_not.iter().any(|why| why.contains(words))
}

#[test]
fn a_better_way_without_a_paper_is_named_and_the_packet_is_not_ready() {
    let mut client = probation("HS 11377(a)");
    assert!(client.packet().ready);
    client
        .findings
        .push(open("us-ca/hsc-11361.5", "destroy_records", "entitled", 1));
    let packet = client.packet();
    assert!(!packet.ready);
    assert!(said(&packet, "11361.5"), "{:?}", packet.why_not);
    assert!(cover(&packet).contains("11361.5"));
    assert!(letters(paper(&packet, PaperKind::Client)).contains("11361.5"));
}

#[test]
fn a_way_behind_the_one_that_is_filed_is_told_and_holds_nothing_up() {
    let mut client = probation("PC 647(b)");
    client
        .findings
        .push(open("us-ca/pc-1203.49", "dismiss", "discretionary", 3));
    client.findings[1]["route"] = json!("us-ca/hsc-11361.5");
    client.findings[1]["relief"] = json!("destroy_records");
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    assert!(cover(&packet).contains("11361.5"));
}

#[test]
fn what_one_statute_refuses_is_not_said_of_a_conviction_that_another_is_asked_for() {
    let mut client = probation("PC 484(a)");
    let mut refused = finding(0, 0, "dismiss_and_seal", "application");
    refused["status"] = json!("not_eligible");
    refused["code"] = json!("not_covered");
    refused["relief"] = json!(null);
    refused["path"] = json!(null);
    refused["mode"] = json!(null);
    refused["rank"] = json!(null);
    client.findings.push(refused);
    let packet = client.packet();
    assert!(!cover(&packet).contains("doesnothelphere"));
    assert!(!letters(paper(&packet, PaperKind::Client)).contains("doesnothelphere"));
}

#[test]
fn a_conviction_that_was_reduced_is_no_felony_any_more() {
    let mut client = probation("HS 11359");
    client.record["cases"][0]["counts"][0]["relief_granted"] = json!([{"authority": "PC 17(b)", "effect": "reduced_to_misdemeanor", "date": "2013-02-01"}]);
    let packet = client.packet();
    for kind in [PaperKind::Petition, PaperKind::Order] {
        let words = letters(paper(&packet, kind));
        assert!(
            words.contains("11359,afelonythatwasreducedtoamisdemeanor"),
            "{words}"
        );
    }
}

#[test]
fn where_the_court_may_and_need_not_the_petition_claims_no_more() {
    let mut client = probation("VC 23152(a)");
    let words = letters(paper(&client.packet(), PaperKind::Petition));
    assert!(words.contains("interestsofjustice"), "{words}");
    assert!(!words.contains("fulfilledfortheentireperiod"), "{words}");
    client.findings[0]["mode"] = json!("entitled");
    let words = letters(paper(&client.packet(), PaperKind::Petition));
    assert!(words.contains("fulfilledfortheentireperiod"), "{words}");
}

#[test]
fn what_the_statute_asks_of_the_person_today_is_pleaded_where_it_was_asked_and_answered() {
    let mut client = probation("PC 484(a)");
    let charged = "isnotchargedwiththecommissionofanyoffense";
    let made = client.packet();
    let petition = paper(&made, PaperKind::Petition);
    let words = letters(petition);
    assert!(
        words.contains("isnotservingasentenceforanyoffense"),
        "{words}"
    );
    assert!(
        words.contains(charged) && !words.contains("whateverismarked"),
        "{words}"
    );
    let marks = petition.marks.iter().filter(|mark| mark.what == "standing");
    let from: Vec<&String> = marks.flat_map(|mark| &mark.from).collect();
    assert_eq!(from, ["now.charged", "now.supervised", "now.serving"]);
    assert!(
        !petition
            .blanks
            .iter()
            .any(|blank| blank.what.starts_with("Part 2"))
    );
    // What was not asked stands beside an empty box, in the list of what is blank, and rests on no fact.
    client.record["now"]["charged"] = json!(null);
    let made = client.packet();
    let petition = paper(&made, PaperKind::Petition);
    let words = letters(petition);
    assert!(words.contains("stateswhatismarkedhere"), "{words}");
    assert!(words.contains(&format!("☐Petitioner{charged}")), "{words}");
    assert!(
        petition
            .blanks
            .iter()
            .any(|blank| blank.what.starts_with("Part 2"))
    );
    assert!(
        !petition
            .marks
            .iter()
            .any(|mark| mark.from.contains(&"now.charged".to_owned()))
    );
}

#[test]
fn each_statutes_own_conditions_stand_in_its_petition() {
    let conditions = [
        (
            "us-ca/pc-1203.4a",
            "entitled",
            "anhonestanduprightlife",
            true,
        ),
        (
            "us-ca/pc-1203.4a",
            "discretionary",
            "anhonestanduprightlife",
            false,
        ),
        (
            "us-ca/pc-1203.4a",
            "discretionary",
            "fullycompliedwithandperformed",
            true,
        ),
        (
            "us-ca/pc-1203.41",
            "discretionary",
            "PenalCodesection290",
            true,
        ),
        (
            "us-ca/pc-1203.4",
            "entitled",
            "☐Petitionerfulfilledtheconditions",
            true,
        ),
        (
            "us-ca/pc-1203.4",
            "discretionary",
            "☐Petitionerfulfilledtheconditions",
            false,
        ),
    ];
    for (route, mode, sentence, there) in conditions {
        let mut client = probation("PC 484(a)");
        client.findings[0]["route"] = json!(route);
        client.findings[0]["mode"] = json!(mode);
        client.record["cases"][0]["counts"][0]["sentence"] =
            json!({"parts": [{"kind": "prison", "years": 2}]});
        let words = letters(paper(&client.packet(), PaperKind::Petition));
        assert_eq!(words.contains(sentence), there, "{route} {mode}: {words}");
    }
}

#[test]
fn relief_that_needs_evidence_is_not_ready_without_a_declaration() {
    let mut client = probation("PC 647(b)");
    client.findings[0]["route"] = json!("us-ca/pc-1203.49");
    let packet = client.packet();
    assert!(said(&packet, "showing of evidence"), "{:?}", packet.why_not);
    let words = letters(paper(&packet, PaperKind::Petition));
    assert!(words.contains("☐Theconvictionwastheresult"), "{words}");
    assert!(
        !words.contains("restitution"),
        "its statute does not speak of it: {words}"
    );
    client.answers["declare"] = json!([{"case": 0, "count": 0, "text": "They made me do it."}]);
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
}

#[test]
fn another_courthouse_of_the_county_is_not_given_the_main_ones_address() {
    let form = [("cr-180.pdf", blank("CR-180"))];
    let mut client = probation("PC 484(a)");
    client.record["cases"][0]["court"] =
        json!({"jurisdiction": "us-ca", "county": "Fresno", "name": "CASC FRESNO"});
    let main = text(paper(&with_forms(&client, &form), PaperKind::Petition));
    client.record["cases"][0]["court"]["name"] = json!("CAMC CLOVIS");
    let branch = text(paper(&with_forms(&client, &form), PaperKind::Petition));
    let house = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let courts = house.courts.as_ref().unwrap();
    let street = courts.county("Fresno").unwrap().address.first().unwrap();
    assert!(main.contains(street.as_str()), "{street} in {main}");
    assert!(!branch.contains(street.as_str()), "{street} in {branch}");
}

#[test]
fn a_juvenile_case_is_not_sent_to_the_criminal_courthouse() {
    let mut client = Client::new().in_person();
    client.record["cases"][0]["court"] = json!({"jurisdiction": "us-ca", "county": "Fresno"});
    client.record["cases"][0]["counts"][0]["offense_date"] = json!("1991-02-11");
    client.findings = vec![finding(0, 0, "redesignate_infraction", "application")];
    let adult = cover(&client.packet());
    client.record["cases"][0]["juvenile"] = json!(null);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    let adjudicated = cover(&client.packet());
    client.record["cases"][0]["juvenile"] = json!(true);
    let juvenile = cover(&client.packet());
    let house = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let courts = house.courts.as_ref().unwrap();
    let street = courts.county("Fresno").unwrap().address.first().unwrap();
    let street: String = street.split_whitespace().collect();
    for (cover, there) in [(adult, true), (adjudicated, false), (juvenile, false)] {
        assert_eq!(cover.contains(&street), there, "{street} in {cover}");
    }
}

#[test]
fn a_form_that_cannot_be_used_is_named_at_the_top() {
    let client = probation("PC 484(a)");
    let packet = with_forms(&client, &[("court form.pdf", b"%PDF-1.7 nothing".to_vec())]);
    assert!(!packet.ready);
    let why = "court form.pdf (damaged, or no PDF)";
    assert!(said(&packet, why), "{:?}", packet.why_not);
    assert!(cover(&packet).contains("courtform.pdf(damaged,ornoPDF)"));
}

#[test]
fn a_revision_that_nobody_knows_is_named_unless_another_stands_in_for_it() {
    let known = blank("CR-180");
    let mut strange = known.clone();
    let at = strange
        .windows(6)
        .position(|bytes| bytes == b"[Rev. ")
        .unwrap();
    let end = at + strange[at..].iter().position(|byte| *byte == b']').unwrap();
    strange[end - 4..end].copy_from_slice(b"2099");
    let client = probation("PC 484(a)");
    let alone = with_forms(&client, &[("newer.pdf", strange.clone())]);
    let why = "newer.pdf (CR-180 in a revision not known here, of 2099-01-01; known are 2019-01-01, 2024-01-01)";
    assert!(said(&alone, why), "{:?}", alone.why_not);
    let both = with_forms(&client, &[("newer.pdf", strange), ("known.pdf", known)]);
    assert!(both.ready, "{:?}", both.why_not);
}

#[test]
fn a_conviction_without_its_day_and_a_record_that_contradicts_itself_are_not_ready() {
    let mut client = probation("PC 484(a)");
    client.record["cases"][0]["counts"][0]["disposition"]["date"] = json!(null);
    assert!(said(&client.packet(), "date of the conviction"));
    let mut client = probation("PC 484(a)");
    client.findings[0]["warnings"] =
        json!([{"code": "contradiction", "text": "Two dates.", "cite": null}]);
    assert!(said(&client.packet(), "contradicts itself"));
}

#[test]
fn half_an_address_is_none() {
    for address in [
        json!(["55 Elm Street"]),
        json!(["55 Elm Street, Oakland, CA 94607"]),
        json!(["55 Elm Street", "Oakland"]),
    ] {
        let mut client = probation("PC 484(a)");
        client.clinic["address"] = address;
        assert!(said(&client.packet(), "not complete"));
    }
}

#[test]
fn the_spanish_sheet_has_no_english_warning() {
    let mut client = probation("PC 484(a)");
    client.answers["contact"]["language"] = json!("es");
    let codes = [
        "prior_stays",
        "disclose",
        "no_guns",
        "orders_stay",
        "check_first",
    ];
    let warned: Vec<Value> = codes
        .iter()
        .map(|code| json!({"code": code, "text": "ENGLISH WORDS", "cite": null}))
        .collect();
    client.findings[0]["warnings"] = json!(warned);
    let sheet = text(paper(&client.packet(), PaperKind::Client));
    assert!(!sheet.contains("ENGLISH WORDS"), "{sheet}");

    // What one sentence says within another is not said twice.
    let once = |warned: &[Value], words: &str| {
        let mut client = client.clone();
        client.findings[0]["warnings"] = json!(warned);
        let sheet = squeeze(&text(paper(&client.packet(), PaperKind::Client)));
        let said = sheet.matches("Todavíatienequedecirlo").count();
        assert_eq!((said, sheet.contains(words)), (1, true), "{sheet}");
    };
    once(&warned, "lotería");
    let mut both = warned.clone();
    both.push(json!({"code": "disclose_more", "text": "ENGLISH WORDS", "cite": null}));
    once(&both, "cuidarapersonasencasa");
}

#[test]
fn a_bar_that_is_not_known_does_not_take_the_lesser_request_away() {
    let mut client = Client::new();
    client.findings = vec![finding(0, 0, "dismiss_and_seal", "application")];
    client.findings[0]["presumes"] = json!([
        "cases[0].counts[0].amounts",
        "cases[0].counts[0].circumstances"
    ]);
    let asks = "or,inthealternative";
    assert!(!letters(paper(&client.packet(), PaperKind::Application)).contains(asks));
    client.besides = vec![(0, Relief::RedesignateMisdemeanor)];
    let packet = client.packet();
    let words = letters(paper(&packet, PaperKind::Application));
    assert!(words.contains(asks), "{words}");
    assert!(words.contains("redesignatedasamisdemeanor"), "{words}");
    // The cover tells the clinic that the worst is still nothing.
    let words = cover(&packet);
    assert!(
        words.contains("redesignationasamisdemeanor;atworst,noreliefonthiscount"),
        "{words}"
    );
    let mark = paper(&packet, PaperKind::Application).marks.iter();
    let mark = mark.clone().find(|mark| mark.what == "relief requested");
    assert!(
        mark.unwrap()
            .from
            .contains(&"findings[0].presumes".to_owned())
    );
}

#[test]
fn where_nobody_bears_a_burden_none_is_spoken_of() {
    let mut client = probation("PC 484(a)");
    client.findings[0]["mode"] = json!(null);
    client.findings[0]["presumes"] = json!(["cases[0].counts[0].sentence.violated"]);
    let packet = client.packet();
    let words = cover(&packet);
    assert!(!words.contains("atworst,norelief"), "{words}");
    assert!(words.contains("thecourtmaygrantitandneednot"), "{words}");
    let sheet = letters(paper(&packet, PaperKind::Client));
    assert!(!sheet.contains("Theothersidecantry"), "{sheet}");
    assert!(sheet.contains("Thejudgemaysayyesorno"), "{sheet}");
}

#[test]
fn an_unknown_code_a_number_twice_and_an_unknown_signer_are_not_ready() {
    let strange = probation("XX 1234(a)").packet();
    assert!(said(&strange, "“XX” is no code"), "{:?}", strange.why_not);

    let mut twice = probation("PC 484(a)");
    let same = twice.record["cases"][0].clone();
    twice.record["cases"].as_array_mut().unwrap().push(same);
    let mut second = twice.findings[0].clone();
    second["case"] = json!(1);
    twice.findings.push(second);
    assert!(said(&twice.packet(), "two cases of the record"));

    let mut left = probation("PC 484(a)");
    left.answers["elections"] = json!({"signer": {"as": "attorney", "name": "Somebody Who Left"}});
    let packet = left.packet();
    assert!(said(&packet, "Somebody Who Left"), "{:?}", packet.why_not);
    assert!(!said(&packet, "Nobody has said"), "{:?}", packet.why_not);
}
