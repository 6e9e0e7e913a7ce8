//! What a volunteer is refused, in the backend.

use desk::Door;
use desk::view::{
    AddPerson, ChangePassphrase, CodeSheet, Confirm, CountAsk, Decide, HandOver, LogAsk, LogVerify,
    Purge, Resolve, Role, SetRoles, Unlock, Who, WriteTable,
};

use super::{FIRST, OWN, Tray, client, code, day, office};

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
    assert_eq!(code(desk.code_written(day(0))), administrators);
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
