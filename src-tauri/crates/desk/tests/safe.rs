//! The office as a whole, through the desk: backups, the log, exports, two laptops, keeping and destroying; and that a volunteer is
//! refused in the backend.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, also in its helpers"
)]

use std::path::{Path, PathBuf};

use desk::view::{
    Add, AddPerson, Answer, BackupReminder, ChangePassphrase, ClientId, CodeSheet, Confirm,
    CountAsk, Create, Decide, HandOver, LogAsk, LogVerify, LostVault, Purge, Resolve, Role,
    SetFiling, SetRoles, Step, TakenOutcome, Unlock, Who, WriteRecord, WriteTable, Written,
};
use desk::{Desk, Door, Error, Moment, Printer, PrinterError};
use jiff::civil::date;
use serde_json::json;

const ADA: &str = "seven lanterns over the quiet harbor";
const FIRST: &str = "given on paper by somebody else";
const OWN: &str = "eleven herons beside the old canal";

fn day(n: i64) -> Moment {
    Moment {
        at: jiff::Timestamp::from_second(1_795_000_000 + n * 86_400).unwrap(),
        today: date(2026, 11, 18)
            .checked_add(jiff::Span::new().days(n))
            .unwrap(),
    }
}

fn office(folder: &Path, clinic: &str) -> Desk {
    let ask = Create {
        clinic: clinic.into(),
        person: "Ada Lindqvist".into(),
        bar: Some("999001".into()),
        passphrase: ADA.into(),
    };
    Door::at(folder.to_owned()).create(&ask, day(0)).unwrap().0
}

fn client(desk: &mut Desk, given: &str) -> ClientId {
    let ask = Add {
        given: given.into(),
        family: "Quill".into(),
        born: Some("1980".into()),
    };
    desk.add(&ask, day(0)).unwrap()
}

fn say(desk: &mut Desk, id: &ClientId, path: &str, value: serde_json::Value) {
    let ask = Answer {
        id: id.clone(),
        path: path.into(),
        value,
    };
    desk.answer(ask, day(1)).unwrap();
}

fn case(number: &str, section: &str) -> serde_json::Value {
    json!({"court": {"county": "Alpine"}, "number": number, "counts": [{"section": section, "level": "felony"}]})
}

fn code<T>(done: Result<T, Error>) -> String {
    done.err().expect("it was not refused").refusal().code
}

/// Keeps what was printed.
#[derive(Default)]
struct Tray(Vec<Vec<u8>>);

impl Printer for Tray {
    fn print(&mut self, pdf: &[u8]) -> Result<(), PrinterError> {
        self.0.push(pdf.to_vec());
        Ok(())
    }
}

fn at(folder: &Path, written: &Written) -> PathBuf {
    folder.join(&written.file)
}

#[test]
fn a_backup_is_reminded_of_written_and_rehearsed() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    assert_eq!(
        desk.backups(day(0)).unwrap().reminder,
        None,
        "no client yet"
    );
    let id = client(&mut desk, "Rosa");
    assert_eq!(
        desk.backups(day(0)).unwrap().reminder,
        Some(BackupReminder::Never)
    );
    let stick = dir.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let made = desk.write_backup(&stick, day(0)).unwrap();
    let again = desk.write_backup(&stick, day(0)).unwrap();
    assert_ne!(made.file, again.file, "nothing is overwritten");
    assert_eq!(made.clients, 1);
    assert_eq!(desk.backups(day(0)).unwrap().reminder, None);
    for n in 0..4 {
        say(&mut desk, &id, "person.born", json!(format!("198{n}")));
    }
    assert_eq!(desk.backups(day(6)).unwrap().reminder, None);
    assert_eq!(
        desk.backups(day(7)).unwrap().reminder,
        Some(BackupReminder::Old)
    );
    assert_eq!(
        desk.backups(day(-2)).unwrap().reminder,
        Some(BackupReminder::ClockBack),
        "the clock was set back"
    );
    let file = stick.join(&made.file);
    let found = desk.rehearse(&file, ADA, day(1)).unwrap();
    assert_eq!(
        (found.same, found.clients, found.log_holds),
        (Some(true), 1, true)
    );
    assert!(found.problems.is_empty());
    assert_eq!(code(desk.rehearse(&file, OWN, day(1))), "wrong_passphrase");
    let left: Vec<_> = std::fs::read_dir(&stick).unwrap().collect();
    assert_eq!(left.len(), 2, "the rehearsal left nothing behind");

    // At the end of a day: only where a folder is chosen, once, and only if something was done.
    assert_eq!(desk.end_of_day(day(2)).unwrap(), None);
    desk.set_backup_folder(Some(&stick), day(2)).unwrap();
    assert!(desk.end_of_day(day(2)).unwrap().is_some());
    assert_eq!(desk.end_of_day(day(2)).unwrap(), None);
    assert_eq!(
        desk.end_of_day(day(3)).unwrap(),
        None,
        "nothing was done since"
    );
    // The stick was pulled: told in words, and nothing else is lost.
    std::fs::remove_dir_all(&stick).unwrap();
    say(&mut desk, &id, "person.born", json!("1991"));
    let refusal = desk.write_backup(&stick, day(4)).unwrap_err().refusal();
    assert_eq!(refusal.code, "disk_gone", "{refusal:?}");
    assert!(!refusal.hint.is_empty());
    assert_eq!(desk.set_backup_folder(None, day(4)).unwrap().folder, None);
}

#[test]
fn the_log_is_read_printed_and_held_against_a_noted_head() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let id = client(&mut desk, "Rosa");
    let noted = desk.log(&LogAsk { before: None }).unwrap().head;
    for n in 0..120 {
        say(
            &mut desk,
            &id,
            "person.born",
            json!(format!("{}", 1900 + n)),
        );
    }
    let page = desk.log(&LogAsk { before: None }).unwrap();
    assert_eq!(page.rows.len(), 100);
    assert!(page.rows[0].seq > page.rows[1].seq);
    assert_eq!(page.rows[0].initials.as_deref(), Some("R. Q."));
    let rest = desk.log(&LogAsk { before: page.next }).unwrap();
    assert_eq!(rest.rows.last().unwrap().seq, 1);
    assert_eq!(rest.next, None);
    assert_eq!(rest.rows.last().unwrap().what, "create");

    let verdict = |desk: &Desk, head: &str| {
        desk.verify(&LogVerify {
            head: Some(head.to_owned()),
        })
    };
    assert_eq!(verdict(&desk, &noted).unwrap().holds, Some(true));
    let other = noted.replace(':', ":0").replace(":00", ":01");
    assert_eq!(code(verdict(&desk, &other)), "no_head");
    let mut cut = noted.clone();
    let last = if cut.pop() == Some('0') { '1' } else { '0' };
    cut.push(last);
    assert_eq!(verdict(&desk, &cut).unwrap().holds, Some(false));
    assert!(verdict(&desk, "").unwrap().problems.is_empty());

    let mut tray = Tray::default();
    desk.print_log(1, &mut tray, day(1)).unwrap();
    let written = desk.save_log(1, dir.path(), day(1)).unwrap();
    let saved = std::fs::read(at(dir.path(), &written)).unwrap();
    for pdf in [&tray.0[0], &saved] {
        let text = lopdf::Document::load_mem(pdf).unwrap();
        assert!(
            text.get_pages().len() >= 3,
            "121 rows are more than two pages"
        );
    }
}

#[test]
fn the_recovery_code_goes_to_the_printer_on_one_sheet_or_three() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let made = desk.new_code(day(0)).unwrap();
    let mut tray = Tray::default();
    let ask = |shares| CodeSheet {
        code: made.recovery_code.clone(),
        shares,
    };
    desk.print_code(&ask(false), &mut tray, day(0)).unwrap();
    desk.print_code(&ask(true), &mut tray, day(0)).unwrap();
    assert_eq!(tray.0.len(), 4);
    for pdf in &tray.0 {
        assert_eq!(lopdf::Document::load_mem(pdf).unwrap().get_pages().len(), 1);
    }
    let wrong = CodeSheet {
        code: "not a code".into(),
        shares: false,
    };
    assert_eq!(
        code(desk.print_code(&wrong, &mut tray, day(0))),
        "code_mistyped"
    );
    assert_eq!(tray.0.len(), 4);
}

/// Two laptops with confirmed cards, and one client that the first sent to the second.
fn pair(dir: &Path) -> (Desk, Desk, ClientId, String) {
    let (mut a, mut b) = (
        office(&dir.join("a"), "South"),
        office(&dir.join("b"), "North"),
    );
    let id = client(&mut a, "Rosa");
    let cards = [
        at(dir, &a.save_card(dir, day(0)).unwrap()),
        at(dir, &b.save_card(dir, day(0)).unwrap()),
    ];
    let words = [
        a.laptops(day(0)).unwrap().words,
        b.laptops(day(0)).unwrap().words,
    ];
    let wrong = Confirm {
        words: words[0].clone(),
    };
    assert_eq!(
        code(a.confirm_laptop(&cards[1], &wrong, day(0))),
        "words_differ"
    );
    assert_eq!(
        code(a.confirm_laptop(&cards[0], &wrong, day(0))),
        "own_card"
    );
    let [mine, theirs] = words.map(|words| Confirm { words });
    let known = a.confirm_laptop(&cards[1], &theirs, day(0)).unwrap().known;
    b.confirm_laptop(&cards[0], &mine, day(0)).unwrap();
    (a, b, id, known[0].id.clone())
}

fn send(from: &mut Desk, to: &str, ids: &[&ClientId], moving: bool, dir: &Path) -> PathBuf {
    let ask = HandOver {
        to: to.to_owned(),
        clients: ids.iter().map(|id| (*id).clone()).collect(),
        moving,
    };
    at(dir, &from.hand_over(&ask, dir, day(1)).unwrap())
}

#[test]
fn two_laptops_add_different_cases_and_none_is_mixed_with_another() {
    let dir = tempfile::tempdir().unwrap();
    let (mut a, mut b, id, north) = pair(dir.path());
    let south = b.laptops(day(0)).unwrap().known[0].id.clone();
    let file = send(&mut a, &north, &[&id], false, dir.path());
    assert_eq!(code(a.take_in(&file, day(1))), "hand_over_for_another");
    let taken = b.take_in(&file, day(1)).unwrap();
    assert_eq!(taken.clients[0].outcome, TakenOutcome::Added);
    assert!(b.take_in(&file, day(1)).unwrap().replay);

    // Each laptop adds a case; both are the client's first. One case is the same on both, with different counts.
    say(&mut a, &id, "cases[0]", case("05F01111", "PC 1"));
    say(&mut b, &id, "cases[0]", case("98M22222", "PC 3"));
    say(&mut a, &id, "cases[1]", case("07F03333", "PC 4"));
    say(&mut b, &id, "cases[1]", case("07 F 03333", "PC 2"));
    let file = send(&mut a, &north, &[&id], false, dir.path());
    b.take_in(&file, day(2)).unwrap();
    let file = send(&mut b, &south, &[&id], false, dir.path());
    a.take_in(&file, day(2)).unwrap();
    let seen = |desk: &mut Desk| {
        let record = desk.open(id.clone(), day(2)).unwrap().record;
        let cases = record.cases.into_iter().map(|case| {
            let counts = case
                .counts
                .into_iter()
                .map(|count| count.section.unwrap().to_string());
            let mut counts: Vec<_> = counts.collect();
            counts.sort();
            (case.number, counts)
        });
        let mut cases: Vec<_> = cases.collect();
        cases.sort();
        cases
    };
    let both = seen(&mut a);
    assert_eq!(both, seen(&mut b));
    let text = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        both,
        [
            // The number is spelled in two ways: disputed, and unknown until somebody chooses.
            (None, text(&["PC 2", "PC 4"])),
            (Some("05F01111".into()), text(&["PC 1"])),
            (Some("98M22222".into()), text(&["PC 3"])),
        ]
    );
    let disputes = a.disputes(&id).unwrap();
    let number = disputes
        .iter()
        .find(|one| one.field.ends_with("/number"))
        .unwrap();
    assert!(
        number.path.as_deref().unwrap().ends_with("].number"),
        "{number:?}"
    );
    assert_eq!(number.values.len(), 2);
    assert_eq!(number.values.iter().filter(|side| side.here).count(), 1);
    assert_eq!(a.disputed().unwrap()[0].id, id);
    let chosen = Resolve {
        id: id.clone(),
        field: number.field.clone(),
        version: Some(number.values[0].version.clone()),
    };
    a.resolve(&chosen, day(3)).unwrap();
    assert!(
        a.disputes(&id)
            .unwrap()
            .iter()
            .all(|one| one.field != chosen.field)
    );
}

#[test]
fn a_client_moves_and_leaves_only_after_the_receipt() {
    let dir = tempfile::tempdir().unwrap();
    let (mut a, mut b, id, north) = pair(dir.path());
    let stays = client(&mut a, "Sol");
    let file = send(&mut a, &north, &[&id, &stays], true, dir.path());
    let purge = |ids: &[&ClientId]| Purge {
        clients: ids.iter().map(|id| (*id).clone()).collect(),
    };
    assert_eq!(code(a.purge(&purge(&[&id]), day(1))), "not_confirmed");
    b.take_in(&file, day(1)).unwrap();
    let receipt = at(dir.path(), &b.save_receipt(dir.path()).unwrap());
    assert_eq!(code(a.read_receipt(&file, day(1))), "not_a_receipt");
    assert_eq!(
        code(b.read_receipt(&receipt, day(1))),
        "receipt_for_another"
    );
    assert_eq!(a.read_receipt(&receipt, day(1)).unwrap().may_go.len(), 2);
    say(&mut a, &stays, "person.born", json!("1977"));
    assert_eq!(code(a.purge(&purge(&[&stays]), day(1))), "changed_since");
    let view = a.purge(&purge(&[&id]), day(1)).unwrap();
    assert!(view.sent[0].receipt);
    assert!(a.open(id.clone(), day(1)).is_err(), "it is gone from here");
    assert_eq!(
        b.open(id, day(1))
            .unwrap()
            .record
            .person
            .name
            .given
            .as_deref(),
        Some("Rosa")
    );

    let lost = a
        .lost_by_hand_overs(&LostVault { vault: north }, day(2))
        .unwrap();
    assert_eq!((lost.clients.len(), lost.from_backup), (2, false));
}

#[test]
fn a_record_is_destroyed_when_decided_and_the_office_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let id = client(&mut desk, "Zebulon");
    say(&mut desk, &id, "cases[0]", case("05F01111", "PC 1"));
    let made = desk.write_backup(dir.path(), day(0)).unwrap();
    let decide = |destroy, reason: &str| Decide {
        id: id.clone(),
        destroy,
        rule: "seven years after the last filing".into(),
        reason: reason.into(),
    };
    assert_eq!(code(desk.may_destroy(&id).map(drop)), "not_decided");
    assert_eq!(code(desk.decide(&decide(true, " "), day(1))), "name_empty");
    let step = |step, date: &str| SetFiling {
        id: id.clone(),
        case: 0,
        count: 0,
        step,
        date: Some(date.to_owned()),
    };
    desk.set_filing(&step(Step::Filed, "2026-11-01"), day(1))
        .unwrap();
    let view = desk.decide(&decide(true, "asked for it"), day(1)).unwrap();
    assert!(view.open_filing && view.decided.unwrap().destroy);
    assert_eq!(code(desk.may_destroy(&id)), "filing_open");
    desk.set_filing(&step(Step::Granted, "2026-11-02"), day(1))
        .unwrap();
    let (mut desk, gone) = desk.destroy(&id, day(2)).unwrap();
    assert_eq!(gone.holders.len(), 1);
    assert_eq!(gone.holders[0].name, made.file);
    assert!(desk.open(id.clone(), day(2)).is_err());
    // The office goes on under another key.
    client(&mut desk, "Sol");
    let mut desk = desk.change_key(day(2)).unwrap();
    assert!(
        desk.verify(&LogVerify { head: None })
            .unwrap()
            .problems
            .is_empty()
    );
    client(&mut desk, "Ines");
    drop(desk);
    for entry in std::fs::read_dir(dir.path().join("a")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"Zebulon"));
    }
}

#[test]
fn tables_leave_encrypted_or_with_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let id = client(&mut desk, "=cmd");
    let ask = |layout: &str, passphrase: Option<&str>, reason: Option<&str>| WriteTable {
        layout: layout.into(),
        passphrase: passphrase.map(Into::into),
        reason: reason.map(Into::into),
    };
    let into = dir.path();
    let done = desk.write_table(&ask("clio", None, None), None, into, day(0));
    assert_eq!(code(done), "name_empty");
    let done = desk.write_table(&ask("clio", Some("secret"), None), None, into, day(0));
    assert_eq!(code(done), "passphrase_weak");
    let done = desk.write_table(&ask("other", Some(OWN), None), None, into, day(0));
    assert_eq!(code(done), "not_a_layout");
    let locked = desk
        .write_table(&ask("clio", Some(OWN), None), None, into, day(0))
        .unwrap();
    assert!(locked.file.ends_with(".csv.age"));
    let bytes = std::fs::read(at(into, &locked)).unwrap();
    assert!(!bytes.windows(5).any(|window| window == b"Quill"));
    let layout = into.join("own.toml");
    std::fs::write(&layout, "[[column]]\ntitle = \"Who\"\nfield = \"given\"\n").unwrap();
    let clear = ask("file", None, Some("asked by the county"));
    let clear = desk
        .write_table(&clear, Some(&layout), into, day(0))
        .unwrap();
    let text = std::fs::read_to_string(at(into, &clear)).unwrap();
    assert_eq!(text.lines().collect::<Vec<_>>(), ["Who", "'=cmd"]);
    let log = desk.log(&LogAsk { before: None }).unwrap();
    assert_eq!(
        log.rows[0].subject.as_deref(),
        Some("in clear: asked by the county")
    );
    let record = WriteRecord {
        id,
        passphrase: Some(OWN.into()),
        reason: None,
    };
    assert!(
        desk.write_record(&record, into, day(0))
            .unwrap()
            .file
            .ends_with(".json.age")
    );
    let figures = desk.count(&CountAsk { smallest: 5 }, day(0)).unwrap();
    assert_eq!(figures.clients, None, "one client is a person");
}

#[test]
fn a_lost_laptop_is_told_from_its_backup() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    client(&mut desk, "Rosa");
    let made = desk.write_backup(dir.path(), day(0)).unwrap();
    let found = desk
        .lost_by_backup(&dir.path().join(&made.file), ADA)
        .unwrap();
    assert_eq!(found.clients[0].name.as_deref(), Some("Rosa Quill"));
    assert_eq!(found.clients[0].held, ["date of birth"]);
    desk.speak(record::clinic::Language::Es);
    let told = desk.lost_by_backup(&dir.path().join(&made.file), ADA);
    assert_eq!(told.unwrap().clients[0].held, ["fecha de nacimiento"]);
    assert_eq!(found.keys.len(), 2);
    assert!(found.keys.iter().all(|key| key.memory_mib >= 64));
}

#[test]
fn a_volunteer_is_refused_in_the_backend() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let id = client(&mut desk, "Rosa");
    let session = desk
        .add_person(
            &AddPerson {
                name: "Vera Moss".into(),
                roles: vec![Role::Attorney],
                passphrase: FIRST.into(),
            },
            day(0),
        )
        .unwrap();
    let ada = session
        .people
        .iter()
        .find(|p| p.name != "Vera Moss")
        .unwrap()
        .id
        .clone();
    let vera = session
        .people
        .iter()
        .find(|p| p.name == "Vera Moss")
        .unwrap()
        .id
        .clone();
    let roles = |person: &str, roles: &[Role]| SetRoles {
        person: person.into(),
        roles: roles.to_vec(),
    };
    let session = desk
        .set_roles(&roles(&vera, &[Role::Volunteer]), day(0))
        .unwrap();
    assert!(
        session
            .people
            .iter()
            .all(|p| p.name != "Vera Moss" || !p.attorney)
    );
    desk.force_change(
        &Who {
            person: vera.clone(),
        },
        day(0),
    )
    .unwrap();
    let mut door = desk.door();
    desk.lock(day(0));
    let enter = |door: &mut Door, passphrase: &str| {
        let ask = Unlock {
            person: vera.clone(),
            passphrase: passphrase.into(),
        };
        door.unlock(&ask, day(0)).unwrap()
    };
    let mut desk = enter(&mut door, FIRST);
    assert_eq!(code(desk.backups(day(0))), "must_change");
    let change = ChangePassphrase {
        old: FIRST.into(),
        new: OWN.into(),
    };
    desk.change_passphrase(&change, day(0)).unwrap();

    assert!(
        desk.write_backup(dir.path(), day(0)).is_ok(),
        "backups are everybody's"
    );
    let into = dir.path();
    let other = "not_for_role";
    assert_eq!(code(desk.log(&LogAsk { before: None })), other);
    assert_eq!(code(desk.verify(&LogVerify { head: None })), other);
    assert_eq!(code(desk.print_log(1, &mut Tray::default(), day(0))), other);
    assert_eq!(code(desk.save_log(1, into, day(0))), other);
    assert_eq!(code(desk.may_export()), other);
    assert_eq!(code(desk.count(&CountAsk { smallest: 5 }, day(0))), other);
    assert_eq!(code(desk.lost_by_backup(into, OWN)), other);
    assert_eq!(code(desk.laptops(day(0))), other);
    assert_eq!(code(desk.save_card(into, day(0))), other);
    assert_eq!(code(desk.take_in(into, day(0))), other);
    assert_eq!(code(desk.read_receipt(into, day(0))), other);
    let table = WriteTable {
        layout: "clio".into(),
        passphrase: Some(OWN.into()),
        reason: None,
    };
    assert_eq!(code(desk.write_table(&table, None, into, day(0))), other);
    let hand_over = HandOver {
        to: "x".into(),
        clients: vec![id.clone()],
        moving: false,
    };
    assert_eq!(code(desk.hand_over(&hand_over, into, day(0))), other);
    let attorneys = "not_an_attorney";
    let decide = Decide {
        id: id.clone(),
        destroy: true,
        rule: "r".into(),
        reason: "r".into(),
    };
    assert_eq!(code(desk.decide(&decide, day(0))), attorneys);
    let resolve = Resolve {
        id: id.clone(),
        field: "person/born".into(),
        version: None,
    };
    assert_eq!(code(desk.resolve(&resolve, day(0))), attorneys);
    let administrators = "not_the_administrator";
    assert_eq!(code(desk.may_destroy(&id)), administrators);
    assert_eq!(code(desk.may_change_keys()), administrators);
    assert_eq!(code(desk.new_code(day(0))), administrators);
    assert_eq!(
        code(desk.set_backup_folder(Some(into), day(0))),
        administrators
    );
    assert_eq!(
        code(desk.purge(&Purge { clients: vec![id] }, day(0))),
        administrators
    );
    assert_eq!(
        code(desk.set_roles(&roles(&ada, &[Role::Volunteer]), day(0))),
        administrators
    );
    assert_eq!(
        code(desk.force_change(&Who { person: ada }, day(0))),
        administrators
    );
    let confirm = Confirm {
        words: String::new(),
    };
    assert_eq!(
        code(desk.confirm_laptop(into, &confirm, day(0))),
        administrators
    );
    let sheet = CodeSheet {
        code: String::new(),
        shares: false,
    };
    assert_eq!(
        code(desk.print_code(&sheet, &mut Tray::default(), day(0))),
        administrators
    );
}
