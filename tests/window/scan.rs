//! A sheet on paper: its scan is read in the window, compared with the picture, one field corrected by keyboard, and the packet made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::app::App;
use crate::display::Display;
use crate::home::Home;
use crate::journey::{REASON, add_client, check, create, open, results};
use crate::memory;

/// The day of the first conviction as a careless clerk typed it, and as the court's file has it.
const TYPED: (&str, &str) = ("20031103  CASC", "20031143  CASC");

/// The whole way of a scan.
pub(crate) fn journey() -> Result<(), String> {
    let display = Display::start()?;
    let home = Home::new()?;
    let scan = scanned(&home)?;
    let window = open(&display, &home)?;
    create(&window)?;
    add_client(&window)?;
    window.press("testid", "step-record")?;
    read(&window, &scan)?;
    corrected(&window)?;
    results(&window)?;
    packet(&window)?;
    window.press("testid", "step-record")?;
    stopped(&window, &scan)?;
    again(&window, &scan)?;
    five(&window, &home)
}

/// The made-up sheet as a scanner gives it: a picture without a letter of text.
fn scanned(home: &Home) -> Result<PathBuf, String> {
    let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/first/sheet.txt");
    let text = fs::read_to_string(sheet).map_err(|error| error.to_string())?;
    check(text.contains(TYPED.0), "the sheet has no such line")?;
    let pdf = home.path("scan.pdf");
    fs::write(&pdf, page(&text.replace(TYPED.0, TYPED.1))).map_err(|error| error.to_string())?;
    let done = Command::new("pdftoppm")
        .args(["-gray", "-png", "-r", "200", "-singlefile"])
        .arg(&pdf)
        .arg(home.path("scan"))
        .status()
        .map_err(|error| error.to_string())?;
    check(done.success(), "the page was not drawn")?;
    Ok(home.path("scan.png"))
}

/// Five pages, each the picture of the sheet, as one file.
fn book(home: &Home) -> Result<PathBuf, String> {
    let done = Command::new("pdftoppm")
        .args(["-gray", "-jpeg", "-r", "200", "-singlefile"])
        .arg(home.path("scan.pdf"))
        .arg(home.path("page"))
        .status()
        .map_err(|error| error.to_string())?;
    check(done.success(), "the page was not drawn")?;
    let picture = fs::read(home.path("page.jpg")).map_err(|error| error.to_string())?;
    let shown = "612 0 0 792 0 0 cm /I Do";
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources << /XObject << /I 4 0 R >> >> >>";
    let kids: Vec<String> = (5..10).map(|number| format!("{number} 0 R")).collect();
    let mut file = format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [{}] /Count 5 >> endobj\n\
         3 0 obj << /Length {} >> stream\n{shown}\nendstream endobj\n\
         4 0 obj << /Type /XObject /Subtype /Image /Width 1700 /Height 2200 /ColorSpace /DeviceGray /BitsPerComponent 8 \
         /Filter /DCTDecode /Length {} >> stream\n",
        kids.join(" "),
        shown.len() + 1,
        picture.len(),
    )
    .into_bytes();
    file.extend(picture);
    file.extend(b"\nendstream endobj\n");
    for number in 5..10 {
        file.extend(format!("{number} 0 obj {page} endobj\n").bytes());
    }
    file.extend(b"trailer << /Size 10 /Root 1 0 R >>\n%%EOF\n");
    let path = home.path("book.pdf");
    fs::write(&path, file).map_err(|error| error.to_string())?;
    Ok(path)
}

/// One page of Courier as a PDF.
fn page(text: &str) -> Vec<u8> {
    let mut shown = String::from("BT /F1 9 Tf 11 TL 40 770 Td\n");
    for line in text.lines() {
        let line = line
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        shown += &format!("({line}) Tj T*\n");
    }
    shown += "ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        file += &format!("{place:010} 00000 n \n");
    }
    file += &format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// A reading that is stopped ends at once and keeps nothing.
fn stopped(window: &App, scan: &Path) -> Result<(), String> {
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &scan.display().to_string())?;
    window.see("page 1 of 1")?;
    window.picture("scan-reading")?;
    window.press("testid", "stop-reading")?;
    window.wait("the end of the reading", || {
        Ok((window.count("testid", "stop-reading")? == 0).then_some(()))
    })?;
    check(
        sheets(window)? == 1
            && window.count("testid", "case")? == 2
            && window.count("alert", "")? == 0,
        "something was kept of a reading that was stopped, or it was called a mistake",
    )
}

/// After a reading and a stop the same sheet is read by a worker of its own, with the program that was compiled for the first: it
/// adds no case.
fn again(window: &App, scan: &Path) -> Result<(), String> {
    let work = Work::begin(window);
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &scan.display().to_string())?;
    window.see("page 1 of 1")?;
    window.patiently("the sheet, read again", || {
        Ok((window.count("testid", "stop-reading")? == 0).then_some(()))
    })?;
    work.tell("the same page read again");
    check(
        window.count("testid", "case")? == 2,
        "the same sheet read again has other cases",
    )
}

/// A sheet of five pages: what a page takes where the engine is there already. Pages that stand twice are read, noticed and add no case.
fn five(window: &App, home: &Home) -> Result<(), String> {
    let book = book(home)?;
    let work = Work::begin(window);
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &book.display().to_string())?;
    window.see("page 1 of 5")?;
    window.patiently("the five pages", || {
        Ok((window.count("testid", "stop-reading")? == 0).then_some(()))
    })?;
    work.tell("five pages");
    check(
        window.count("alert", "")? == 0 && window.count("testid", "case")? == 2,
        "five times the same page has other cases",
    )
}

/// How many sheets were read and kept.
fn sheets(window: &App) -> Result<usize, String> {
    window.count("css", "section:has([data-testid=sheet-file]) p > strong")
}

/// What a reading takes.
struct Work<'a> {
    window: &'a App,
    start: Instant,
    before: [Vec<(String, Duration)>; 2],
}

impl<'a> Work<'a> {
    fn begin(window: &'a App) -> Self {
        Self {
            window,
            start: Instant::now(),
            before: Self::so_far(window),
        }
    }

    fn so_far(window: &App) -> [Vec<(String, Duration)>; 2] {
        [
            memory::worked_by(window.pid()),
            memory::worked_by_threads(window.pid()),
        ]
    }

    /// Tells it, by program; the one that answers the driver's questions about the page is the page's own. Then by thread: the worker that
    /// recognises letters is no more when a file is read, what is missing in the sum was its.
    fn tell(self, what: &str) {
        let wall = self.start.elapsed().as_secs_f64();
        let [programs, threads] = Self::so_far(self.window);
        let [before, threads_before] = &self.before;
        let programs = since(before, &programs);
        let all: f64 = programs.iter().map(|(_, worked)| worked).sum();
        let told = |all: &[(String, f64)]| {
            let told = all.iter().filter(|(_, worked)| *worked >= 0.05);
            let told: Vec<_> = told
                .map(|(name, worked)| format!("{name} {worked:.1}"))
                .collect();
            told.join(", ")
        };
        println!(
            "{what}: {wall:.1} s, {all:.1} s of the processors' time ({}; {})",
            told(&programs),
            told(&since(threads_before, &threads))
        );
    }
}

/// The seconds by which each has worked more.
fn since(before: &[(String, Duration)], now: &[(String, Duration)]) -> Vec<(String, f64)> {
    let so_far = |name: &String| {
        let before = before.iter().find(|(other, _)| other == name);
        before.map_or(Duration::ZERO, |(_, worked)| *worked)
    };
    now.iter()
        .map(|(name, now)| (name.clone(), now.saturating_sub(so_far(name)).as_secs_f64()))
        .collect()
}

fn read(window: &App, scan: &Path) -> Result<(), String> {
    let work = Work::begin(window);
    let field = window.find("testid", "sheet-file")?;
    window.send(&field, &scan.display().to_string())?;
    window.patiently("the cases of the scan", || {
        Ok((window.count("testid", "case")? == 2).then_some(()))
    })?;
    work.tell("the first scanned page of 200 dpi");
    window.wait("the page's picture", || {
        let drawn = window.count("css", "[data-testid=original][data-drawn=true]")?;
        Ok((drawn == 1).then_some(()))
    })?;
    let page = window.text()?;
    for words in ["03F06812", "BA330917", "HS 11360(a)"] {
        check(
            page.contains(words),
            format!("the scan was read without {words}"),
        )?;
    }
    window.picture("scan-read").map(drop)
}

/// The date that the calendar does not have: its place is opened, the field has the keys, and typing corrects it.
fn corrected(window: &App) -> Result<(), String> {
    let place = "[data-testid=place][data-key^=impossible_date]";
    window.press("css", &format!("{place} .head"))?;
    window.wait("the field of the date", || {
        let there = window.script(
            "return document.activeElement?.closest('[data-testid=place]')?.dataset.key ?? ''",
            &[],
        )?;
        let there = there.as_str().unwrap_or_default();
        Ok(there.starts_with("impossible_date").then_some(()))
    })?;
    window.wait("the line on the picture, large", || {
        Ok((window.count("testid", "lens")? == 1).then_some(()))
    })?;
    window.picture("scan-date")?;
    keys(window, "11/3/2003\u{E007}")?;
    window.wait("the corrected place", || {
        Ok((window.count("css", &format!("{place}.done"))? == 1).then_some(()))
    })?;
    window.see("Nov 3, 2003")?;
    check(
        window.count("css", "[data-testid=whole]:disabled")? == 1
            || window.count("css", "[data-testid=place]:not(.done)")? == 0,
        "the whole sheet may be called compared while places are open",
    )?;
    window.picture("scan-corrected").map(drop)
}

/// Keys as the keyboard gives them to whatever has the focus.
fn keys(window: &App, words: &str) -> Result<(), String> {
    let presses: Vec<_> = words
        .chars()
        .flat_map(|key| {
            ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}))
        })
        .collect();
    let actions = json!({"actions": [{"type": "key", "id": "keys", "actions": presses}]});
    window.ask("POST", "/actions", Some(&actions)).map(drop)
}

/// The papers, with a word that the sheet was not compared as a whole.
fn packet(window: &App) -> Result<(), String> {
    window.press("testid", "step-papers")?;
    window.find("testid", "unchecked")?;
    window.fill("Why these papers may be filed", REASON)?;
    window.press("testid", "clear-go")?;
    window.find("testid", "paper-application")?;
    window.picture("scan-packet").map(drop)
}
