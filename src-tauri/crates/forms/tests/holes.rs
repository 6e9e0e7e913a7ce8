//! A form with a part missing is refused; one whose table alone is wrong is salvaged whole.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use forms::{Blank, Fill, FormError, Given, Values};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use support::maker::{Maker, rect, saved};
use support::read;

/// A form with packed pages, a drawing and a font of its own, whose catalog and tree of pages stand at the beginning: cut anywhere
/// behind them, it still opens.
fn document() -> (Document, [ObjectId; 3]) {
    let mut maker = Maker::new();
    let early = [maker.doc.new_object_id(), maker.doc.new_object_id()];
    maker.text("Name", rect(72.0, 700.0, 300.0, 12.0), 0, Dictionary::new());
    maker.field(
        1,
        "Later",
        rect(72.0, 700.0, 300.0, 12.0),
        dictionary! { "FT" => "Tx" },
        true,
    );
    let mut doc = maker.document();
    // A font's file of one table: its directory, then 64 bytes.
    let mut file = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    file.extend(b"glyf\0\0\0\0\0\0\0\x1c\0\0\0\x40");
    file.extend([7; 64]);
    let file = doc.add_object(Stream::new(Dictionary::new(), file));
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "Own", "Flags" => 4, "FontFile2" => file,
    });
    let font = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "Own", "FontDescriptor" => descriptor,
    });
    let drawing = doc.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] },
        b"0 0 9 9 re S ".repeat(30),
    ));
    let root = doc.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let mut catalog = doc.get_dictionary(root).unwrap().clone();
    let tree = catalog.get(b"Pages").unwrap().as_reference().unwrap();
    let mut pages = doc.get_dictionary(tree).unwrap().clone();
    let resources = pages.get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
    resources.set("XObject", dictionary! { "D" => drawing });
    let fonts = resources.get_mut(b"Font").unwrap().as_dict_mut().unwrap();
    fonts.set("F2", font);
    for page in pages.get(b"Kids").unwrap().as_array().unwrap().clone() {
        let page = page.as_reference().unwrap();
        let page = doc.get_dictionary_mut(page).unwrap();
        page.set("Parent", early[1]);
    }
    catalog.set("Pages", early[1]);
    doc.objects.remove(&root);
    doc.objects.remove(&tree);
    doc.set_object(early[0], catalog);
    doc.set_object(early[1], pages);
    doc.trailer.set("Root", early[0]);
    doc.compress();
    (doc, [file, font, drawing])
}

fn names(blank: &Blank) -> Vec<String> {
    let fields = blank.fields().iter();
    fields.map(|field| field.name.clone()).collect()
}

#[test]
fn a_form_cut_anywhere_is_refused_or_has_lost_nothing() {
    let (doc, _) = document();
    let bytes = saved(doc);
    let whole = Blank::open(&bytes).unwrap();
    assert_eq!(names(&whole), ["Name", "Later"]);
    let (mut refused, mut salvaged) = (0, 0);
    for end in 1..bytes.len() {
        let cut = &bytes[..end];
        match Blank::open(cut) {
            Err(error) => {
                assert_eq!(error, FormError::Damaged, "cut at {end}");
                refused += 1;
            }
            Ok(blank) => {
                assert_eq!(blank.pages(), 2, "cut at {end}");
                assert_eq!(names(&blank), names(&whole), "cut at {end}");
                assert_eq!(blank.text(), whole.text(), "cut at {end}");
                salvaged += 1;
            }
        }
    }
    assert!(
        refused > 1000 && salvaged > 100,
        "cuts of both kinds: {refused}, {salvaged}"
    );
}

#[test]
fn a_form_whose_table_is_wrong_is_salvaged() {
    let (doc, _) = document();
    let bytes = saved(doc);
    let at = bytes
        .windows(9)
        .rposition(|word| word == b"startxref")
        .unwrap();
    let mut moved = bytes[..at].to_vec();
    moved.extend(b"startxref\n99\n%%EOF\n");
    for damaged in [&moved, &bytes[..at].to_vec()] {
        let blank = Blank::open(damaged).unwrap();
        let values = Values::from([("Later".to_owned(), Given::Text("Wedge".to_owned()))]);
        let filled = blank.fill(&values, &Fill::default()).unwrap();
        let text = read(&filled.filing);
        assert!(
            text.contains("Printed page 0")
                && text.contains("Printed page 1")
                && text.contains("Wedge"),
            "{text}"
        );
    }
}

#[test]
fn a_form_without_a_part_that_it_prints_is_refused() {
    let (doc, parts) = document();
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let contents = doc
        .get_dictionary(pages[1])
        .unwrap()
        .get(b"Contents")
        .unwrap();
    let contents = contents.as_reference().unwrap();
    for lost in parts.into_iter().chain([contents, pages[1]]) {
        let mut doc = doc.clone();
        doc.objects.remove(&lost);
        assert_eq!(
            Blank::open(&saved(doc)).unwrap_err(),
            FormError::Damaged,
            "{lost:?}"
        );
    }
    // A note that its maker deleted is none of the form's.
    let mut left = doc.clone();
    let gone = left.new_object_id();
    let page = left.get_dictionary_mut(pages[0]).unwrap();
    page.get_mut(b"Annots")
        .unwrap()
        .as_array_mut()
        .unwrap()
        .push(gone.into());
    assert_eq!(Blank::open(&saved(left)).unwrap().fields().len(), 2);
}

#[test]
fn packed_parts_fonts_and_pages_are_whole() {
    let (doc, [file, _, drawing]) = document();
    let damaged = |change: &dyn Fn(&mut Document)| {
        let mut doc = doc.clone();
        change(&mut doc);
        Blank::open(&saved(doc)).unwrap_err()
    };
    let stream = |doc: &mut Document, id: ObjectId, change: &dyn Fn(&mut Vec<u8>)| {
        let stream = doc.get_object_mut(id).unwrap().as_stream_mut().unwrap();
        let mut content = stream.content.clone();
        change(&mut content);
        stream.set_content(content);
    };
    let packed = doc.get_object(drawing).unwrap().as_stream().unwrap();
    assert!(packed.filters().is_ok(), "the drawing is packed");
    let half = damaged(&|doc| stream(doc, drawing, &|c| c.truncate(c.len() / 2)));
    assert_eq!(half, FormError::Damaged);
    let sum = damaged(&|doc| stream(doc, drawing, &|c| *c.last_mut().unwrap() ^= 1));
    assert_eq!(sum, FormError::Damaged);
    let font = damaged(&|doc| {
        let font = Stream::new(
            Dictionary::new(),
            b"\0\x01\0\0\0\x01\0\0\0\0\0\0glyf\0\0\0\0\0\0\0\x1c\0\0\0\x40".to_vec(),
        );
        doc.set_object(file, font);
    });
    assert_eq!(font, FormError::Damaged);
    for sides in [None, Some([0, 0, 0, 0]), Some([0, 0, 612, 0])] {
        let page = damaged(&|doc| {
            let tree = doc
                .catalog()
                .unwrap()
                .get(b"Pages")
                .unwrap()
                .as_reference()
                .unwrap();
            let tree = doc.get_dictionary_mut(tree).unwrap();
            match sides {
                Some(sides) => tree.set("MediaBox", sides.map(Object::Integer).to_vec()),
                None => {
                    tree.remove(b"MediaBox");
                }
            }
        });
        assert_eq!(page, FormError::Damaged, "{sides:?}");
    }
}
