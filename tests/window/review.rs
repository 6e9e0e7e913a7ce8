//! A mass review in the window: real dialogs, a few hundred people, other policies, a person, and a run that is cancelled.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use desk::view::Create;
use desk::{Door, Moment};
use serde_json::json;

use crate::app::App;
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, open};

/// People of the export that is looked at.
const PEOPLE: usize = 300;
/// People of the export whose review is cancelled: so many that nobody could be faster.
const MANY: usize = 60_000;

pub(crate) fn county() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    office(&home.path("office"))?;
    let io = |error: std::io::Error| error.to_string();
    let (small, large) = (home.path("saved/export.dat"), home.path("saved/large.dat"));
    export(&small, PEOPLE).map_err(io)?;
    export(&large, MANY).map_err(io)?;
    for folder in ["results", "others"] {
        fs::create_dir(home.path(folder)).map_err(io)?;
    }
    let window = open(&display, &home)?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.press("testid", "review")?;
    ask(&window, &display, &small, &home.path("results"))?;
    numbers(&window)?;
    person(&window)?;
    check(
        home.path("results/determinations.csv").is_file()
            && home.path("results/report.pdf").is_file(),
        "the tables or the report are not in the folder",
    )?;
    cancelled(&window, &display, &large, &home.path("others"))?;
    // The page kept nobody: names stand where the person put them and nowhere else.
    let left = home.holding(&["REVIEWED0007"]);
    let elsewhere = left.iter().filter(|path| {
        !path.starts_with(home.path("saved")) && !path.starts_with(home.path("results"))
    });
    let elsewhere: Vec<_> = elsewhere.collect();
    check(
        elsewhere.is_empty(),
        format!("a person of the export stands in clear in {elsewhere:?}"),
    )
}

fn office(folder: &Path) -> Result<(), String> {
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
    let (desk, _) = made.map_err(|error| error.to_string())?;
    desk.lock(now);
    Ok(())
}

/// An export of made-up people with a marijuana conviction each, and now and then an older one.
fn export(path: &Path, people: usize) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for n in 0..people {
        for count in 1..=1 + n % 2 {
            let (offense, level, year) = match (count, n % 4) {
                (1, 0) => (
                    "11357(B) HS-POSSESS MARIJUANA 28.5 GRAMS OR LESS",
                    "MISDEMEANOR",
                    1995,
                ),
                (1, _) => ("11359 HS-POSSESS MARIJUANA FOR SALE", "FELONY", 1990),
                _ => ("459 PC-BURGLARY", "FELONY", 1985),
            };
            let on = format!("{}0615", year + n % 25);
            let mut row = vec![String::new(); 95];
            // By the columns' places in the export.
            for (column, value) in [
                (2, format!("{}", 100_000 + n)),
                (11, format!("A{n:08}")),
                (12, format!("\"REVIEWED{n:04},GIVEN{n:04}\"")),
                (13, (if n % 4 == 0 { "F" } else { "M" }).into()),
                (
                    14,
                    if n % 9 == 0 {
                        String::new()
                    } else {
                        format!("19{}0505", 50 + n % 20)
                    },
                ),
                (22, ["BLACK", "WHITE", "HISPANIC", ""][n % 4].into()),
                (40, on.clone()),
                (42, "COURT ACTION".into()),
                (46, "CASC SACRAMENTO".into()),
                (48, "SACRAMENTO".into()),
                (50, format!("00100100{count}000")),
                (51, on),
                (52, format!("85F{n:05}")),
                (54, offense.into()),
                (55, "F".into()),
                (80, "CONVICTED".into()),
                (82, level.into()),
                (94, "#".into()),
            ] {
                row[column] = value;
            }
            writeln!(out, "{}", row.join(","))?;
        }
    }
    out.flush()
}

/// Presses a button that opens the system's dialog. While the files are looked at the page grows, and a press that lands where the
/// button was a moment ago is made again, as a person would.
fn dialog<'a>(window: &App, display: &'a Display, button: &str) -> Result<Dialog<'a>, String> {
    window.press("testid", button)?;
    Dialog::appears(display).or_else(|_| {
        window.press("testid", button)?;
        Dialog::appears(display)
    })
}

/// Chooses everything through the real dialogs and begins.
fn ask(window: &App, display: &Display, file: &Path, folder: &Path) -> Result<(), String> {
    dialog(window, display, "review-files")?.choose(file)?;
    window.see("The first 200 rows look right")?;
    pick(window, "review-county", "Sacramento")?;
    window.fill("As of", "7/1/2020")?;
    dialog(window, display, "review-folder")?.choose(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    window.wait("the folder's name", || {
        let is = window.find("testid", "review-folder-is")?;
        Ok(window.words(&is)?.ends_with(&*name).then_some(()))
    })?;
    window.picture("review-asked")?;
    window.press("testid", "review-begin")
}

/// Chooses from a list: the driver cannot open one.
fn pick(window: &App, list: &str, value: &str) -> Result<(), String> {
    window.find("testid", list)?;
    let choose = "const list = document.querySelector(`[data-testid=${arguments[0]}]`);\
         list.value = arguments[1]; list.dispatchEvent(new Event('change', { bubbles: true }));";
    window
        .script(choose, &[json!(list), json!(value)])
        .map(drop)
}

fn count(window: &App, number: &str) -> Result<String, String> {
    window.words(&window.find("testid", &format!("number-{number}"))?)
}

fn numbers(window: &App) -> Result<(), String> {
    window.patiently("the numbers", || {
        Ok((window.count("testid", "number-all")? == 1).then_some(()))
    })?;
    check(
        count(window, "people")?.starts_with("300"),
        "not every person was decided on",
    )?;
    window.picture("review-numbers")?;
    let law = count(window, "dismiss")?;
    pick(window, "review-under", "los-angeles")?;
    window.see("These numbers show what this policy would come to")?;
    window.wait("other numbers", || {
        Ok((count(window, "dismiss")? != law).then_some(()))
    })?;
    window.picture("review-what-if")?;
    Ok(())
}

fn person(window: &App) -> Result<(), String> {
    window.press("testid", "tab-people")?;
    window.wait("fifty decisions", || {
        Ok((window.count("testid", "decision")? == 50).then_some(()))
    })?;
    check(
        !window.text()?.contains("REVIEWED0"),
        "the list shows names before anybody asks",
    )?;
    window.picture("review-people")?;
    pick(window, "find-outcome", "review")?;
    window.press_in("[data-testid=decision]", "button", "")?;
    window.see("Back to the list")?;
    window.see("REVIEWED0")?;
    window.see("It rests on")?;
    window.picture("review-person")?;
    window.press("testid", "person-close")
}

/// Another review, cancelled while it runs: at once, and nothing is left of it.
fn cancelled(window: &App, display: &Display, file: &Path, folder: &Path) -> Result<(), String> {
    window.press("testid", "review-again")?;
    window.press("button", "Take export.dat off the list")?;
    ask(window, display, file, folder)?;
    window.press("testid", "review-pause")?;
    window.see("Paused")?;
    window.see("decided on")?;
    window.picture("review-paused")?;
    window.press("testid", "review-cancel")?;
    window.see("Cancelled. Nothing was kept.")?;
    let left = fs::read_dir(folder).map_err(|error| error.to_string())?;
    check(left.count() == 0, "something is left of a cancelled review")
}
