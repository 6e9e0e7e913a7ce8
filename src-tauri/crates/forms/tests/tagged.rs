//! A form with tags: what is written is named among them, in its place, and so is a continuation page.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use forms::{Blank, Fill, Given, Values};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use support::maker::{Maker, rect, saved};
use support::{heard, read, sound};

/// A form of one page: `Name:` and its field, a box, a field that nothing names, `End`; the first two fields are tagged.
fn form(tagged: bool) -> Blank {
    Blank::open(&saved(document(tagged))).unwrap()
}

fn document(tagged: bool) -> Document {
    let mut maker = Maker::new();
    let label = |words: &str, key: i64| dictionary! { "TU" => Object::string_literal(words), "StructParent" => key };
    let name = maker.text(
        "Name",
        rect(100.0, 700.0, 90.0, 12.0),
        0,
        label("Your name", 1),
    );
    let tick = maker.check("Agree", 650.0, "Yes");
    let unnamed = dictionary! { "TU" => Object::string_literal("Other") };
    maker.text("Other", rect(100.0, 600.0, 200.0, 12.0), 0, unnamed);
    let page = maker.pages[0];
    let mut doc = maker.document();
    doc.delete_pages(&[2]);
    let words = "/P <</MCID 0>> BDC BT /F1 9 Tf 60 702 Td (Name:) Tj ET EMC
        /P <</MCID 1>> BDC BT /F1 9 Tf 60 500 Td (End) Tj ET EMC";
    let drawn = doc.add_object(Stream::new(Dictionary::new(), words.as_bytes().to_vec()));
    doc.get_dictionary_mut(page).unwrap().set("Contents", drawn);
    if !tagged {
        return doc;
    }
    doc.get_dictionary_mut(tick).unwrap().set("StructParent", 2);
    let (root, top) = (doc.new_object_id(), doc.new_object_id());
    let mut element = |role: &str, kids: Object| {
        doc.add_object(dictionary! { "Type" => "StructElem", "S" => role, "P" => top, "Pg" => page, "K" => kids })
    };
    let objr = |id| {
        Object::from(dictionary! { "Type" => "OBJR", "Obj" => Object::Reference(id), "Pg" => page })
    };
    let before = element("P", 0.into());
    let field = element("Form", objr(name));
    let ticked = element("Form", vec![objr(tick)].into());
    let after = element("P", 1.into());
    let kids = [before, field, ticked, after]
        .map(Object::Reference)
        .to_vec();
    doc.set_object(
        top,
        dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => kids },
    );
    let marks = [before, after].map(Object::Reference).to_vec();
    let kid = doc.add_object(dictionary! {
        "Limits" => vec![0.into(), 2.into()],
        "Nums" => vec![0.into(), Object::Array(marks), 1.into(), field.into(), 2.into(), ticked.into()],
    });
    doc.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot", "K" => top,
            "ParentTree" => dictionary! { "Kids" => vec![Object::Reference(kid)] },
            "ParentTreeNextKey" => 3,
        },
    );
    doc.get_dictionary_mut(page)
        .unwrap()
        .set("StructParents", 0);
    let catalog = doc.catalog_mut().unwrap();
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    doc
}

fn given(name: &str, other: &str) -> Values {
    let text = |words: &str| Given::Text(words.to_owned());
    Values::from([
        ("Name".to_owned(), text(name)),
        ("Other".to_owned(), text(other)),
        ("Agree".to_owned(), Given::Tick(true)),
    ])
}

fn order(words: &str, parts: &[&str]) {
    let mut rest = words;
    for part in parts {
        let Some((_, behind)) = rest.split_once(part) else {
            panic!("{part} is not behind the others in {words}");
        };
        rest = behind;
    }
}

#[test]
fn a_form_that_took_the_last_number_there_is_is_filled() {
    let mut doc = document(true);
    let page = doc.page_iter().next().unwrap();
    doc.get_dictionary_mut(page)
        .unwrap()
        .remove(b"StructParents");
    for object in doc.objects.values_mut() {
        if let Ok(tree) = object.as_dict_mut()
            && let Ok(Object::Array(nums)) = tree.get_mut(b"Nums")
        {
            nums.extend([i64::MAX.into(), Object::Null]);
        }
    }
    let blank = Blank::open(&saved(doc)).unwrap();
    let filled = blank
        .fill(&given("Ada Quill", "Bo"), &Fill::default())
        .unwrap();
    assert!(read(&filled.filing).contains("Ada Quill"));
}

#[test]
fn a_value_is_heard_where_its_field_was() {
    let filled = form(true)
        .fill(&given("Ada Quill", "Bo"), &Fill::default())
        .unwrap();
    sound(&filled.filing);
    let words = heard(&filled.filing);
    order(
        &words,
        &[
            "Name:",
            "Form",
            "Ada Quill",
            "Form",
            "End",
            "Sect",
            "Form",
            "Bo",
        ],
    );
    // What a field was for is still said where it is a field no more.
    let read = lopdf::Document::load_mem(&filled.filing).unwrap();
    let about = |role: &[u8]| {
        let mut all = read
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok());
        all.any(|dict| {
            let said = dict
                .get(b"A")
                .and_then(Object::as_array)
                .into_iter()
                .flatten();
            said.filter_map(|said| said.as_dict().ok()).any(|said| {
                said.get(b"Role")
                    .is_ok_and(|r| r.as_name().is_ok_and(|r| r == role))
            })
        })
    };
    assert!(about(b"tv") && about(b"cb"));
    // No tag names a field that is gone.
    let gone = |object: &Object| {
        let dict = object.as_dict().ok();
        dict.is_some_and(|dict| {
            dict.get(b"Type")
                .is_ok_and(|t| t.as_name().is_ok_and(|t| t == b"OBJR"))
        })
    };
    let kids = read
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"K").ok());
    for kids in kids {
        let all = kids
            .as_array()
            .map_or_else(|_| vec![kids.clone()], Clone::clone);
        assert!(!all.iter().any(gone), "{kids:?}");
    }
}

#[test]
fn a_continuation_page_is_heard_behind_the_form_and_its_head_once() {
    let long = "Wilhelmina ".repeat(600);
    // Words on two lines stay two words.
    let twice = "Wilhelmina Wilhelmina";
    let how = Fill {
        form: "AB-1".to_owned(),
        heading: vec!["Case No. 05F01234".to_owned()],
        ..Fill::default()
    };
    let filled = form(true).fill(&given(long.trim(), "Bo"), &how).unwrap();
    sound(&filled.filing);
    assert!(filled.pages > 3, "{}", filled.pages);
    let words = heard(&filled.filing);
    let parts = [
        "Name:",
        "See",
        "End",
        "Sect",
        "H1",
        "CONTINUATION PAGE OF AB-1",
        "05F01234",
        "H2",
        "Item",
        "Wilhelmina",
    ];
    order(
        &words,
        &parts.map(|part| if part == "Item" { "Your name" } else { part }),
    );
    assert_eq!(words.matches("CONTINUATION PAGE").count(), 1, "{words}");
    assert_eq!(
        words.matches("Continuation page").count(),
        0,
        "feet are no text: {words}"
    );
    assert_eq!(words.matches("Wilhelmina").count(), 600);
    assert!(
        !words.contains("WilhelminaWilhelmina") && words.contains(twice),
        "{words}"
    );
    // On paper they stand on every page.
    assert_eq!(
        read(&filled.filing).matches("CONTINUATION PAGE").count(),
        filled.pages - 1
    );
    let again = form(true).fill(&given(long.trim(), "Bo"), &how).unwrap();
    assert_eq!(filled.filing, again.filing);
}

#[test]
fn a_form_without_tags_gets_none() {
    let long = "Wilhelmina ".repeat(100);
    let filled = form(false)
        .fill(&given(long.trim(), "Bo"), &Fill::default())
        .unwrap();
    let read = lopdf::Document::load_mem(&filled.filing).unwrap();
    assert!(!read.catalog().unwrap().has(b"StructTreeRoot"));
    let pages = read.get_pages();
    for page in pages.values().skip(1) {
        let drawn = read.get_page_content(*page);
        assert!(!drawn.windows(3).any(|part| part == b"BDC"));
    }
}
