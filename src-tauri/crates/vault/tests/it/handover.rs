//! Clients between laptops: who is believed, what merges, what a replay does, and when a copy may go.

use std::fs;
use std::path::{Path, PathBuf};

use record::{Case, CaseId, Citizenship, Count, CountId, Level, Record};
use vault::{Backup, Card, ClientId, Error, Opener, Operation, Outcome, Receipt, Step, Vault};

use crate::made_up::{at, clinic, passphrase, record, vault};

/// Vaults that trust each other, in one folder with their hand-overs.
struct Clinic {
    dir: tempfile::TempDir,
    vaults: Vec<Vault>,
    files: usize,
}

impl Clinic {
    fn of(count: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut vaults: Vec<_> = (0..count)
            .map(|n| {
                let (mut vault, _) = vault(&dir.path().join(n.to_string()));
                let mut named = clinic();
                named.name = format!("Laptop {n}");
                vault.set_clinic(&named, at(1)).unwrap();
                vault
            })
            .collect();
        let cards: Vec<_> = vaults.iter_mut().map(|v| v.card(at(1)).unwrap()).collect();
        for (n, vault) in vaults.iter_mut().enumerate() {
            for (m, card) in cards.iter().enumerate().filter(|(m, _)| *m != n) {
                let _ = m;
                vault.trust(card, &card.words(), at(1)).unwrap();
            }
        }
        Self {
            dir,
            vaults,
            files: 0,
        }
    }

    fn send(&mut self, from: usize, to: usize, clients: &[ClientId], moving: bool) -> PathBuf {
        self.files += 1;
        let file = self.dir.path().join(format!("handover-{}", self.files));
        let to = format!("Laptop {to}");
        self.vaults[from]
            .hand_over(&to, clients, moving, &file, at(2))
            .unwrap();
        file
    }

    fn take(&mut self, to: usize, file: &Path) -> vault::Result<vault::TakenIn> {
        self.vaults[to].take_in(file, at(3))
    }

    fn add(&mut self, to: usize, record: &Record) -> ClientId {
        self.vaults[to]
            .transact(Operation::AddClient, at(2), |tx| tx.add_client(record))
            .unwrap()
    }

    fn edit(&mut self, of: usize, id: &ClientId, change: impl FnOnce(&mut Record)) {
        let mut record = self.vaults[of].read().record(id).unwrap();
        change(&mut record);
        self.vaults[of]
            .transact(Operation::ChangeRecord, at(3), |tx| {
                tx.set_record(id, &record)
            })
            .unwrap();
    }

    fn record(&self, of: usize, id: &ClientId) -> Record {
        self.vaults[of].read().record(id).unwrap()
    }
}

#[test]
fn a_client_arrives_whole_with_everything_done_for_it() {
    let mut clinic = Clinic::of(2);
    let mut one = record("Rosa", "Quill", "05F01234");
    one.cases.push(Case {
        id: Some(CaseId("a/b%".into())),
        counts: vec![Count {
            id: Some(CountId("c".into())),
            ..Count::default()
        }],
        ..Case::default()
    });
    let said = |by| record::Source {
        by,
        file: None,
        page: None,
        line: None,
        frame: None,
        confidence: None,
        was: None,
        on: None,
    };
    one.provenance = Some(
        ["person.name", "cases[1].counts[0].level", "cases[0].number"]
            .map(|path| (path.into(), vec![said(record::SourceBy::Client)]))
            .into(),
    );
    let id = clinic.add(0, &one);
    clinic.vaults[0]
        .transact(Operation::Note, at(2), |tx| {
            tx.add_note(&id, "in confidence")?;
            tx.set_status(&id, "filed")?;
            tx.set_filing(
                &id,
                &CaseId("k1".into()),
                &CountId("k1c1".into()),
                Step::Filed,
                Some("2026-11-02".parse().unwrap()),
            )?;
            let nothing = serde_json::json!([]);
            let says = vault::CheckVerdict::Corrected("PC 459".into());
            tx.add_check(&id, &[5; 32], "line/1/2", &says)?;
            tx.add_sheet(
                &id,
                &vault::NewSheet {
                    name: "s.txt",
                    bytes: b"RAP",
                    lines: &nothing,
                    other_events: &nothing,
                },
            )
        })
        .unwrap();
    let file = clinic.send(0, 1, std::slice::from_ref(&id), false);
    let taken = clinic.take(1, &file).unwrap();
    assert_eq!(
        taken.clients,
        [(id.clone(), Outcome::Added { like: vec![] })]
    );
    let (here, there) = (clinic.vaults[0].read(), clinic.vaults[1].read());
    assert_eq!(there.record(&id).unwrap(), one);
    let note = there.notes(&id).unwrap().remove(0);
    assert_eq!(note.text, "in confidence");
    assert_eq!(
        there.name_elsewhere(&note.person).unwrap().as_deref(),
        Some("Ana Lee")
    );
    assert_eq!(there.filings(&id).unwrap(), here.filings(&id).unwrap());
    assert_eq!(there.checks(&id).unwrap(), here.checks(&id).unwrap());
    assert_eq!(there.checks(&id).unwrap().len(), 1);
    assert_eq!(
        there.sheets(&id).unwrap()[0].sha256,
        here.sheets(&id).unwrap()[0].sha256
    );
    assert_eq!(
        there
            .sheet_bytes(&id, there.sheets(&id).unwrap()[0].id)
            .unwrap()
            .as_slice(),
        b"RAP"
    );
    assert_eq!(there.client(&id).unwrap().status, "filed");
    assert_eq!(there.clients("quill", 9).unwrap().len(), 1);
    let raw = fs::read(&file).unwrap();
    for planted in ["Rosa", "Quill", "05F01234", "confidence", "Laptop 0"] {
        assert!(
            !raw.windows(planted.len()).any(|w| w == planted.as_bytes()),
            "{planted}"
        );
    }
}

#[test]
fn edits_merge_conflicts_stand_side_by_side_and_a_choice_travels() {
    let mut clinic = Clinic::of(2);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    let file = clinic.send(0, 1, std::slice::from_ref(&id), false);
    clinic.take(1, &file).unwrap();
    clinic.edit(0, &id, |r| {
        r.person.citizenship = Some(Citizenship::Citizen);
        r.cases[0].counts[0].level = Some(Level::Felony);
    });
    clinic.edit(1, &id, |r| {
        r.cases[0].counts[0].level = Some(Level::Misdemeanor);
        r.cases[0].juvenile = Some(false);
    });
    let file = clinic.send(0, 1, std::slice::from_ref(&id), false);
    let taken = clinic.take(1, &file).unwrap();
    assert_eq!(
        taken.clients,
        [(id.clone(), Outcome::Merged { conflicts: 1 })]
    );
    let merged = clinic.record(1, &id);
    assert_eq!(merged.person.citizenship, Some(Citizenship::Citizen));
    assert_eq!(merged.cases[0].juvenile, Some(false));
    assert_eq!(
        merged.cases[0].counts[0].level, None,
        "what is disputed is not known"
    );
    let conflict = clinic.vaults[1].read().conflicts(&id).unwrap().remove(0);
    assert_eq!(conflict.field, "count/k1/k1c1/level");
    assert_eq!(conflict.values.len(), 2);

    let felony = conflict
        .values
        .iter()
        .find(|(_, v)| v == "felony")
        .unwrap()
        .0
        .clone();
    clinic.vaults[1]
        .resolve(&id, &conflict.field, Some(&felony), at(5))
        .unwrap();
    assert!(clinic.vaults[1].read().conflicts(&id).unwrap().is_empty());
    let file = clinic.send(1, 0, std::slice::from_ref(&id), false);
    clinic.take(0, &file).unwrap();
    assert_eq!(clinic.record(0, &id), clinic.record(1, &id));
    assert_eq!(
        clinic.record(0, &id).cases[0].counts[0].level,
        Some(Level::Felony)
    );
    for vault in &clinic.vaults {
        assert_eq!(vault.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn three_laptops_come_to_the_same_by_any_way_and_a_replay_changes_nothing() {
    let mut clinic = Clinic::of(3);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    for to in [1, 2] {
        let file = clinic.send(0, to, std::slice::from_ref(&id), false);
        clinic.take(to, &file).unwrap();
    }
    clinic.edit(0, &id, |r| r.cases[0].juvenile = Some(true));
    clinic.edit(1, &id, |r| r.cases[0].number = Some("2".into()));
    clinic.edit(2, &id, |r| r.cases[0].number = Some("3".into()));
    let old: Vec<_> = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)]
        .map(|(from, to)| (to, clinic.send(from, to, std::slice::from_ref(&id), false)))
        .into();
    for (to, file) in old.iter().rev() {
        clinic.take(*to, file).unwrap();
    }
    let all = clinic.record(0, &id);
    assert_eq!(all.cases[0].number, None);
    assert_eq!(all.cases[0].juvenile, Some(true));
    assert_eq!(
        (&clinic.record(1, &id), &clinic.record(2, &id)),
        (&all, &all)
    );
    let rows = clinic.vaults[1].read().audit_head().unwrap();
    for (to, file) in &old {
        let taken = clinic.take(*to, file).unwrap();
        assert!(taken.replay && taken.clients.is_empty());
    }
    assert_eq!(
        clinic.vaults[1].read().audit_head().unwrap(),
        rows,
        "not even a row"
    );
    assert_eq!(clinic.record(1, &id), all);
}

#[test]
fn only_confirmed_keys_are_believed() {
    let dir = tempfile::tempdir().unwrap();
    let [(mut a, _), (mut b, _), (mut c, _)] =
        ["a", "b", "c"].map(|name| vault(&dir.path().join(name)));
    let [card_a, card_b, card_c] = [&mut a, &mut b, &mut c].map(|v| v.card(at(1)).unwrap());
    assert_eq!(card_a.words().split(' ').count(), 6);
    assert_eq!(Card::from_json(&card_a.to_json()).unwrap(), card_a);
    let words = card_b.words();
    let mut last_changed: Vec<_> = words.split(' ').collect();
    last_changed[5] = if last_changed[5] == "zoo" {
        "abandon"
    } else {
        "zoo"
    };
    for wrong in [
        card_a.words(),
        String::new(),
        words.rsplit_once(' ').unwrap().0.to_owned(),
        last_changed.join(" "),
        format!("{words} zoo"),
    ] {
        assert!(
            matches!(a.trust(&card_b, &wrong, at(2)), Err(Error::WordsDiffer)),
            "{wrong}"
        );
    }
    assert!(matches!(
        a.trust(&card_a, &card_a.words(), at(2)),
        Err(Error::OwnCard)
    ));
    // The name belongs to what is read aloud, and says what it seems to say.
    let named = |name: &str| card_b.to_json().replace("Harbor Clinic", name);
    let renamed = Card::from_json(&named("Northern Clinic")).unwrap();
    assert_eq!(renamed.id(), card_b.id());
    assert!(matches!(
        a.trust(&renamed, &words, at(2)),
        Err(Error::WordsDiffer)
    ));
    for name in [
        "",
        " ",
        "Harbor\\nClinic",
        "Har\u{202e}bor",
        "Har\u{200b}bor",
    ] {
        assert!(
            matches!(Card::from_json(&named(name)), Err(Error::NotACard)),
            "{name:?}"
        );
    }
    let id = a
        .transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", "Quill", "1"))
        })
        .unwrap();
    let file = dir.path().join("file");
    assert!(matches!(
        a.hand_over(&card_b.id(), std::slice::from_ref(&id), false, &file, at(2)),
        Err(Error::UnknownVault)
    ));
    a.trust(&card_b, &words.to_uppercase(), at(2)).unwrap();
    a.hand_over(&card_b.id(), &[id], false, &file, at(2))
        .unwrap();
    assert!(
        matches!(b.take_in(&file, at(3)), Err(Error::UnknownVault)),
        "b has not confirmed a"
    );
    assert!(matches!(
        c.take_in(&file, at(3)),
        Err(Error::HandOverForAnother)
    ));
    b.trust(&card_c, &card_c.words(), at(3)).unwrap();
    assert!(matches!(b.take_in(&file, at(3)), Err(Error::UnknownVault)));
    b.trust(&card_a, &card_a.words(), at(3)).unwrap();
    assert_eq!(b.take_in(&file, at(3)).unwrap().clients.len(), 1);
    b.distrust(&card_a.id(), at(4)).unwrap();
    assert!(matches!(b.take_in(&file, at(5)), Err(Error::UnknownVault)));
}

#[test]
fn a_byte_changed_or_cut_anywhere_takes_nothing_in() {
    let mut clinic = Clinic::of(2);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    let good = fs::read(clinic.send(0, 1, &[id], false)).unwrap();
    let bad = clinic.dir.path().join("bad");
    let before = clinic.vaults[1].read().audit_head().unwrap();
    for step in 0..200 {
        let place = step * (good.len() - 1) / 199;
        let mut bytes = good.clone();
        bytes[place] ^= 0x10;
        for bytes in [bytes.as_slice(), &good[..place]] {
            fs::write(&bad, bytes).unwrap();
            let taken = clinic.take(1, &bad);
            assert!(
                matches!(
                    taken,
                    Err(Error::NotAHandOver | Error::HandOverDamaged | Error::HandOverForAnother)
                ),
                "byte {place}: {taken:?}"
            );
        }
    }
    assert_eq!(clinic.vaults[1].read().audit_head().unwrap(), before);
    assert_eq!(clinic.vaults[1].read().count().unwrap(), 0);
}

/// Who sent a client away and has it again holds the only copy: the vault between them may purge its own.
#[test]
fn what_came_back_is_not_purged_on_an_old_receipt() {
    for late in [false, true] {
        let mut clinic = Clinic::of(2);
        let id = clinic.add(0, &record("Rosa", "Quill", "1"));
        let one = std::slice::from_ref(&id);
        let there = clinic.send(0, 1, one, true);
        let of_there = clinic.take(1, &there).unwrap().receipt;
        // The receipt is read in before the client comes back, or after.
        if !late {
            assert_eq!(
                clinic.vaults[0].keep_receipt(&of_there, at(4)).unwrap(),
                one
            );
        }
        let back = clinic.send(1, 0, one, true);
        let of_back = clinic.take(0, &back).unwrap().receipt;
        if late {
            let may_go = clinic.vaults[0].keep_receipt(&of_there, at(4)).unwrap();
            assert!(may_go.is_empty(), "{may_go:?}");
        }
        clinic.vaults[1].keep_receipt(&of_back, at(5)).unwrap();
        clinic.vaults[1].purge_moved(&id, at(6)).unwrap();
        assert!(matches!(
            clinic.vaults[0].purge_moved(&id, at(7)),
            Err(Error::NotConfirmed)
        ));
        assert!(clinic.vaults[0].read().record(&id).is_ok());
        assert_eq!(
            clinic.vaults[0].read().sent(9).unwrap()[0].clients,
            [(id, false)]
        );
    }
}

/// Two laptops that send each other the same client at the same time both keep it.
#[test]
fn what_crossed_on_the_way_is_kept_by_both() {
    let mut clinic = Clinic::of(2);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    let one = std::slice::from_ref(&id);
    let copy = clinic.send(0, 1, one, false);
    clinic.take(1, &copy).unwrap();
    let (there, back) = (clinic.send(0, 1, one, true), clinic.send(1, 0, one, true));
    let of_there = clinic.take(1, &there).unwrap().receipt;
    let of_back = clinic.take(0, &back).unwrap().receipt;
    for (vault, receipt) in [(0, of_there), (1, of_back)] {
        assert!(
            clinic.vaults[vault]
                .keep_receipt(&receipt, at(4))
                .unwrap()
                .is_empty()
        );
        assert!(matches!(
            clinic.vaults[vault].purge_moved(&id, at(5)),
            Err(Error::NotConfirmed)
        ));
    }
}

#[test]
fn moved_is_purged_only_after_the_receipt() {
    let mut clinic = Clinic::of(3);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    let copied = clinic.add(0, &record("Bo", "Reed", "2"));
    let file = clinic.send(0, 1, std::slice::from_ref(&id), true);
    assert!(matches!(
        clinic.vaults[0].purge_moved(&id, at(4)),
        Err(Error::NotConfirmed)
    ));
    let receipt = clinic.take(1, &file).unwrap().receipt;
    let forged = receipt.to_json().replace("Laptop 1", "Laptop 2");
    let forged = Receipt::from_json(&forged).unwrap();
    assert!(matches!(
        clinic.vaults[0].keep_receipt(&forged, at(4)),
        Err(Error::ReceiptForAnother)
    ));
    assert!(matches!(
        clinic.vaults[2].keep_receipt(&receipt, at(4)),
        Err(Error::ReceiptForAnother)
    ));
    assert!(matches!(
        clinic.vaults[0].purge_moved(&id, at(4)),
        Err(Error::NotConfirmed)
    ));
    let receipt = Receipt::from_json(&receipt.to_json()).unwrap();
    assert_eq!(
        clinic.vaults[0].keep_receipt(&receipt, at(4)).unwrap(),
        std::slice::from_ref(&id)
    );
    assert!(
        clinic.vaults[1]
            .read()
            .audit_holds(&receipt.audit_head())
            .unwrap()
    );

    clinic.edit(0, &id, |r| r.cases[0].number = Some("9".into()));
    assert!(matches!(
        clinic.vaults[0].purge_moved(&id, at(5)),
        Err(Error::ChangedSince)
    ));
    clinic.edit(0, &id, |r| r.cases[0].number = Some("1".into()));
    let again = clinic.send(0, 1, std::slice::from_ref(&id), true);
    let receipt = clinic.take(1, &again).unwrap().receipt;
    clinic.vaults[0].keep_receipt(&receipt, at(6)).unwrap();
    clinic.vaults[0].purge_moved(&id, at(7)).unwrap();
    assert!(matches!(
        clinic.vaults[0].read().record(&id),
        Err(Error::NoSuchClient(_))
    ));
    assert!(
        clinic.vaults[0]
            .read()
            .clients("quill", 9)
            .unwrap()
            .is_empty()
    );
    let file = clinic.send(0, 1, std::slice::from_ref(&copied), false);
    let receipt = clinic.take(1, &file).unwrap().receipt;
    clinic.vaults[0].keep_receipt(&receipt, at(8)).unwrap();
    assert!(
        matches!(
            clinic.vaults[0].purge_moved(&copied, at(9)),
            Err(Error::NotConfirmed)
        ),
        "it was a copy"
    );
    // It may come back.
    let back = clinic.send(1, 0, std::slice::from_ref(&id), false);
    clinic.take(0, &back).unwrap();
    assert_eq!(clinic.record(0, &id), clinic.record(1, &id));
}

/// A vault restored on another laptop is another laptop: both go on, and neither overwrites the other unseen.
#[test]
fn a_restored_vault_is_another_laptop() {
    let mut clinic = Clinic::of(2);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    let file = clinic.send(0, 1, std::slice::from_ref(&id), false);
    clinic.take(1, &file).unwrap();
    let backup = clinic.dir.path().join("backup");
    clinic.vaults[0].backup(&backup, at(4)).unwrap();
    let backup = Backup::open(&backup).unwrap();
    let who = backup.people().remove(0).id;
    let home = clinic.dir.path().join("restored");
    let mut restored = backup
        .restore(&home, Opener::Passphrase(&who, &passphrase()), at(5))
        .unwrap();
    let card = restored.card(at(5)).unwrap();
    assert_ne!(card.words(), clinic.vaults[0].card(at(5)).unwrap().words());
    clinic.vaults[1].trust(&card, &card.words(), at(5)).unwrap();
    clinic.vaults.push(restored);
    clinic.edit(0, &id, |r| r.cases[0].number = Some("2".into()));
    clinic.edit(2, &id, |r| r.cases[0].number = Some("3".into()));
    for from in [0, 2] {
        let file = clinic.send(from, 1, std::slice::from_ref(&id), false);
        clinic.take(1, &file).unwrap();
    }
    let conflicts = clinic.vaults[1].read().conflicts(&id).unwrap();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].field, "case/k1/number");
}

#[test]
fn a_clients_words_travel_whole_and_two_laptops_never_swear_twice() {
    let words = |text: &str, on_paper| vault::Declaration {
        case: CaseId("k1".into()),
        count: Some(CountId("k1c1".into())),
        text: text.into(),
        language: Some("Spanish".into()),
        english: Some("I work.".into()),
        interpreter: Some("Ines Paz".into()),
        told: Some("[]".into()),
        day: None,
        on_paper,
    };
    let mut clinic = Clinic::of(2);
    let id = clinic.add(0, &record("Rosa", "Quill", "1"));
    let say = |clinic: &mut Clinic, of: usize, second, said: &vault::Declaration| {
        let done = clinic.vaults[of].transact(Operation::Declare, at(second), |tx| {
            tx.set_declaration(&id, said)
        });
        done.unwrap();
    };
    say(&mut clinic, 0, 2, &words("Trabajo.", false));
    let file = clinic.send(0, 1, std::slice::from_ref(&id), false);
    clinic.take(1, &file).unwrap();
    let kept = |clinic: &Clinic, of: usize| clinic.vaults[of].read().declarations(&id).unwrap();
    assert_eq!(kept(&clinic, 1)[0].said, words("Trabajo.", false));
    assert_eq!(kept(&clinic, 1), kept(&clinic, 0));

    say(&mut clinic, 0, 3, &words("Trabajo mucho.", true));
    say(&mut clinic, 1, 4, &words("Estudio.", true));
    let file = clinic.send(0, 1, std::slice::from_ref(&id), false);
    let taken = clinic.take(1, &file).unwrap();
    assert_eq!(
        taken.clients,
        [(id.clone(), Outcome::Merged { conflicts: 1 })]
    );
    assert_eq!(kept(&clinic, 1), [], "on no paper until a person chose");
    let conflict = clinic.vaults[1].read().conflicts(&id).unwrap().remove(0);
    let mut values = conflict.values.iter();
    let mine = values
        .find(|(_, value)| value["text"] == "Estudio.")
        .unwrap();
    clinic.vaults[1]
        .resolve(&id, &conflict.field, Some(&mine.0), at(5))
        .unwrap();
    assert_eq!(kept(&clinic, 1)[0].said, words("Estudio.", true));
}

/// Two copies of one folder: whichever comes second is refused, and so is everything after it, until a person says who goes on.
#[test]
fn of_two_copies_of_one_folder_neither_is_believed_until_a_person_says_which() {
    let mut clinic = Clinic::of(2);
    let copy = clinic.dir.path().join("copy");
    fs::create_dir(&copy).unwrap();
    for name in ["vault.keys", "vault.db", "vault.db-wal"] {
        fs::copy(clinic.dir.path().join("0").join(name), copy.join(name)).unwrap();
    }
    let mut copied = crate::made_up::reopen(&copy).unwrap();
    let mine = clinic.add(0, &record("Bo", "Reed", "1"));
    let theirs = copied
        .transact(Operation::AddClient, at(2), |tx| {
            tx.add_client(&record("Rosa", "Quill", "2"))
        })
        .unwrap();
    let own = clinic.send(0, 1, std::slice::from_ref(&mine), false);
    let later = clinic.send(0, 1, std::slice::from_ref(&mine), false);
    let files = ["c1", "c2"].map(|name| clinic.dir.path().join(name));
    for file in &files {
        let theirs = std::slice::from_ref(&theirs);
        copied
            .hand_over("Laptop 1", theirs, false, file, at(2))
            .unwrap();
    }
    clinic.take(1, &own).unwrap();
    assert!(matches!(clinic.take(1, &files[0]), Err(Error::VaultCopied)));
    for file in [&files[1], &later] {
        assert!(matches!(clinic.take(1, file), Err(Error::UnknownVault)));
    }
    assert!(clinic.vaults[1].read().record(&theirs).is_err());
    let card = clinic.vaults[0].card(at(4)).unwrap();
    clinic.vaults[1].trust(&card, &card.words(), at(5)).unwrap();
    clinic.take(1, &later).unwrap();
    assert_eq!(clinic.record(1, &mine), record("Bo", "Reed", "1"));
}
