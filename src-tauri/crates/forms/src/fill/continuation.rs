//! Pages for what does not fit: each text under the name of its item, at a size that courts ask of papers.

use lopdf::{Dictionary, Document, Object, dictionary};

use super::{Fill, Work};
use crate::draw::{self, packed};
use crate::layout::wrap;
use crate::shape::{Line, shape};
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
    let room = (WIDE - LEFT - RIGHT) / SIZE;
    let mut lines: Vec<Line> = Vec::new();
    for (number, item) in (1..).zip(&work.items) {
        lines.extend(wrap(&item.heading(number), room));
        lines.extend(wrap(&item.text, room));
        lines.push(Line::default());
    }
    let title = if work.form.is_empty() {
        "CONTINUATION PAGE".to_owned()
    } else {
        format!("CONTINUATION PAGE OF {}", work.form)
    };
    let mut head = wrap(&title, room);
    for text in &how.heading {
        head.extend(wrap(text, room));
    }
    head.push(Line::default());
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
    for (n, part) in lines.chunks(each).enumerate() {
        let mut content = String::from("BT\n0 g\n");
        let mut y = TOP;
        for line in head.iter().chain(part) {
            draw::line(&mut content, &mut work.pens, line, SIZE, LEFT, y);
            y -= STEP;
        }
        let foot = shape(&format!("Continuation page {} of {count}", n + 1));
        let x = (WIDE - foot.width * SMALL) / 2.0;
        draw::line(&mut content, &mut work.pens, &foot, SMALL, x, 40.0);
        content.push_str("ET\n");
        append(work, content)?;
    }
    Ok(count)
}

fn append(work: &mut Work, content: String) -> Result<(), FormError> {
    let content = packed(&mut work.doc, Dictionary::new(), content.into_bytes());
    let page = dictionary! {
        "Type" => "Page",
        "MediaBox" => vec![Object::Integer(0), Object::Integer(0), Object::Real(WIDE), Object::Real(TALL)],
        "Rotate" => 0,
        "Resources" => dictionary! { "Font" => work.fonts },
        "Contents" => content,
    };
    last(&mut work.doc, page)
}

/// Makes a page the document's last.
pub(super) fn last(doc: &mut Document, mut page: Dictionary) -> Result<(), FormError> {
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
    Ok(())
}
