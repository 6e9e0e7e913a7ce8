//! Which papers are made, what stands on them, and what does not.

use crate::support::*;
use papers::{PaperError, PaperKind};
use record::{FactPath, Record};
use serde_json::{Value, json};

#[test]
fn a_completed_case_gets_its_papers() {
    let packet = Client::shared();
    assert_eq!(
        kinds(packet),
        ["cover", "application", "order", "service", "client"]
    );
    let files: Vec<String> = packet.files().map(|(file, ..)| file).collect();
    assert_eq!(
        files,
        [
            "Sacramento-05F01234/cover.pdf",
            "Sacramento-05F01234/petition.pdf",
            "Sacramento-05F01234/order.pdf",
            "Sacramento-05F01234/service.pdf",
            "signing.pdf",
            "labels.pdf",
            "client-en.pdf",
        ]
    );
    assert!(packet.ready, "{:?}", packet.why_not);
}

#[test]
fn the_application_reads_as_approved() {
    let packet = Client::shared();
    insta::assert_snapshot!(text(paper(packet, PaperKind::Application)));
}

#[test]
fn the_order_reads_as_approved() {
    let packet = Client::shared();
    insta::assert_snapshot!(text(paper(packet, PaperKind::Order)));
}

#[test]
fn the_proof_of_service_reads_as_approved() {
    let packet = Client::shared();
    insta::assert_snapshot!(text(paper(packet, PaperKind::Service)));
}

#[test]
fn the_cover_reads_as_approved() {
    let packet = Client::shared();
    insta::assert_snapshot!(text(paper(packet, PaperKind::Cover)));
}

#[test]
fn the_cover_says_how_many_lines_of_the_sheet_were_not_understood() {
    let mut client = Client::new();
    client.record["reading"] = json!({
        "share": "0.9", "engine": "text",
        "unread": [{"page": 1, "line": 4, "text": "?"}, {"page": 2, "line": 9, "text": "?"}]
    });
    let cover = squeeze(&text(paper(&client.packet(), PaperKind::Cover)));
    assert!(cover.contains(&squeeze("not understood: 2.")), "{cover}");
}

#[test]
fn the_client_sheet_reads_as_approved() {
    let packet = Client::shared();
    insta::assert_snapshot!(text(&packet.client));
    let mut spanish = Client::new();
    spanish.answers["contact"]["language"] = json!("es");
    let packet = spanish.packet();
    assert_eq!(packet.client.file, "client-es.pdf");
    insta::assert_snapshot!("the_client_sheet_in_spanish", text(&packet.client));
}

#[test]
fn a_client_still_serving_gets_a_petition() {
    let mut client = Client::new().in_person();
    client.findings = vec![finding(0, 0, "resentence_misdemeanor", "petition")];
    let packet = client.packet();
    assert_eq!(
        kinds(&packet),
        ["cover", "petition", "order", "service", "client"]
    );
    insta::assert_snapshot!(text(paper(&packet, PaperKind::Petition)));
}

#[test]
fn counts_of_one_case_share_one_paper() {
    let mut client = Client::new();
    client.record["cases"][0]["counts"] =
        json!([count("HS 11357(b)"), count("HS 11359"), count("HS 11358")]);
    client.findings = vec![
        finding(0, 0, "dismiss_and_seal", "application"),
        finding(0, 1, "redesignate_misdemeanor", "application"),
        finding(0, 2, "redesignate_misdemeanor", "application"),
    ];
    let packet = client.packet();
    assert_eq!(packet.cases.len(), 1);
    let read = letters(paper(&packet, PaperKind::Application));
    for says in [
        "as to conviction (1), that it be dismissed",
        "as to convictions (2) and (3), that each be redesignated as a misdemeanor",
    ] {
        assert!(read.contains(&squeeze(says)), "{says}");
    }
}

#[test]
fn one_case_with_both_standings_gets_both_papers() {
    let mut client = Client::new();
    client.record["cases"][0]["counts"] = json!([count("HS 11357(b)"), count("HS 11359")]);
    client.findings = vec![
        finding(0, 0, "dismiss_and_seal", "application"),
        finding(0, 1, "resentence_misdemeanor", "petition"),
    ];
    let packet = client.packet();
    let files: Vec<&str> = packet.cases[0]
        .papers
        .iter()
        .map(|p| p.file.as_str())
        .collect();
    assert_eq!(
        files,
        [
            "cover.pdf",
            "petition.pdf",
            "order.pdf",
            "service.pdf",
            "petition-2.pdf",
            "order-2.pdf",
            "service-2.pdf",
        ]
    );
}

#[test]
fn every_case_has_its_own_folder() {
    let mut client = Client::new();
    let cases = ["1/2", "1-2", ".."].map(|number| case(number, "Kern", vec![count("HS 11359")]));
    client.record["cases"] = json!(cases);
    client.findings = (0..3)
        .map(|k| finding(k, 0, "redesignate_misdemeanor", "application"))
        .collect();
    let packet = client.packet();
    let folders: Vec<&str> = packet.cases.iter().map(|c| c.folder.as_str()).collect();
    assert_eq!(folders, ["Kern-1-2", "Kern-1-2-2", "Kern"]);
}

#[test]
fn no_filing_paper_while_the_standing_is_unknown() {
    let mut client = Client::new();
    client.findings[0]["path"] = Value::Null;
    client.findings[0]["questions"] =
        json!([{"fact": "now.supervised", "ask": "Is the client on probation?", "where": "ask"}]);
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["client"]);
    assert!(!packet.ready);
    assert!(
        packet.why_not[0].contains("complete or still running"),
        "{:?}",
        packet.why_not
    );
    assert!(
        letters(&packet.client).contains(&squeeze("We need to know if your sentence is over."))
    );
}

#[test]
fn counts_that_are_not_open_are_named_but_not_filed() {
    for (status, plain) in [
        ("needs_facts", "We need to know more first."),
        ("needs_attorney", "A lawyer has to look at this first."),
        ("not_eligible", "This law does not help here."),
        ("already_granted", "The court did this before."),
    ] {
        let mut client = Client::new();
        client.record["cases"][0]["counts"] = json!([count("HS 11360(a)"), count("PC 32")]);
        let mut other = finding(0, 1, "dismiss_and_seal", "application");
        other["status"] = json!(status);
        other["relief"] = Value::Null;
        other["path"] = Value::Null;
        client.findings.push(other);
        let packet = client.packet();
        let filed = letters(paper(&packet, PaperKind::Application));
        assert!(
            !filed.contains(&squeeze("Penal Code section 32")),
            "{status}"
        );
        assert!(
            letters(paper(&packet, PaperKind::Cover)).contains("PC32"),
            "{status}"
        );
        assert!(
            letters(&packet.client).contains(&squeeze(plain)),
            "{status}"
        );
    }
}

#[test]
fn nothing_is_filed_for_a_person_not_known_to_be_a_citizen() {
    for citizenship in [Value::Null, json!("noncitizen")] {
        let mut client = Client::new();
        client.record["person"]["citizenship"] = citizenship;
        let packet = client.packet();
        assert_eq!(kinds(&packet), ["client"]);
        assert!(!packet.ready);
        assert!(packet.why_not[0].contains("immigration"));
        assert!(letters(&packet.client).contains(&squeeze("Please wait: no court papers yet")));

        for empty in ["", "  \u{a0} "] {
            client.answers["immigration"] =
                json!({"by": "A. Lee, SBN 123456", "on": "2026-11-21", "reason": empty});
            assert_eq!(
                kinds(&client.packet()),
                ["client"],
                "a reason of blanks clears nothing"
            );
        }
        client.answers["immigration"] =
            json!({"by": "A. Lee, SBN 123456", "on": "2026-11-22", "reason": "Naturalized."});
        assert_eq!(
            kinds(&client.packet()),
            ["client"],
            "nor does one of a later day"
        );
        client.answers["immigration"]["on"] = json!("2026-11-21");
        let packet = client.packet();
        assert!(packet.ready && packet.cases.len() == 1);
        let cover = letters(paper(&packet, PaperKind::Cover));
        assert!(cover.contains(&squeeze(
            "cleared by A. Lee, SBN 123456 on November 21, 2026"
        )));
        for (_, _, paper) in packet.files() {
            assert!(
                !letters(paper).contains("Naturalized"),
                "the reason stands on no paper"
            );
        }
    }
}

#[test]
fn nothing_to_file_is_not_ready() {
    let mut client = Client::new();
    client.findings.clear();
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["client"]);
    assert!(!packet.ready && packet.why_not.len() == 1);
}

#[test]
fn a_county_that_no_table_knows_and_a_death_are_named_before_anyone_files() {
    let mut client = Client::new();
    client.record["cases"][0]["court"]["county"] = json!("Clark");
    client.record["person"]["died"] = json!("2020");
    let packet = client.packet();
    assert!(!packet.ready);
    assert_eq!(packet.why_not.len(), 2, "{:?}", packet.why_not);
    assert!(packet.why_not[0].contains("Clark is not a county"));
    assert!(packet.why_not[1].contains("having died"));
}

#[test]
fn what_was_not_asked_is_not_on_the_paper() {
    let filed = letters(paper(Client::shared(), PaperKind::Application));
    for word in ["waive", "givesup", "appearinperson", "CHOICES"] {
        assert!(!filed.contains(word), "{word}");
    }
    let mut asked = Client::new();
    asked.answers["elections"] = json!({"waive_original_judge": true, "waive_appearance": false});
    let packet = asked.packet();
    let paper = paper(&packet, PaperKind::Application);
    let filed = letters(paper);
    assert!(filed.contains(&squeeze(
        "gives up the right to have this application decided"
    )));
    assert!(filed.contains(&squeeze(
        "Applicant does not give up the right to appear in person"
    )));
    assert!(!filed.contains(&squeeze("gives up the right to appear")));
    let from: Vec<&str> = paper
        .marks
        .iter()
        .flat_map(|m| &m.from)
        .map(String::as_str)
        .collect();
    assert!(from.contains(&"answers.elections.waive_original_judge"));
    assert!(
        paper
            .blanks
            .iter()
            .all(|blank| !blank.what.contains("judge"))
    );
}

#[test]
fn a_declaration_holds_the_clients_words_and_only_when_chosen() {
    let mut client = Client::new();
    assert!(!kinds(Client::shared()).contains(&"declaration"));
    let said = "I was carrying <one> bag for #myself, 5 * 5 {grams} & no more.\n\nI was 29.";
    client.answers["declare"] = json!([{"case": 0, "count": 0, "text": said}]);
    let packet = client.packet();
    let declaration = paper(&packet, PaperKind::Declaration);
    assert!(letters(declaration).contains(&squeeze(said)));
    insta::assert_snapshot!(text(declaration));
    // About a count that has no paper: not printed, and the cover says so.
    client.answers["declare"] = json!([{"case": 0, "count": 7, "text": said}]);
    let packet = client.packet();
    assert!(!kinds(&packet).contains(&"declaration"));
    assert!(letters(paper(&packet, PaperKind::Cover)).contains(&squeeze("it is not printed")));
}

#[test]
fn words_of_another_language_stand_beside_their_translation_and_the_interpreter_swears() {
    let mut client = Client::new();
    client.answers["declare"] = json!([{
        "case": 0, "count": 0, "language": "Spanish",
        "text": "Yo estaba solo.\nNadie compró nada.", "english": "I was alone.\nNobody bought anything.",
    }]);
    let packet = client.packet();
    assert!(packet.ready, "{:?}", packet.why_not);
    let declaration = paper(&packet, PaperKind::Declaration);
    let said = text(declaration);
    for (own, english) in [
        ("Yo estaba solo.", "I was alone."),
        ("Nadie compró nada.", "Nobody bought anything."),
    ] {
        let line = said.lines().find(|line| line.contains(own)).unwrap();
        assert!(line.contains(english), "{line}");
    }
    let read = letters(declaration);
    assert!(read.contains("DECLARATIONOFINTERPRETER"), "{read}");
    assert!(read.contains("IknowSpanishandEnglish"), "{read}");
    let signers: Vec<_> = declaration.signs.iter().map(|sign| sign.by).collect();
    assert_eq!(
        signers,
        [
            packs::forms::SignedBy::Client,
            packs::forms::SignedBy::Interpreter
        ]
    );
    // Whether it was read aloud is the interpreter's to mark.
    assert!(read.contains('☐') && !read.contains('☒'), "{read}");
    let blanks: Vec<&str> = declaration.blanks.iter().map(|b| b.what.as_str()).collect();
    assert!(
        blanks.iter().any(|what| what.starts_with("Interpreter")),
        "{blanks:?}"
    );

    // Line stands beside line, also where one is empty; and an interpreter swears to the whole of it, or to nothing.
    let whole = client.answers["declare"][0]["english"].clone();
    client.answers["declare"][0]["english"] = json!("\nNobody bought anything.");
    let packet = client.packet();
    let declaration = paper(&packet, PaperKind::Declaration);
    let said = text(declaration);
    let line = said.lines().find(|line| line.contains("Nadie"));
    assert!(line.unwrap().contains("Nobody bought"), "{said}");
    assert!(!letters(declaration).contains("DECLARATIONOFINTERPRETER"));
    let untold = |why: &String| why.contains("no English translation");
    assert!(packet.why_not.iter().any(untold), "{:?}", packet.why_not);
    client.answers["declare"][0]["english"] = whole;

    // Words that a court cannot read are not ready; English words need nobody.
    client.answers["declare"][0]["english"] = json!("  ");
    let packet = client.packet();
    assert!(
        packet
            .why_not
            .iter()
            .any(|why| why.contains("no English translation"))
    );
    client.answers["declare"][0] = json!({"case": 0, "count": 0, "text": "I was alone."});
    let said = letters(paper(&client.packet(), PaperKind::Declaration));
    assert!(!said.contains("INTERPRETER"), "{said}");
}

#[test]
fn a_declaration_with_a_social_security_number_is_not_ready() {
    let mut client = Client::new();
    let mut ready = |said: &str| {
        client.answers["declare"] = json!([{"case": 0, "count": 0, "text": said}]);
        client.packet().ready
    };
    assert!(!ready("My number is 123-45-6789, if that helps."));
    assert!(!ready("Number 123 45 6789."));
    assert!(ready(
        "Call (510) 555-0142 about case 123-45-67890 or 2005-06-01."
    ));
}

#[test]
fn filed_papers_carry_no_birth_date_number_day_or_mark_of_ours() {
    let packet = Client::shared();
    for paper in packet.cases[0]
        .papers
        .iter()
        .filter(|p| p.kind != PaperKind::Cover)
    {
        let read = letters(paper);
        for never in [
            "1975",
            "4417",
            "A99000015",
            "2026",
            "UNVERIFIED",
            "unverified",
            "CR-400",
        ] {
            assert!(!read.contains(never), "{never} on {:?}", paper.kind);
        }
        // A date, a signature, a judge's or a server's mark: each is a line to write on.
        assert!(!read.contains('☑') && !read.contains('☒'));
    }
    let cover = letters(paper(packet, PaperKind::Cover));
    assert!(cover.contains("UNVERIFIED") && cover.contains(&squeeze("as of November 21, 2026")));
}

#[test]
fn the_client_sheet_promises_nothing() {
    let sheet = letters(&Client::shared().client);
    assert!(sheet.contains(&squeeze("We ask the court to")));
    assert!(sheet.contains(&squeeze("nothing is promised")));
    assert!(!sheet.to_lowercase().contains("youget"));
    for real in ["05F01234", "Sacramento", "(510)555-0142"] {
        assert!(sheet.contains(real), "{real}");
    }
}

#[test]
fn every_mark_comes_from_a_fact_that_exists() {
    let mut client = Client::new();
    client.answers["declare"] = json!([{"case": 0, "count": 0, "text": "It was for me."}]);
    client.record["cases"][0]["prosecutor"] = json!("Sacramento County District Attorney");
    let record = Record::from_json(&client.record.to_string()).unwrap();
    let all = json!({
        "clinic": client.clinic,
        "answers": client.answers,
        "findings": client.findings,
    });
    let packet = client.packet();
    for paper in packet.cases[0]
        .papers
        .iter()
        .filter(|p| p.kind != PaperKind::Cover)
    {
        assert!(!paper.marks.is_empty());
        let read = letters(paper);
        for mark in &paper.marks {
            assert!(
                read.contains(&squeeze(&mark.value)),
                "{mark:?} on {:?}",
                paper.kind
            );
            for path in &mark.from {
                let own = ["clinic.", "answers.", "findings["]
                    .iter()
                    .any(|p| path.starts_with(p));
                let found = if own {
                    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
                    all.pointer(&pointer).is_some_and(|value| !value.is_null())
                } else {
                    record.fact(&FactPath::from(path.as_str())).is_some()
                };
                assert!(found, "no fact at {path}");
            }
        }
    }
}

#[test]
fn what_a_clerk_needs_and_nobody_said_is_blank_and_named() {
    let mut client = Client::new();
    client.record["cases"][0]["number"] = Value::Null;
    client.record["cases"][0]["court"]["county"] = Value::Null;
    client.clinic["address"] = json!([]);
    client.clinic["attorneys"][0]["bar"] = Value::Null;
    let packet = client.packet();
    assert!(!packet.ready);
    assert_eq!(packet.why_not.len(), 4, "{:?}", packet.why_not);
    assert_eq!(packet.cases[0].folder, "unknown-case-1");
    let application = paper(&packet, PaperKind::Application);
    let blank: Vec<&str> = application.blanks.iter().map(|b| b.what.as_str()).collect();
    for what in ["Case number", "County", "State Bar number"] {
        assert!(blank.contains(&what), "{what}");
    }
}

#[test]
fn a_juvenile_case_has_its_own_caption_and_the_court_serves() {
    let mut client = Client::new().in_person();
    client.record["cases"][0]["juvenile"] = json!(true);
    client.record["cases"][0]["counts"][0]["disposition"]["kind"] = json!("adjudicated");
    client.record["cases"][0]["counts"][0]["offense_date"] = json!("1991-02-11");
    client.findings = vec![finding(0, 0, "redesignate_infraction", "application")];
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["cover", "application", "order", "client"]);
    insta::assert_snapshot!(text(paper(&packet, PaperKind::Application)));
}

#[test]
fn a_made_up_conviction_of_every_kind_finds_its_words() {
    let reliefs = [
        (
            "application",
            [
                "dismiss_and_seal",
                "redesignate_misdemeanor",
                "redesignate_infraction",
            ],
        ),
        (
            "petition",
            [
                "recall_and_dismiss",
                "resentence_misdemeanor",
                "resentence_infraction",
            ],
        ),
    ];
    for juvenile in [false, true] {
        for (path, reliefs) in reliefs {
            let mut client = Client::new();
            client.record["cases"][0]["juvenile"] = json!(juvenile);
            let section = ["HS 11357(b)", "PC 664", "VC 23222(b)", "HS 11360(a)"];
            client.record["cases"][0]["counts"] = json!(section.map(count));
            client.record["cases"][0]["counts"][1]["target"] = json!("HS 11359");
            client.record["cases"][0]["counts"][2]["attempt"] = json!(true);
            client.record["cases"][0]["counts"][3]["offense_date"] = json!("2004");
            client.findings = reliefs
                .iter()
                .enumerate()
                .map(|(c, relief)| finding(0, c, relief, path))
                .collect();
            let mut last = finding(0, 3, reliefs[0], path);
            last["fallback"] = json!(reliefs[2]);
            client.findings.push(last);
            let packet = client.packet();
            assert!(packet.ready, "{:?}", packet.why_not);
        }
    }
}

#[test]
fn a_relief_without_words_is_said_and_not_filed() {
    let mut client = Client::new();
    client.findings = vec![finding(0, 0, "pardon", "application")];
    let packet = client.packet();
    assert_eq!(kinds(&packet), ["client"]);
    assert!(
        packet.why_not[0].contains("no words"),
        "{:?}",
        packet.why_not
    );
}

#[test]
fn findings_of_another_record_are_refused() {
    let mut client = Client::new();
    client.findings = vec![finding(3, 0, "dismiss_and_seal", "application")];
    assert_eq!(client.prepare().unwrap_err(), PaperError::Mismatch);
}

#[test]
fn letters_for_two_clients_share_no_name() {
    let first = Client::shared();
    let mut other = Client::new().named("Bartholomew", "Quincy", "Elsewhere");
    other.record["cases"][0] = case("99Z98765", "Modoc", vec![count("HS 11358")]);
    other.clinic["name"] = json!("Other Clinic");
    other.clinic["address"] = json!(["9 Other Road", "Alturas, California 96101"]);
    let second = other.packet();
    let own = [
        "Rosalind",
        "ROSALIND",
        "Testperson",
        "05F01234",
        "Sacramento",
        "SACRAMENTO",
    ];
    for (_, _, paper) in second.files() {
        let read = letters(paper);
        assert!(
            own.iter().all(|name| !read.contains(name)),
            "{:?}",
            paper.kind
        );
    }
    assert!(letters(paper(first, PaperKind::Application)).contains("ROSALIND"));
}

#[test]
fn the_manifest_tells_each_file() {
    let packet = Client::shared();
    let manifest = serde_json::to_value(packet.manifest()).unwrap();
    assert_eq!(manifest["ready"], json!(true));
    assert_eq!(manifest["as_of"], json!("2026-11-21"));
    let entry = &manifest["papers"][1];
    assert_eq!(entry["file"], json!("Sacramento-05F01234/petition.pdf"));
    assert_eq!(entry["kind"], json!("application"));
    assert_eq!(entry["recipient"], json!("court"));
    assert_eq!(entry["sha256"].as_str().unwrap().len(), 64);
    assert!(
        entry["blank"]
            .as_array()
            .unwrap()
            .iter()
            .any(|b| b["what"] == "Signature and date")
    );
}
