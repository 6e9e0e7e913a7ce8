//! What goes on a paper besides facts, and where papers go: the client's own words asked and read back, postal addresses by county, and
//! what is saved for e-filing, of one client and of many. Once in English on light paper, once in Spanish in the dark.

use std::path::Path;

use serde_json::json;

use crate::app::App;
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::{Home, files};
use crate::journey::{PASSPHRASE, check, pages_of, program};
use crate::many::office;

/// How the window speaks and looks, and the words on it that lead the way.
struct Look {
    name: &'static str,
    unlock: &'static str,
    spanish: bool,
    language: &'static str,
    own: &'static str,
    english: &'static str,
    yes: &'static str,
    clients: &'static str,
    office: &'static str,
    county: &'static str,
    prosecutor: &'static str,
    on_paper: &'static str,
}

const LOOKS: [Look; 2] = [
    Look {
        name: "light-en",
        unlock: "Unlock*",
        spanish: false,
        language: "Spanish",
        own: "In the client's own words",
        english: "In English",
        yes: "Yes",
        clients: "Clients*",
        office: "The office",
        county: "County*",
        prosecutor: "Prosecuting agency",
        on_paper: "on the paper",
    },
    Look {
        name: "dark-es",
        unlock: "Unlock*",
        spanish: true,
        language: "Español",
        own: "En palabras del cliente",
        english: "En inglés",
        yes: "Sí",
        clients: "Clientes*",
        office: "La oficina",
        county: "Condado*",
        prosecutor: "Fiscalía",
        on_paper: "en el documento",
    },
];

/// What the client says, and what it means.
const TOLD: [[&str; 2]; 2] = [
    [
        "Trabajo en un taller desde 2015 y cuido a mi madre.",
        "I have worked in a shop since 2015 and I care for my mother.",
    ],
    [
        "No me rentan un departamento.",
        "Nobody rents me an apartment.",
    ],
];

pub(crate) fn english_and_spanish() -> Result<(), String> {
    LOOKS.iter().try_for_each(once)
}

fn once(look: &Look) -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    office(&home.path("office"), 3)?;
    let data = home.path("office").display().to_string();
    let dark = [("GTK_THEME", "Adwaita:dark".to_owned())];
    let more = if look.spanish { &dark[..] } else { &[] };
    let window = App::open_with(&program(), &["--data", &data], &display, &home, more)?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", look.unlock)?;
    window.find("testid", "client-row")?;
    if look.spanish {
        window.press("css", ".button[lang=es]")?;
        window.find("css", ".button[lang=en]")?;
    }
    addresses(&window, look)?;
    own_words(&window, look)?;
    one_for_efiling(&window, &display, &home, look)?;
    many_for_efiling(&window, &display, &home, look)
}

fn picture(window: &App, look: &Look, name: &str) -> Result<(), String> {
    window.picture(&format!("{name}-{}", look.name)).map(drop)
}

/// A county's prosecutor gets an address, and somebody made sure of it today.
fn addresses(window: &App, look: &Look) -> Result<(), String> {
    window.press("button", look.office)?;
    window.find("testid", "addresses")?;
    let shown = "document.querySelector('[data-testid=addresses]').scrollIntoView(); return true";
    window.script(shown, &[])?;
    picture(window, look, "addresses-none")?;
    window.fill(look.county, "Sacramento\u{E007}")?;
    window.fill(
        look.prosecutor,
        "District Attorney\u{E007}901 G Street\u{E007}Sacramento, CA 95814",
    )?;
    window.press("css", "[data-testid=addresses] h2")?;
    window.press("css", "[data-testid=addresses] li .button")?;
    window.wait("an address that was made sure of", || {
        Ok((window.count("css", "[data-testid=addresses] li .button")? == 0).then_some(()))
    })?;
    window.script(shown, &[])?;
    picture(window, look, "addresses")?;
    window.press("button", look.clients)
}

/// Two questions are answered in Spanish beside English, one is left out; they are read back, and the attorney puts them on the paper.
fn own_words(window: &App, look: &Look) -> Result<(), String> {
    window.find("testid", "client-row")?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.find("testid", "tellings")?;
    let before = window.text()?;
    window.press("testid", "tellings")?;
    picture(window, look, "telling-list")?;
    window.press("testid", "tell")?;
    picture(window, look, "telling-language")?;
    window.press("radio", look.language)?;
    for (n, [said, meant]) in (0..).zip(TOLD) {
        window.press("testid", "tell-next")?;
        window.fill(look.own, said)?;
        window.fill(look.english, meant)?;
        if n == 0 {
            picture(window, look, "telling-question")?;
        }
    }
    // From the second question to the reading back, by the steps above.
    window.press("css", "[data-testid=telling] nav li:last-child button")?;
    for words in TOLD.as_flattened() {
        window.see(words)?;
    }
    picture(window, look, "telling-read")?;
    window.press("radio", look.yes)?;
    window.press("testid", "tell-done")?;
    window.see(look.on_paper)?;
    // The papers are made again, with the declaration among them.
    window.find("testid", "paper-declaration")?;
    check(
        window.count("alert", "")? == 0,
        "something is said to have gone wrong where nothing did",
    )?;
    window.find("css", "[data-testid=preview] figure")?;
    picture(window, look, "telling-done")?;
    check(
        !before.contains(TOLD[0][0]),
        "the words stood there before anybody told them",
    )
}

/// The papers are signed off and saved for e-filing: each file is a paper that can be searched, and the client's words are in one.
fn one_for_efiling(
    window: &App,
    display: &Display,
    home: &Home,
    look: &Look,
) -> Result<(), String> {
    window.press("testid", "sign-off-go")?;
    window.wait("papers that may leave", || {
        let ready = "return document.querySelector('[data-testid=efile]')?.disabled === false";
        Ok((window.script(ready, &[])? == json!(true)).then_some(()))
    })?;
    let folder = home.path("one");
    window.press("testid", "efile")?;
    Dialog::appears(display)?.choose(&folder)?;
    window.wait("what was saved", || {
        let told = window.words(&window.find("testid", "out-told")?)?;
        Ok((!told.is_empty()).then_some(()))
    })?;
    picture(window, look, "efile-one")?;
    let told = words_of(&folder)?;
    // Two columns stand beside one another, so a line of the page is no line of theirs.
    for word in ["taller", "shop", "rentan", "apartment"] {
        check(told.contains(word), format!("{word:?} is on no paper"))?;
    }
    Ok(())
}

/// The other clients' papers in one job, a folder for each.
fn many_for_efiling(
    window: &App,
    display: &Display,
    home: &Home,
    look: &Look,
) -> Result<(), String> {
    window.press("button", look.clients)?;
    window.press("button", look.office)?;
    // From here on the office does not ask for a sign-off.
    window.press("radio", "No")?;
    window.press("button", look.clients)?;
    window.press("testid", "bulk")?;
    window.press("testid", "bulk-all")?;
    window.press("testid", "bulk-make")?;
    window.patiently("three packets", || {
        Ok((window.count("testid", "bulk-efile")? == 1).then_some(()))
    })?;
    picture(window, look, "bulk-made")?;
    let folder = home.path("many");
    window.press("testid", "bulk-efile")?;
    Dialog::appears(display)?.choose(&folder)?;
    window.patiently("what was saved", || {
        let told = window.words(&window.find("testid", "bulk-told")?)?;
        Ok(told.contains("checklist").then_some(()))
    })?;
    picture(window, look, "bulk-efile")?;
    for n in 0..3 {
        let own = format!("{:03}-Given{n:03}-Family{n:03}", n + 1);
        let saved = files(&folder);
        let of = saved.iter().filter(|file| {
            let mut parts = file.components();
            parts.any(|part| part.as_os_str() == own.as_str())
        });
        check(of.count() > 3, format!("{own} lacks its files: {saved:?}"))?;
    }
    Ok(())
}

/// The words on every PDF in a folder.
fn words_of(folder: &Path) -> Result<String, String> {
    let mut all = String::new();
    for file in files(folder) {
        if file.extension().is_some_and(|ending| ending == "pdf") {
            let pages = pages_of(&file)?;
            check(
                pages
                    .iter()
                    .all(|page| page.chars().any(char::is_alphanumeric)),
                format!("{} has a page without words", file.display()),
            )?;
            for page in pages {
                let words: Vec<&str> = page.split_whitespace().collect();
                all.push_str(&words.join(" "));
                all.push(' ');
            }
        }
    }
    Ok(all)
}
