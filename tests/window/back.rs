//! The ways back in: the recovery code, two of three printed sheets, and a backup on a machine that has nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::App;
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, add_client, check, lock, open, pages_of};
use crate::safe::found;

const AFTER_CODE: &str = "eleven herons beside the old canal";
const AFTER_SHEETS: &str = "nine tin kettles on a cold stove";

pub(crate) fn ways() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let stick = home.path("saved/stick");
    fs::create_dir(&stick).map_err(|error| error.to_string())?;
    let (code, sheets, backup) = {
        let mut window = open(&display, &home)?;
        let (code, sheets) = office(&window, &home)?;
        add_client(&window)?;
        let backup = backup(&window, &display, &stick)?;
        lock(&mut window)?;
        by_the_code(&window, &code)?;
        lock(&mut window)?;
        by_two_sheets(&window, &sheets)?;
        (code, sheets, backup)
    };
    let mut secrets: Vec<&str> = sheets.iter().map(String::as_str).collect();
    secrets.extend([&*code, "Tarragon", PASSPHRASE, AFTER_CODE, AFTER_SHEETS]);
    check(
        home.holding(&secrets).is_empty(),
        "a way back in, or the client, stands in clear",
    )?;
    fresh(&display, &backup, &secrets)
}

/// Made in the window, its code printed as three sheets. The code, and each sheet's words with their numbers, as somebody types them.
fn office(window: &App, home: &Home) -> Result<(String, Vec<String>), String> {
    window.fill("Clinic name*", "Lantern Street Record Clinic")?;
    window.fill("Your name", "Ada Lindqvist")?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.fill("The passphrase once more", PASSPHRASE)?;
    window.press("button", "Set up the office*")?;
    let code = window.words(&window.find("testid", "recovery-code")?)?;
    window.press("button", "Print three sheets*")?;
    window.see("It went to the printer")?;
    let jobs = home.printed();
    check(
        jobs.len() == 3,
        format!("{} sheets were printed", jobs.len()),
    )?;
    let paper = home.path("sheet.pdf");
    let mut sheets = Vec::new();
    for (_, bytes) in jobs {
        fs::write(&paper, bytes).map_err(|error| error.to_string())?;
        let text = pages_of(&paper)?.join("\n");
        let words: Vec<&str> = text.split_whitespace().collect();
        let numbered: Vec<String> = words
            .windows(2)
            .filter(|pair| {
                let number = pair[0].strip_suffix('.').map(str::parse::<u8>);
                number.is_some_and(|number| number.is_ok())
            })
            .map(|pair| pair.join(" "))
            .collect();
        check(
            numbered.len() >= 15,
            format!("a sheet has the words {numbered:?}"),
        )?;
        sheets.push(numbered.join("  "));
    }
    let _ = fs::remove_file(&paper);
    window.press("checkbox", "")?;
    window.press("button", "Go on")?;
    window.find("testid", "new-client")?;
    Ok((code, sheets))
}

fn backup(window: &App, display: &Display, stick: &Path) -> Result<PathBuf, String> {
    window.press("button", "Clients*")?;
    window.press("testid", "safe")?;
    window.press("testid", "backup-go")?;
    Dialog::appears(display)?.choose(stick)?;
    window.see("was written, opened and compared: one client")?;
    found(stick, "backup")
}

fn choose_passphrase(window: &App, passphrase: &str) -> Result<(), String> {
    window.fill("New passphrase", passphrase)?;
    window.fill("The passphrase once more", passphrase)?;
    window.press("button", "Open the office*")
}

/// A code with a slip is refused in words, and what was typed stays.
fn by_the_code(window: &App, code: &str) -> Result<(), String> {
    window.press("button", "Lost passphrase")?;
    let first = code.chars().next().unwrap_or('0');
    let slip = if first == '0' { '1' } else { '0' };
    window.fill("Recovery code", &code.replacen(first, &slip.to_string(), 1))?;
    choose_passphrase(window, AFTER_CODE)?;
    window.find("alert", "")?;
    window.picture("recover-slip")?;
    window.fill("Recovery code", code)?;
    window.press("button", "Open the office*")?;
    window.find("testid", "client-row").map(drop)
}

/// One sheet twice is not two.
fn by_two_sheets(window: &App, sheets: &[String]) -> Result<(), String> {
    window.press("button", "Lost passphrase")?;
    window.press("checkbox", "")?;
    window.fill("The words of one sheet", &sheets[2])?;
    window.fill("The words of another sheet", &sheets[2])?;
    choose_passphrase(window, AFTER_SHEETS)?;
    window.find("alert", "")?;
    window.fill("The words of another sheet", &sheets[0])?;
    window.picture("recover-sheets")?;
    window.press("button", "Open the office*")?;
    window.find("testid", "client-row").map(drop)
}

/// The backup is all that is left: a machine where no office ever was. It opens with the passphrase of its day.
fn fresh(display: &Display, backup: &Path, secrets: &[&str]) -> Result<(), String> {
    let home = Home::new()?;
    let window = open(display, &home)?;
    window.press("testid", "restore-ask")?;
    let secret = "Passphrase or recovery code of the backup";
    window.fill(secret, AFTER_CODE)?;
    window.press("testid", "restore-go")?;
    Dialog::appears(display)?.choose(backup)?;
    window.find("alert", "")?;
    window.picture("restore-refused")?;
    window.fill(secret, PASSPHRASE)?;
    window.press("testid", "restore-go")?;
    Dialog::appears(display)?.choose(backup)?;
    window.see("is back, with one client")?;
    window.picture("restored")?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.press("testid", "client-row")?;
    window.see("Hester Tarragon")?;
    drop(window);
    check(
        home.holding(secrets).is_empty(),
        "the restored office stands in clear somewhere",
    )
}
