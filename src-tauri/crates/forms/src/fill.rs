//! Writing values into a form.

mod attachment;
mod continuation;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, dictionary};

use crate::blank::{Blank, form};
use crate::draw::Pens;
use crate::field::{Field, Kind};
use crate::{FormError, flatten, limits, object, shape};

use continuation::Item;

pub use attachment::Attachment;

/// What is written into one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Text; of a tick with several states, the state.
    Text(String),
    /// Ticked or not.
    Tick(bool),
}

/// Values by the full name of their field.
pub type Values = BTreeMap<String, Given>;

/// How a form is filled.
#[derive(Debug, Clone, Default)]
pub struct Fill<'a> {
    /// The form's short name, for a continuation page.
    pub form: String,
    /// Lines at the top of a continuation page: whose case it belongs to.
    pub heading: Vec<String>,
    /// What a field is called on a continuation page, where the file's own label will not do.
    pub items: BTreeMap<String, String>,
    /// Fields that show how a text begins where the whole is on the continuation page: a name by which a paper is looked for.
    pub begun: BTreeSet<String>,
    /// What the form has no field for at all, for the continuation page.
    pub more: Vec<More>,
    /// The form that takes what has no room, in place of a continuation page of ours; not in a copy that can be edited.
    pub attachment: Option<Attachment<'a>>,
    /// Make a copy that can be edited too.
    pub editable: bool,
}

/// A text that stands on the continuation page only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// Which item of the form it belongs to.
    pub item: String,
    /// The form's page of that item, from 1.
    pub page: Option<usize>,
    /// The text.
    pub text: String,
}

/// A value that stands on a continuation page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its field.
    pub field: String,
    /// What the continuation page calls it.
    pub item: String,
    /// Its number there, from 1.
    pub number: usize,
}

/// A value that was not written, and why. It does not repeat the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The field it was given for.
    pub field: String,
    /// Why, in words.
    pub why: String,
}

/// A filled form.
#[derive(Debug, Clone)]
pub struct Filled {
    /// For filing: no fields, every mark part of its page.
    pub filing: Vec<u8>,
    /// With its fields, where asked for.
    pub editable: Option<Vec<u8>>,
    /// Pages of the filing copy.
    pub pages: usize,
    /// Values that stand on a continuation page.
    pub moved: Vec<Moved>,
    /// Values that were not written.
    pub refused: Vec<Refused>,
    /// Read-only fields that repeat a given value: the captions of later pages. Each with the field that it repeats.
    pub repeated: Vec<(String, String)>,
    /// Fields that the blank held an answer for already; nobody gave it, so it was taken out.
    pub cleared: Vec<String>,
}

impl Blank {
    /// Writes values into the form.
    ///
    /// A value that cannot be written is in [`Filled::refused`]; the others are written. The same blank and values give the same
    /// bytes.
    ///
    /// # Errors
    /// No fields, or a file that cannot be written again.
    pub fn fill(&self, values: &Values, how: &Fill<'_>) -> Result<Filled, FormError> {
        if self.fields().iter().all(|field| field.kind == Kind::Button) {
            return Err(FormError::NoFields);
        }
        let mut work = Work::new(self, how);
        for (name, given) in values {
            work.give(self, name, given);
        }
        work.repeat(self);
        work.finish(self, how)
    }
}

impl Blank {
    /// Whether a text fits its field at this size, in points, or a larger one.
    #[must_use]
    pub fn fits(&self, field: &str, text: &str, least: f32) -> bool {
        let mut fields = self.fields().iter();
        let field = fields.find(|one| one.name == field);
        field.is_some_and(|field| place::fits(field, text, least))
    }
}

/// A form being filled.
struct Work {
    doc: Document,
    pens: Pens,
    fonts: ObjectId,
    /// What each field gets, by its index.
    set: BTreeMap<usize, Setting>,
    items: Vec<Item>,
    /// Whether the items stand on another form, not on pages of ours.
    attached: bool,
    form: String,
    named: BTreeMap<String, String>,
    begun: BTreeSet<String>,
    moved: Vec<Moved>,
    refused: Vec<Refused>,
    repeated: Vec<(String, String)>,
    cleared: Vec<String>,
}

/// What a field gets.
#[derive(Debug, Clone)]
enum Setting {
    Text(String),
    State(Option<String>),
}

impl Work {
    fn new(blank: &Blank, how: &Fill<'_>) -> Self {
        let mut doc = blank.doc.clone();
        let fonts = doc.new_object_id();
        Self {
            doc,
            pens: Pens::default(),
            fonts,
            set: BTreeMap::new(),
            items: Vec::new(),
            attached: how.attachment.is_some() && !how.editable,
            form: how.form.clone(),
            named: how.items.clone(),
            begun: how.begun.clone(),
            moved: Vec::new(),
            refused: Vec::new(),
            repeated: Vec::new(),
            cleared: Vec::new(),
        }
    }

    fn give(&mut self, blank: &Blank, name: &str, given: &Given) {
        let fields: Vec<usize> = indices(blank, |field| field.name == name);
        let result = if fields.is_empty() {
            Err(unknown(blank, name))
        } else {
            fields
                .into_iter()
                .try_for_each(|index| self.give_one(blank, index, given))
        };
        if let Err(why) = result {
            self.refused.push(Refused {
                field: name.to_owned(),
                why,
            });
        }
    }

    fn give_one(&mut self, blank: &Blank, index: usize, given: &Given) -> Result<(), String> {
        let Some(field) = blank.fields().get(index) else {
            return Ok(());
        };
        let setting = check(field, given)?;
        self.set.insert(index, setting);
        Ok(())
    }

    /// Read-only fields of later pages that repeat a given value: the file's own scripts, now gone, would have filled them.
    fn repeat(&mut self, blank: &Blank) {
        let mut given: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for (index, setting) in &self.set {
            if let (Some(field), Setting::Text(text)) = (blank.fields().get(*index), setting) {
                let texts = given.entry(last_part(&field.name)).or_default();
                if !texts.iter().any(|(other, _)| other == text) {
                    texts.insert((text.clone(), field.name.clone()));
                }
            }
        }
        for (index, field) in blank.fields().iter().enumerate() {
            let empty = field.kind == Kind::Text && field.read_only && field.value.is_none();
            if !empty || self.set.contains_key(&index) {
                continue;
            }
            let texts = given.get(&last_part(&field.name));
            // Two different values under one name: nobody says which is repeated.
            if let Some(texts) = texts
                && let (Some((text, from)), 1) = (texts.first(), texts.len())
            {
                self.set.insert(index, Setting::Text(text.clone()));
                self.repeated.push((field.name.clone(), from.clone()));
            }
        }
    }

    fn finish(mut self, blank: &Blank, how: &Fill<'_>) -> Result<Filled, FormError> {
        for (index, field) in blank.fields().iter().enumerate() {
            let setting = self.set.get(&index).cloned().or_else(|| self.held(field));
            self.write(field, setting);
        }
        for more in &how.more {
            self.items.push(Item {
                name: more.item.clone(),
                page: more.page,
                text: more.text.clone(),
            });
        }
        let mut more = if self.attached {
            0
        } else {
            continuation::pages(&mut self, how)?
        };
        let fonts = self.pens.embed(&mut self.doc)?;
        self.doc
            .objects
            .insert(self.fonts, Object::Dictionary(fonts));
        buttons(&mut self.doc, blank);
        let editable = if how.editable {
            Some(self.editable(blank)?)
        } else {
            None
        };
        let given = self.set.keys().copied().collect();
        flatten::flatten(&mut self.doc, blank, &given);
        if let Some(attachment) = how.attachment.as_ref().filter(|_| self.attached) {
            more = attachment.behind(&mut self.doc, &self.items)?;
        }
        Ok(Filled {
            filing: save(self.doc)?,
            editable,
            pages: blank.pages() + more,
            moved: self.moved,
            refused: self.refused,
            repeated: self.repeated,
            cleared: self.cleared,
        })
    }

    /// What a field keeps of what the blank held: read-only text. Anything else was somebody's answer.
    fn held(&mut self, field: &Field) -> Option<Setting> {
        let value = field.value.as_ref()?;
        if field.kind == Kind::Text && field.read_only && shape::unprintable(value).is_none() {
            return Some(Setting::Text(value.clone()));
        }
        if !matches!(field.kind, Kind::Button | Kind::Signature) {
            self.cleared.push(field.name.clone());
        }
        None
    }

    fn editable(&self, blank: &Blank) -> Result<Vec<u8>, FormError> {
        let mut doc = self.doc.clone();
        // Where every field was forgotten there may be no form at all: one is made for them.
        let form = match form(&doc) {
            Some(form) => form,
            None => {
                let form = doc.add_object(dictionary! { "Fields" => Vec::<Object>::new() });
                let catalog = doc.catalog_mut().map_err(|_| FormError::Unwritable)?;
                catalog.set("AcroForm", form);
                form
            }
        };
        let helvetica = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
        });
        let resources = doc
            .get_dictionary(form)
            .ok()
            .and_then(|form| object::dict(&doc, form, b"DR"));
        let mut resources = resources.cloned().unwrap_or_default();
        let mut fonts = object::dict(&doc, &resources, b"Font")
            .cloned()
            .unwrap_or_default();
        if !fonts.has(b"Helv") {
            fonts.set("Helv", helvetica);
        }
        resources.set("Font", fonts);
        let orphans = blank.fields().iter().filter(|field| field.orphan);
        let orphans: Vec<Object> = orphans.map(|field| Object::Reference(field.id)).collect();
        if let Some(form) = object::dict_mut(&mut doc, form) {
            form.set("DR", resources);
            if !form.has(b"DA") {
                form.set("DA", Object::string_literal("/Helv 0 Tf 0 g"));
            }
            match form.get_mut(b"Fields").and_then(Object::as_array_mut) {
                Ok(fields) => fields.extend(orphans),
                Err(_) => form.set("Fields", orphans),
            }
        }
        save(doc)
    }
}

/// Whether a value suits its field.
fn check(field: &Field, given: &Given) -> Result<Setting, String> {
    if field
        .widgets
        .iter()
        .all(|widget| widget.page.is_none() || widget.hidden)
    {
        return Err(
            "this field is not shown on any page, so a value in it would be seen by nobody"
                .to_owned(),
        );
    }
    match (field.kind, given) {
        (Kind::Button, _) => Err("this is a button: there is nothing to fill".to_owned()),
        (Kind::Signature, _) => {
            Err("this is a place to sign: a person signs it by hand".to_owned())
        }
        (Kind::Text | Kind::Choice, Given::Tick(_)) => {
            Err("this field takes text, not true or false".to_owned())
        }
        (Kind::Text | Kind::Choice, Given::Text(text)) => {
            if text.chars().count() > limits::VALUE {
                return Err(format!(
                    "the text is longer than {} characters",
                    limits::VALUE
                ));
            }
            if let Some(c) = shape::unprintable(text) {
                return Err(format!(
                    "it has the letter {c:?} (U+{:04X}), which cannot be printed, and none of it was written: write it in Latin letters, as the court's own file has it",
                    u32::from(c)
                ));
            }
            let listed = |(stored, shown): &&(String, String)| stored == text || shown == text;
            if let Some((_, shown)) = field.options.iter().find(listed) {
                return Ok(Setting::Text(shown.clone()));
            }
            if field.closed && !text.is_empty() && !field.options.is_empty() {
                let shown: Vec<&str> = field.options.iter().map(|(_, s)| s.as_str()).collect();
                return Err(format!("this field takes one of: {}", shown.join(", ")));
            }
            Ok(Setting::Text(text.clone()))
        }
        (Kind::Check | Kind::Radio, Given::Tick(false)) => Ok(Setting::State(None)),
        (Kind::Check | Kind::Radio, Given::Tick(true)) => match field.states.as_slice() {
            [state] => Ok(Setting::State(Some(state.clone()))),
            states => Err(format!(
                "this field has several boxes: say which, one of: {}",
                states.join(", ")
            )),
        },
        (Kind::Check | Kind::Radio, Given::Text(text)) => {
            if field.states.contains(text) {
                Ok(Setting::State(Some(text.clone())))
            } else {
                Err(format!(
                    "this is a box to tick: give true, false or its state, one of: {}",
                    field.states.join(", ")
                ))
            }
        }
    }
}

/// Why a name is not a field's, with the nearest that is.
fn unknown(blank: &Blank, name: &str) -> String {
    let alike = |field: &&Field| {
        last_part(&field.name) == last_part(name) && !matches!(field.kind, Kind::Button)
    };
    let near: Vec<&str> = blank
        .fields()
        .iter()
        .filter(alike)
        .take(3)
        .map(|field| field.name.as_str())
        .collect();
    if near.is_empty() {
        "this form has no field of this name".to_owned()
    } else {
        format!(
            "this form has no field of this name; it has {}",
            near.join(", ")
        )
    }
}

fn indices(blank: &Blank, is: impl Fn(&Field) -> bool) -> Vec<usize> {
    let fields = blank.fields().iter().enumerate();
    fields
        .filter(|(_, field)| is(field))
        .map(|(index, _)| index)
        .collect()
}

/// The last partial name, without its number.
fn last_part(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.split('[').next().unwrap_or(last).to_owned()
}

/// Takes buttons off their pages and out of the tree.
fn buttons(doc: &mut Document, blank: &Blank) {
    let mut gone = BTreeSet::new();
    for field in blank
        .fields()
        .iter()
        .filter(|field| field.kind == Kind::Button)
    {
        gone.insert(field.id);
        gone.extend(field.widgets.iter().map(|widget| widget.id));
    }
    let mut owners: BTreeSet<ObjectId> = blank.pages.iter().copied().collect();
    owners.extend(form(doc));
    for id in &gone {
        let parent = doc
            .get_dictionary(*id)
            .ok()
            .and_then(|dict| dict.get(b"Parent").ok()?.as_reference().ok());
        owners.extend(parent);
    }
    for owner in owners {
        let Some(dict) = object::dict_mut(doc, owner) else {
            continue;
        };
        for key in [&b"Annots"[..], b"Fields", b"Kids"] {
            if let Ok(items) = dict.get_mut(key).and_then(Object::as_array_mut) {
                items.retain(|item| item.as_reference().map_or(true, |id| !gone.contains(&id)));
            }
        }
    }
    for id in gone {
        doc.objects.remove(&id);
    }
}

/// The file's bytes, without what nothing leads to any more.
fn save(mut doc: Document) -> Result<Vec<u8>, FormError> {
    doc.prune_objects();
    // The file says one more than its highest number; what was pruned may have been higher.
    doc.max_id = doc.objects.keys().next_back().map_or(0, |(id, _)| *id);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).map_err(|_| FormError::Unwritable)?;
    Ok(bytes)
}
