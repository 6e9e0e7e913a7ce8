//! The issue's own walk: papers are looked at, signed off, edited (the sign-off falls), signed again, and fifty packets are printed in
//! one job to a folder.

use std::fs;
use std::path::Path;

use desk::view::{Add, Answer, Create, Elect};
use desk::{Desk, Door, Moment};
use record::answers::{Elections, Signer};
use serde_json::json;

use crate::app::App;
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::{Home, files};
use crate::journey::{PASSPHRASE, check, open, pages_of};

/// So many packets.
const MANY: usize = 50;
/// The client whose papers the attorney looks at in the window.
const FIRST: &str = "Family000";

pub(crate) fn fifty() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    office(&home.path("office"), MANY)?;
    let window = open(&display, &home)?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.find("testid", "client-row")?;
    sign_edit_and_sign_again(&window)?;
    print_fifty(&window, &display, &home)
}

/// An office that wants a sign-off, with clients who have one case each.
pub(crate) fn office(folder: &Path, clients: usize) -> Result<(), String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the app that opens this office reads the clock too"
    )]
    let now = jiff::Zoned::now();
    let now = Moment {
        at: now.timestamp(),
        today: now.date(),
    };
    let create = Create {
        clinic: "Lantern Street Record Clinic".into(),
        person: "Ada Lindqvist".into(),
        bar: Some("999001".into()),
        passphrase: PASSPHRASE.into(),
    };
    let made = Door::at(folder.join("vault")).create(&create, now);
    let (mut desk, _) = made.map_err(|error| error.to_string())?;
    fill(&mut desk, clients, now).map_err(|error| error.to_string())?;
    desk.lock(now);
    Ok(())
}

fn fill(desk: &mut Desk, clients: usize, now: Moment) -> desk::Result<()> {
    let mut clinic = desk.clinic()?;
    clinic.require_sign_off = true;
    clinic.address = vec!["100 Lantern Street".into(), "Sacramento, CA 95814".into()];
    clinic.phone = Some("916-555-0143".into());
    desk.set_clinic(clinic, now)?;
    for n in 0..clients {
        client(desk, n, now)?;
    }
    Ok(())
}

fn client(desk: &mut Desk, n: usize, now: Moment) -> desk::Result<()> {
    let id = desk.add(
        &Add {
            given: format!("Given{n:03}"),
            family: format!("Family{n:03}"),
            born: Some("1976-03-12".into()),
        },
        now,
    )?;
    let case = json!({
        "court": {"jurisdiction": "us-ca", "county": "Sacramento"}, "number": format!("03F{:05}", 10_000 + n),
        "counts": [{"section": "HS 11359", "level": "felony", "offense_date": "2003-05-01", "relief_granted": [],
            "disposition": {"kind": "convicted", "date": "2003-08-11", "plea": "guilty"},
            "sentence": {"parts": [], "status": "completed", "completed": "2006-08-11"}}],
    });
    let facts = [
        ("cases[0]", case),
        ("person.citizenship", json!("citizen")),
        ("person.registrations", json!([])),
        ("now.serving", json!(false)),
        ("now.supervised", json!(false)),
        ("now.charged", json!(false)),
    ];
    for (path, value) in facts {
        let (id, path) = (id.clone(), path.to_owned());
        desk.answer(Answer { id, path, value }, now)?;
    }
    let signer = Signer::Attorney {
        name: "Ada Lindqvist".into(),
    };
    let elections = Elections {
        signer: Some(signer),
        ..Elections::default()
    };
    desk.elect(Elect { id, elections }, now)?;
    Ok(())
}

/// The attorney signs, changes a fact, and the sign-off is gone with what was changed; then signs again.
fn sign_edit_and_sign_again(window: &App) -> Result<(), String> {
    window.fill("Find by name or case number", FIRST)?;
    window.wait("one client", || {
        Ok((window.count("testid", "client-row")? == 1).then_some(()))
    })?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.see("Not signed off yet")?;
    let off = "return document.querySelector('[data-testid=print]').disabled";
    check(
        window.script(off, &[])? == json!(true),
        "papers can be printed before the sign-off",
    )?;
    window.picture("to-sign-off")?;
    window.press("testid", "sign-off-go")?;
    window.see("Signed off by Ada Lindqvist, SBN 999001")?;
    window.picture("signed-off")?;
    window.press("testid", "step-intake")?;
    window.fill("Given name", "Gwen")?;
    window.press("testid", "step-papers")?;
    window.see("The sign-off no longer holds")?;
    window.see("given name")?;
    window.picture("sign-off-ended")?;
    check(
        window.script(off, &[])? == json!(true),
        "papers can be printed after an edit",
    )?;
    window.press("testid", "sign-off-go")?;
    window.see("Signed off by Ada Lindqvist, SBN 999001")?;
    check(
        window.script(off, &[])? == json!(false),
        "signed papers cannot be printed",
    )
}

fn print_fifty(window: &App, display: &Display, home: &Home) -> Result<(), String> {
    // Forty-nine were not signed off: from here on the office does not ask for it.
    window.press("button", "Clients*")?;
    window.press("button", "The office")?;
    window.press("radio", "No")?;
    window.press("button", "Clients*")?;
    window.press("testid", "bulk")?;
    window.press("testid", "bulk-all")?;
    window.picture("bulk-chosen")?;
    window.press("testid", "bulk-make")?;
    window.find("testid", "bulk-stop")?;
    window.picture("bulk-making")?;
    window.patiently("fifty packets", || {
        Ok((window.count("testid", "bulk-save")? == 1).then_some(()))
    })?;
    window.see("50 packets are made")?;
    window.picture("bulk-made")?;
    window.press("testid", "bulk-save")?;
    Dialog::appears(display)?.choose(&home.path("saved"))?;
    window.patiently("the folder", || {
        Ok(window.text()?.contains("Saved: ").then_some(()))
    })?;
    window.picture("bulk-saved")?;
    let saved = files(&home.path("saved"));
    let job = saved.iter().find(|file| file.ends_with("print-job.pdf"));
    let pages = pages_of(job.ok_or("there is no print job")?)?;
    // Each page names one client, and the clients follow one another in folder order.
    let mut order = Vec::new();
    for page in &pages {
        let upper = page.to_uppercase();
        let mut named: Vec<usize> = (0..MANY)
            .filter(|n| upper.contains(&format!("FAMILY{n:03}")))
            .collect();
        check(named.len() <= 1, "a page names two clients")?;
        order.extend(named.pop());
    }
    order.dedup();
    check(
        order == (0..MANY).collect::<Vec<_>>(),
        format!("the packets lie in another order: {order:?}"),
    )?;
    let folders = fs::read_dir(job.and_then(|job| job.parent()).ok_or("no folder")?);
    let folders = folders.map_err(|error| error.to_string())?;
    check(folders.count() == MANY + 1, "a packet's folder is missing")?;
    // Nothing is left of it elsewhere.
    let left = home.holding(&["Family000", "Family049"]);
    check(
        left.is_empty(),
        format!("a client stands in clear in {left:?}"),
    )
}
