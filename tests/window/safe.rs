//! The office's safe in the window, with real dialogs: a backup and its rehearsal, the log, another laptop by its six words, a client
//! that moves and leaves after the receipt, a table, and a record that is destroyed.

use std::fs;
use std::path::{Path, PathBuf};

use desk::view::{Add, Confirm, Create};
use desk::{Desk, Door, Moment};

use crate::app::App;
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, open};

/// Names that must stand in no file but those that a person asked for.
const MOVES: &str = "Quackenbush";
const ENDS: &str = "Zebulonsen";

pub(crate) fn journey() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let told = |error: desk::Error| error.to_string();
    let mut desk = made(&home.path("office/vault"), "Lantern Street", &[MOVES, ENDS])?;
    let mut north = made(&home.path("saved/north"), "North branch", &[])?;
    let stick = home.path("saved/stick");
    fs::create_dir(&stick).map_err(|error| error.to_string())?;
    let card = stick.join(north.save_card(&stick, now()).map_err(told)?.file);
    let words = north.laptops(now()).map_err(told)?.words;
    // What this laptop's own card says, the other one confirms.
    let own = stick.join(desk.save_card(&stick, now()).map_err(told)?.file);
    let mine = desk.laptops(now()).map_err(told)?.words;
    north
        .confirm_laptop(
            &own,
            &Confirm {
                words: mine.clone(),
            },
            now(),
        )
        .map_err(told)?;
    desk.lock(now());

    let window = open(&display, &home)?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.see("There is no backup yet. Write one today")?;
    let backup = backups(&window, &display, &stick)?;
    log(&window, &display, &stick)?;
    table(&window, &display, &stick)?;
    window.press("button", "Clients*")?;
    window.press("testid", "laptops")?;
    window.see(&mine)?;
    window.fill("The six words on the other screen", &words)?;
    window.press("testid", "confirm-go")?;
    Dialog::appears(&display)?.choose(&card)?;
    window.see("North branch is believed from now on")?;
    moved(&window, &display, &stick, &mut north)?;
    destroyed(&window, &backup)?;
    let left = home.holding(&[MOVES, ENDS, &mine]);
    check(
        left.is_empty(),
        format!("a client or the six words stand in clear in {left:?}"),
    )?;
    let sealed = fs::read_dir(&stick).map_err(|error| error.to_string())?;
    for file in sealed.flatten() {
        let bytes = fs::read(file.path()).unwrap_or_default();
        let clear = [MOVES, ENDS].iter().any(|name| {
            bytes
                .windows(name.len())
                .any(|part| part == name.as_bytes())
        });
        check(
            !clear,
            format!("a client stands in clear in {:?}", file.path()),
        )?;
    }
    Ok(())
}

pub(crate) fn now() -> Moment {
    #[expect(
        clippy::disallowed_methods,
        reason = "the app that opens this office reads the clock too"
    )]
    let now = jiff::Zoned::now();
    Moment {
        at: now.timestamp(),
        today: now.date(),
    }
}

pub(crate) fn made(folder: &Path, clinic: &str, families: &[&str]) -> Result<Desk, String> {
    let create = Create {
        clinic: clinic.into(),
        person: "Ada Lindqvist".into(),
        bar: Some("999001".into()),
        passphrase: PASSPHRASE.into(),
    };
    let made = Door::at(folder.to_owned()).create(&create, now());
    let (mut desk, _) = made.map_err(|error| error.to_string())?;
    for family in families {
        let add = Add {
            given: "Rosa".into(),
            family: (*family).into(),
            born: None,
        };
        desk.add(&add, now()).map_err(|error| error.to_string())?;
    }
    Ok(desk)
}

fn backups(window: &App, display: &Display, stick: &Path) -> Result<PathBuf, String> {
    window.press("testid", "safe")?;
    window.press("testid", "backup-go")?;
    Dialog::appears(display)?.choose(stick)?;
    window.see("was written, opened and compared: 2 clients")?;
    let file = found(stick, "backup")?;
    window.fill(
        "Passphrase of the day of the backup, or the recovery code",
        PASSPHRASE,
    )?;
    window.press("testid", "rehearse-go")?;
    Dialog::appears(display)?.choose(&file)?;
    window.patiently("the rehearsal", || {
        Ok(window
            .text()?
            .contains("Everything came back: 2 clients")
            .then_some(()))
    })?;
    window.picture("safe-backups")?;
    Ok(file)
}

fn log(window: &App, display: &Display, stick: &Path) -> Result<(), String> {
    window.press("radio", "Who did what")?;
    window.see("wrote a backup")?;
    window.press("testid", "log-save")?;
    Dialog::appears(display)?.choose(stick)?;
    window.see(".pdf was written.")?;
    window.press("testid", "log-verify")?;
    window.see("Every page, every signature and every record is whole")?;
    let paper = found(stick, "pdf")?;
    let pages = crate::journey::pages_of(&paper)?;
    check(
        pages
            .iter()
            .any(|page| page.contains("Audit log") && page.contains("Ada Lindqvist")),
        "the log on paper says who",
    )?;
    window.picture("safe-log").map(drop)
}

fn table(window: &App, display: &Display, stick: &Path) -> Result<(), String> {
    window.press("radio", "Tables and figures")?;
    window.fill(
        "Passphrase of the file",
        "eleven herons beside the old canal",
    )?;
    window.press("testid", "export-go")?;
    Dialog::appears(display)?.choose(stick)?;
    // The passphrase's own price is paid here, which takes a while beside other work.
    window.patiently("the table", || {
        let told = window
            .text()?
            .contains(".csv.age was written, with 2 clients");
        Ok(told.then_some(()))
    })?;
    window.picture("safe-tables").map(drop)
}

/// Chooses the other laptop and one client for it.
pub(crate) fn send_to_north(window: &App, client: &str) -> Result<(), String> {
    window.find("testid", "send-to")?;
    window.script(
        "const list = document.querySelector('[data-testid=send-to]');\
         list.value = [...list.options].find((one) => one.text === 'North branch').value;\
         list.dispatchEvent(new Event('change', {bubbles: true}))",
        &[],
    )?;
    window.fill("Find clients to hand over", client)?;
    window.wait("the one client", || {
        Ok((window.count("testid", "send-client")? == 1).then_some(()))
    })?;
    window.press("testid", "send-client")
}

/// The client goes to the other laptop, whose receipt comes back.
fn moved(window: &App, display: &Display, stick: &Path, north: &mut Desk) -> Result<(), String> {
    send_to_north(window, MOVES)?;
    window.press("radio", "They leave once the other laptop signed for them")?;
    window.press("testid", "send-go")?;
    Dialog::appears(display)?.choose(stick)?;
    window.see(".relief was written, with one client")?;
    window.picture("laptops-sent")?;
    let told = |error: desk::Error| error.to_string();
    let taken = north
        .take_in(&found(stick, "relief")?, now())
        .map_err(told)?;
    check(
        taken.clients.len() == 1,
        "the other laptop did not take the client in",
    )?;
    let receipt = stick.join(north.save_receipt(stick).map_err(told)?.file);
    window.press("testid", "receipt-go")?;
    Dialog::appears(display)?.choose(&receipt)?;
    window.see("The other laptop signed for these clients")?;
    window.press("testid", "purge-go")?;
    window.see("They are gone from this laptop")?;
    window.press("button", "Clients*")?;
    window.wait("one client left", || {
        Ok((window.count("testid", "client-row")? == 1).then_some(()))
    })
}

fn destroyed(window: &App, backup: &Path) -> Result<(), String> {
    window.press("testid", "client-row")?;
    window.press("testid", "step-after")?;
    window.press("radio", "Destroy it")?;
    window.fill(
        "The rule of the clinic",
        "seven years after the last filing",
    )?;
    window.fill("Why, for this client", "the client asked for it")?;
    window.press("testid", "decide-go")?;
    window.see("To be destroyed: seven years after the last filing")?;
    window.see(&backup.file_name().unwrap_or_default().to_string_lossy())?;
    window.picture("keeping")?;
    window.press("testid", "destroy-ask")?;
    window.press("testid", "destroy-go")?;
    window.see("The record is destroyed, and the database has a new key")?;
    window.press_in("[data-testid=keeping]", "button", "Clients")?;
    window.wait("no client left", || {
        Ok((window.count("testid", "client-row")? == 0).then_some(()))
    })
}

/// The one file with this ending.
pub(crate) fn found(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let files = fs::read_dir(folder).map_err(|error| error.to_string())?;
    files
        .flatten()
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|e| e == ending))
        .ok_or_else(|| format!("no .{ending} in the folder"))
}
