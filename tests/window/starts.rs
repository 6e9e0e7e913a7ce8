//! The ways the app starts: for the first time, without a driver, and for training.

use crate::app::App;
use crate::display::Display;
use crate::home::{Home, files};
use crate::journey::{PASSPHRASE, check, open, program};
use crate::memory;

/// An empty folder: the window opens, says what it is, and makes nothing before it is asked to.
pub(crate) fn first_start() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let window = open(&display, &home)?;
    window.see("Relief Desk")?;
    window.find("textbox", "Passphrase")?;
    window.picture("first-start")?;
    println!(
        "from the start to the first screen: {} ms, the driver's own work included",
        window.opened_in.as_millis()
    );
    memory::tell(window.pid());
    let made = files(&home.path("office"))
        .into_iter()
        .find(|file| file.file_name().is_some_and(|name| name == "vault.keys"));
    check(
        made.is_none(),
        "a vault was made before anybody asked for it",
    )
}

/// Training: its own passphrase on its own screen, made-up clients, and the word TRAINING in the window and on every paper.
pub(crate) fn training() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let window = App::open(&program(), &["--training"], &display, &home)?;
    window.see("TRAINING")?;
    // A training office says its passphrase itself; it is typed like any other.
    let passphrase = window.wait("the training passphrase", || {
        let page = window.text()?;
        Ok(page
            .split_once("The passphrase is: ")
            .and_then(|(_, rest)| Some(rest.split_whitespace().next()?.to_string())))
    })?;
    window.fill("Passphrase", &passphrase)?;
    window.press("button", "Unlock*")?;
    window.find("testid", "client-row")?;
    window.picture("training")?;
    check(
        window.count("testid", "client-row")? >= 2,
        "training has fewer than two made-up clients",
    )?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.wait("a drawn paper, or the question for an attorney", || {
        Ok((window.count(
            "css",
            "[data-testid=preview] figure[data-drawn=true], [data-testid=clear]",
        )? > 0)
            .then_some(()))
    })?;
    if window.count("testid", "clear")? > 0 {
        window.fill("Why these papers may be filed", "Made up for training")?;
        window.press("testid", "clear-go")?;
    }
    window.wait("a drawn page that says TRAINING", || {
        let text = window.script(
            "return [...document.querySelectorAll('[data-testid=page-text]')].map((page) => page.textContent)",
            &[],
        )?;
        let pages: Vec<&str> = text.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
        Ok((!pages.is_empty() && pages.iter().all(|page| page.contains("TRAINING"))).then_some(()))
    })?;
    window.picture("training-paper").map(drop)
}

/// The app without a driver in it, and without a mouse.
pub(crate) fn keyboard() -> Result<(), String> {
    crate::keyboard::office(&program(), PASSPHRASE)
}
