//! A form's fields: those of its own tree, and those that stand on a page though the tree forgot them.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use crate::blank::form;
use crate::{FormError, limits, object};

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A tick.
    Check,
    /// One of several.
    Radio,
    /// One of a list, or text where the list is open.
    Choice,
    /// A button: nothing to fill.
    Button,
    /// A signature: a person's.
    Signature,
}

impl Kind {
    /// Its name in messages and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Check => "checkbox",
            Self::Radio => "radio",
            Self::Choice => "choice",
            Self::Button => "button",
            Self::Signature => "signature",
        }
    }
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its full name: the partial names from the top, joined with points.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// What it is called for people who do not see it (its tool tip); often the only true label.
    pub label: Option<String>,
    /// The most characters it takes.
    pub max_len: Option<usize>,
    /// Marked read-only: the file's own scripts would have filled it.
    pub read_only: bool,
    /// The states of its ticks, in order, without doubles.
    pub states: Vec<String>,
    /// Not in the form's own tree.
    pub orphan: bool,
    /// What it holds already: text, or the state of a tick.
    pub value: Option<String>,
    pub(crate) id: ObjectId,
    pub(crate) multiline: bool,
    pub(crate) comb: bool,
    pub(crate) closed: bool,
    pub(crate) size: f32,
    pub(crate) align: Align,
    /// Its list: each choice as stored and as shown.
    pub(crate) options: Vec<(String, String)>,
    pub(crate) widgets: Vec<Widget>,
}

impl Field {
    /// The first page that shows it, from 1.
    #[must_use]
    pub fn page(&self) -> Option<usize> {
        let pages = self.widgets.iter().filter_map(|widget| widget.page);
        pages.min().map(|page| page + 1)
    }
}

/// Where a text stands in its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// One place of a field on a page.
#[derive(Debug, Clone)]
pub(crate) struct Widget {
    pub(crate) id: ObjectId,
    /// Index of its page; none when it stands on no page.
    pub(crate) page: Option<usize>,
    pub(crate) rect: [f32; 4],
    /// Quarter turns against the clock.
    pub(crate) turns: u8,
    pub(crate) hidden: bool,
    /// Shown on a screen and left out when the page is printed (ISO 32000-2, 12.5.3: without the flag Print).
    pub(crate) unprinted: bool,
    /// The state that ticks it, for ticks.
    pub(crate) on: Option<String>,
    pub(crate) border: Option<Border>,
    pub(crate) fill: Vec<f32>,
}

/// A frame that the file draws with the field instead of with the page.
#[derive(Debug, Clone)]
pub(crate) struct Border {
    pub(crate) colour: Vec<f32>,
    pub(crate) width: f32,
}

const READ_ONLY: i64 = 1;
const MULTILINE: i64 = 1 << 12;
const RADIO: i64 = 1 << 15;
const BUTTON: i64 = 1 << 16;
const COMBO: i64 = 1 << 17;
const EDIT: i64 = 1 << 18;
const FILE: i64 = 1 << 20;
const COMB: i64 = 1 << 24;

/// The state of a tick whose file names none.
const PLAIN: &str = "Yes";

/// Finds every field.
pub(crate) fn census(doc: &Document, pages: &[ObjectId]) -> Result<Vec<Field>, FormError> {
    let mut on_page = BTreeMap::new();
    let mut orphans = Vec::new();
    for (page, id) in pages.iter().enumerate() {
        let annotations = doc
            .get_dictionary(*id)
            .ok()
            .and_then(|page| object::array(doc, page, b"Annots"));
        for id in annotations
            .into_iter()
            .flatten()
            .filter_map(|a| a.as_reference().ok())
        {
            let widget = doc
                .get_dictionary(id)
                .is_ok_and(|dict| object::name(doc, dict, b"Subtype") == Some(b"Widget"));
            if widget && on_page.insert(id, page).is_none() {
                orphans.push(id);
            }
        }
    }
    let mut walk = Walk {
        doc,
        on_page,
        pages,
        seen: BTreeSet::new(),
        fields: Vec::new(),
    };
    let tops = form(doc)
        .and_then(|id| doc.get_dictionary(id).ok())
        .and_then(|form| object::array(doc, form, b"Fields"));
    for id in tops
        .into_iter()
        .flatten()
        .filter_map(|f| f.as_reference().ok())
    {
        walk.visit(id, 0)?;
    }
    let forgotten: Vec<ObjectId> = orphans
        .into_iter()
        .filter(|id| !walk.seen.contains(id))
        .collect();
    for id in forgotten {
        // Several places of one forgotten field share their parent, which bears the name.
        let parent = doc.get_dictionary(id).ok().filter(|dict| !dict.has(b"T"));
        let parent = parent.and_then(|dict| dict.get(b"Parent").ok()?.as_reference().ok());
        let top = parent
            .filter(|id| doc.get_dictionary(*id).is_ok_and(|dict| dict.has(b"T")))
            .unwrap_or(id);
        if walk.seen.contains(&top) && top != id {
            walk.join(top, id);
        } else {
            walk.take(top, &[id], true)?;
        }
    }
    Ok(walk.fields)
}

struct Walk<'a> {
    doc: &'a Document,
    on_page: BTreeMap<ObjectId, usize>,
    pages: &'a [ObjectId],
    seen: BTreeSet<ObjectId>,
    fields: Vec<Field>,
}

impl Walk<'_> {
    fn visit(&mut self, id: ObjectId, depth: usize) -> Result<(), FormError> {
        if depth > limits::DEPTH || !self.seen.insert(id) {
            return Ok(());
        }
        let Ok(dict) = self.doc.get_dictionary(id) else {
            return Ok(());
        };
        let kids: Vec<ObjectId> = object::array(self.doc, dict, b"Kids")
            .into_iter()
            .flatten()
            .filter_map(|kid| kid.as_reference().ok())
            .collect();
        let (fields, places): (Vec<ObjectId>, Vec<ObjectId>) = kids
            .into_iter()
            .partition(|kid| self.doc.get_dictionary(*kid).is_ok_and(|kid| kid.has(b"T")));
        let plain = fields.is_empty() && places.is_empty();
        if plain {
            self.take(id, &[id], false)?;
        } else if !places.is_empty() {
            // Places without a field type are a tree's empty knots, unless the field itself has one.
            if object::inherited(self.doc, dict, b"FT").is_some() {
                self.take(id, &places, false)?;
            } else {
                for place in places {
                    self.visit(place, depth + 1)?;
                }
            }
        }
        for field in fields {
            self.visit(field, depth + 1)?;
        }
        Ok(())
    }

    /// One more place of a field that is there already.
    fn join(&mut self, top: ObjectId, place: ObjectId) {
        self.seen.insert(place);
        let Some(index) = self.fields.iter().position(|field| field.id == top) else {
            return;
        };
        if let Some(kind) = self.fields.get(index).map(|field| field.kind)
            && let Some(widget) = self.widget(place, kind)
            && let Some(field) = self.fields.get_mut(index)
        {
            field.widgets.push(widget);
            field.states = states(&field.widgets);
        }
    }

    fn take(&mut self, id: ObjectId, places: &[ObjectId], orphan: bool) -> Result<(), FormError> {
        self.seen.insert(id);
        self.seen.extend(places);
        let doc = self.doc;
        let Ok(dict) = doc.get_dictionary(id) else {
            return Ok(());
        };
        let defaults = form(doc).and_then(|form| doc.get_dictionary(form).ok());
        let attribute = |key: &[u8]| {
            object::inherited(doc, dict, key).or_else(|| object::entry(doc, defaults?, key))
        };
        let flags = object::inherited(doc, dict, b"Ff").and_then(|ff| ff.as_i64().ok());
        let flags = flags.unwrap_or_default();
        let has = |bit: i64| flags & bit != 0;
        let Some(kind) = object::inherited(doc, dict, b"FT").and_then(|ft| ft.as_name().ok())
        else {
            return Ok(());
        };
        let kind = match kind {
            b"Tx" => Kind::Text,
            b"Btn" if has(BUTTON) => Kind::Button,
            b"Btn" if has(RADIO) => Kind::Radio,
            b"Btn" => Kind::Check,
            b"Ch" => Kind::Choice,
            b"Sig" => Kind::Signature,
            _ => return Ok(()),
        };
        if self.fields.len() >= limits::FIELDS {
            return Err(FormError::TooLarge {
                what: "fields",
                limit: limits::FIELDS,
            });
        }
        let widgets: Vec<Widget> = places
            .iter()
            .filter_map(|place| self.widget(*place, kind))
            .collect();
        let max_len = attribute(b"MaxLen")
            .and_then(|n| n.as_i64().ok())
            .and_then(|n| usize::try_from(n).ok())
            .filter(|n| *n > 0);
        let options = attribute(b"Opt").and_then(|o| o.as_array().ok());
        self.fields.push(Field {
            name: full_name(doc, dict),
            kind,
            label: object::inherited(doc, dict, b"TU")
                .and_then(|text| decode_text_string(text).ok())
                .map(|text| tidy(&text))
                .filter(|text| !text.is_empty()),
            max_len,
            read_only: has(READ_ONLY),
            states: states(&widgets),
            orphan,
            value: value(attribute(b"V"), kind, &widgets),
            id,
            multiline: kind == Kind::Text && has(MULTILINE),
            comb: kind == Kind::Text && has(COMB) && !has(MULTILINE | FILE) && max_len.is_some(),
            closed: kind == Kind::Choice && !(has(COMBO) && has(EDIT)),
            size: attribute(b"DA")
                .and_then(|da| da.as_str().ok())
                .map_or(0.0, font_size),
            align: match attribute(b"Q").and_then(|q| q.as_i64().ok()) {
                Some(1) => Align::Centre,
                Some(2) => Align::Right,
                _ => Align::Left,
            },
            options: options
                .into_iter()
                .flatten()
                .filter_map(|option| option_text(doc, option))
                .collect(),
            widgets,
        });
        Ok(())
    }

    fn widget(&self, id: ObjectId, kind: Kind) -> Option<Widget> {
        let doc = self.doc;
        let dict = doc.get_dictionary(id).ok()?;
        let rect = object::rect(doc, object::entry(doc, dict, b"Rect")?)?;
        let page = self.on_page.get(&id).copied().or_else(|| {
            let page = dict.get(b"P").ok()?.as_reference().ok()?;
            self.pages.iter().position(|other| *other == page)
        });
        let look = object::dict(doc, dict, b"MK");
        // A place that does not say how it is turned is read as its page is.
        let turned = look.and_then(|look| object::integer(doc, look, b"R"));
        let turned = turned.or_else(|| {
            let page = doc.get_dictionary(*self.pages.get(page?)?).ok()?;
            object::inherited(doc, page, b"Rotate")?.as_i64().ok()
        });
        let turns = turned.map_or(0, |turn| turn.rem_euclid(360) / 90);
        let flags = object::integer(doc, dict, b"F").unwrap_or_default();
        let style = object::dict(doc, dict, b"BS");
        let width = style
            .and_then(|style| object::entry(doc, style, b"W")?.as_float().ok())
            .unwrap_or(1.0);
        let colour = |key: &[u8]| {
            look.and_then(|look| object::entry(doc, look, key))
                .map_or_else(Vec::new, |c| object::numbers(doc, c))
        };
        let frame = colour(b"BC");
        Some(Widget {
            id,
            page,
            rect,
            turns: u8::try_from(turns).unwrap_or_default(),
            // Hidden, or never shown on a screen and not printed either.
            hidden: flags & 0b10 != 0 || (flags & 0b10_0000 != 0 && flags & 0b100 == 0),
            unprinted: flags & 0b100 == 0,
            on: matches!(kind, Kind::Check | Kind::Radio).then(|| on_state(doc, dict)),
            border: (!frame.is_empty() && width > 0.0).then_some(Border {
                colour: frame,
                width: width.min(4.0),
            }),
            fill: colour(b"BG"),
        })
    }
}

/// The state that is not `Off`, whatever the file calls it.
fn on_state(doc: &Document, widget: &Dictionary) -> String {
    let looks = object::dict(doc, widget, b"AP");
    let states = |key: &[u8]| looks.and_then(|looks| object::dict(doc, looks, key));
    for states in [states(b"N"), states(b"D")].into_iter().flatten() {
        if states.has(b"Length") {
            continue;
        }
        let on = states
            .iter()
            .map(|(key, _)| key)
            .find(|key| !key.is_empty() && *key != b"Off");
        if let Some(on) = on {
            return String::from_utf8_lossy(on).into_owned();
        }
    }
    PLAIN.to_owned()
}

fn states(widgets: &[Widget]) -> Vec<String> {
    let mut states: Vec<String> = Vec::new();
    for on in widgets.iter().filter_map(|widget| widget.on.as_ref()) {
        if !states.contains(on) {
            states.push(on.clone());
        }
    }
    states
}

fn value(held: Option<&Object>, kind: Kind, widgets: &[Widget]) -> Option<String> {
    let text = match held? {
        Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
        other => decode_text_string(other).ok()?,
    };
    let ticked = matches!(kind, Kind::Check | Kind::Radio);
    let known = |text: &str| widgets.iter().any(|w| w.on.as_deref() == Some(text));
    let empty = text.chars().all(|c| c.is_whitespace() || c == '\u{a0}');
    (!empty && (!ticked || known(&text))).then_some(text)
}

fn option_text(doc: &Document, option: &Object) -> Option<(String, String)> {
    let text = |object: &Object| decode_text_string(object::follow(doc, object)).ok();
    match object::follow(doc, option) {
        Object::Array(pair) => Some((text(pair.first()?)?, text(pair.last()?)?)),
        one => text(one).map(|text| (text.clone(), text)),
    }
}

fn full_name(doc: &Document, field: &Dictionary) -> String {
    let mut parts = Vec::new();
    let mut node = Some(field);
    for _ in 0..limits::DEPTH {
        let Some(dict) = node else { break };
        parts.extend(object::text(doc, dict, b"T"));
        node = object::dict(doc, dict, b"Parent");
    }
    parts.reverse();
    parts.join(".")
}

/// The font size of a default appearance; 0 where the viewer is to choose.
fn font_size(appearance: &[u8]) -> f32 {
    let text = String::from_utf8_lossy(appearance);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let at = words.iter().rposition(|word| *word == "Tf");
    at.and_then(|at| words.get(at.checked_sub(1)?)?.parse::<f32>().ok())
        .filter(|size| size.is_finite() && (0.0..=72.0).contains(size))
        .unwrap_or_default()
}

/// One line, single blanks.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
