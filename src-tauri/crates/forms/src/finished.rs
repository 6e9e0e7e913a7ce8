//! A finished PDF, looked at as a court's e-filing looks at it: can it be searched, is it flat, does nothing in it act.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};

use crate::blank::{drawn, opened};
use crate::{FormError, limits, object};

/// What a finished PDF is made of. Found in its bytes, not taken from whoever made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finished {
    /// How many pages it has.
    pub pages: usize,
    /// Pages on which no word can be searched, from 1: scans, and text that is drawn as lines.
    pub silent: Vec<usize>,
    /// Something in it can still be filled in, or floats over a page: it is not flat.
    pub loose: bool,
    /// It holds a script, an attachment, or an action that does more than lead to a place.
    pub acts: bool,
    /// It is encrypted, if only with an empty password.
    pub locked: bool,
}

impl Finished {
    /// Looks at a PDF.
    ///
    /// # Errors
    /// Damaged, locked with a real password, or larger than any paper.
    pub fn of(bytes: &[u8]) -> Result<Self, FormError> {
        let (mut doc, pages) = opened(bytes)?;
        let catalog = doc.catalog().map_err(|_| FormError::Damaged)?;
        let mut found = Self {
            pages: pages.len(),
            loose: catalog.has(b"AcroForm"),
            acts: catalog.has(b"OpenAction") && !opens_at_a_place(&doc, catalog)
                || catalog.has(b"AA"),
            locked: doc.was_encrypted(),
            ..Self::default()
        };
        for held in doc.objects.values() {
            let held = match held {
                Object::Dictionary(held) => held,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            found.loose |= floats(&doc, held);
            found.acts |= held.has(b"JS") || held.has(b"EF") || launches(&doc, held);
        }
        for (number, page) in (1..).zip(pages) {
            let chunks = doc.extract_text_chunks_with_limit(&[number], limits::PAGE_BYTES);
            let said: String = chunks.into_iter().filter_map(Result::ok).collect();
            let words = |text: &str| text.chars().any(char::is_alphanumeric);
            if !words(&said) && !words(&drawn(&mut doc, number, page)) {
                found.silent.push(number as usize);
            }
        }
        Ok(found)
    }
}

/// Annotations that show or take something; links lead somewhere and change nothing on the page.
fn floats(doc: &Document, held: &Dictionary) -> bool {
    let kind = object::name(doc, held, b"Subtype");
    match object::name(doc, held, b"Type") {
        Some(b"Annot") => kind != Some(b"Link"),
        _ => kind == Some(b"Widget"),
    }
}

fn launches(doc: &Document, held: &Dictionary) -> bool {
    let acting: BTreeSet<&[u8]> = [
        &b"JavaScript"[..],
        b"Launch",
        b"SubmitForm",
        b"ImportData",
        b"ResetForm",
    ]
    .into();
    object::name(doc, held, b"S").is_some_and(|name| acting.contains(name))
}

/// Whether a file's first action only turns to a page.
fn opens_at_a_place(doc: &Document, catalog: &Dictionary) -> bool {
    match object::dict(doc, catalog, b"OpenAction") {
        Some(action) => object::name(doc, action, b"S") == Some(b"GoTo") && !action.has(b"Next"),
        None => true,
    }
}
