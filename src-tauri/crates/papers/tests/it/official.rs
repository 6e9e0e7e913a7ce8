//! Papers on the court's own forms: on blanks that the test makes with the fields that the pack describes.

use crate::blank::{self, library};
use crate::support::*;
use forms::Library;
use packs::Packs;
use packs::forms::SignedBy;
use papers::{Holder, PaperKind, Request, prepare};
use serde_json::json;

#[test]
fn the_courts_forms_are_used_where_the_office_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let all = library(folder.path(), &["CR-400", "CR-401", "CR-403"]);
    assert_eq!((all.entries().len(), all.rejected().len()), (3, 0));
    let mut client = Client::new();
    client.clinic["address"] = json!(["100 Harbor Street, Suite 7", "Oakland, CA 94612"]);
    let made = client.packet_with(&all);
    let application = paper(&made, PaperKind::Application);
    assert_eq!(
        application.form.as_ref().map(|form| form.number.as_str()),
        Some("CR-400")
    );
    assert_eq!(
        paper(&made, PaperKind::Order)
            .form
            .as_ref()
            .map(|form| form.number.as_str()),
        Some("CR-403")
    );
    assert_eq!(
        paper(&made, PaperKind::Service).form,
        None,
        "probation is served too: two persons do not fit the form"
    );
    let words = text(application);
    for value in [
        "Rosalind Ama Testperson",
        "05F01234",
        "Ottoline Example",
        "999001",
        "Oakland",
        "94612",
        "Sacramento",
    ] {
        assert!(words.contains(value), "{value} in {words}");
    }
    for mark in &application.marks {
        assert!(mark.value == "X" || words.contains(&mark.value), "{mark:?}");
        assert!(!mark.from.is_empty());
    }
    let boxes = ticked(&made, PaperKind::Application);
    assert_eq!(
        boxes.len(),
        3,
        "the title, one section, the path: {boxes:?}"
    );
    let waivers = boxes
        .iter()
        .filter(|label| label.contains("LI3") || label.contains("LI4"));
    assert_eq!(waivers.count(), 0, "nobody was asked");
    assert!(
        application
            .blanks
            .iter()
            .any(|blank| blank.what == "Signature and date")
    );
    assert!(
        ticked(&made, PaperKind::Order).is_empty(),
        "the judge marks the order"
    );
    let cover = text(paper(&made, PaperKind::Cover));
    assert!(!cover.contains("in place of the official forms"), "{cover}");
    assert!(made.ready, "{:?}", made.why_not);
    let again = client.packet_with(&all);
    assert_eq!(
        application.bytes,
        paper(&again, PaperKind::Application).bytes
    );
}

#[test]
fn a_waiver_is_ticked_only_when_the_client_chose_it() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path(), &["CR-400"]);
    for (given, count) in [(json!(null), 3), (json!(false), 3), (json!(true), 4)] {
        let mut client = Client::new();
        client.answers["elections"] = json!({"waive_appearance": given});
        let boxes = ticked(&client.packet_with(&library), PaperKind::Application);
        assert_eq!(boxes.len(), count, "{given}: {boxes:?}");
    }
}

#[test]
fn ours_stands_where_the_form_cannot_say_it_or_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path(), &["CR-400"]);
    let mut attempt = Client::new();
    attempt.record["cases"][0]["counts"][0]["attempt"] = json!(true);
    let mut practice = Client::new();
    practice.training = true;
    for client in [attempt, practice] {
        let made = client.packet_with(&library);
        assert_eq!(paper(&made, PaperKind::Application).form, None);
        assert!(
            text(paper(&made, PaperKind::Cover)).contains("CR-400"),
            "the cover says that ours stands for it"
        );
    }
}

#[test]
fn a_form_without_room_for_convictions_gets_a_page_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let all = library(folder.path(), &["CR-400", "CR-401", "CR-403"]);
    let mut client = Client::new();
    client.record["cases"][0]["counts"] = json!([count("HS 11360(a)"), count("HS 11358")]);
    client
        .findings
        .push(finding(0, 1, "redesignate_misdemeanor", "application"));
    let packet = client.packet_with(&all);
    let petition = paper(&packet, PaperKind::Application);
    assert_eq!(petition.form.as_ref().unwrap().number, "CR-400");
    let words = letters(petition);
    for part in [
        "CONTINUATIONPAGEOFCR-400",
        "Items1and2:theconvictionsinthiscase",
        "(1)HealthandSafetyCodesection11360,subdivision(a),afelony;dateofoffenseFebruary11,2005;dateofconvictionJune1,2005.",
        "Askedfor:dismissalandsealing.Inthealternative,shouldtheopposingpartycarryitsburden:redesignationasamisdemeanor.",
        "(2)HealthandSafetyCodesection11358",
        "Askedfor:redesignationasamisdemeanor.",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    // The order is the judge's: only its caption is ours.
    assert!(!letters(paper(&packet, PaperKind::Order)).contains("CONTINUATION"));
}

#[test]
fn what_has_no_room_stands_on_the_courts_attachment_where_the_office_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let all = library(folder.path(), &["CR-400", "MC-025"]);
    let packet = Client::new().packet_with(&all);
    let petition = paper(&packet, PaperKind::Application);
    let form = petition.form.as_ref().unwrap();
    let numbers: Vec<&str> = form.all().map(|form| form.number.as_str()).collect();
    assert_eq!(numbers, ["CR-400", "MC-025"]);
    assert_eq!(petition.pages, 2);
    let words = letters(petition);
    for part in [
        "Peoplev.RosalindAmaTestperson",
        "1.Items1and2:theconvictionsinthiscase,andwhatisaskedforeach(page1oftheform)",
        "HealthandSafetyCodesection11360,subdivision(a),afelony",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(!words.contains("CONTINUATION"), "{words}");
    // Its caption is traced to the record as every mark is.
    let caption = petition
        .marks
        .iter()
        .find(|mark| mark.value.starts_with("People v."));
    assert!(
        caption
            .unwrap()
            .from
            .iter()
            .any(|from| from.starts_with("person.name"))
    );
    // The order needs no more room than it has.
    let order = paper(&packet, PaperKind::Order);
    assert!(
        order
            .marks
            .iter()
            .all(|mark| !mark.value.starts_with("People v."))
    );
    let again = Client::new().packet_with(&all);
    assert_eq!(petition.bytes, paper(&again, PaperKind::Application).bytes);
}

#[test]
fn a_declaration_goes_on_the_courts_form_where_it_belongs_to_one_and_has_room() {
    let folder = tempfile::tempdir().unwrap();
    let all = library(folder.path(), &["CR-400", "MC-031"]);
    let said = "I was carrying one bag for myself.\nI was 29.";
    let declare = |text: &str, more: serde_json::Value| {
        let mut client = Client::new();
        client.answers["declare"] = json!([{"case": 0, "count": 0, "text": text}]);
        if let (Some(declare), Some(more)) = (
            client.answers["declare"][0].as_object_mut(),
            more.as_object(),
        ) {
            declare.extend(more.clone());
        }
        client
    };
    let packet = declare(said, json!({})).packet_with(&all);
    let declaration = paper(&packet, PaperKind::Declaration);
    assert_eq!(declaration.form.as_ref().unwrap().number, "MC-031");
    let words = letters(declaration);
    for part in [
        "I,RosalindAmaTestperson,declare:",
        "1.AboutHealthandSafetyCodesection11360",
        "Iwascarryingonebagformyself.",
        "Iwas29.",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let own = declaration
        .marks
        .iter()
        .find(|mark| mark.value.contains("one bag"));
    assert!(
        own.unwrap()
            .from
            .contains(&"answers.declare[0].text".to_owned())
    );
    let signers: Vec<_> = declaration.signs.iter().map(|sign| sign.by).collect();
    assert_eq!(signers, [packs::forms::SignedBy::Client]);
    assert!(
        ticked(&packet, PaperKind::Declaration).is_empty(),
        "nobody was asked in what capacity"
    );
    // More than it has room for, words with a translation, or a petition that is no form: a paper of ours holds it all.
    let long = "I have worked and studied since. ".repeat(400);
    let spanish =
        json!({"language": "Spanish", "english": "I was carrying one bag for myself.\nI was 29."});
    let no_petition_form = tempfile::tempdir().unwrap();
    let only = library(no_petition_form.path(), &["MC-031"]);
    for (client, library) in [
        (declare(&long, json!({})), &all),
        (declare(said, spanish), &all),
        (declare(said, json!({})), &only),
    ] {
        let packet = client.packet_with(library);
        let declaration = paper(&packet, PaperKind::Declaration);
        assert_eq!(declaration.form, None);
        let told = client.answers["declare"][0]["text"].as_str().unwrap();
        assert!(letters(declaration).contains(&squeeze(told.lines().next().unwrap())));
    }
}

#[test]
fn an_older_revision_is_used_and_the_cover_says_that_there_is_a_newer_one() {
    let sheet = crate::blank::sheet("CR-400");
    let (old, new) = (&sheet.edition[0], sheet.edition.last().unwrap());
    assert!(old.date < new.date);
    let folder = tempfile::tempdir().unwrap();
    let add = |edition| {
        let bytes = crate::blank::revision("CR-400", edition);
        forms::Library::add(folder.path(), &bytes, Packs::builtin().unwrap()).unwrap();
        forms::Library::open(folder.path(), Packs::builtin().unwrap()).unwrap()
    };
    let why = "CR-400ofJuly1,2017;thereisoneofJanuary1,2024";
    let packet = Client::new().packet_with(&add(old));
    let form = paper(&packet, PaperKind::Application).form.clone().unwrap();
    assert_eq!((form.revision, form.newer), (old.date, Some(new.date)));
    assert!(
        packet.ready,
        "it warns and does not block: {:?}",
        packet.why_not
    );
    let cover = letters(paper(&packet, PaperKind::Cover));
    assert!(cover.contains(why), "{cover}");
    // With the newest beside it, that one is used and nothing is said.
    let packet = Client::new().packet_with(&add(new));
    let form = paper(&packet, PaperKind::Application).form.clone().unwrap();
    assert_eq!((form.revision, form.newer), (new.date, None));
    let cover = letters(paper(&packet, PaperKind::Cover));
    assert!(!cover.contains("newestrevision:"), "{cover}");
}

#[test]
fn a_way_with_a_fee_carries_the_courts_form_to_be_let_off_and_no_other_does() {
    let packs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/us-ca");
    let made_up = tempfile::tempdir().unwrap();
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .args([&packs, made_up.path()])
        .status();
    assert!(copied.unwrap().success());
    let route = made_up.path().join("us-ca/routes/prop-64.toml");
    let rules = std::fs::read_to_string(&route).unwrap();
    let no_fee = "fee = \"no-fee\"";
    let fee = "fee = \"fee-ask\"\nfee_form = \"FW-001\"";
    assert!(rules.contains(no_fee));
    std::fs::write(&route, rules.replace(no_fee, fee)).unwrap();
    let with_fee = Packs::load(&made_up.path().join("us-ca")).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let sheet = blank::sheet("FW-001");
    let described = sheet.edition.iter().find(|one| one.mapped()).unwrap();
    let file = blank::revision("FW-001", described);
    Library::add(folder.path(), &file, Packs::builtin().unwrap()).unwrap();
    let library = Library::open(folder.path(), Packs::builtin().unwrap()).unwrap();
    let client = Client::new();
    let asks = client.asks();
    let made = |packs, library| {
        let request = Request {
            packs,
            library,
            ..asks.request()
        };
        prepare(&request).unwrap()
    };
    let packet = made(&with_fee, Some(&library));
    let fee = paper(&packet, PaperKind::CourtFee);
    let used = fee.form.as_ref().map(|form| form.number.as_str());
    assert_eq!((used, fee.file.as_str()), (Some("FW-001"), "fee.pdf"));
    let words = text(fee);
    for value in ["Rosalind Ama Testperson", "05F01234"] {
        assert!(words.contains(value), "{value} in {words}");
    }
    // Nothing about money, and nothing that is sworn, is on it.
    assert!(ticked(&packet, PaperKind::CourtFee).is_empty());
    let known = ["person.name", "answers.contact.", "cases[0].", "clinic."];
    for path in fee.marks.iter().flat_map(|mark| &mark.from) {
        assert!(known.iter().any(|start| path.starts_with(start)), "{path}");
    }
    let sworn = |blank: &papers::Blank| blank.why.contains("sworn by the client");
    assert!(fee.blanks.iter().any(sworn), "{:?}", fee.blanks);
    let signs: Vec<_> = fee.signs.iter().map(|sign| sign.by).collect();
    assert_eq!(signs, [SignedBy::Client]);
    let cover = letters(paper(&packet, PaperKind::Cover));
    let only = squeeze("file it only if the client wants that");
    assert!(cover.contains(&only), "{cover}");
    // The court gets it, and nobody is served with it.
    let case = &packet.cases[0];
    let mut kinds_of_case = case.papers.iter().map(|one| one.kind);
    let place = kinds_of_case.position(|kind| kind == PaperKind::CourtFee);
    let place = place.unwrap();
    let holders: Vec<_> = case
        .sets
        .iter()
        .filter(|set| set.papers.contains(&place))
        .map(|set| set.to)
        .collect();
    assert_eq!(holders, [Holder::Court, Holder::Client, Holder::File]);
    let service = letters(paper(&packet, PaperKind::Service));
    assert!(!service.contains("FW-001"), "{service}");

    // Without a blank of it the cover says where to get it; without a fee nothing is said at all.
    let packet = made(&with_fee, None);
    assert!(!kinds(&packet).contains(&"court_fee"));
    let cover = letters(paper(&packet, PaperKind::Cover));
    let get = squeeze("the court's form FW-001, and there is no blank of it here");
    assert!(cover.contains(&get), "{cover}");
    let packet = made(Packs::builtin().unwrap(), Some(&library));
    assert!(!kinds(&packet).contains(&"court_fee"));
    assert!(!letters(paper(&packet, PaperKind::Cover)).contains("FW-001"));
}
