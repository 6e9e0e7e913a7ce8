//! A small form in the making, with whatever trap a test is about.

#![allow(dead_code, reason = "each test takes what it needs")]

use forms::Blank;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A form of two pages in the making.
pub(crate) struct Maker {
    pub(crate) doc: Document,
    pub(crate) pages: [ObjectId; 2],
    pub(crate) annots: [Vec<Object>; 2],
    pub(crate) fields: Vec<Object>,
    pub(crate) form: Dictionary,
}

pub(crate) fn rect(x: f32, y: f32, w: f32, h: f32) -> Object {
    Object::Array([x, y, x + w, y + h].map(Object::Real).to_vec())
}

impl Maker {
    pub(crate) fn new() -> Self {
        let mut doc = Document::with_version("1.7");
        let pages = [doc.new_object_id(), doc.new_object_id()];
        Self {
            doc,
            pages,
            annots: [Vec::new(), Vec::new()],
            fields: Vec::new(),
            form: dictionary! { "DA" => Object::string_literal("/Helv 9 Tf 0 g") },
        }
    }

    /// A field with one place, in the tree or only on its page.
    pub(crate) fn field(
        &mut self,
        page: usize,
        name: &str,
        place: Object,
        more: Dictionary,
        in_tree: bool,
    ) -> ObjectId {
        let mut dict = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "F" => 4, "P" => self.pages[page],
            "T" => Object::string_literal(name), "Rect" => place,
        };
        for (key, value) in more.iter() {
            dict.set(key.clone(), value.clone());
        }
        let id = self.doc.add_object(dict);
        self.annots[page].push(id.into());
        if in_tree {
            self.fields.push(id.into());
        }
        id
    }

    pub(crate) fn text(
        &mut self,
        name: &str,
        place: Object,
        flags: i64,
        more: Dictionary,
    ) -> ObjectId {
        let mut dict = dictionary! { "FT" => "Tx", "Ff" => flags };
        dict.extend(&more);
        self.field(0, name, place, dict, true)
    }

    /// A look of one state.
    pub(crate) fn look(&mut self, state: &str) -> Dictionary {
        let stream = self.doc.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Form" },
            Vec::new(),
        ));
        dictionary! { "N" => Dictionary::from_iter([(state.as_bytes().to_vec(), Object::Reference(stream))]) }
    }

    pub(crate) fn check(&mut self, name: &str, y: f32, state: &str) -> ObjectId {
        let look = self.look(state);
        let more = dictionary! { "FT" => "Btn", "AP" => look, "AS" => "Off" };
        self.field(0, name, rect(72.0, y, 10.0, 10.0), more, true)
    }

    pub(crate) fn document(mut self) -> Document {
        let tree = self.doc.new_object_id();
        let font = self.doc.add_object(
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
        );
        for (n, page) in self.pages.into_iter().enumerate() {
            let words = format!("BT /F1 9 Tf 60 30 Td (Printed page {n}) Tj ET 1 0 0 1 99 99 cm");
            let content = self
                .doc
                .add_object(Stream::new(Dictionary::new(), words.into_bytes()));
            self.doc.set_object(page, dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "Annots" => self.annots[n].clone(),
            });
        }
        self.doc.set_object(tree, dictionary! {
            "Type" => "Pages", "Count" => 2, "Kids" => self.pages.map(Object::Reference).to_vec(),
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        self.form.set("Fields", self.fields.clone());
        let form = self.doc.add_object(self.form.clone());
        let root = self
            .doc
            .add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "AcroForm" => form });
        self.doc.trailer.set("Root", root);
        let id = Object::string_literal("0123456789abcdef");
        self.doc.trailer.set("ID", vec![id.clone(), id]);
        self.doc
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        saved(self.document())
    }

    pub(crate) fn blank(self) -> Blank {
        Blank::open(&self.bytes()).unwrap()
    }
}

pub(crate) fn saved(mut doc: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}
