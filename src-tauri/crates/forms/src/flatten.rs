//! Makes what fields show part of their pages, and takes the fields away.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::blank::Blank;
use crate::draw::num;
use crate::field::{Kind, Widget};
use crate::saves::{Saves, saves};
use crate::tags::Tags;
use crate::{limits, object, unprinted};

/// How far ink may stand out of its field, in points: the accents of a capital in a low field.
const BLEED: f32 = 3.0;

/// Flattens every field of a filled form; `given` tells the places of the fields that were filled.
pub(crate) fn flatten(doc: &mut Document, blank: &Blank, given: &BTreeSet<usize>) {
    unprinted::strip(doc, &blank.pages);
    for (index, page) in blank.pages.iter().enumerate() {
        let buttons = blank.fields().iter().filter(|f| f.kind == Kind::Button);
        let places = buttons.flat_map(|field| &field.widgets);
        let places = places.filter(|widget| widget.page == Some(index));
        let places: Vec<[f32; 4]> = places.map(|widget| widget.rect).collect();
        unprinted::grounds(doc, *page, &places);
    }
    let mut widgets = BTreeSet::new();
    let mut tags = Tags::of(doc);
    for (index, page) in blank.pages.iter().enumerate() {
        let mut stamps: Vec<Stamp> = Vec::new();
        for (place, field) in blank.fields().iter().enumerate() {
            // "Press the button at the end of the form": such a notice is for the screen. An answer without the flag is printed all the same.
            let notice = field.read_only && !given.contains(&place);
            for widget in &field.widgets {
                widgets.insert(widget.id);
                if widget.page != Some(index) || widget.hidden || (notice && widget.unprinted) {
                    continue;
                }
                let Some(look) = look(doc, widget.id).filter(|look| !empty(doc, *look)) else {
                    continue;
                };
                let mark = (tags.as_mut())
                    .and_then(|tags| tags.value(doc, *page, widget.id, field, ticked(doc, widget)));
                stamps.push(Stamp {
                    look,
                    at: [widget.rect[0], widget.rect[1]],
                    mark,
                });
            }
        }
        stamp(doc, *page, &stamps);
        annotations(doc, *page);
    }
    if let Ok(catalog) = doc.catalog_mut() {
        catalog.remove(b"AcroForm");
    }
    for id in widgets
        .into_iter()
        .chain(blank.fields().iter().map(|field| field.id))
    {
        doc.objects.remove(&id);
    }
    if let Some(tags) = tags {
        tags.close(doc);
    }
}

/// What a place showed, to be drawn on its page.
struct Stamp {
    look: ObjectId,
    at: [f32; 2],
    /// The number of its mark, where the form has tags.
    mark: Option<i64>,
}

fn empty(doc: &Document, look: ObjectId) -> bool {
    doc.get_object(look)
        .is_ok_and(|o| o.as_stream().is_ok_and(|s| s.content.is_empty()))
}

fn ticked(doc: &Document, widget: &Widget) -> bool {
    let dict = doc.get_dictionary(widget.id);
    dict.is_ok_and(|dict| object::name(doc, dict, b"AS").is_some_and(|state| state != b"Off"))
}

/// What a place shows now.
fn look(doc: &Document, widget: ObjectId) -> Option<ObjectId> {
    let dict = doc.get_dictionary(widget).ok()?;
    let looks = object::dict(doc, dict, b"AP")?;
    match looks.get(b"N").ok()? {
        Object::Reference(id) if doc.get_object(*id).is_ok_and(|o| o.as_stream().is_ok()) => {
            Some(*id)
        }
        _ => {
            let states = object::dict(doc, looks, b"N")?;
            states
                .get(object::name(doc, dict, b"AS")?)
                .ok()?
                .as_reference()
                .ok()
        }
    }
}

fn stamp(doc: &mut Document, page: ObjectId, stamps: &[Stamp]) {
    if stamps.is_empty() {
        return;
    }
    let Ok(dict) = doc.get_dictionary(page) else {
        return;
    };
    let mut resources = object::inherited(doc, dict, b"Resources")
        .and_then(|r| r.as_dict().ok())
        .cloned()
        .unwrap_or_default();
    let mut objects = object::dict(doc, &resources, b"XObject")
        .cloned()
        .unwrap_or_default();
    // What the page's own drawing leaves changed must not move the marks, nor may it restore what is saved around it.
    let drawing = doc.get_page_content_with_limit(page, limits::PAGE_BYTES);
    let Saves { missing, open } = saves(&drawing.unwrap_or_default());
    let mut content = String::from("\n") + &"Q\n".repeat(open + 1);
    let mut number = 0;
    for Stamp { look, at, mark } in stamps {
        let [x, y] = at;
        let mut name = format!("Mark{number}");
        while objects.has(name.as_bytes()) && number < limits::OBJECTS {
            number += 1;
            name = format!("Mark{number}");
        }
        number += 1;
        let drawn = format!("q 1 0 0 1 {} {} cm /{name} Do Q\n", num(*x), num(*y));
        content.push_str(&match mark {
            Some(mark) => format!("/Form <</MCID {mark}>> BDC\n{drawn}EMC\n"),
            None => drawn,
        });
        objects.set(name, *look);
        if let Some(dict) = object::dict_mut(doc, *look)
            && let Ok(sides) = dict.get(b"BBox").and_then(Object::as_array)
            && let [_, _, Object::Real(wide), Object::Real(tall)] = sides.as_slice()
        {
            let (wide, tall) = (*wide, *tall);
            let sides = [-BLEED, -BLEED, wide + BLEED, tall + BLEED];
            dict.set("BBox", sides.map(Object::Real).to_vec());
        }
    }
    resources.set("XObject", objects);
    let mut contents = vec![Object::Reference(
        doc.add_object(Stream::new(Dictionary::new(), b"q\n".repeat(missing + 1))),
    )];
    let drawn = doc
        .get_dictionary(page)
        .ok()
        .and_then(|dict| dict.get(b"Contents").ok())
        .cloned();
    match drawn {
        Some(Object::Array(parts)) => contents.extend(parts),
        Some(Object::Reference(id)) => match doc.get_object(id) {
            Ok(Object::Array(parts)) => contents.extend(parts.clone()),
            _ => contents.push(Object::Reference(id)),
        },
        Some(stream @ Object::Stream(_)) => {
            contents.push(Object::Reference(doc.add_object(stream)))
        }
        _ => {}
    }
    contents.push(Object::Reference(
        doc.add_object(Stream::new(Dictionary::new(), content.into_bytes())),
    ));
    if let Some(dict) = object::dict_mut(doc, page) {
        dict.set("Resources", resources);
        dict.set("Contents", contents);
    }
}

/// Leaves links and plain notes; takes fields, buttons and anything that plays or holds a file.
fn annotations(doc: &mut Document, page: ObjectId) {
    let kept = doc
        .get_dictionary(page)
        .ok()
        .and_then(|dict| object::array(doc, dict, b"Annots"))
        .map(|items| {
            let stays = |item: &&Object| {
                item.as_reference()
                    .ok()
                    .and_then(|id| doc.get_dictionary(id).ok())
                    .is_some_and(|dict| object::name(doc, dict, b"Subtype") == Some(b"Link"))
            };
            items.iter().filter(stays).cloned().collect::<Vec<_>>()
        });
    if let Some(dict) = object::dict_mut(doc, page) {
        match kept {
            Some(kept) if !kept.is_empty() => dict.set("Annots", kept),
            _ => {
                dict.remove(b"Annots");
            }
        }
    }
}
