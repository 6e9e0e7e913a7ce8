//! Small helpers for following a PDF's objects, none of which trusts the file.

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use crate::limits;

/// The object behind references; null where one leads nowhere.
pub(crate) fn follow<'a>(doc: &'a Document, object: &'a Object) -> &'a Object {
    doc.dereference(object)
        .map_or(&Object::Null, |(_, object)| object)
}

/// An entry of a dictionary, behind references.
pub(crate) fn entry<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let object = follow(doc, dict.get(key).ok()?);
    (!object.is_null()).then_some(object)
}

/// An entry that is a dictionary, or a stream's dictionary.
pub(crate) fn dict<'a>(
    doc: &'a Document,
    from: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    match entry(doc, from, key)? {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// An entry that is an array.
pub(crate) fn array<'a>(
    doc: &'a Document,
    from: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Vec<Object>> {
    entry(doc, from, key)?.as_array().ok()
}

/// An entry that is text.
pub(crate) fn text(doc: &Document, from: &Dictionary, key: &[u8]) -> Option<String> {
    decode_text_string(entry(doc, from, key)?).ok()
}

/// An entry that is a name.
pub(crate) fn name<'a>(doc: &'a Document, from: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    entry(doc, from, key)?.as_name().ok()
}

/// An entry that is a whole number.
pub(crate) fn integer(doc: &Document, from: &Dictionary, key: &[u8]) -> Option<i64> {
    entry(doc, from, key)?.as_i64().ok()
}

/// An entry that a node has itself or inherits through `Parent`.
pub(crate) fn inherited<'a>(
    doc: &'a Document,
    node: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let mut node = node;
    for _ in 0..limits::DEPTH {
        if let Some(object) = entry(doc, node, key) {
            return Some(object);
        }
        node = dict(doc, node, b"Parent")?;
    }
    None
}

/// Four numbers, as a box with its lower left corner first.
pub(crate) fn rect(doc: &Document, object: &Object) -> Option<[f32; 4]> {
    let numbers: Vec<f32> = object
        .as_array()
        .ok()?
        .iter()
        .filter_map(|n| follow(doc, n).as_float().ok())
        .filter(|n| n.is_finite() && n.abs() < 20_000.0)
        .collect();
    let [a, b, c, d] = numbers.try_into().ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// Numbers of an array.
pub(crate) fn numbers(doc: &Document, object: &Object) -> Vec<f32> {
    let items = object.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .filter_map(|n| follow(doc, n).as_float().ok())
        .collect()
}

/// The dictionary of an object, to be changed; none if it is not one.
pub(crate) fn dict_mut(doc: &mut Document, id: ObjectId) -> Option<&mut Dictionary> {
    match doc.objects.get_mut(&id)? {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&mut stream.dict),
        _ => None,
    }
}
