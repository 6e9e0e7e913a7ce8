//! What a form carries beside its pages and fields, taken out before anything is written: a hidden second form that would win
//! over the visible one, rights that any change breaks, scripts, attachments, buttons.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::blank::form;
use crate::{limits, object};

/// Takes it all out; says whether there was a hidden form.
pub(crate) fn strip(doc: &mut Document, pages: &[ObjectId]) -> bool {
    let mut xfa = false;
    if let Some(form) = form(doc).and_then(|id| object::dict_mut(doc, id)) {
        xfa = form.remove(b"XFA").is_some();
        for key in [&b"SigFlags"[..], b"CO", b"NeedAppearances"] {
            form.remove(key);
        }
    }
    if let Ok(catalog) = doc.catalog_mut() {
        for key in [
            &b"OpenAction"[..],
            b"AA",
            b"Perms",
            b"NeedsRendering",
            b"Requirements",
            b"Collection",
            b"Legal",
            b"DSS",
            b"AF",
            b"Extensions",
        ] {
            catalog.remove(key);
        }
    }
    names(doc);
    for page in pages {
        if let Some(page) = object::dict_mut(doc, *page) {
            page.remove(b"AA");
        }
    }
    for object in doc.objects.values_mut() {
        actions(object, 0);
    }
    let ids: Vec<ObjectId> = doc.objects.keys().copied().collect();
    for id in ids {
        let unsafe_action = doc.get_dictionary(id).is_ok_and(|dict| {
            object::dict(doc, dict, b"A").is_some_and(|action| !harmless(doc, action))
        });
        if unsafe_action && let Some(dict) = object::dict_mut(doc, id) {
            dict.remove(b"A");
        }
    }
    xfa
}

/// Names of scripts and of attached files.
fn names(doc: &mut Document) {
    let Ok(catalog) = doc.catalog() else { return };
    let Some(names) = object::dict(doc, catalog, b"Names") else {
        return;
    };
    let mut names = names.clone();
    names.remove(b"JavaScript");
    names.remove(b"EmbeddedFiles");
    if let Ok(catalog) = doc.catalog_mut() {
        catalog.set("Names", names);
    }
}

/// Actions on events, wherever they hang, and chains of further actions.
fn actions(object: &mut Object, depth: usize) {
    if depth > limits::DEPTH {
        return;
    }
    match object {
        Object::Dictionary(dict) => dictionary(dict, depth),
        Object::Stream(stream) => dictionary(&mut stream.dict, depth),
        Object::Array(items) => items.iter_mut().for_each(|item| actions(item, depth + 1)),
        _ => {}
    }
}

fn dictionary(dict: &mut Dictionary, depth: usize) {
    dict.remove(b"AA");
    if dict.has(b"S")
        && dict
            .get(b"Type")
            .is_ok_and(|t| t.as_name().is_ok_and(|t| t == b"Action"))
    {
        dict.remove(b"Next");
    }
    for (_, value) in dict.iter_mut() {
        actions(value, depth + 1);
    }
}

/// Actions that only lead somewhere.
fn harmless(doc: &Document, action: &Dictionary) -> bool {
    matches!(object::name(doc, action, b"S"), Some(b"GoTo" | b"URI")) && !action.has(b"Next")
}
