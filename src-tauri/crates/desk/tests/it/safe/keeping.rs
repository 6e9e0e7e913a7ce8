//! A record destroyed, and the office that goes on.

use desk::view::{Decide, LogVerify, SetFiling, Step};

use super::{case, client, code, day, office, say};

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
