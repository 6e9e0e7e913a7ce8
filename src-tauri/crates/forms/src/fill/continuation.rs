//! Pages for what does not fit: each text under the name of its item, at a size that courts ask of papers.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::{Fill, Work};
use crate::draw::{self, packed};
use crate::layout::wrap;
use crate::shape::{Line, shape};
use crate::tags::Tags;
use crate::{FormError, limits, object};

/// A text of the continuation.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) name: String,
    /// The form's page that it belongs to, from 1.
    pub(super) page: Option<usize>,
    pub(super) text: String,
}

impl Item {
    /// What stands above its text.
    pub(super) fn heading(&self, number: usize) -> String {
        let place = self
            .page
            .map_or_else(String::new, |page| format!(" (page {page} of the form)"));
        format!("{number}. {}{place}", self.name)
    }
}

const WIDE: f32 = 612.0;
const TALL: f32 = 792.0;
const LEFT: f32 = 72.0;
const RIGHT: f32 = 54.0;
const TOP: f32 = 720.0;
const BOTTOM: f32 = 72.0;
const SIZE: f32 = 12.0;
const SMALL: f32 = 10.0;
const STEP: f32 = 16.0;

/// Appends the pages; says how many.
pub(super) fn pages(work: &mut Work, how: &Fill<'_>) -> Result<usize, FormError> {
    if work.items.is_empty() {
        return Ok(0);
    }
    let mut text = Text::default();
    let title = if work.form.is_empty() {
        "CONTINUATION PAGE".to_owned()
    } else {
        format!("CONTINUATION PAGE OF {}", work.form)
    };
    text.part("H1", &title);
    for words in &how.heading {
        text.part("P", words);
    }
    text.gap();
    let head = std::mem::take(&mut text.lines);
    let heads = text.roles.len();
    for (number, item) in (1..).zip(&work.items) {
        text.part("H2", &item.heading(number));
        text.part("P", &item.text);
        text.gap();
    }
    let Text { lines, roles } = text;
    // As many as fit; two is an odd page's least.
    let fits = ((TOP - BOTTOM) / STEP) as usize;
    let each = fits.saturating_sub(head.len()).max(2);
    let count = lines.len().div_ceil(each);
    if count > limits::CONTINUATION {
        return Err(FormError::TooLarge {
            what: "continuation pages",
            limit: limits::CONTINUATION,
        });
    }
    let mut tags = Tags::of(&work.doc);
    let mut elements: Vec<Option<ObjectId>> = vec![None; roles.len()];
    for (n, part) in lines.chunks(each).enumerate() {
        let page = append(work)?;
        let mut content = String::from("BT\n0 g\n");
        let mut y = TOP;
        let mut open = None;
        for (line, of) in head.iter().chain(part) {
            if let Some(tags) = &mut tags
                && open.replace(*of) != Some(*of)
            {
                content.push_str(if content.contains("BDC") { "EMC\n" } else { "" });
                // Said once: what stands at the top of every page is no part of the text.
                let mark = if n > 0 && *of < heads {
                    None
                } else {
                    let role = roles.get(*of).copied().unwrap_or("P");
                    let known = elements.get(*of).copied().flatten();
                    let element = known.or_else(|| tags.element(&mut work.doc, role));
                    if let Some(place) = elements.get_mut(*of) {
                        *place = element;
                    }
                    let mark = element.and_then(|one| tags.mark(&mut work.doc, one, page));
                    mark.map(|mark| format!("/{role} <</MCID {mark}>> BDC\n"))
                };
                let outside =
                    || "/Artifact <</Type /Pagination /Subtype /Header>> BDC\n".to_owned();
                content.push_str(&mark.unwrap_or_else(outside));
            }
            draw::line(&mut content, &mut work.pens, line, SIZE, LEFT, y);
            y -= STEP;
        }
        let foot = shape(&format!("Continuation page {} of {count}", n + 1));
        let x = (WIDE - foot.width * SMALL) / 2.0;
        if tags.is_some() {
            content.push_str("EMC\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n");
        }
        draw::line(&mut content, &mut work.pens, &foot, SMALL, x, 40.0);
        content.push_str(if tags.is_some() { "EMC\nET\n" } else { "ET\n" });
        let content = packed(&mut work.doc, Dictionary::new(), content.into_bytes());
        if let Some(page) = object::dict_mut(&mut work.doc, page) {
            page.set("Contents", content);
        }
    }
    if let Some(tags) = tags {
        tags.close(&mut work.doc);
    }
    Ok(count)
}

/// Lines, each with the part of the text that it belongs to, and what each part is.
#[derive(Default)]
struct Text {
    lines: Vec<(Line, usize)>,
    roles: Vec<&'static str>,
}

impl Text {
    fn part(&mut self, role: &'static str, words: &str) {
        let lines = wrap(words, (WIDE - LEFT - RIGHT) / SIZE).into_iter();
        self.lines
            .extend(lines.map(|line| (line, self.roles.len())));
        self.roles.push(role);
    }

    /// An empty line behind the last part.
    fn gap(&mut self) {
        let last = self.roles.len().saturating_sub(1);
        self.lines.push((Line::default(), last));
    }
}

/// A page at the end, without a content yet.
fn append(work: &mut Work) -> Result<ObjectId, FormError> {
    let page = dictionary! {
        "Type" => "Page",
        "MediaBox" => vec![Object::Integer(0), Object::Integer(0), Object::Real(WIDE), Object::Real(TALL)],
        "Rotate" => 0,
        "Resources" => dictionary! { "Font" => work.fonts },
    };
    last(&mut work.doc, page)
}

/// Makes a page the document's last; its name there.
pub(super) fn last(doc: &mut Document, mut page: Dictionary) -> Result<ObjectId, FormError> {
    let catalog = doc.catalog().map_err(|_| FormError::Unwritable)?;
    let tree = catalog.get(b"Pages").and_then(Object::as_reference);
    let tree = tree.map_err(|_| FormError::Unwritable)?;
    page.set("Parent", tree);
    let page = doc.add_object(page);
    let kids = doc
        .get_dictionary(tree)
        .ok()
        .and_then(|dict| object::array(doc, dict, b"Kids"))
        .cloned();
    let count = doc
        .get_dictionary(tree)
        .ok()
        .and_then(|dict| object::integer(doc, dict, b"Count"));
    let (Some(mut kids), Some(count)) = (kids, count) else {
        return Err(FormError::Unwritable);
    };
    kids.push(Object::Reference(page));
    let dict = object::dict_mut(doc, tree).ok_or(FormError::Unwritable)?;
    dict.set("Kids", kids);
    dict.set("Count", count + 1);
    Ok(page)
}
