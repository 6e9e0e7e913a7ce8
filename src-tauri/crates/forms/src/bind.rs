//! Puts pages of several PDFs one behind another (ISO 32000-1, 7.7.3), for a printer.
//!
//! What only a screen needs stays behind: outlines, tags, links. A paper that comes in many copies has its fonts and contents once.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};

use crate::FormError;

/// US Letter, in points.
const LETTER: [i64; 4] = [0, 0, 612, 792];
/// What a page may inherit (ISO 32000-1, table 30).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A PDF that grows page by page.
#[derive(Debug)]
pub struct Binder {
    doc: Document,
    tree: ObjectId,
    pages: Vec<Object>,
    known: HashMap<[u8; 32], Bindable>,
}

/// A paper whose contents are in the binder.
#[derive(Debug, Clone)]
pub struct Bindable(Vec<Dictionary>);

impl Bindable {
    /// How many pages it has.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.0.len()
    }
}

impl Default for Binder {
    fn default() -> Self {
        Self::new()
    }
}

impl Binder {
    /// One without a page.
    #[must_use]
    pub fn new() -> Self {
        let mut doc = Document::with_version("1.7");
        let tree = doc.new_object_id();
        Self {
            doc,
            tree,
            pages: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Takes a paper's contents in; the same bytes only once.
    ///
    /// # Errors
    /// [`FormError::Unbound`]: the bytes are no PDF that can be taken apart.
    pub fn load(&mut self, bytes: &[u8]) -> Result<Bindable, FormError> {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(loaded) = self.known.get(&hash) {
            return Ok(loaded.clone());
        }
        let loaded = Bindable(take_in(&mut self.doc, bytes)?);
        self.known.insert(hash, loaded.clone());
        Ok(loaded)
    }

    /// Puts all pages of a paper behind the others.
    pub fn put(&mut self, paper: &Bindable) {
        for page in &paper.0 {
            let mut page = page.clone();
            page.set("Parent", self.tree);
            let id = self.doc.add_object(page);
            self.pages.push(id.into());
        }
    }

    /// Puts an empty page behind the others.
    pub fn blank(&mut self) {
        let nothing = self
            .doc
            .add_object(Stream::new(Dictionary::new(), Vec::new()));
        let page = self.doc.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => self.tree,
            "MediaBox" => LETTER.map(Object::from).to_vec(),
            "Resources" => Dictionary::new(),
            "Contents" => nothing,
        });
        self.pages.push(page.into());
    }

    /// The PDF, and how many pages it has.
    ///
    /// # Errors
    /// [`FormError::Unbound`].
    pub fn finish(mut self) -> Result<(Vec<u8>, usize), FormError> {
        let pages = self.pages.len();
        let tree = dictionary! {
            "Type" => "Pages",
            "Count" => i64::try_from(pages).unwrap_or(i64::MAX),
            "Kids" => self.pages,
        };
        self.doc.objects.insert(self.tree, tree.into());
        let catalog = self.doc.add_object(dictionary! {
            "Type" => "Catalog",
            "Pages" => self.tree,
        });
        self.doc.trailer.set("Root", catalog);
        self.doc.prune_objects();
        self.doc.renumber_objects();
        let mut bytes = Vec::new();
        self.doc
            .save_to(&mut bytes)
            .map_err(|_| FormError::Unbound)?;
        Ok((bytes, pages))
    }
}

/// Takes what the pages of a PDF are made of into another document; its pages, which nothing in that document leads to yet.
pub(crate) fn take_in(doc: &mut Document, bytes: &[u8]) -> Result<Vec<Dictionary>, FormError> {
    let unbound = |_| FormError::Unbound;
    let mut paper = Document::load_mem(bytes).map_err(unbound)?;
    paper.renumber_objects_with(doc.max_id + 1);
    let mut pages = Vec::new();
    for id in paper.page_iter() {
        let mut page = paper.get_dictionary(id).map_err(unbound)?.clone();
        for key in INHERITED {
            if !page.has(key)
                && let Some(value) = inherited(&paper, &page, key)
            {
                page.set(key, value);
            }
        }
        for key in [&b"Parent"[..], b"StructParents", b"Annots", b"Tabs", b"B"] {
            page.remove(key);
        }
        pages.push(page);
    }
    doc.max_id = paper.max_id;
    doc.objects.append(&mut paper.objects);
    Ok(pages)
}

// A value from the nodes above a page. A tree that bites its own tail ends the search.
fn inherited(doc: &Document, page: &Dictionary, key: &[u8]) -> Option<Object> {
    let mut node = page;
    for _ in 0..64 {
        node = doc
            .get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?)
            .ok()?;
        if let Ok(value) = node.get(key) {
            return Some(value.clone());
        }
    }
    None
}
