//! Papers on forms that the office describes itself: a court's own, and one that the program knows by name only.

use std::path::Path;

use crate::blank::{self, LOCAL};
use crate::support::*;
use forms::{AddError, Library};
use packs::Packs;
use papers::{Packet, PaperKind};
use serde_json::json;

fn packs() -> &'static Packs {
    Packs::builtin().unwrap()
}

/// The folder with a description and the blank that it describes.
fn office(folder: &Path, description: &str) -> Library {
    let sheet = packs().form("own.toml", description.as_bytes()).unwrap();
    Library::describe(folder, description.as_bytes(), packs()).unwrap();
    let file = blank::revision(&sheet.number, &sheet.edition[0]);
    Library::add(folder, &file, packs()).unwrap();
    let library = Library::open(folder, packs()).unwrap();
    assert!(library.rejected().is_empty(), "{:?}", library.rejected());
    library
}

fn form(packet: &Packet) -> Option<&str> {
    let used = paper(packet, PaperKind::Application).form.as_ref();
    used.map(|form| form.number.as_str())
}

#[test]
fn a_local_form_goes_before_the_states_in_its_county_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    blank::library(folder.path(), &["CR-400"]);
    let library = office(folder.path(), LOCAL);
    let mut client = Client::new();
    let packet = client.packet_with(&library);
    assert_eq!(form(&packet), Some("LOC-7"));
    let application = paper(&packet, PaperKind::Application);
    let words = text(application);
    for value in ["Rosalind Ama Testperson", "05F01234"] {
        assert!(words.contains(value), "{value} in {words}");
    }
    let described = &application.form.as_ref().unwrap().described;
    assert_eq!(described, &Some(forms::sha256(LOCAL.as_bytes())));
    let cover = text(paper(&packet, PaperKind::Cover));
    assert!(cover.contains("own office's description"), "{cover}");
    assert!(!cover.contains("your own office describes"), "{cover}");
    // Ticked is what is asked for; what nobody was asked about is not.
    assert_eq!(ticked(&packet, PaperKind::Application).len(), 1);
    for mark in &application.marks {
        assert!(!mark.from.is_empty(), "{mark:?}");
    }
    client.record["cases"][0]["court"]["county"] = json!("Fresno");
    let elsewhere = client.packet_with(&library);
    assert_eq!(form(&elsewhere), Some("CR-400"));
    let cover = text(paper(&elsewhere, PaperKind::Cover));
    assert!(!cover.contains("own office's description"), "{cover}");
    client.record["cases"][0]["court"] = json!({"name": "A court nobody knows"});
    assert_eq!(form(&client.packet_with(&library)), Some("CR-400"));
}

#[test]
fn a_form_that_cannot_say_what_is_asked_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let other = LOCAL.replace("section HS 11360", "section HS 11357");
    let library = office(folder.path(), &other);
    let packet = Client::new().packet_with(&library);
    assert_eq!(form(&packet), None);
    let cover = text(paper(&packet, PaperKind::Cover));
    assert!(
        cover.contains("LOC-7: your own office describes"),
        "{cover}"
    );
    // The state's can.
    blank::library(folder.path(), &["CR-400"]);
    let library = Library::open(folder.path(), packs()).unwrap();
    assert_eq!(form(&Client::new().packet_with(&library)), Some("CR-400"));
}

#[test]
fn a_description_that_does_not_fit_its_blank_is_told_of() {
    let sheet = packs().form("own.toml", LOCAL.as_bytes()).unwrap();
    let file = blank::revision("LOC-7", &sheet.edition[0]);
    let swapped = LOCAL
        .replace(
            "\"Number\" = \"case.number\"",
            "\"Waives\" = \"case.number\"",
        )
        .replace("\"Waives\" = \"chosen", "\"Number\" = \"chosen");
    let misspelt = LOCAL.replace("\"Number\"", "\"Numbr\"");
    for description in [swapped, misspelt] {
        let folder = tempfile::tempdir().unwrap();
        Library::describe(folder.path(), description.as_bytes(), packs()).unwrap();
        Library::add(folder.path(), &file, packs()).unwrap();
        let library = Library::open(folder.path(), packs()).unwrap();
        assert!(!library.entries()[0].identity.missing.is_empty());
        let packet = Client::new().packet_with(&library);
        assert_eq!(form(&packet), None);
        assert!(!packet.ready && packet.why_not.join(" ").contains(".pdf"));
    }
}

#[test]
fn a_form_known_by_name_is_used_once_the_office_describes_it() {
    let juvenile = LOCAL
        .replace("LOC-7", "JV-744")
        .replace("2025-07-01", "2017-07-01")
        .replace("counties = [\"Sacramento\"]\n", "")
        .replace("paper = \"motion\"", "paper = \"motion\", juvenile = true");
    let folder = tempfile::tempdir().unwrap();
    let library = office(folder.path(), &juvenile);
    let mut client = Client::new().in_person();
    client.record["cases"][0]["juvenile"] = json!(true);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    client.record["cases"][0]["counts"][0]["offense_date"] = json!("1991-02-11");
    client.findings = vec![finding(0, 0, "redesignate_infraction", "application")];
    assert_eq!(form(&client.packet_with(&library)), Some("JV-744"));
    // An adult's application is another form.
    assert_eq!(form(&Client::new().packet_with(&library)), None);
}

#[test]
fn a_description_is_corrected_by_adding_it_again_and_a_broken_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path(), LOCAL);
    let corrected = LOCAL.replace("Local Application", "Local Petition");
    let replaced = Library::describe(folder.path(), corrected.as_bytes(), packs()).unwrap();
    assert_eq!(replaced, [forms::sha256(LOCAL.as_bytes())]);
    let library = Library::open(folder.path(), packs()).unwrap();
    assert!(library.describes("LOC-7") && library.rejected().is_empty());
    assert_eq!(library.files().count(), 2);

    let broken = LOCAL.replace("person.name", "person.nom");
    let refused = Library::describe(folder.path(), broken.as_bytes(), packs()).unwrap_err();
    assert!(matches!(refused, AddError::Description(_)), "{refused}");
    // Somebody put them there by hand.
    std::fs::write(folder.path().join("broken.toml"), broken).unwrap();
    std::fs::write(folder.path().join("twice.toml"), LOCAL).unwrap();
    let library = Library::open(folder.path(), packs()).unwrap();
    assert_eq!(library.rejected().len(), 2, "{:?}", library.rejected());
    let whys = library.rejected().iter().map(|one| one.why.to_string());
    let whys: Vec<String> = whys.collect();
    let used = format!(
        "in the file {}.toml too",
        forms::sha256(corrected.as_bytes())
    );
    assert!(
        whys[0].starts_with("broken.toml:14: the fact `person.nom`"),
        "{whys:?}"
    );
    assert!(whys[1].contains(&used), "{whys:?}");
    let packet = Client::new().packet_with(&library);
    assert!(!packet.ready);
    let why = packet.why_not.join(" ");
    assert!(why.contains("broken.toml"), "{why}");
}
