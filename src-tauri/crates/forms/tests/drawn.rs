//! What a form's own drawing and its makers' carelessness do to the marks on it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use forms::{Blank, Fill, Filled, Given, Known, Values, identify};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use packs::Packs;

use support::maker::{Maker, rect, saved};
use support::{ink, read, sound};

fn fill<const N: usize>(blank: &Blank, values: [(&str, &str); N]) -> Filled {
    let values: Values = values
        .map(|(name, text)| (name.to_owned(), Given::Text(text.to_owned())))
        .into();
    let how = Fill {
        editable: true,
        ..Fill::default()
    };
    let filled = blank.fill(&values, &how).unwrap();
    assert_eq!(filled.refused, []);
    sound(&filled.filing);
    sound(filled.editable.as_ref().unwrap());
    filled
}

/// Gives the first page a drawing.
fn draw(doc: &mut Document, content: &[u8]) {
    let page = doc.page_iter().next().unwrap();
    let content = doc.add_object(Stream::new(Dictionary::new(), content.to_vec()));
    doc.get_dictionary_mut(page)
        .unwrap()
        .set("Contents", content);
}

#[test]
fn a_value_shows_whatever_the_page_saves_and_restores() {
    let words = "BT /F1 9 Tf 60 30 Td (Printed page) Tj ET";
    for content in [
        words.to_owned(),
        format!("Q {words}"),
        format!("Q Q Q {words}"),
        format!("q {words} Q Q"),
        format!("q {words} Q Q Q"),
        format!("Q q 3 0 0 3 50 50 cm q {words}"),
        format!("2 0 0 2 900 900 cm q q {words}"),
    ] {
        let mut maker = Maker::new();
        maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
        let mut doc = maker.document();
        draw(&mut doc, content.as_bytes());
        let blank = Blank::open(&saved(doc)).unwrap();
        let (empty, filled) = (fill(&blank, []), fill(&blank, [("Name", "Wedge Antilles")]));
        assert!(read(&filled.filing).contains("Wedge Antilles"), "{content}");
        assert!(
            ink(&filled.filing) > ink(&empty.filing) + 20,
            "no ink: {content}"
        );
    }
}

#[test]
fn the_ground_drawn_under_a_button_goes_with_it() {
    let with_ground = |ground: &str| {
        let mut maker = Maker::new();
        maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
        maker.field(
            0,
            "Clear",
            rect(36.0, 10.0, 200.0, 20.0),
            dictionary! { "FT" => "Btn", "Ff" => 1 << 16 },
            true,
        );
        let mut doc = maker.document();
        draw(
            &mut doc,
            format!("0.7 g {ground} 300 300 40 40 re f").as_bytes(),
        );
        ink(&fill(&Blank::open(&saved(doc)).unwrap(), []).filing)
    };
    assert_eq!(with_ground("36.1 9.9 200 20.1 re f"), with_ground(""));
    assert!(with_ground("36 60 200 20 re f") > with_ground("") + 50);
}

#[test]
fn what_is_not_printed_goes_also_where_the_list_of_such_drawings_is_lost() {
    let form = |state: &str, listed: bool| {
        let mut maker = Maker::new();
        maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
        let mut doc = maker.document();
        draw(&mut doc, b"/OC /MC0 BDC 0 g 36 4 211 23 re f EMC");
        let print = dictionary! { "Print" => dictionary! { "PrintState" => state } };
        let group = doc.add_object(dictionary! { "Type" => "OCG", "Usage" => print });
        let page = doc.page_iter().next().unwrap();
        let named = dictionary! { "Properties" => dictionary! { "MC0" => group } };
        doc.get_dictionary_mut(page)
            .unwrap()
            .set("Resources", named);
        if listed {
            let all = dictionary! { "OCGs" => vec![Object::Reference(group)] };
            doc.catalog_mut().unwrap().set("OCProperties", all);
        }
        ink(&fill(&Blank::open(&saved(doc)).unwrap(), []).filing)
    };
    for listed in [false, true] {
        let (without, with) = (form("OFF", listed), form("ON", listed));
        assert!(
            with > without + 100,
            "{without} and {with}, listed: {listed}"
        );
    }
}

#[test]
fn no_text_is_smaller_than_can_be_read_or_broken_within_a_word() {
    let mut maker = Maker::new();
    let tiny = || dictionary! { "DA" => Object::string_literal("/Helv 0.5 Tf 0 g") };
    maker.text("Tiny", rect(72.0, 700.0, 100.0, 12.0), 0, tiny());
    maker.text("Low", rect(72.0, 650.0, 200.0, 3.0), 0, Dictionary::new());
    maker.text(
        "Narrow",
        rect(72.0, 500.0, 16.0, 90.0),
        0,
        Dictionary::new(),
    );
    let blank = maker.blank();
    let filled = fill(
        &blank,
        [
            ("Tiny", "Wicket W. Warrick, of the Bright Tree Village"),
            ("Low", "three points high"),
            ("Narrow", "Los Angeles"),
        ],
    );
    let moved: Vec<&str> = filled
        .moved
        .iter()
        .map(|moved| moved.field.as_str())
        .collect();
    assert_eq!(moved, ["Tiny", "Low", "Narrow"]);
    let text = read(&filled.filing);
    for wanted in ["Bright Tree Village", "three points high", "Los Angeles"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn a_place_on_a_turned_page_is_read_as_the_page_is() {
    let mut maker = Maker::new();
    maker.text(
        "Turned",
        rect(100.0, 100.0, 16.0, 300.0),
        0,
        Dictionary::new(),
    );
    let mut doc = maker.document();
    let page = doc.page_iter().next().unwrap();
    doc.get_dictionary_mut(page).unwrap().set("Rotate", 90);
    let filled = fill(
        &Blank::open(&saved(doc)).unwrap(),
        [("Turned", "Mon Mothma of Chandrila")],
    );
    assert_eq!(filled.moved, []);
    assert!(read(&filled.filing).contains("Mon Mothma of Chandrila"));
}

#[test]
fn a_form_that_lost_its_tree_of_fields_can_still_be_edited() {
    let mut maker = Maker::new();
    maker.field(
        0,
        "Lost",
        rect(72.0, 700.0, 200.0, 12.0),
        dictionary! { "FT" => "Tx" },
        false,
    );
    let mut doc = maker.document();
    doc.catalog_mut().unwrap().remove(b"AcroForm");
    let filled = fill(&Blank::open(&saved(doc)).unwrap(), [("Lost", "Jyn Erso")]);
    let editable = Blank::open(filled.editable.as_ref().unwrap()).unwrap();
    let field = &editable.fields()[0];
    assert_eq!(
        (field.orphan, field.value.as_deref()),
        (false, Some("Jyn Erso"))
    );
}

#[test]
fn a_file_says_one_more_than_its_highest_number() {
    let mut maker = Maker::new();
    maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
    let mut doc = maker.document();
    // Much that nothing leads to, at the end.
    for _ in 0..9 {
        doc.add_object(Dictionary::new());
    }
    let filled = fill(&Blank::open(&saved(doc)).unwrap(), [("Name", "Cassian")]);
    for bytes in [&filled.filing, filled.editable.as_ref().unwrap()] {
        let doc = Document::load_mem(bytes).unwrap();
        let highest = doc
            .objects
            .keys()
            .map(|(id, _)| i64::from(*id))
            .max()
            .unwrap();
        assert_eq!(
            doc.trailer.get(b"Size").unwrap().as_i64().unwrap(),
            highest + 1
        );
    }
}

#[test]
fn a_paper_that_names_a_form_is_not_that_form() {
    let packs = Packs::builtin().unwrap();
    let sheets: Vec<_> = packs.iter().flat_map(|pack| &pack.forms).collect();
    let found = |words: &str| {
        let mut maker = Maker::new();
        maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
        let mut doc = maker.document();
        draw(
            &mut doc,
            format!("BT /F1 9 Tf 60 30 Td ({words}) Tj ET").as_bytes(),
        );
        let bytes = saved(doc);
        identify(&bytes, &Blank::open(&bytes).unwrap(), &sheets)
    };
    let local = found(
        "Attach form CR-180 [Rev. January 1, 2024] to this local form. SB-123 Local Petition",
    );
    assert_eq!((local.number, local.known), (None, Known::Form));
    let copy = found("CR-180 [Rev. January 1, 2024] PETITION FOR DISMISSAL");
    assert_eq!(
        (copy.number.as_deref(), copy.known),
        (Some("CR-180"), Known::Unmapped)
    );
    let later = found("CR-180 [Rev. January 1, 2031] PETITION FOR DISMISSAL");
    assert_eq!(
        (later.number.as_deref(), later.known),
        (Some("CR-180"), Known::Revision)
    );
}

#[test]
fn a_notice_for_the_screen_is_on_no_filed_page_and_an_answer_is_whatever_its_flags() {
    const READ_ONLY: i64 = 1;
    const PRINTED: i64 = 4;
    for (flags, kind, given, stays) in [
        (0, READ_ONLY, false, false),
        (PRINTED, READ_ONLY, false, true),
        // A caption that the file's own script would have filled.
        (0, READ_ONLY, true, true),
        (0, 0, true, true),
    ] {
        let mut maker = Maker::new();
        maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
        let notice = dictionary! {
            "F" => flags, "V" => Object::string_literal("Press Clear when finished"),
            "MK" => dictionary! { "BG" => vec![0.8.into()] },
        };
        maker.text("Notice", rect(72.0, 600.0, 300.0, 40.0), kind, notice);
        let blank = maker.blank();
        let filled = if given {
            fill(&blank, [("Notice", "Press Clear when finished")])
        } else {
            fill(&blank, [])
        };
        assert_eq!(
            read(&filled.filing).contains("Press Clear"),
            stays,
            "flags {flags}, kind {kind}, given {given}"
        );
    }
}
