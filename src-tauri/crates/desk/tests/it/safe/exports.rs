//! Tables and records that leave.

use desk::view::{CountAsk, LogAsk, WriteRecord, WriteTable};

use super::{OWN, at, client, code, day, office};

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
    assert_eq!(text.lines().collect::<Vec<_>>(), ["\"Who\"", "\"'=cmd\""]);
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
