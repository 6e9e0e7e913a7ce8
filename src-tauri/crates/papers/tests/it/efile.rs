//! A packet made for e-filing: the papers themselves under names by rule, and a checklist that says what to upload where.

use crate::support::*;
use packs::Packs;
use papers::{Efiling, Packet, PaperKind, Problem, Recipient, efile};
use serde_json::json;

fn made(packet: &Packet) -> Efiling<'_> {
    efile(packet, Packs::builtin().unwrap()).unwrap()
}

fn checklist(made: &Efiling<'_>) -> String {
    letters(&made.checklist)
}

fn names<'e>(made: &'e Efiling<'_>) -> Vec<&'e str> {
    made.files.iter().map(|file| file.file.as_str()).collect()
}

/// A client in a county that takes papers through e-filing.
fn in_alameda() -> Client {
    let mut client = Client::new();
    client.record["cases"][0]["court"]["county"] = json!("Alameda");
    client
}

#[test]
fn every_paper_that_is_filed_is_one_file_with_its_own_bytes_and_nothing_else_is() {
    let mut client = in_alameda();
    client.answers["contact"]["large_print"] = json!(true);
    client.answers["declare"] = json!([{"case": 0, "count": 0, "text": "I was alone."}]);
    let packet = client.packet();
    let made = made(&packet);
    assert_eq!(
        names(&made),
        [
            "Alameda-05F01234/01-05F01234-petition.pdf",
            "Alameda-05F01234/02-05F01234-declaration.pdf",
            "Alameda-05F01234/03-05F01234-order.pdf",
            "Alameda-05F01234/04-05F01234-service.pdf",
        ]
    );
    let filed = packet.cases[0].papers.iter();
    let filed: Vec<_> = filed
        .filter(|paper| paper.recipient == Recipient::Court)
        .collect();
    for (file, paper) in made.files.iter().zip(&filed) {
        assert_eq!(file.paper.bytes, paper.bytes);
        assert_eq!(file.problems, [], "{}", file.file);
    }
    let said = checklist(&made);
    for paper in packet.files().map(|(_, _, paper)| paper) {
        let kept = paper.recipient != Recipient::Court;
        assert!(said.contains(&squeeze(&paper.title)), "{}", paper.title);
        assert_eq!(
            made.kept_back.contains(&paper.title.as_str()),
            kept,
            "{}",
            paper.title
        );
    }
    for words in [
        "Uploadthroughthecourt'se-filingservice",
        "25MB.Thatisthisprogram'sownfigureandnocourt's",
        "onlyafterserving,filledinandsignedbywhoeverserved",
        "goesupunsigned:thejudgesignsit",
        "Numberthatthee-filingservicegives:",
        "theclienttakesithome",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let page = paper(&packet, PaperKind::Application).signs[0].page;
    let signs = format!("tobesigned:OttolineExample,attorney,page{page}");
    assert!(said.contains(&signs), "{signs} in {said}");
    assert!(!said.contains("Notready"), "{said}");
    let manifest = made.manifest();
    assert!(manifest.ready);
    assert_eq!(manifest.papers.len(), made.files.len() + 1);
    for (entry, file) in manifest.papers.iter().zip(&made.files) {
        assert_eq!(entry.sha256, file.paper.sha256());
    }
}

#[test]
fn names_and_limit_are_the_clinics_where_it_says_them() {
    let mut client = in_alameda();
    client.record["cases"][0]["number"] = json!("M:123/4 (Ñ)");
    client.clinic["counties"] = json!([{
        "county": "Alameda", "confirmed": "2026-10-01",
        "upload": {"megabytes": 10, "name": "{family}_{number}_{paper}"},
    }]);
    let packet = client.packet();
    let efiled = made(&packet);
    let first = efiled.files.first().unwrap();
    assert!(
        first.file.ends_with("/Testperson_M-123-4_petition.pdf"),
        "{}",
        first.file
    );
    assert_eq!(first.limit, Some(10_000_000));
    let said = checklist(&efiled);
    assert!(
        said.contains("Largestfile:10MB,theclinic'ssetting,lastconfirmedOctober1,2026."),
        "{said}"
    );
    // A name without what tells files apart still gives each file its own.
    client.clinic["counties"][0]["upload"]["name"] = json!("{paper}");
    client.record["cases"][0]["counts"] = json!([count("HS 11360(a)"), count("HS 11358")]);
    client
        .findings
        .push(finding(0, 1, "resentence_misdemeanor", "petition"));
    let packet = client.packet();
    let efiled = made(&packet);
    let mut all = names(&efiled);
    assert!(all.len() > 4, "{all:?}");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), efiled.files.len());
}

#[test]
fn a_name_that_would_be_cut_gives_way_to_a_short_one() {
    let mut client = in_alameda();
    client.record["cases"][0]["number"] = json!("9".repeat(90));
    let packet = client.packet();
    let made = made(&packet);
    assert!(
        names(&made)[0].ends_with("/01-petition.pdf"),
        "{:?}",
        names(&made)
    );
}

#[test]
fn what_no_efiling_would_take_is_said_of_its_file() {
    let mut packet = in_alameda().packet();
    let case = &mut packet.cases[0];
    case.upload.limit = Some(1_000);
    // A form that was never flattened in the order's place, and an empty page in the proof's.
    let of = |kind| case.papers.iter().position(|paper| paper.kind == kind);
    let (order, service) = (of(PaperKind::Order), of(PaperKind::Service));
    case.papers[order.unwrap()].bytes = crate::blank::blank("CR-403");
    case.papers[service.unwrap()].bytes = {
        let mut binder = forms::Binder::new();
        binder.blank();
        binder.finish().unwrap().0
    };
    let made = made(&packet);
    let problems: Vec<_> = made.files.iter().map(|file| &*file.problems).collect();
    assert_eq!(
        problems,
        [
            &[Problem::Large][..],
            &[Problem::Large, Problem::Loose],
            &[Problem::Silent(vec![1])],
        ]
    );
    let said = checklist(&made);
    for words in [
        "TOOLARGE",
        "canstillbefilledinorchanged",
        "whosewordscannotbesearched:1",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(!made.manifest().ready);
}

#[test]
fn the_courts_own_form_goes_up_flat_and_searchable() {
    let folder = tempfile::tempdir().unwrap();
    let library = crate::blank::library(folder.path(), &["CR-400", "CR-403"]);
    let packet = in_alameda().packet_with(&library);
    let made = made(&packet);
    let forms: Vec<_> = made
        .files
        .iter()
        .filter(|file| file.paper.form.is_some())
        .collect();
    assert_eq!(forms.len(), 2);
    for file in &made.files {
        assert_eq!(file.problems, [], "{}", file.file);
    }
}

#[test]
fn what_is_not_ready_is_not_to_be_uploaded() {
    let mut client = in_alameda();
    client.clinic["attorneys"][0]["bar"] = json!(null);
    let packet = client.packet();
    let made = made(&packet);
    let said = checklist(&made);
    assert!(said.contains("Notready.Uploadnothing"), "{said}");
    assert!(said.contains("StateBarnumberismissing"), "{said}");
    assert!(!made.manifest().ready);
}

#[test]
fn a_court_that_takes_paper_says_so_and_the_same_packet_gives_the_same_bytes() {
    let packet = Client::shared();
    let one = made(packet);
    assert!(checklist(&one).contains("thiscourttakesitspapersonpaper.Asktheclerk"));
    assert_eq!(one.checklist.bytes, made(packet).checklist.bytes);
}
