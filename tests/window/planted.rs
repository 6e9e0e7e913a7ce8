//! An office in which every name and number is planted, and the search for them in what a day leaves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use desk::view::{Add, AddNote, Answer, List, SetContact, Unlock};
use desk::{Desk, Door};
use record::answers::Contact;
use serde_json::json;

use crate::home::{Home, WROTE, files};
use crate::journey::{PASSPHRASE, check};
use crate::plants::{Plants, names, numbers};
use crate::safe::{made, now};

/// So many clients were there before this day, each with a name, a case number, and three more facts of its own.
const BEFORE: usize = 48;

/// An office with clients of whom everything is planted.
pub(crate) fn planted(folder: &Path) -> Result<(), String> {
    let mut desk = made(folder, "Lantern Street", &[])?;
    fill(&mut desk).map_err(|error| error.to_string())?;
    desk.lock(now());
    Ok(())
}

fn fill(desk: &mut Desk) -> desk::Result<()> {
    let mut clinic = desk.clinic()?;
    clinic.require_sign_off = true;
    clinic.address = vec!["100 Lantern Street".into(), "Sacramento, CA 95814".into()];
    clinic.phone = Some("916-555-0143".into());
    desk.set_clinic(clinic, now())?;
    (0..BEFORE).try_for_each(|n| client(desk, n))
}

fn client(desk: &mut Desk, n: usize) -> desk::Result<()> {
    let (names, numbers) = (names(), numbers());
    let (other, number) = (&names[BEFORE + n], &numbers[BEFORE + n]);
    let add = Add {
        given: "Rosa".into(),
        family: names[n].clone(),
        born: None,
    };
    let id = desk.add(&add, now())?;
    let case = json!({"court": {"jurisdiction": "us-ca", "county": "Alpine"}, "number": numbers[n], "counts": []});
    let facts = [
        ("cases[0]", case),
        (
            "person.aliases",
            json!([{"given": "Rosa", "family": other}]),
        ),
        (
            "person.identifiers",
            json!([{"kind": "cii", "value": format!("A{number}")}]),
        ),
    ];
    for (path, value) in facts {
        let (id, path) = (id.clone(), path.to_owned());
        desk.answer(Answer { id, path, value }, now())?;
    }
    let contact = Contact {
        address: Some(vec![format!("{n} {other} Street")]),
        phone: Some(number.clone()),
        ..Contact::default()
    };
    let ask = SetContact {
        id: id.clone(),
        contact,
    };
    desk.contact(ask, now())?;
    let text = format!("said that {other} was there, {number}");
    desk.note(&AddNote { id, text }, now()).map(drop)
}

/// How many of the plants the office holds, after the crash.
pub(crate) fn in_the_office(folder: &Path, plants: &Plants) -> Result<usize, String> {
    let told = |error: desk::Error| error.to_string();
    let mut door = Door::at(folder.to_owned());
    let person = door.session(now()).map_err(told)?.people[0].id.clone();
    let ask = Unlock {
        person,
        passphrase: PASSPHRASE.into(),
    };
    let mut desk = door.unlock(&ask, now()).map_err(told)?;
    let query = String::new();
    let mut all = BTreeSet::new();
    for row in desk.list(&List { query }).map_err(told)? {
        let client = desk.open(row.id, now()).map_err(told)?;
        let text = serde_json::to_string(&client).map_err(|error| error.to_string())?;
        all.extend(
            plants
                .within(text.as_bytes())
                .into_iter()
                .map(str::to_owned),
        );
    }
    desk.lock(now());
    Ok(all.len())
}

/// Every file that the program wrote, but what somebody asked for; what it and its driver said; what a job at the printer is called.
pub(crate) fn searched(
    plants: &Plants,
    home: &Home,
    said: &[u8],
    began: SystemTime,
) -> Result<(), String> {
    let saved = files(&home.path("saved"));
    let found = |ending: &str| {
        let mut all = saved.iter();
        let file = all.find(|file| file.extension().is_some_and(|e| e == ending));
        file.ok_or_else(|| format!("no .{ending} in {saved:?}"))
    };
    let asked = fs::read(found("csv")?).map_err(|error| error.to_string())?;
    // What somebody asked for in clear has them, so the search would find them elsewhere too.
    let asked: BTreeSet<&str> = plants.within(&asked).into_iter().collect();
    let asked = asked.len();
    check(
        asked > BEFORE,
        format!("the table in clear has {asked} of the plants"),
    )?;
    let sealed = fs::read(found("backup")?).map_err(|error| error.to_string())?;
    check(plants.within(&sealed).is_empty(), "the backup is in clear")?;
    let mut clear = Vec::new();
    let mut searched = 0;
    for folder in WROTE {
        clear.extend(plants.found_below(&home.path(folder)));
        for file in files(&home.path(folder)) {
            searched += 1;
            let bytes = fs::read(&file).unwrap_or_default();
            check(
                !bytes.starts_with(b"\x7fELF"),
                format!("a core was left: {}", file.display()),
            )?;
        }
    }
    for file in beside(began) {
        let bytes = fs::read(&file).unwrap_or_default();
        let hits = [
            plants.within(&bytes),
            plants.within(file.as_os_str().as_encoded_bytes()),
        ];
        let hit = hits.concat().first().map(|hit| (*hit).to_owned());
        clear.extend(hit.map(|hit| (file, hit)));
    }
    check(clear.is_empty(), format!("in clear: {clear:?}"))?;
    let said_so = plants.within(said);
    check(said_so.is_empty(), format!("the app said {said_so:?}"))?;
    for (args, _) in home.printed() {
        let named = plants.within(args.as_bytes());
        check(named.is_empty(), format!("a print job is called {named:?}"))?;
    }
    println!(
        "{searched} files searched for 200 names and numbers; the table in clear has {asked} of them"
    );
    Ok(())
}

/// What was written meanwhile to the places that everybody may write to.
fn beside(began: SystemTime) -> Vec<PathBuf> {
    let entries = ["/tmp", "/var/tmp", "/dev/shm"]
        .into_iter()
        .flat_map(|place| fs::read_dir(place).into_iter().flatten().flatten());
    entries
        .filter(|entry| {
            let written = entry.metadata().ok().filter(fs::Metadata::is_file);
            written
                .and_then(|file| file.modified().ok())
                .is_some_and(|at| at >= began)
        })
        .map(|entry| entry.path())
        .collect()
}
