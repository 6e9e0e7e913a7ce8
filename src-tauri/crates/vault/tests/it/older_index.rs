//! The index of words with pages of an older copy in it: an opening makes it anew, and searching, adding and destroying go on.

use std::fs;
use std::path::Path;

use vault::{ClientId, Decision, Operation, Vault};

use crate::made_up::{PASSPHRASE, at, folder, record, vault};
use crate::older_pages::TwoDays;
use crate::put_back::unlock;

const FAMILIES: [&str; 4] = ["Quill", "Tarragon", "Okonkwo", "Zamora"];

fn add(vault: &mut Vault, family: &str, number: usize) -> vault::Result<ClientId> {
    let record = record("Rosa", family, &format!("{family}{number:03}"));
    vault.transact(Operation::AddClient, at(2), |tx| tx.add_client(&record))
}

fn destroy(mut vault: Vault, client: &ClientId) -> vault::Result<Vault> {
    vault.transact(Operation::Retain, at(3), |tx| {
        tx.set_retention(client, Decision::Destroy, "five years", "asked for")
    })?;
    Ok(vault.destroy(client, at(3))?.0)
}

fn made_anew(vault: &Vault) -> usize {
    let rows = vault.read().audit(0, 999).unwrap().into_iter();
    rows.filter(|row| row.operation == "make_index").count()
}

/// Everybody on the list is found by the own number, and nobody else is.
fn finds_everybody(vault: &Vault) -> bool {
    let read = vault.read();
    read.clients("", 999).unwrap().iter().all(|row| {
        let record = read.record(&row.id).unwrap();
        let number = record.cases[0].number.clone().unwrap();
        let found = read.clients(&number, 999).unwrap();
        found.iter().map(|found| &found.id).eq([&row.id])
    })
}

/// An office whose clients, and with them the index, change from one day to the next.
fn two_days(home: &Path) -> TwoDays {
    let (mut vault, _) = vault(home);
    for n in 0..120 {
        add(&mut vault, FAMILIES[n % 4], n).unwrap();
    }
    let ana = vault.me().id.clone();
    vault.lock(at(4)).unwrap();
    let file = home.join("vault.db");
    let before = fs::read(&file).unwrap();
    let mut vault = unlock(home, &ana, PASSPHRASE).unwrap();
    assert_eq!(made_anew(&vault), 0, "an index that was kept stays");
    for n in 120..124 {
        add(&mut vault, FAMILIES[n % 4], n).unwrap();
    }
    vault.lock(at(5)).unwrap();
    TwoDays::new(before, fs::read(&file).unwrap())
}

#[test]
fn an_index_of_two_days_is_made_anew() {
    let dir = folder();
    let home = dir.path().join("home");
    let days = two_days(&home);
    let (file, keys) = (home.join("vault.db"), home.join("vault.keys"));
    let old_keys = fs::read(&keys).unwrap();
    let ana = Vault::open(&home).unwrap().people().remove(0).id;
    let (mut opened, mut anew) = (0, 0);
    for (chosen, mixed) in days.runs(2) {
        fs::write(&file, &mixed).unwrap();
        // Whoever destroys a record changes the data key.
        fs::write(&keys, &old_keys).unwrap();
        let Ok(mut vault) = unlock(&home, &ana, PASSPHRASE) else {
            continue;
        };
        let pages = format!("pages {chosen:b}");
        if !vault.verify().unwrap().problems.is_empty() {
            continue;
        }
        opened += 1;
        anew += made_anew(&vault);
        assert!(finds_everybody(&vault), "{pages}");
        let new = add(&mut vault, "Vance", 99).unwrap_or_else(|why| panic!("{pages}: {why}"));
        assert!(finds_everybody(&vault), "{pages}");
        let vault = destroy(vault, &new).unwrap_or_else(|why| panic!("{pages}: {why}"));
        assert!(finds_everybody(&vault), "{pages}");
        assert_eq!(
            vault.verify().unwrap().problems,
            Vec::<String>::new(),
            "{pages}"
        );
        vault.lock(at(9)).unwrap();
    }
    let pages = days.changed.len();
    assert!(
        opened > 0 && anew > 0,
        "of {pages} pages {opened} mixtures opened, {anew} made the index anew"
    );
}

/// Nobody noted what the index comes to when the program was killed: it is made anew once, and then it is known.
#[test]
fn after_a_kill_it_is_made_anew_once() {
    let dir = folder();
    let home = dir.path().join("home");
    let (mut vault, _) = vault(&home);
    let ana = vault.me().id.clone();
    add(&mut vault, "Quill", 1).unwrap();
    drop(vault);
    for times in [1, 1] {
        let vault = unlock(&home, &ana, PASSPHRASE).unwrap();
        assert_eq!(made_anew(&vault), times);
        assert!(finds_everybody(&vault));
        drop(vault);
    }
}
