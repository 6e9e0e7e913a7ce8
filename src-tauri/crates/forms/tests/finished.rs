//! What is found in a finished PDF, as a court's e-filing looks at it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use forms::{Finished, FormError};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// Two pages: one with words of its own, one whose words stand in a drawing.
fn paper() -> (Document, ObjectId, ObjectId) {
    let mut doc = Document::with_version("1.7");
    let tree = doc.new_object_id();
    let font = doc.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    let fonts = dictionary! { "Font" => dictionary! { "F1" => font } };
    let words = |words: &str| format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET").into_bytes();
    let drawing = doc.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => fonts.clone(),
        "BBox" => vec![0.into(), 0.into(), 612.into(), 792.into()] },
        words("drawn"),
    ));
    let mut pages = Vec::new();
    for (content, resources) in [
        (words("printed"), fonts),
        (
            b"/D Do".to_vec(),
            dictionary! { "XObject" => dictionary! { "D" => drawing } },
        ),
    ] {
        let content = doc.add_object(Stream::new(dictionary! {}, content));
        let page = doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        });
        pages.push(Object::Reference(page));
    }
    let first = pages[0].as_reference().unwrap();
    doc.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => 2 },
    );
    let root = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    doc.trailer.set("Root", root);
    (doc, root, first)
}

fn look(mut doc: Document) -> Finished {
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    Finished::of(&bytes).unwrap()
}

#[test]
fn words_are_found_on_the_page_and_in_its_drawings() {
    let (doc, ..) = paper();
    let plain = Finished {
        pages: 2,
        ..Finished::default()
    };
    assert_eq!(look(doc), plain);
    // A page with a picture alone.
    let (mut doc, _, first) = paper();
    let nothing = doc.add_object(Stream::new(dictionary! {}, b"0 0 m 9 9 l S".to_vec()));
    doc.get_dictionary_mut(first)
        .unwrap()
        .set("Contents", nothing);
    assert_eq!(look(doc).silent, [1]);
}

#[test]
fn what_floats_or_acts_is_found_and_a_link_is_neither() {
    let annot = |kind: &str| dictionary! { "Type" => "Annot", "Subtype" => kind };
    for (kind, loose) in [("Link", false), ("FreeText", true), ("Widget", true)] {
        let (mut doc, _, first) = paper();
        let note = doc.add_object(annot(kind));
        let page = doc.get_dictionary_mut(first).unwrap();
        page.set("Annots", vec![Object::Reference(note)]);
        assert_eq!(look(doc).loose, loose, "{kind}");
    }
    for (action, acts) in [
        (dictionary! { "S" => "GoTo" }, false),
        (dictionary! { "S" => "URI" }, true),
        (
            dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("1") },
            true,
        ),
    ] {
        let (mut doc, root, _) = paper();
        doc.get_dictionary_mut(root)
            .unwrap()
            .set("OpenAction", action);
        assert_eq!(look(doc).acts, acts);
    }
    let (mut doc, ..) = paper();
    doc.add_object(dictionary! { "Type" => "Action", "S" => "Launch" });
    doc.add_object(dictionary! { "Type" => "Filespec", "EF" => dictionary! {} });
    assert!(look(doc).acts);
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert_eq!(Finished::of(b"no paper"), Err(FormError::Damaged));
}
