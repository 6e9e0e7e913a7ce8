//! A form's PDF, opened and made uniform.

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use crate::field::{self, Field};
use crate::object::{self, dict_mut};
use crate::{FormError, limits, strip, whole};

/// A PDF with its fields. Passwordless encryption is undone; scripts, usage rights and the second, hidden form (XFA) that would
/// win over the visible one are gone.
#[derive(Debug, Clone)]
pub struct Blank {
    pub(crate) doc: Document,
    pub(crate) pages: Vec<ObjectId>,
    fields: Vec<Field>,
    encrypted: bool,
    xfa: bool,
}

impl Blank {
    /// Opens a PDF, whether it has fields or not.
    ///
    /// # Errors
    /// Damaged or with a part missing, locked with a real password, or larger than any form.
    pub fn open(bytes: &[u8]) -> Result<Self, FormError> {
        let (mut doc, pages) = opened(bytes)?;
        if pages.len() > limits::PAGES {
            return Err(FormError::TooLarge {
                what: "pages",
                limit: limits::PAGES,
            });
        }
        whole::check(&doc, &pages)?;
        let encrypted = doc.was_encrypted();
        uniform(&mut doc, &pages)?;
        let xfa = strip::strip(&mut doc, &pages);
        let fields = field::census(&doc, &pages)?;
        Ok(Self {
            doc,
            pages,
            fields,
            encrypted,
            xfa,
        })
    }

    /// Its fields in the order of the file, fields on the page that the form's own tree forgot at the end.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// How many pages it has.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Whether the file was encrypted, with an empty password.
    #[must_use]
    pub fn was_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Whether the file held a second, hidden form (XFA).
    #[must_use]
    pub fn had_xfa(&self) -> bool {
        self.xfa
    }

    /// The title in the file's own information; empty where there is none.
    #[must_use]
    pub fn title(&self) -> String {
        object::dict(&self.doc, &self.doc.trailer, b"Info")
            .and_then(|info| object::text(&self.doc, info, b"Title"))
            .unwrap_or_default()
    }

    /// The words printed on its pages, as far as they can be read.
    #[must_use]
    pub fn text(&self) -> String {
        let last = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        (1..=last)
            .flat_map(|page| {
                self.doc
                    .extract_text_chunks_with_limit(&[page], limits::PAGE_BYTES)
            })
            .filter_map(Result::ok)
            .collect()
    }

    /// The words of what its pages draw from elsewhere: some programs keep a whole page in one such drawing.
    #[must_use]
    pub fn drawn_text(&self) -> String {
        let mut doc = self.doc.clone();
        let pages = (1..).zip(&self.pages);
        pages
            .map(|(number, page)| drawn(&mut doc, number, *page))
            .collect()
    }
}

/// The words of what one page draws from elsewhere. The page is left with one of those drawings as its content.
pub(crate) fn drawn(doc: &mut Document, number: u32, page: ObjectId) -> String {
    let mut text = String::new();
    let (own, above) = match doc.get_page_resources(page) {
        Ok((own, above)) => (own.cloned(), above),
        Err(_) => return text,
    };
    let shared = above
        .into_iter()
        .filter_map(|id| doc.get_dictionary(id).ok().cloned());
    let resources: Vec<Dictionary> = own.into_iter().chain(shared).collect();
    let mut drawings: Vec<(ObjectId, Option<Object>)> = Vec::new();
    for held in &resources {
        let Some(named) = object::dict(doc, held, b"XObject") else {
            continue;
        };
        for (_, drawing) in named.iter().take(limits::DRAWINGS) {
            if let Ok(id) = drawing.as_reference()
                && let Ok(stream) = doc.get_object(id).and_then(Object::as_stream)
                && stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form")
            {
                drawings.push((id, stream.dict.get(b"Resources").ok().cloned()));
            }
        }
    }
    for (drawing, resources) in drawings {
        if let Some(page) = dict_mut(doc, page) {
            page.set("Contents", drawing);
            if let Some(resources) = resources {
                page.set("Resources", resources);
            }
        }
        let chunks = doc.extract_text_chunks_with_limit(&[number], limits::PAGE_BYTES);
        text.extend(chunks.into_iter().filter_map(Result::ok));
    }
    text
}

/// A PDF and its pages; refused where it is damaged, locked with a real password, larger than any paper, or without a page.
pub(crate) fn opened(bytes: &[u8]) -> Result<(Document, Vec<ObjectId>), FormError> {
    let too_large = |what, limit| Err(FormError::TooLarge { what, limit });
    if bytes.len() > limits::BYTES {
        return too_large("bytes", limits::BYTES);
    }
    let doc = load(bytes)?;
    if doc.objects.len() > limits::OBJECTS {
        return too_large("objects", limits::OBJECTS);
    }
    let pages: Vec<_> = doc.page_iter().collect();
    if pages.is_empty() {
        return Err(FormError::Damaged);
    }
    Ok((doc, pages))
}

fn load(bytes: &[u8]) -> Result<Document, FormError> {
    // Packed objects are unpacked while opening; sharing one allowance among them bounds the sum, not only each.
    let packed = bytes
        .windows(6)
        .filter(|word| word == b"stream")
        .count()
        .max(1);
    let options = LoadOptions {
        max_decompressed_size: Some((limits::OPENING_BYTES / packed).clamp(256 << 10, 16 << 20)),
        ..LoadOptions::default()
    };
    match Document::load_mem_with_options(bytes, options) {
        // lopdf tries the empty password itself; what is still locked has a real one.
        Ok(doc) if doc.is_encrypted() && !doc.was_encrypted() => Err(FormError::Locked),
        Ok(doc) => Ok(doc),
        Err(
            Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_),
        ) => Err(FormError::Locked),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
            Err(FormError::TooLarge {
                what: "bytes once unpacked",
                limit: limits::OPENING_BYTES,
            })
        }
        Err(_) => Err(FormError::Damaged),
    }
}

/// Makes the catalog's form and every annotation and field an object of its own, so that each can be changed in place.
fn uniform(doc: &mut Document, pages: &[ObjectId]) -> Result<(), FormError> {
    let root = doc
        .trailer
        .get(b"Root")
        .and_then(Object::as_reference)
        .map_err(|_| FormError::Damaged)?;
    let catalog = dict_mut(doc, root).ok_or(FormError::Damaged)?;
    if let Ok(Object::Dictionary(form)) = catalog.get(b"AcroForm") {
        let form = form.clone();
        let id = doc.add_object(form);
        if let Some(catalog) = dict_mut(doc, root) {
            catalog.set("AcroForm", id);
        }
    }
    let mut lists: Vec<(ObjectId, &'static str)> =
        pages.iter().map(|page| (*page, "Annots")).collect();
    if let Some(form) = form(doc) {
        lists.push((form, "Fields"));
    }
    let mut seen = std::collections::BTreeSet::new();
    while let Some((owner, key)) = lists.pop() {
        if !seen.insert((owner, key)) {
            continue;
        }
        if seen.len() > limits::OBJECTS {
            return Err(FormError::Damaged);
        }
        let Some(items) = doc
            .get_dictionary(owner)
            .ok()
            .and_then(|dict| object::array(doc, dict, key.as_bytes()))
        else {
            continue;
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items.clone() {
            match item {
                Object::Dictionary(dict) => {
                    let id = doc.add_object(dict);
                    list.push(Object::Reference(id));
                    lists.push((id, "Kids"));
                }
                Object::Reference(id) if doc.get_dictionary(id).is_ok() => {
                    list.push(item);
                    lists.push((id, "Kids"));
                }
                _ => {}
            }
        }
        if let Some(dict) = dict_mut(doc, owner) {
            dict.set(key, Object::Array(list));
        }
    }
    Ok(())
}

/// The object of the catalog's form.
pub(crate) fn form(doc: &Document) -> Option<ObjectId> {
    doc.catalog()
        .ok()?
        .get(b"AcroForm")
        .ok()?
        .as_reference()
        .ok()
}
