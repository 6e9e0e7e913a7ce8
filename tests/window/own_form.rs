//! A form that the office describes itself, in the window: a wrong description refused at its word, the mended one and its blank added,
//! a client's application on it, and what a court may not take of it told at saving for e-filing. Once in English on light paper, once
//! in Spanish in the dark.

use std::fs;
use std::path::Path;

use lopdf::{Document, Object, Stream, dictionary};
use packs::Packs;
use serde_json::json;

use crate::app::App;
use crate::blank::{LOCAL, revision};
use crate::dialog::Dialog;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{PASSPHRASE, check, pages_of, program};
use crate::many::office;

/// How the window looks, and the words on it that are waited for.
struct Look {
    name: &'static str,
    spanish: bool,
    clients: &'static str,
    own: &'static str,
    no_words: &'static str,
}

const LOOKS: [Look; 2] = [
    Look {
        name: "light-en",
        spanish: false,
        clients: "Clients*",
        own: "Described by this office",
        no_words: "cannot be searched",
    },
    Look {
        name: "dark-es",
        spanish: true,
        clients: "Clientes*",
        own: "Descrito por esta oficina",
        no_words: "no se pueden buscar",
    },
];

pub(crate) fn added_and_used() -> Result<(), String> {
    LOOKS.iter().try_for_each(once)
}

fn once(look: &Look) -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    office(&home.path("office"), 1)?;
    let data = home.path("office").display().to_string();
    let dark = [("GTK_THEME", "Adwaita:dark".to_owned())];
    let more = if look.spanish { &dark[..] } else { &[] };
    let window = App::open_with(&program(), &["--data", &data], &display, &home, more)?;
    window.fill("Passphrase", PASSPHRASE)?;
    window.press("button", "Unlock*")?;
    window.find("testid", "client-row")?;
    if look.spanish {
        window.press("css", ".button[lang=es]")?;
        window.find("css", ".button[lang=en]")?;
    }
    add(&window, &home, look)?;
    window.press("button", look.clients)?;
    window.press("testid", "client-row")?;
    window.press("testid", "step-papers")?;
    window.press("testid", "paper-application")?;
    window.find("css", "[data-testid=preview] figure")?;
    picture(&window, look, "own-form-paper")?;
    doubtful(&window, &display, &home, look)
}

fn picture(window: &App, look: &Look, name: &str) -> Result<(), String> {
    window.picture(&format!("{name}-{}", look.name)).map(drop)
}

/// The description is refused for a misspelt word, then taken together with its blank, whichever of the two is named first.
fn add(window: &App, home: &Home, look: &Look) -> Result<(), String> {
    let described = LOCAL.replace("section HS 11360", "section HS 11359");
    let (blank, description) = (home.path("saved/local.pdf"), home.path("saved/local.toml"));
    let put = |path: &Path, bytes: &[u8]| fs::write(path, bytes).map_err(|error| error.to_string());
    put(&blank, &with_a_scan(&described)?)?;
    put(
        &description,
        described.replace("person.name", "person.nmae").as_bytes(),
    )?;
    let choose = |paths: &[&Path]| {
        let paths: Vec<String> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        window.send(&window.find("testid", "form-file")?, &paths.join("\n"))
    };
    window.press("testid", "forms")?;
    window.find("testid", "form-CR-400")?;
    choose(&[&blank, &description])?;
    window.find("alert", "")?;
    window.see("line 14: the fact `person.nmae`")?;
    picture(window, look, "own-form-refused")?;
    put(&description, described.as_bytes())?;
    choose(&[&blank, &description])?;
    let form = window.find("testid", "form-LOC-7")?;
    window.wait("a form with a blank", || {
        Ok(window.words(&form)?.contains("2025").then_some(()))
    })?;
    let words = window.words(&window.find("testid", "form-LOC-7")?)?;
    for said in [look.own, "Sacramento"] {
        check(words.contains(said), format!("{said:?} is not in {words}"))?;
    }
    check(
        window.count("alert", "")? == 0,
        "something is said to have gone wrong where nothing did",
    )?;
    picture(window, look, "own-form-added")
}

/// The blank that fits a description, with a page behind it that is a picture alone.
fn with_a_scan(description: &str) -> Result<Vec<u8>, String> {
    let told = |error: lopdf::Error| error.to_string();
    let packs = Packs::builtin().map_err(|error| error.to_string())?;
    let sheet = packs.form("local.toml", description.as_bytes());
    let sheet = sheet.map_err(|error| error.to_string())?;
    let edition = sheet.edition.first().ok_or("no revision")?;
    let mut doc = Document::load_mem(&revision(&sheet.number, edition)).map_err(told)?;
    let picture = doc.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 8, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        },
        vec![0x80; 64],
    ));
    let drawn = doc.add_object(Stream::new(
        dictionary! {},
        b"q 400 0 0 400 100 200 cm /P Do Q".to_vec(),
    ));
    let root = doc.catalog().and_then(|root| root.get(b"Pages"));
    let tree = root.and_then(Object::as_reference).map_err(told)?;
    let page = doc.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => drawn, "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
    });
    let pages = doc.get_dictionary_mut(tree).map_err(told)?;
    pages
        .get_mut(b"Kids")
        .and_then(Object::as_array_mut)
        .map_err(told)?
        .push(page.into());
    pages.set("Count", 2);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// The application is saved for e-filing on the office's form, and the window names what a court may send back of it.
fn doubtful(window: &App, display: &Display, home: &Home, look: &Look) -> Result<(), String> {
    window.press("testid", "sign-off-go")?;
    window.wait("papers that may leave", || {
        let ready = "return document.querySelector('[data-testid=efile]')?.disabled === false";
        Ok((window.script(ready, &[])? == json!(true)).then_some(()))
    })?;
    let folder = home.path("upload");
    window.press("testid", "efile")?;
    Dialog::appears(display)?.choose(&folder)?;
    let list = window.find("testid", "efile-doubtful")?;
    let words = window.words(&list)?;
    for said in ["Local Application", look.no_words] {
        check(words.contains(said), format!("{said:?} is not in {words}"))?;
    }
    picture(window, look, "own-form-doubtful")?;
    let saved = crate::home::files(&folder);
    let form = saved
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "pdf"));
    let mut on_it = 0;
    for file in form {
        let pages = pages_of(file)?;
        on_it += usize::from(pages.iter().any(|page| page.contains("LOC-7 [Rev.")));
    }
    check(
        on_it == 1,
        format!("{on_it} papers are on the office's form"),
    )
}
