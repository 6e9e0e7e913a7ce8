//! Another form, behind the one that is filled, for what does not fit there: courts have one for any form of theirs.

use lopdf::Document;
use packs::forms::{Edition, Fact};

use super::continuation::last;
use super::place::{fits, inner};
use super::{Fill, Given, Item, Values};
use crate::bind::take_in;
use crate::blank::Blank;
use crate::field::Field;
use crate::{FormError, layout, limits};

/// A form that takes what others have no room for. It is filled as often as it takes.
#[derive(Debug, Clone)]
pub struct Attachment<'a> {
    /// The form.
    pub blank: &'a Blank,
    /// What stands in its other fields: whose case it belongs to.
    pub values: Values,
    /// The field for the text.
    pub body: String,
    /// Fields for the attachment's number: each form has one attachment, so it is the first.
    pub number: Vec<String>,
    /// Fields for the number of the page.
    pub page: Vec<String>,
    /// Fields for how many pages the attachment has.
    pub pages: Vec<String>,
}

impl<'a> Attachment<'a> {
    /// A form as its pack describes it; none where it has no field for a text.
    #[must_use]
    pub fn described(blank: &'a Blank, edition: &Edition, values: Values) -> Option<Self> {
        let all = |fact| edition.fields_for(&fact).collect();
        Some(Self {
            blank,
            values,
            body: edition.fields_for(&Fact::AttachmentBody).next()?,
            number: all(Fact::AttachmentNumber),
            page: all(Fact::AttachmentPage),
            pages: all(Fact::AttachmentPages),
        })
    }
}

impl Attachment<'_> {
    /// Puts the attachment behind a filled form; how many pages it has.
    pub(super) fn behind(&self, doc: &mut Document, items: &[Item]) -> Result<usize, FormError> {
        let mut count = 0;
        for filled in self.filled(items)? {
            for page in take_in(doc, &filled)? {
                last(doc, page)?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn filled(&self, items: &[Item]) -> Result<Vec<Vec<u8>>, FormError> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let items = (1..).zip(items);
        let texts: Vec<String> = items
            .map(|(number, item)| format!("{}\n{}\n", item.heading(number), item.text))
            .collect();
        let parts = self.parts(&texts.join("\n"))?;
        let count = parts.len();
        if count * self.blank.pages() > limits::CONTINUATION {
            return Err(FormError::TooLarge {
                what: "pages of an attachment",
                limit: limits::CONTINUATION,
            });
        }
        let numbered = (1..).zip(parts);
        numbered
            .map(|(page, part)| self.page(page, count, part))
            .collect()
    }

    /// The text in parts that fit the field for it.
    fn parts(&self, text: &str) -> Result<Vec<String>, FormError> {
        let (field, (width, height)) = self.field(&self.body).ok_or(FormError::Unwritable)?;
        Ok(layout::parts(text, width, height, field.size))
    }

    /// A field and the sides of its place.
    fn field(&self, name: &str) -> Option<(&Field, (f32, f32))> {
        let mut fields = self.blank.fields().iter();
        let field = fields.find(|field| field.name == name)?;
        Some((field, inner(field.widgets.first()?)))
    }

    /// As much of a value as there is room for. The whole stands on the form that this one is attached to: here it only says which.
    fn short(&self, name: &str, text: &str) -> String {
        let Some((field, _)) = self.field(name) else {
            return text.to_owned();
        };
        let letters: Vec<char> = text.chars().collect();
        let shorter = (1..letters.len()).rev().map(|kept| {
            let head: String = letters.iter().take(kept).collect();
            format!("{}…", head.trim_end())
        });
        let mut tries = std::iter::once(text.to_owned()).chain(shorter);
        tries
            .find(|text| fits(field, text, 0.0))
            .unwrap_or_default()
    }

    fn page(&self, page: usize, of: usize, part: String) -> Result<Vec<u8>, FormError> {
        let said = [
            (&self.number, "1".to_owned()),
            (&self.page, page.to_string()),
            (&self.pages, of.to_string()),
        ];
        let mut values = Values::new();
        for (name, given) in &self.values {
            let given = match given {
                Given::Text(text) => Given::Text(self.short(name, text)),
                Given::Tick(on) => Given::Tick(*on),
            };
            values.insert(name.clone(), given);
        }
        for (fields, text) in said {
            let filled = |field: &String| (field.clone(), Given::Text(text.clone()));
            values.extend(fields.iter().map(filled));
        }
        values.insert(self.body.clone(), Given::Text(part));
        let filled = self.blank.fill(&values, &Fill::default())?;
        // What a field did not take after all would stand on a page that nothing leads to.
        if !filled.refused.is_empty() || !filled.moved.is_empty() {
            return Err(FormError::Unwritable);
        }
        Ok(filled.filing)
    }
}
