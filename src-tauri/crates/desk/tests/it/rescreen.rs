//! Saved answers of another pack, held against the program's.

use crate::support::{ADA, NOW, add, enter, made};
use desk::view::{ChangeCause, ChangeWay, ClientId, Rescreen, Screen};
use desk::{Door, Moment};
use jiff::civil::date;
use record::findings::{Code, Status};
use vault::{Operation, Passphrase, PersonId, Vault};

/// An office with two clients who were screened: the way in, the ids, and who may come in.
fn office(folder: &std::path::Path) -> (Door, [ClientId; 2], String) {
    let mut desk = made(folder, "Lantern Street", NOW);
    let ids = ["Hester", "Ismay"].map(|given| {
        let id = add(&mut desk, given, "Tarragon", Some("1976-03-12"));
        let sheet = include_bytes!("../../../../../tests/cases/first/sheet.txt");
        desk.import(id.clone(), "sheet.txt", sheet, NOW).unwrap();
        desk.screen(
            &Screen {
                id: id.clone(),
                as_of: None,
            },
            NOW,
        )
        .unwrap();
        id
    });
    let person = desk.session(NOW).who.unwrap().id;
    let door = desk.door();
    desk.lock(NOW);
    (door, ids, person)
}

#[test]
fn it_is_listed_exactly_who_gains_and_who_loses_and_nothing_saved_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("office");
    let (mut door, [hester, ismay], person) = office(&folder);

    // Under the same rules nobody gains or loses, and there is no news.
    let mut desk = enter(&mut door, &person, ADA);
    let news = desk.rules_news().unwrap();
    assert_eq!((news.clients, news.screened), (0, 2));
    let all = Rescreen { after: None };
    let same = desk.rescreen(&all, NOW).unwrap();
    assert_eq!(
        (same.changed.len(), same.done, same.next.is_none()),
        (0, 2, true)
    );
    desk.lock(NOW);

    // As an older pack would have left it: it opened nothing for Hester that this one opens, and one thing that this one closes.
    let (saved, gains, loses) = {
        let locked = Vault::open(&folder).unwrap();
        let passphrase = Passphrase::new(ADA).unwrap();
        let mut vault = locked
            .unlock(&PersonId(person.clone()), &passphrase, NOW.at)
            .unwrap();
        let mut findings = vault.read().shown(&hester).unwrap().unwrap().findings;
        findings.packs[0].version = "2020.1".into();
        let (mut gains, mut loses) = (0, 0);
        for finding in &mut findings.findings {
            match finding.status {
                Status::NotEligible if loses == 0 => {
                    (finding.status, finding.code) = (Status::Eligible, None);
                    loses += 1;
                }
                Status::NeedsFacts | Status::Eligible if finding.route.0.ends_with("/prop-64") => {
                    (finding.status, finding.code) = (Status::NotEligible, Some(Code::NotCovered));
                    gains += 1;
                }
                _ => {}
            }
        }
        assert!(
            gains > 0 && loses > 0,
            "the sheet has nothing to gain or lose"
        );
        vault
            .transact(Operation::Screen, NOW.at, |tx| tx.show(&hester, &findings))
            .unwrap();
        let saved = vault.read().shown(&hester).unwrap();
        vault.lock(NOW.at).unwrap();
        (saved, gains, loses)
    };

    let mut desk = enter(&mut door, &person, ADA);
    let news = desk.rules_news().unwrap();
    assert_eq!((news.clients, news.screened), (1, 2));
    assert!(
        news.others.iter().any(|pack| pack.ends_with("2020.1")),
        "{news:?}"
    );
    let found = desk.rescreen(&all, NOW).unwrap();
    let [changed] = found.changed.as_slice() else {
        panic!("not exactly one client: {:?}", found.changed);
    };
    assert!(changed.id == hester && changed.id != ismay);
    assert!(!changed.edited && changed.initials == "H. T.");
    let count = |way| {
        changed
            .changes
            .iter()
            .filter(|change| change.way == way)
            .count()
    };
    assert_eq!(
        (count(ChangeWay::Gains), count(ChangeWay::Loses)),
        (gains, loses)
    );
    assert!(
        changed
            .changes
            .iter()
            .all(|change| change.cause == ChangeCause::Rules)
    );
    assert!(
        changed
            .changes
            .iter()
            .any(|change| change.section.is_some())
    );

    // Time alone: on a later day some wait is over, and that is told apart from the rules.
    let later = Moment {
        today: date(2046, 11, 21),
        ..NOW
    };
    let found = desk.rescreen(&all, later).unwrap();
    let of_ismay = found.changed.iter().find(|client| client.id == ismay);
    assert!(
        of_ismay.is_none_or(|client| client.changes.iter().all(|c| c.cause == ChangeCause::Time))
    );
    desk.lock(NOW);

    // What was saved is as it was, with the version that made it.
    let locked = Vault::open(&folder).unwrap();
    let passphrase = Passphrase::new(ADA).unwrap();
    let vault = locked
        .unlock(&PersonId(person), &passphrase, NOW.at)
        .unwrap();
    assert_eq!(vault.read().shown(&hester).unwrap(), saved);
}
