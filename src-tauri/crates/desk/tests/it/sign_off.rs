//! An attorney's sign-off holds for the very bytes, ends with the first edit, and is asked for before anything leaves.

use std::path::Path;

use crate::support::NOW;
use desk::view::{
    Add, AddNote, Answer, BeginBulk, Bytes, ClientId, Elect, Giver, LeftOutWhy, PacketView, Print,
    PrintBulk, Save, SendBack, SetDeclaration, SignOff, SignOffState, Told,
};
use desk::{Desk, Error, Moment, Printer, PrinterError};
use jiff::civil::date;
use record::answers::{Elections, Signer};
use serde_json::json;

/// Takes every job.
#[derive(Default)]
struct Tray(Vec<Vec<u8>>);

impl Printer for Tray {
    fn print(&mut self, pdf: &[u8]) -> Result<(), PrinterError> {
        self.0.push(pdf.to_vec());
        Ok(())
    }
}

fn office(require_sign_off: bool) -> (tempfile::TempDir, Desk) {
    let (folder, mut desk) = crate::support::office();
    let mut clinic = desk.clinic().unwrap();
    clinic.require_sign_off = require_sign_off;
    clinic.address = vec!["100 Lantern Street".into(), "Sacramento, CA 95814".into()];
    clinic.phone = Some("916-555-0143".into());
    desk.set_clinic(clinic, NOW).unwrap();
    (folder, desk)
}

/// A client of whom everything is known and asked, but for the citizenship.
fn client(desk: &mut Desk, given: &str, family: &str, citizenship: &str) -> ClientId {
    let add = Add {
        given: given.into(),
        family: family.into(),
        born: Some("1976-03-12".into()),
    };
    let id = desk.add(&add, NOW).unwrap();
    let case = json!({
        "court": {"jurisdiction": "us-ca", "county": "Sacramento"}, "number": "03F06812",
        "counts": [{"section": "HS 11359", "level": "felony", "offense_date": "2003-05-01",
            "disposition": {"kind": "convicted", "date": "2003-08-11", "plea": "guilty"},
            "sentence": {"parts": [], "status": "completed", "completed": "2006-08-11"}, "relief_granted": []}],
    });
    say(desk, &id, "cases[0]", case);
    say(desk, &id, "person.citizenship", json!(citizenship));
    say(desk, &id, "person.registrations", json!([]));
    for fact in ["now.serving", "now.supervised", "now.charged"] {
        say(desk, &id, fact, json!(false));
    }
    let elect = Elect {
        id: id.clone(),
        elections: Elections {
            signer: Some(Signer::Attorney {
                name: "Ada Lindqvist".into(),
            }),
            ..Elections::default()
        },
    };
    desk.elect(elect, NOW).unwrap();
    id
}

fn say(desk: &mut Desk, id: &ClientId, path: &str, value: serde_json::Value) {
    let (id, path) = (id.clone(), path.to_owned());
    desk.answer(Answer { id, path, value }, NOW).unwrap();
}

fn code(error: &Error) -> String {
    error.refusal().code
}

fn sign(desk: &mut Desk, id: &ClientId, packet: &PacketView, now: Moment) -> PacketView {
    let keys = packet.papers.iter().map(|paper| paper.key.clone());
    let (id, keys) = (id.clone(), keys.collect());
    desk.sign_off(&SignOff { id, keys }, now).unwrap()
}

/// The papers that are signed: all but the clinic's own cover.
fn hashes(packet: &PacketView) -> Vec<&str> {
    let papers = packet.papers.iter().filter(|paper| paper.kind != "cover");
    papers.map(|paper| paper.sha256.as_str()).collect()
}

fn print(desk: &mut Desk, id: &ClientId, now: Moment) -> Result<Vec<u8>, Error> {
    let mut tray = Tray::default();
    let (id, two_sided) = (id.clone(), false);
    desk.print(&Print { id, two_sided }, &mut tray, now)?;
    Ok(tray.0.remove(0))
}

#[test]
fn a_sign_off_holds_for_these_bytes_and_ends_with_the_first_edit() {
    let (folder, mut desk) = office(true);
    let id = client(&mut desk, "Hester", "Tarragon", "citizen");
    let open = desk.prepare(id.clone(), NOW).unwrap();
    assert!(open.ready, "{:?}", open.why_not);
    assert_eq!(
        (&open.sign_off, open.needs_sign_off),
        (&SignOffState::Open, true)
    );
    assert_eq!(code(&print(&mut desk, &id, NOW).unwrap_err()), "sign_off");
    let save = Save { id: id.clone() };
    let refused = desk.save(&save, &folder.path().join("out"), NOW);
    assert_eq!(code(&refused.unwrap_err()), "sign_off");
    assert!(!folder.path().join("out").exists());

    // Not what was looked at: nothing is signed.
    let (keys, whose) = (vec![open.papers[0].key.clone()], id.clone());
    let refused = desk
        .sign_off(&SignOff { id: whose, keys }, NOW)
        .unwrap_err();
    assert_eq!(code(&refused), "stale");
    let signed = sign(&mut desk, &id, &open, NOW);
    assert!(
        matches!(&signed.sign_off, SignOffState::Signed { by, .. } if by == "Ada Lindqvist, SBN 999001")
    );
    assert!(!signed.needs_sign_off);
    assert_eq!(hashes(&open), hashes(&signed), "signing changed a paper");
    print(&mut desk, &id, NOW).unwrap();

    // A note is no edit; what stands on a paper is.
    let (whose, text) = (id.clone(), "called".to_owned());
    desk.note(&AddNote { id: whose, text }, NOW).unwrap();
    assert_eq!(
        desk.prepare(id.clone(), NOW).unwrap().sign_off,
        signed.sign_off
    );
    say(&mut desk, &id, "cases[0].number", json!("03F06813"));
    let edited = desk.prepare(id.clone(), NOW).unwrap();
    let SignOffState::Ended { who, changed, .. } = &edited.sign_off else {
        panic!("{:?}", edited.sign_off);
    };
    assert_eq!(
        (who.as_str(), changed.as_slice()),
        ("Ada Lindqvist", &["cases[0].number".to_owned()][..])
    );
    assert_eq!(code(&print(&mut desk, &id, NOW).unwrap_err()), "sign_off");

    // Taken back, the papers are the same bytes again; the attorney's word is not.
    desk.undo(id.clone(), NOW).unwrap();
    let undone = desk.prepare(id.clone(), NOW).unwrap();
    assert_eq!(hashes(&undone), hashes(&open));
    assert!(matches!(undone.sign_off, SignOffState::Ended { .. }));
    assert!(undone.needs_sign_off);

    // Signed again. The next day it is still the same paper, made for the day of the sign-off.
    let signed = sign(&mut desk, &id, &undone, NOW);
    let later = Moment {
        today: date(2026, 11, 24),
        ..NOW
    };
    assert_eq!(code(&print(&mut desk, &id, later).unwrap_err()), "stale");
    let next = desk.prepare(id.clone(), later).unwrap();
    assert_eq!((hashes(&next), next.as_of), (hashes(&signed), NOW.today));
    let job = print(&mut desk, &id, later).unwrap();
    let key = next.papers[1].key.clone();
    let whole = desk
        .bytes(&Bytes {
            id: id.clone(),
            key,
        })
        .unwrap();
    assert!(job.len() > whole.len());

    // The office's own letterhead is on every paper.
    let mut clinic = desk.clinic().unwrap();
    clinic.phone = Some("916-555-0144".into());
    desk.set_clinic(clinic, NOW).unwrap();
    let moved = desk.prepare(id.clone(), later).unwrap().sign_off;
    assert!(
        matches!(&moved, SignOffState::Ended { changed, .. } if changed == &["clinic"]),
        "{moved:?}"
    );
}

#[test]
fn papers_are_sent_back_with_a_reason_and_the_sign_off_is_gone() {
    let (_folder, mut desk) = office(true);
    let id = client(&mut desk, "Hester", "Tarragon", "citizen");
    let open = desk.prepare(id.clone(), NOW).unwrap();
    sign(&mut desk, &id, &open, NOW);
    let back = |reason: &str| SendBack {
        id: id.clone(),
        reason: reason.into(),
    };
    assert_eq!(
        code(&desk.send_back(&back(" "), NOW).unwrap_err()),
        "name_empty"
    );
    desk.send_back(&back("The name is spelled otherwise in the docket."), NOW)
        .unwrap();
    let sent = desk.prepare(id.clone(), NOW).unwrap();
    assert!(sent.needs_sign_off);
    assert!(
        matches!(&sent.sign_off, SignOffState::SentBack { reason, .. } if reason.starts_with("The name"))
    );
    assert_eq!(code(&print(&mut desk, &id, NOW).unwrap_err()), "sign_off");
}

#[test]
fn many_packets_are_one_job_in_folder_order_and_who_may_not_leave_is_left_out() {
    let (folder, mut desk) = office(false);
    let zed = client(&mut desk, "Ada", "Zedoary", "citizen");
    let held = client(&mut desk, "Bo", "Marjoram", "noncitizen");
    let ana = client(&mut desk, "Zoe", "Anise", "citizen");
    let nobody = Add {
        given: "Cy".into(),
        family: "Caraway".into(),
        born: None,
    };
    let nobody = desk.add(&nobody, NOW).unwrap();
    say(&mut desk, &nobody, "person.citizenship", json!("citizen"));
    let begin = |ids: &[&ClientId]| BeginBulk {
        ids: ids.iter().map(|id| (*id).clone()).collect(),
    };
    let all = begin(&[&zed, &held, &ana, &nobody, &zed]);
    let two_sided = false;
    let begun = desk.begin_bulk(&all, NOW).unwrap();
    assert_eq!((begun.done, begun.of), (0, 4), "nobody twice");
    let mut tray = Tray::default();
    let early = desk.print_bulk(&PrintBulk { two_sided }, &mut tray, NOW);
    assert_eq!(code(&early.unwrap_err()), "stale", "half a job was printed");
    let mut view = begun;
    while view.done < view.of {
        view = desk.next_of_bulk(NOW).unwrap();
    }
    assert_eq!(view.packets, 2, "{:?}", view.left_out);
    let out: Vec<_> = view.left_out.iter().map(|out| (&out.id, out.why)).collect();
    assert_eq!(
        out,
        [
            (&nobody, LeftOutWhy::Nothing),
            (&held, LeftOutWhy::Clearance)
        ]
    );
    let saved = desk
        .save_bulk(&PrintBulk { two_sided }, &folder.path().join("out"), NOW)
        .unwrap();
    let mut folders: Vec<_> = saved
        .files
        .iter()
        .filter_map(|file| Some(file.split_once('/')?.0))
        .collect();
    folders.dedup();
    assert_eq!(folders, ["001-Zoe-Anise", "002-Ada-Zedoary"]);
    assert!(saved.files.contains(&"print-job.pdf".to_owned()));

    // The same for e-filing: what is filed, each client's in a folder of their own with a checklist.
    desk.begin_bulk(&all, NOW).unwrap();
    let early = desk.save_bulk_for_efiling(&folder.path().join("up"), NOW);
    assert_eq!(code(&early.unwrap_err()), "stale");
    let mut view = desk.next_of_bulk(NOW).unwrap();
    while view.done < view.of {
        view = desk.next_of_bulk(NOW).unwrap();
    }
    let saved = desk
        .save_bulk_for_efiling(&folder.path().join("up"), NOW)
        .unwrap();
    let mut owners: Vec<_> = saved
        .files
        .iter()
        .filter_map(|file| Some(file.file.split_once('/')?.0))
        .collect();
    owners.dedup();
    assert_eq!(owners, ["001-Zoe-Anise", "002-Ada-Zedoary"]);
    let made = Path::new(&saved.folder);
    for owner in owners {
        for name in [saved.checklist.as_str(), "manifest.json"] {
            assert!(made.join(owner).join(name).is_file(), "{owner}/{name}");
        }
    }
    for file in &saved.files {
        assert!(made.join(&file.file).is_file(), "{}", file.file);
        assert_eq!(file.problems, [""; 0], "{}", file.file);
    }
    assert!(!saved.kept_back.is_empty(), "the cover is never uploaded");
    assert_eq!(code(&desk.next_of_bulk(NOW).unwrap_err()), "stale");

    // A change of anybody ends a job on its way; so does stopping it.
    desk.begin_bulk(&begin(&[&ana]), NOW).unwrap();
    desk.next_of_bulk(NOW).unwrap();
    say(&mut desk, &zed, "cases[0].number", json!("03F06813"));
    let changed = desk.print_bulk(&PrintBulk { two_sided }, &mut tray, NOW);
    assert_eq!(code(&changed.unwrap_err()), "stale");
    desk.begin_bulk(&begin(&[&held]), NOW).unwrap();
    desk.next_of_bulk(NOW).unwrap();
    let none = desk.print_bulk(&PrintBulk { two_sided }, &mut tray, NOW);
    assert_eq!(code(&none.unwrap_err()), "nothing_to_print");
    let none = desk.save_bulk_for_efiling(&folder.path().join("none"), NOW);
    assert_eq!(code(&none.unwrap_err()), "nothing_to_print");
    desk.stop_bulk();
    assert_eq!(code(&desk.next_of_bulk(NOW).unwrap_err()), "stale");
    assert!(tray.0.is_empty(), "something was printed");
}

#[test]
fn a_clients_own_words_are_on_a_paper_only_where_an_attorney_put_them() {
    let (_folder, mut desk) = office(false);
    let id = client(&mut desk, "Hester", "Tarragon", "citizen");
    let words = |text: &str, english: &str, on_paper| SetDeclaration {
        id: id.clone(),
        case: 0,
        count: Some(0),
        language: Some("Spanish".into()),
        told: vec![Told {
            prompt: "since".into(),
            text: text.into(),
            english: english.into(),
        }],
        interpreter: Some("Ines Paz".into()),
        on_paper,
    };
    let packet = desk.prepare(id.clone(), NOW).unwrap();
    let about: Vec<_> = packet.tellings.iter().map(|t| (t.case, t.count)).collect();
    assert_eq!(about, [(0, Some(0))]);
    let prompts = &packet.tellings[0].prompts;
    assert!(prompts.iter().all(|prompt| prompt.aloud.is_none()));
    assert!(!prompts.iter().any(|prompt| prompt.key == "trafficking"));

    // Taken down: as it was typed, on no paper, and no edit of one.
    sign(&mut desk, &id, &packet, NOW);
    let kept = desk.declare(words("Trabajo. ", "", false), NOW).unwrap();
    assert_eq!(kept.declarations[0].told[0].text, "Trabajo. ");
    assert_eq!(kept.declarations[0].by, "Ada Lindqvist");
    let packet = desk.prepare(id.clone(), NOW).unwrap();
    assert!(matches!(packet.sign_off, SignOffState::Signed { .. }));
    let has = |packet: &PacketView| packet.papers.iter().any(|p| p.kind == "declaration");
    assert!(!has(&packet));

    // On the paper: the sign-off has ended, and every mark says who told it, wrote it down and translated it.
    desk.declare(words("Trabajo.", "I work.", true), NOW)
        .unwrap();
    let packet = desk.prepare(id.clone(), NOW).unwrap();
    assert!(
        matches!(&packet.sign_off, SignOffState::Ended { changed, .. } if changed == &["answers.declare"])
    );
    let paper = packet.papers.iter().find(|p| p.kind == "declaration");
    let from = |value: &str| {
        let mut marks = paper.unwrap().marks.iter();
        let mark = marks.find(|mark| mark.value == value).unwrap();
        let from = &mark.from[0];
        (from.giver, from.who.clone(), from.on)
    };
    let day = Some(NOW.today);
    assert_eq!(
        from("Trabajo."),
        (Giver::ToldAndWritten, Some("Ada Lindqvist".into()), day)
    );
    assert_eq!(
        from("I work."),
        (Giver::Translated, Some("Ines Paz".into()), day)
    );
    let signed = sign(&mut desk, &id, &packet, NOW);
    assert!(matches!(signed.sign_off, SignOffState::Signed { .. }));
    desk.declare(words("Trabajo.", "I am working.", true), NOW)
        .unwrap();
    let packet = desk.prepare(id.clone(), NOW).unwrap();
    assert!(matches!(packet.sign_off, SignOffState::Ended { .. }));
    let forgotten = SetDeclaration {
        language: None,
        interpreter: None,
        told: Vec::new(),
        ..words("", "", true)
    };
    let client = desk.declare(forgotten, NOW).unwrap();
    assert!(client.declarations.is_empty());
    assert!(!has(&desk.prepare(id.clone(), NOW).unwrap()));
}

#[test]
fn what_is_saved_for_efiling_is_what_was_signed_off() {
    let (folder, mut desk) = office(true);
    let id = client(&mut desk, "Hester", "Tarragon", "citizen");
    let out = folder.path().join("out");
    let open = desk.prepare(id.clone(), NOW).unwrap();
    let save = Save { id: id.clone() };
    let refused = desk.save_for_efiling(&save, &out, NOW);
    assert_eq!(code(&refused.unwrap_err()), "sign_off");
    assert!(!out.exists());
    let signed = sign(&mut desk, &id, &open, NOW);
    let saved = desk.save_for_efiling(&save, &out, NOW).unwrap();
    let made = std::path::Path::new(&saved.folder);
    let filed: Vec<_> = (signed.papers.iter())
        .filter(|paper| paper.recipient == "court")
        .collect();
    assert_eq!(saved.files.len(), filed.len());
    for (file, paper) in saved.files.iter().zip(filed) {
        let ask = Bytes {
            id: id.clone(),
            key: paper.key.clone(),
        };
        let bytes = std::fs::read(made.join(&file.file)).unwrap();
        assert_eq!(bytes, desk.bytes(&ask).unwrap(), "{}", file.file);
        assert_eq!((file.bytes, &file.title), (bytes.len(), &paper.title));
        assert_eq!((file.limit, file.problems.len()), (Some(25_000_000), 0));
    }
    assert!(made.join(&saved.checklist).is_file());
    let manifest = std::fs::read(made.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["ready"], json!(true));
    assert_eq!(
        manifest["papers"].as_array().unwrap().len(),
        saved.files.len() + 1
    );
    // The client's sheet and the cover stay here.
    for kind in ["client", "cover"] {
        let paper = signed.papers.iter().find(|paper| paper.kind == kind);
        assert!(saved.kept_back.contains(&paper.unwrap().title), "{kind}");
    }
    say(&mut desk, &id, "cases[0].number", json!("03F06813"));
    let refused = desk.save_for_efiling(&save, &out, NOW);
    assert_eq!(code(&refused.unwrap_err()), "stale");
}

#[test]
fn a_packet_without_a_paper_to_file_is_not_saved_for_efiling() {
    let (folder, mut desk) = office(false);
    let id = client(&mut desk, "Bo", "Marjoram", "noncitizen");
    desk.prepare(id.clone(), NOW).unwrap();
    let out = folder.path().join("out");
    let refused = desk.save_for_efiling(&Save { id }, &out, NOW);
    assert_eq!(code(&refused.unwrap_err()), "nothing_to_file");
    assert!(!out.exists());
}
