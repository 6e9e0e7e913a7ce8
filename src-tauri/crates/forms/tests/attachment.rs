//! What a form has no room for, on another form behind it: both made by the test.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use forms::{Attachment, Blank, Fill, Filled, FormError, Given, More, Values};
use lopdf::{Dictionary, dictionary};

use support::maker::{Maker, rect, saved};
use support::{read, sound};

const MULTILINE: i64 = 1 << 12;

/// A form with one low field for reasons.
fn form() -> Blank {
    let mut maker = Maker::new();
    maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
    let label = dictionary! { "TU" => lopdf::Object::string_literal("Explain why") };
    maker.text("li2c[0]", rect(72.0, 600.0, 400.0, 24.0), MULTILINE, label);
    one_page(maker)
}

/// A form for any text, as courts have one.
fn sheet() -> Blank {
    let mut maker = Maker::new();
    for (name, at) in [
        ("Title", rect(52.0, 724.0, 200.0, 14.0)),
        ("Number", rect(371.0, 701.0, 85.0, 14.0)),
        ("Page", rect(498.0, 70.0, 30.0, 14.0)),
        ("Of", rect(544.0, 70.0, 30.0, 14.0)),
    ] {
        maker.text(name, at, 0, Dictionary::new());
    }
    let body = rect(37.0, 85.0, 539.0, 598.0);
    maker.text("Body", body, MULTILINE, Dictionary::new());
    one_page(maker)
}

fn one_page(maker: Maker) -> Blank {
    let mut doc = maker.document();
    doc.delete_pages(&[2]);
    Blank::open(&saved(doc)).unwrap()
}

fn attachment<'a>(sheet: &'a Blank, title: &str) -> Attachment<'a> {
    Attachment {
        blank: sheet,
        values: text("Title", title),
        body: "Body".to_owned(),
        number: vec!["Number".to_owned()],
        page: vec!["Page".to_owned()],
        pages: vec!["Of".to_owned()],
    }
}

fn text(field: &str, words: &str) -> Values {
    Values::from([(field.to_owned(), Given::Text(words.to_owned()))])
}

fn reasons(count: usize) -> String {
    let line = |n| format!("Reason {n}: I have worked and studied since.\n");
    (1..=count).map(line).collect()
}

fn filled(sheet: &Blank, title: &str, reasons: &str) -> Filled {
    let how = Fill {
        attachment: Some(attachment(sheet, title)),
        ..Fill::default()
    };
    let filled = form().fill(&text("li2c[0]", reasons), &how).unwrap();
    sound(&filled.filing);
    filled
}

#[test]
fn what_has_no_room_goes_to_the_attachment_which_names_its_item() {
    let filled = filled(&sheet(), "People v. Testperson", &reasons(20));
    assert_eq!((filled.pages, filled.moved.len()), (2, 1));
    let said = read(&filled.filing);
    let (form, attached) = said.split_once('\u{c}').unwrap();
    assert!(form.contains("See attachment, item 1"), "{form}");
    assert!(!said.contains("CONTINUATION"), "{said}");
    for words in [
        "People v. Testperson",
        "1. Item 2c: Explain why (page 1 of the form)",
        "Reason 1: I have",
        "Reason 20: I have",
    ] {
        assert!(attached.contains(words), "{words} in {attached}");
    }
}

#[test]
fn a_long_text_takes_as_many_attachments_as_it_needs_each_with_its_number() {
    let filled = filled(&sheet(), "People v. Testperson", &reasons(150));
    let said = read(&filled.filing);
    let pages: Vec<&str> = said.split('\u{c}').collect();
    assert!(filled.pages > 3, "{}", filled.pages);
    let attached = &pages[1..filled.pages];
    for (n, page) in (1..).zip(attached) {
        let words: Vec<&str> = page.split_whitespace().collect();
        let (here, of) = (n.to_string(), attached.len().to_string());
        // The foot of the page, whatever the blank itself prints below it.
        let foot = &words[words.len() - 6..];
        assert!(
            foot.contains(&here.as_str()) && foot.contains(&of.as_str()),
            "{page}"
        );
        assert!(page.contains("People v. Testperson"), "{page}");
    }
    for n in 1..=150 {
        assert_eq!(said.matches(&format!("Reason {n}: ")).count(), 1, "{n}");
    }
}

#[test]
fn a_form_with_room_has_no_attachment_and_the_same_values_give_the_same_bytes() {
    let sheet = sheet();
    let short = filled(&sheet, "People v. Testperson", "I have worked.");
    assert_eq!((short.pages, short.moved.len()), (1, 0));
    let bytes = || filled(&sheet, "People v. Testperson", &reasons(150)).filing;
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_title_too_long_for_the_attachment_is_cut_there_and_nowhere_else() {
    let title = format!("People v. {}", "Wilhelmina Testperson ".repeat(9));
    let filled = filled(&sheet(), title.trim(), &reasons(20));
    let said = read(&filled.filing);
    assert_eq!(
        filled.pages, 2,
        "no page of its own for the rest of a title"
    );
    assert!(said.contains("People v. Wilhelmina"), "{said}");
    assert!(said.contains('…'), "{said}");
}

#[test]
fn a_text_no_attachment_can_hold_is_refused() {
    let sheet = sheet();
    let more = |n| More {
        item: format!("Item {n}"),
        page: None,
        text: "A\n".repeat(900),
    };
    let how = Fill {
        more: (0..4).map(more).collect(),
        attachment: Some(attachment(&sheet, "People")),
        ..Fill::default()
    };
    assert!(matches!(
        form().fill(&Values::new(), &how),
        Err(FormError::TooLarge { .. })
    ));
}
