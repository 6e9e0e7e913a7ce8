//! What a volunteer does on the first day, from an empty folder to a saved packet, and the next morning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::app::{App, pictures};
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::{Home, files};

/// Words that must stand in no file but those that were saved or printed on purpose.
const PLANTED: &[&str] = &["Tarragon", "Hester", "03F06812", "BA330917"];
pub(crate) const PASSPHRASE: &str = "seven lanterns over the quiet harbor";
pub(crate) const REASON: &str = "Saw her passport, a citizen since birth";

/// A made-up sheet of a made-up person who is not Hester Tarragon.
const STRANGER: &str = "arrests-only.txt";

/// The program as cargo built it, or another to measure (a release) in `RELIEF_APP`.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("RELIEF_APP")
        .unwrap_or_else(|| env!("CARGO_BIN_EXE_relief-desk").into())
        .into()
}

pub(crate) fn open(display: &Display, home: &Home) -> Result<App, String> {
    let data = home.path("office").display().to_string();
    App::open(&program(), &["--data", &data], display, home)
}

pub(crate) fn check(holds: bool, what: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.into()) }
}

/// The whole journey; then the folders are searched for the client.
pub(crate) fn whole() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    {
        let mut window = open(&display, &home)?;
        create(&window)?;
        tell_the_office(&window)?;
        add_client(&window)?;
        import(&window)?;
        results(&window)?;
        clearance(&window)?;
        signer(&window)?;
        let pages = preview(&window)?;
        save_nowhere(&window, &display, &home)?;
        let saved = save(&window, &display, &home)?;
        print(&window, &home, &saved)?;
        filed(&window)?;
        lock(&mut window)?;
        refuse_the_wrong(&window)?;
        unlock(&window)?;
        papers_say(&saved)?;
        println!(
            "{} papers saved and printed, {pages} pages of the first drawn",
            saved.len()
        );
        unread(&home, "while the window is open")?;
    }
    unread(&home, "after the window was closed")?;
    // The next morning: another start, the same client.
    let window = open(&display, &home)?;
    unlock(&window)?;
    window.picture("next-morning").map(drop)
}

/// A vault with its first person; the recovery code is shown once and must be acknowledged.
pub(crate) fn create(window: &App) -> Result<(), String> {
    window.fill("Clinic name*", "Lantern Street Record Clinic")?;
    window.fill("Your name", "Ada Lindqvist")?;
    window.fill("Bar number*", "999001")?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.fill("The passphrase once more", PASSPHRASE)?;
    window.picture("create")?;
    window.press("button", "Set up the office*")?;
    let code = window.words(&window.find("testid", "recovery-code")?)?;
    check(
        code.chars().filter(|c| c.is_alphanumeric()).count() >= 20,
        format!("the recovery code {code:?} is short"),
    )?;
    window.picture("recovery-code")?;
    window.press("checkbox", "")?;
    window.press("button", "Go on")?;
    window.find("testid", "new-client").map(drop)
}

/// What a clerk asks of a first page: where the filer is reached.
fn tell_the_office(window: &App) -> Result<(), String> {
    window.press("button", "The office")?;
    window.fill("Address", "100 Lantern Street\u{E007}Sacramento, CA 95814")?;
    window.fill("Telephone", "916-555-0143")?;
    window.press("heading", "The office")?;
    window.picture("office")?;
    window.press("button", "Clients*")?;
    window.find("testid", "new-client").map(drop)
}

pub(crate) fn add_client(window: &App) -> Result<(), String> {
    window.press("testid", "new-client")?;
    window.fill("Given name", "Hester")?;
    window.fill("Family name", "Tarragon")?;
    window.fill("Date of birth", "3/12/1976")?;
    window.picture("new-client")?;
    window.press("button", "Add the client*")?;
    let name = window.find("testid", "client-name")?;
    check(
        window.words(&name)? == "Hester Tarragon",
        "the client's page names somebody else",
    )?;
    window.picture("intake").map(drop)
}

/// A file that is no sheet is refused in words. Then the made-up sheet, through the page's own file field, as the file chooser
/// would fill it.
pub(crate) fn import(window: &App) -> Result<(), String> {
    window.press("testid", "step-record")?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &here.join("LICENSE-MIT").display().to_string())?;
    window.find("alert", "")?;
    window.picture("no-sheet")?;
    let field = window.find("testid", "sheet-file")?;
    window.send(
        &field,
        &here
            .join("tests/cases/first/sheet.txt")
            .display()
            .to_string(),
    )?;
    window.see("03F06812")?;
    window.see("BA330917")?;
    window.picture("record")?;
    somebody_elses(window, &here.join("tests/cases/sheets").join(STRANGER))
}

/// A sheet of somebody else is asked about, and nothing of it is kept where the person says no.
fn somebody_elses(window: &App, sheet: &Path) -> Result<(), String> {
    let cases = window.count("testid", "case")?;
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &sheet.display().to_string())?;
    window.find("css", "dialog[open]")?;
    window.picture("somebody-elses-sheet")?;
    window.press("testid", "not-kept")?;
    window.see("BA330917")?;
    check(
        window.count("testid", "case")? == cases && window.count("css", "dialog")? == 0,
        "a sheet of somebody else was kept, or the question stayed",
    )
}

/// A card for every conviction. The standing that the sheet does not tell is asked, and answered where it is asked.
pub(crate) fn results(window: &App) -> Result<(), String> {
    window.press("testid", "step-results")?;
    window.find("testid", "first-question")?;
    window.picture("results-with-a-question")?;
    check(
        standing(window)? > 0,
        "no question about the client's standing was asked, though the sheet does not tell it",
    )?;
    cards(window)
}

/// Says no to whatever is asked of the client's standing today. How often it was asked.
pub(crate) fn standing(window: &App) -> Result<usize, String> {
    let mut answered = 0;
    // Two cannabis convictions, one of driving: at most these three standings are unknown.
    while answered < 3
        && window.count("css", "[data-testid=first-question] [data-fact^='now.']")? > 0
    {
        let fact = window.script("return document.querySelector('[data-testid=first-question] [data-fact]').dataset.fact", &[])?;
        window.press_in("[data-testid=first-question]", "radio", "No")?;
        answered += 1;
        window.wait("the next question", || {
            let now = window.script("return document.querySelector('[data-testid=first-question] [data-fact]')?.dataset.fact ?? null", &[])?;
            Ok((now != fact).then_some(()))
        })?;
    }
    Ok(answered)
}

fn cards(window: &App) -> Result<(), String> {
    check(
        window.count("css", "[data-testid=card][data-status=eligible]")? >= 2,
        "the two cannabis convictions are not both eligible",
    )?;
    let page = window.text()?;
    for words in ["HS 11360(a)", "HS 11359", "03F06812", "BA330917"] {
        check(
            page.contains(words),
            format!("the results do not say {words}"),
        )?;
    }
    window.picture("results").map(drop)
}

/// Nobody said that she is a citizen: no paper to be filed exists before an attorney clears it.
pub(crate) fn clearance(window: &App) -> Result<(), String> {
    window.press("testid", "step-papers")?;
    window.find("testid", "clear")?;
    check(
        window.count("testid", "paper-application")? == 0,
        "there is a petition before an attorney cleared it",
    )?;
    window.picture("clearance")?;
    window.fill("Why these papers may be filed", REASON)?;
    window.press("testid", "clear-go")?;
    window.find("testid", "paper-application")?;
    check(
        window.count("testid", "clear")? == 0,
        "the clearance is still asked for",
    )?;
    window.find("testid", "cleared").map(drop)
}

/// One attorney or not: whose name is put on the papers is asked, and until then they are not ready.
pub(crate) fn signer(window: &App) -> Result<(), String> {
    window.see("Nobody has said who signs")?;
    window.picture("who-signs")?;
    window.press_in("[data-testid=signing]", "radio", "Ada Lindqvist")?;
    window.wait("a packet with nothing missing", || {
        Ok((!window.text()?.contains("Still missing")).then_some(()))
    })
}

/// The page is drawn from the paper's bytes. The number of pages drawn.
fn preview(window: &App) -> Result<u64, String> {
    window.press("testid", "paper-application")?;
    window.wait("a drawn page", || {
        let inked = window.script(
            "const canvas = document.querySelector('[data-testid=preview] figure[data-drawn=true] canvas');\
             if (!canvas || !canvas.width) return 0;\
             const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);\
             let inked = 0; for (let i = 0; i < data.length; i += 4) if (data[i] < 128) inked++; return inked",
            &[],
        )?;
        Ok((inked.as_u64() > Some(1000)).then_some(()))
    })?;
    window.picture("packet")?;
    let text = window.script(
        "return document.querySelector('[data-testid=preview]').textContent",
        &[],
    )?;
    check(
        text.as_str().is_some_and(|text| text.contains("11361.8")),
        "the drawn petition does not name its statute",
    )?;
    let pages = window.script(
        "return document.querySelectorAll('[data-testid=preview] canvas').length",
        &[json!(0)],
    )?;
    Ok(pages.as_u64().unwrap_or(0))
}

/// The system's folder dialog is closed again: nothing is written, and the page says so.
fn save_nowhere(window: &App, display: &Display, home: &Home) -> Result<(), String> {
    window.press("testid", "save")?;
    let dialog = Dialog::appears(display)?;
    dialog.picture("folder-dialog");
    dialog.cancel()?;
    window.see("Nothing was saved")?;
    check(
        files(&home.path("saved")).is_empty(),
        "a packet was saved though the folder dialog was cancelled",
    )
}

/// Into a folder that is typed into the system's own dialog. The files, once all of them are there.
fn save(window: &App, display: &Display, home: &Home) -> Result<Vec<PathBuf>, String> {
    window.press("testid", "save")?;
    Dialog::appears(display)?.choose(&home.path("saved"))?;
    window.see("Saved: ")?;
    window.picture("saved")?;
    let saved: Vec<PathBuf> = files(&home.path("saved"))
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    check(!saved.is_empty(), "no paper was saved")?;
    keep(&home.path("saved"), &saved)?;
    Ok(saved)
}

/// Copies the papers beside the pictures, for whoever wants to look at them.
fn keep(from: &Path, papers: &[PathBuf]) -> Result<(), String> {
    let kept = pictures().join("packet");
    let _ = fs::remove_dir_all(&kept);
    for paper in papers {
        let to = kept.join(paper.strip_prefix(from).unwrap_or(paper));
        let made = to.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::copy(paper, &to))
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// One job goes to the print queue: every page that was saved is in it, under a title that names nobody.
fn print(window: &App, home: &Home, saved: &[PathBuf]) -> Result<(), String> {
    window.press("testid", "print")?;
    window.picture("print-asked")?;
    window.press("testid", "print-go")?;
    let jobs = window.wait("the print job", || {
        let jobs = home.printed();
        Ok((!jobs.is_empty()).then_some(jobs))
    })?;
    check(
        jobs.len() == 1,
        format!("{} jobs for one packet", jobs.len()),
    )?;
    let job = home.path("job.pdf");
    fs::write(&job, &jobs[0].1).map_err(|error| error.to_string())?;
    let printed = pages_of(&job)?;
    let _ = fs::remove_file(&job);
    // Labels are printed on sheets of their own, from the file.
    let labels = |paper: &&PathBuf| !paper.ends_with("labels.pdf");
    for paper in saved.iter().filter(labels) {
        let all = pages_of(paper)?;
        check(
            all.iter().all(|page| printed.contains(page)),
            "a page that was saved is not in the print job",
        )?;
    }
    let named = jobs.iter().any(|(args, _)| {
        PLANTED
            .iter()
            .any(|word| args.to_lowercase().contains(&word.to_lowercase()))
    });
    check(!named, "a print job's title names the client or the case")
}

/// A date in court is kept; a wrong one is refused in words and stays in its field.
fn filed(window: &App) -> Result<(), String> {
    window.press("testid", "step-after")?;
    window.see("03F06812")?;
    window.fill("Filed", "13/45/2026")?;
    window.press("heading", "03F06812*")?;
    window.find("alert", "")?;
    check(
        window.value("Filed")? == "13/45/2026",
        "a date that was refused was lost",
    )?;
    window.fill("Filed", "11/20/2026")?;
    window.press("heading", "03F06812*")?;
    window.see("Nov 20, 2026")?;
    window.press("testid", "step-papers")?;
    window.press("testid", "step-after")?;
    window.see("Nov 20, 2026")?;
    window.picture("after").map(drop)
}

/// Lock ends the page with all it held: the new one knows no client.
pub(crate) fn lock(window: &mut App) -> Result<(), String> {
    let button = window.find("button", "Lock*")?;
    // The page may be gone before the driver has answered.
    let _ = window.click(&button);
    window.take_over()?;
    window.find("testid", "unlock")?;
    let page = window.script("return document.documentElement.outerHTML", &[])?;
    check(
        page.as_str().is_some_and(|page| !page.contains("Tarragon")),
        "the locked window still holds the client's name",
    )?;
    window.picture("locked").map(drop)
}

fn refuse_the_wrong(window: &App) -> Result<(), String> {
    window.fill("Passphrase", "not the passphrase at all")?;
    window.press("button", "Unlock*")?;
    window.find("alert", "")?;
    check(
        window.count("testid", "new-client")? == 0,
        "a wrong passphrase opened the office",
    )?;
    window.picture("wrong-passphrase").map(drop)
}

fn unlock(window: &App) -> Result<(), String> {
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.find("testid", "client-row")?;
    let page = window.text()?;
    check(
        page.contains("H. T.") && !page.contains("Tarragon"),
        "the list should show initials until it is asked for names",
    )?;
    window.picture("unlocked").map(drop)
}

/// A paper's pages as text.
pub(crate) fn pages_of(paper: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(paper)
        .arg("-")
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let text = text.strip_suffix('\u{c}').unwrap_or(&text);
    Ok(text.split('\u{c}').map(str::to_owned).collect())
}

/// What a clerk would read.
fn papers_say(saved: &[PathBuf]) -> Result<(), String> {
    let mut texts = Vec::new();
    for paper in saved {
        texts.push((paper.display().to_string(), pages_of(paper)?.join("\n")));
    }
    for (number, county, section) in [
        ("03F06812", "SACRAMENTO", "11360"),
        ("BA330917", "LOS ANGELES", "11359"),
    ] {
        let petition = texts
            .iter()
            .find(|(file, text)| file.ends_with("petition.pdf") && text.contains(number));
        let Some((file, text)) = petition else {
            return Err(format!("no saved petition for {number}"));
        };
        for words in [
            county,
            section,
            "11361.8",
            "TARRAGON",
            "100 LANTERN STREET\n",
        ] {
            check(
                text.to_uppercase().contains(words),
                format!("{file} does not say {words}"),
            )?;
        }
    }
    for (file, text) in &texts {
        check(
            !text.contains("TRAINING"),
            format!("{file} says TRAINING, outside training"),
        )?;
        check(
            !text.contains(REASON),
            format!("{file} tells the attorney's reason"),
        )?;
    }
    Ok(())
}

/// None of the planted words stands in clear where the app keeps or leaves anything.
fn unread(home: &Home, when: &str) -> Result<(), String> {
    let mut words = PLANTED.to_vec();
    words.extend([PASSPHRASE, REASON]);
    let found = home.holding(&words);
    check(
        found.is_empty(),
        format!("{when}, the client or a passphrase stands in clear in {found:?}"),
    )
}
