//! Sheets as pictures: scans and photographs of made-up sheets, drawn here and read with the program `tesseract`. Where that or poppler is
//! not installed the trials count as skipped.

#![allow(
    clippy::unwrap_used,
    reason = "a test program: without a harness clippy does not know it as one"
)]

use image::ImageFormat;
use libtest_mimic::{Arguments, Failed, Trial};
use packs::Packs;
use reading::{Draft, FlagKind, Picture, ReadError, Recognizer, Tesseract};
use scan::{Packed, draw, worn};

#[path = "support/pdf.rs"]
mod pdf;
#[path = "support/scan.rs"]
mod scan;

const SHEET: &str = include_str!("../../../../tests/cases/sheets/training-sales.txt");

type Test = fn() -> Result<(), Failed>;

fn main() {
    let arguments = Arguments::from_args();
    let able = Tesseract::find().is_some() && scan::can_draw();
    let trials: [(&str, Test); 7] = [
        ("a_png_reads_as_its_text", a_png_reads_as_its_text),
        (
            "a_leaning_grainy_jpeg_reads_as_its_text",
            a_leaning_grainy_jpeg,
        ),
        ("a_tiff_on_its_side_or_upside_down_is_turned", turned),
        ("scanned_pdfs_of_every_packing_are_read", scanned_pdfs),
        ("pages_are_put_in_order_and_doubles_noticed", pages_in_order),
        ("small_letters_and_empty_pages_are_refused", refusals),
        ("a_reading_can_be_stopped", stopped),
    ];
    let trials = trials
        .into_iter()
        .map(|(name, test)| Trial::test(name, test).with_ignored_flag(!able))
        .chain(photograph(able))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let mut engine = Tesseract::find();
    let engine = engine.as_mut().map(|engine| engine as &mut dyn Recognizer);
    reading::read_pages(bytes, Packs::builtin().unwrap(), engine, &mut |_| true)
}

/// What relief turns on, count by count.
fn counts(draft: &Draft) -> Vec<String> {
    draft
        .record
        .counts()
        .map(|(_, _, case, count)| {
            format!(
                "{:?} {:?} {:?} {:?} {:?}",
                case.court.county,
                count.section.as_ref().map(ToString::to_string),
                count.level,
                count.disposition,
                count.sentence,
            )
        })
        .collect()
}

fn as_text(found: &Draft) -> Result<(), Failed> {
    let text = reading::read(SHEET.as_bytes(), Packs::builtin()?)?;
    if counts(found) != counts(&text) {
        let lines: Vec<&str> = found.lines.iter().map(|line| line.text.as_str()).collect();
        return Err(format!(
            "found {:#?}\nexpected {:#?}\nin {lines:#?}",
            counts(found),
            counts(&text)
        )
        .into());
    }
    assert_eq!(found.record.person.name, text.record.person.name);
    assert_eq!(found.record.person.born, text.record.person.born);
    Ok(())
}

fn pages(dpi: u32) -> Vec<Picture> {
    draw(&pdf::of_text(SHEET), dpi)
}

/// All pages below each other: one long picture.
fn long(pages: &[Picture]) -> Picture {
    let pixels: Vec<u8> = pages
        .iter()
        .flat_map(|page| page.pixels().to_vec())
        .collect();
    Picture::new(
        pages[0].width(),
        pages.iter().map(Picture::height).sum(),
        pixels,
    )
    .unwrap()
}

fn a_png_reads_as_its_text() -> Result<(), Failed> {
    let draft = read(&long(&pages(300)).png()?)?;
    as_text(&draft)?;
    // Every fact of the sheet has its place on the picture and says how sure it is.
    for (path, sources) in draft.record.provenance.as_ref().unwrap() {
        for source in sources {
            assert!(
                source.frame.is_some() && source.confidence.is_some(),
                "{path:?}"
            );
        }
    }
    assert_eq!(draft.pictures.len(), 1);
    Ok(())
}

fn a_leaning_grainy_jpeg() -> Result<(), Failed> {
    let page = worn(&long(&pages(250)), 1.0, 30, 7);
    as_text(&read(&scan::file(&page, ImageFormat::Jpeg))?)
}

fn turned() -> Result<(), Failed> {
    let page = long(&pages(250)[..1]);
    let upright = read(&page.png()?)?;
    for quarters in 1..=3 {
        let bytes = scan::file(&scan::turned(&page, quarters), ImageFormat::Tiff);
        let draft = read(&bytes)?;
        assert_eq!(counts(&draft), counts(&upright), "{quarters} quarters");
        // The picture for the person who compares is the one that was read.
        let shown = reading::page_picture(&bytes, &draft.pictures[0])?;
        assert!(shown.height() > shown.width());
    }
    Ok(())
}

fn scanned_pdfs() -> Result<(), Failed> {
    let pages = pages(300);
    for packed in [Packed::Flate, Packed::Jpeg, Packed::Strips] {
        let packed: Vec<_> = pages.iter().map(|page| (page, packed)).collect();
        as_text(&read(&scan::pdf(&packed))?)?;
    }
    Ok(())
}

fn pages_in_order() -> Result<(), Failed> {
    let lines: Vec<&str> = SHEET.split('\u{c}').flat_map(str::lines).collect();
    let third = lines.len() / 3 + 1;
    let total = lines.chunks(third).count();
    let texts: Vec<String> = (1..)
        .zip(lines.chunks(third))
        .map(|(n, part)| format!("PAGE {n} OF {total}\n{}", part.join("\n")))
        .collect();
    let drawn = draw(&pdf::of_text(&texts.join("\u{c}")), 250);
    assert_eq!(drawn.len(), 3);
    let order = [2, 0, 1, 0].map(|at: usize| (&drawn[at], Packed::Jpeg));
    let draft = read(&scan::pdf(&order))?;
    as_text(&draft)?;
    let kinds: Vec<FlagKind> = draft.flags.iter().map(|flag| flag.kind).collect();
    assert!(
        kinds.contains(&FlagKind::PageMoved) && kinds.contains(&FlagKind::DoublePage),
        "{kinds:?}"
    );
    Ok(())
}

fn refusals() -> Result<(), Failed> {
    let tiny = read(&pages(72)[0].png()?);
    assert!(
        matches!(tiny, Err(ReadError::SmallLetters { .. })),
        "{tiny:?}"
    );
    let blank = Picture::new(800, 1000, vec![240; 800_000])?;
    assert_eq!(read(&blank.png()?).err(), Some(ReadError::NoLetters));
    Ok(())
}

fn stopped() -> Result<(), Failed> {
    let page = &pages(100)[0];
    let bytes = scan::pdf(&[(page, Packed::Flate), (page, Packed::Flate)]);
    let mut engine = Tesseract::find().unwrap();
    let mut seen = Vec::new();
    let stopped = reading::read_pages(
        &bytes,
        Packs::builtin()?,
        Some(&mut engine),
        &mut |progress| {
            seen.push(progress.page);
            progress.page < 2
        },
    );
    assert_eq!(
        (stopped.err(), seen),
        (Some(ReadError::Stopped), vec![1, 2])
    );
    Ok(())
}

/// The photographed page among the outside facts: its personal block is read.
fn photograph(able: bool) -> Option<Trial> {
    let facts = std::env::var_os("RELIEF_FACTS");
    let skipped = facts.is_none() || !able;
    let trial = Trial::test("outside::a_photographed_page", move || {
        let folder = std::path::PathBuf::from(facts.unwrap()).join("fixtures/rap-sheets");
        let bytes = std::fs::read(folder.join("skywalker_rap_sheet_page_1.jpg"))?;
        // The one page has no entries: that it is known as the beginning of a sheet shows that its block was read.
        match read(&bytes) {
            Err(ReadError::NoEntries) => Ok(()),
            other => Err(format!("{other:?}").into()),
        }
    });
    Some(trial.with_ignored_flag(skipped))
}
