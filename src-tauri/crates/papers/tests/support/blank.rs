//! Blanks made by the tests: the project ships no court's form.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

use std::path::Path;

use forms::Library;
use lopdf::{Document, Object, Stream, dictionary};
use packs::Packs;
use packs::forms::{Edition, Fact, FormSheet};

/// A form of one county, as an office describes it.
pub(crate) const LOCAL: &str = r#"
number = "LOC-7"
title = "Local Application"
use = "optional"
serves = [{ route = "us-ca/prop-64", paper = "motion" }]
counties = ["Sacramento"]

[[edition]]
date = "2025-07-01"
checked = "2026-11-01"
check_by = "2027-11-01"

[edition.text]
"Defendant" = "person.name"
"Number" = "case.number"

[edition.tick]
"Sale" = "section HS 11360"
"Waives" = "chosen waive_appearance"

[edition.blank]
"Date" = "whoever signs writes the date when signing"

[edition.sign]
"Date" = "filer"
"#;

/// Every form the packs know.
pub(crate) fn sheets() -> Vec<&'static FormSheet> {
    let packs = Packs::builtin().unwrap();
    packs.iter().flat_map(|pack| &pack.forms).collect()
}

/// An office's folder with the blanks of these forms.
pub(crate) fn library(folder: &Path, numbers: &[&str]) -> Library {
    let packs = Packs::builtin().unwrap();
    for number in numbers {
        Library::add(folder, &blank(number), packs).unwrap();
    }
    Library::open(folder, packs).unwrap()
}

/// A form that prints its number and has every field that the pack describes, each box one point from the next; a field for a long text
/// on the lower half.
pub(crate) fn blank(number: &str) -> Vec<u8> {
    revision(number, sheet(number).edition.last().unwrap())
}

/// What the packs say of a form.
pub(crate) fn sheet(number: &str) -> &'static FormSheet {
    let all = sheets();
    all.into_iter()
        .find(|sheet| sheet.number == number)
        .unwrap()
}

/// Likewise in one of its revisions.
pub(crate) fn revision(number: &str, edition: &Edition) -> Vec<u8> {
    let mut doc = Document::with_version("1.7");
    let (tree, page) = (doc.new_object_id(), doc.new_object_id());
    let mut fields: Vec<Object> = Vec::new();
    for (n, name) in edition.fields().enumerate() {
        let box_like = edition.tick.keys().any(|tick| edition.field(tick) == name);
        // Two columns of fifty.
        let (left, y) = (
            36.0 + 285.0 * (n / 50) as f32,
            740.0 - 14.0 * (n % 50) as f32,
        );
        let side = left + if box_like { 10.0 } else { 270.0 };
        let mut field = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "F" => 4, "T" => Object::string_literal(name.as_str()),
            "TU" => Object::string_literal(format!("Label of {name}")),
            "Rect" => [left, y, side, y + 10.0].map(Object::Real).to_vec(),
        };
        let bodies = [Fact::AttachmentBody, Fact::DeclarationBody];
        if bodies
            .iter()
            .any(|body| edition.fields_for(body).any(|field| field == name))
        {
            field.set(
                "Rect",
                [36.0, 40.0, 576.0, 440.0].map(Object::Real).to_vec(),
            );
            field.set("Ff", 1 << 12);
        }
        field.set("FT", if box_like { "Btn" } else { "Tx" });
        fields.push(doc.add_object(field).into());
    }
    let day = edition.date.strftime("%B %-d, %Y");
    let words = format!("BT /F1 9 Tf 72 20 Td ({number} [Rev. {day}]) Tj ET");
    let content = doc.add_object(Stream::new(dictionary! {}, words.into_bytes()));
    let font = doc.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    doc.set_object(
        page,
        dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Annots" => fields.clone(),
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        },
    );
    doc.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(page)], "Count" => 1 },
    );
    let form = doc.add_object(
        dictionary! { "Fields" => fields, "DA" => Object::string_literal("/Helv 9 Tf 0 g") },
    );
    let root =
        doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "AcroForm" => form });
    doc.trailer.set("Root", root);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}
