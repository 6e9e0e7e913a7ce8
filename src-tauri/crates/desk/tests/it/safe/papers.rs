//! What goes to the printer or into a file as a paper: the log and the recovery code.

use desk::Desk;
use desk::view::{CodeSheet, LogAsk, LogVerify};
use serde_json::json;

use super::{Tray, at, client, code, day, office, say};

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
fn an_office_is_reminded_of_a_code_that_nobody_wrote_down() {
    let dir = tempfile::tempdir().unwrap();
    let mut desk = office(&dir.path().join("a"), "Lantern Street");
    let unsure = |desk: &desk::Desk| desk.backups(day(0)).unwrap().code_unsure;
    assert!(unsure(&desk), "it was only shown");
    desk.code_written(day(0)).unwrap();
    assert!(!unsure(&desk));
    desk.new_code(day(1)).unwrap();
    assert!(unsure(&desk), "the paper that is there opens nothing now");
    desk.code_written(day(1)).unwrap();
    assert!(!unsure(&desk));
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
