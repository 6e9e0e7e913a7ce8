//! An office of an administrator, who is its attorney, and a volunteer: who is offered what, and who does what.

use crate::app::App;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, REASON, add_client, check, create, import, lock, open, results};

const NAME: &str = "Vera Moss";
const GIVEN: &str = "given on paper by somebody else";
const OWN: &str = "eleven herons beside the old canal";

/// One day of the two.
pub(crate) fn day() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let mut window = open(&display, &home)?;
    create(&window)?;
    add_person(&window)?;
    lock(&mut window)?;

    first_unlocking(&window)?;
    add_client(&window)?;
    import(&window)?;
    results(&window)?;
    not_offered(&window)?;
    not_the_office(&window)?;
    lock(&mut window)?;

    cleared_by_the_attorney(&window)?;
    lock(&mut window)?;

    as_cleared(&window)?;
    lock(&mut window)?;

    withdrawn(&window)
}

/// By the administrator, with a first passphrase that is weak and then one that is not.
fn add_person(window: &App) -> Result<(), String> {
    window.press("button", "People")?;
    window.fill("Name of the new person", NAME)?;
    window.fill("First passphrase", "secret")?;
    window.press("button", "Add this person")?;
    window.find("alert", "")?;
    window.fill("First passphrase", GIVEN)?;
    window.picture("new-person")?;
    window.press("button", "Add this person")?;
    window.see("Vera Moss can unlock now")?;
    check(
        window.count("testid", "person")? == 2,
        "the new person is not listed",
    )?;
    window.picture("people").map(drop)
}

fn unlock(window: &App, who: &str, passphrase: &str) -> Result<(), String> {
    window.find("testid", "unlock")?;
    window.script(
        "const list = document.querySelector('[data-testid=unlock] select');\
         list.value = [...list.options].find((one) => one.text.startsWith(arguments[0])).value;\
         list.dispatchEvent(new Event('change', {bubbles: true}))",
        &[who.into()],
    )?;
    window.fill("Passphrase", passphrase)?;
    window.press("button", "Unlock*")
}

/// Nothing is there before the given passphrase is changed.
fn first_unlocking(window: &App) -> Result<(), String> {
    unlock(window, NAME, GIVEN)?;
    window.see("Choose your own passphrase")?;
    check(
        window.count("testid", "new-client")? == 0,
        "the clients are there before the passphrase was changed",
    )?;
    window.fill("The passphrase you were given", GIVEN)?;
    window.fill("New passphrase", OWN)?;
    window.fill("The passphrase once more", OWN)?;
    window.picture("first-passphrase")?;
    window.press("button", "Change the passphrase")?;
    window.find("testid", "new-client").map(drop)
}

/// What only an attorney may do is said, and not offered; the client's own sheet is there.
fn not_offered(window: &App) -> Result<(), String> {
    window.press("testid", "step-papers")?;
    window.find("testid", "clear")?;
    window.see("You are a volunteer here")?;
    window.see("asked and filled in by an attorney")?;
    window.find("testid", "paper-client")?;
    for thing in ["clear-go", "paper-application", "withdraw"] {
        check(
            window.count("testid", thing)? == 0,
            format!("a volunteer is offered {thing}"),
        )?;
    }
    window.picture("volunteer-papers").map(drop)
}

fn not_the_office(window: &App) -> Result<(), String> {
    window.press("button", "Clients*")?;
    window.press("button", "The office")?;
    window.find("testid", "clinic-read")?;
    check(
        window.count("textbox", "")? == 0,
        "a volunteer is offered fields of the office",
    )?;
    window.press("button", "Clients*")?;
    window.press("button", "People")?;
    window.see("Only the administrator adds and removes people")?;
    check(
        window.count("testid", "add-person")? == 0 && window.count("button", "Remove*")? == 0,
        "a volunteer is offered to add or remove people",
    )?;
    window.picture("volunteer-people").map(drop)
}

fn cleared_by_the_attorney(window: &App) -> Result<(), String> {
    unlock(window, "Ada", PASSPHRASE)?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.fill("Why these papers may be filed", REASON)?;
    window.press("testid", "clear-go")?;
    window.find("testid", "paper-application")?;
    window.press_in("[data-testid=signing]", "radio", "Ada Lindqvist")?;
    window.wait("a packet with nothing missing but the address", || {
        Ok((!window.text()?.contains("who signs:")).then_some(()))
    })
}

/// The volunteer has what was cleared, by whom, and not why.
fn as_cleared(window: &App) -> Result<(), String> {
    unlock(window, NAME, OWN)?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.find("testid", "paper-application")?;
    window.see("Cleared for filing by Ada Lindqvist")?;
    check(
        !window.text()?.contains(REASON),
        "a volunteer reads why it was cleared",
    )?;
    check(
        window.count("testid", "withdraw")? == 0
            && window.count("css", "[data-testid=signing] input")? == 0,
        "a volunteer is offered to take the clearance back, or to say who signs",
    )?;
    window.picture("volunteer-cleared").map(drop)
}

/// Taken back, the papers to be filed are gone.
fn withdrawn(window: &App) -> Result<(), String> {
    unlock(window, "Ada", PASSPHRASE)?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.press("testid", "withdraw")?;
    window.find("testid", "clear")?;
    check(
        window.count("testid", "paper-application")? == 0,
        "there are papers to be filed though the clearance was taken back",
    )
}
