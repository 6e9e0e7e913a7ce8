//! One field's value on its places.

use lopdf::{Dictionary, Object, ObjectId, dictionary, text_string};

use super::{Item, Moved, Setting, Work};
use crate::draw::{self, packed};
use crate::field::{Field, Kind, Widget};
use crate::layout::{CAPITALS, FLOOR, Fitted, LEAST, fit};
use crate::object;
use crate::shape::{Line, letters, shape};

impl Work {
    /// Writes one field: its value, and what each of its places shows.
    pub(super) fn write(&mut self, field: &Field, setting: Option<Setting>) {
        match field.kind {
            Kind::Button | Kind::Signature => {}
            Kind::Text | Kind::Choice => {
                let text = match setting {
                    Some(Setting::Text(text)) if !text.trim().is_empty() => Some(text),
                    _ => None,
                };
                self.write_text(field, text.as_deref());
            }
            Kind::Check | Kind::Radio => {
                let state = match setting {
                    Some(Setting::State(state)) => state,
                    _ => None,
                };
                self.write_state(field, state.as_deref());
            }
        }
    }

    fn write_text(&mut self, field: &Field, text: Option<&str>) {
        if let Some(dict) = object::dict_mut(&mut self.doc, field.id) {
            dict.remove(b"RV");
            match text {
                Some(text) => dict.set("V", text_string(text)),
                None => {
                    dict.remove(b"V");
                }
            }
        }
        let mut number = None;
        for widget in &field.widgets {
            let (width, height) = inner(widget);
            let mut content =
                draw::frame(widget.border.as_ref(), &widget.fill, width, height, false);
            if let Some(text) = text {
                let shown = match self.shown(field, text, width, height) {
                    Some(shown) => shown,
                    None => {
                        let number = *number.get_or_insert_with(|| self.move_out(field, text));
                        self.pointer(field, text, number, width, height)
                    }
                };
                content.push_str(&shown);
            }
            let look = (!content.is_empty()).then(|| self.stream(widget, content));
            if let Some(dict) = object::dict_mut(&mut self.doc, widget.id) {
                dict.remove(b"AS");
                match look {
                    Some(look) => dict.set("AP", dictionary! { "N" => look }),
                    None => {
                        dict.remove(b"AP");
                    }
                }
            }
        }
    }

    /// What shows a text in a box; none where it does not fit at a size that can be read.
    fn shown(&mut self, field: &Field, text: &str, width: f32, height: f32) -> Option<String> {
        let count = text.chars().count();
        if let Some(cells) = field.max_len {
            if count > cells {
                return None;
            }
            if field.comb {
                return self.comb(field, text, cells, width, height);
            }
        }
        let fitted = fit(text, width, height, field.size, field.multiline)?;
        Some(self.text(field, &fitted, width, height))
    }

    fn text(&mut self, field: &Field, fitted: &Fitted, width: f32, height: f32) -> String {
        let top = field.multiline || fitted.lines.len() > 1;
        draw::text(&mut self.pens, fitted, width, height, field.align, top)
    }

    fn comb(
        &mut self,
        field: &Field,
        text: &str,
        cells: usize,
        width: f32,
        height: f32,
    ) -> Option<String> {
        let letters: Vec<Line> = letters(text);
        let wanted = if field.size > 0.0 {
            field.size.max(LEAST)
        } else {
            10.0
        };
        let cell = width / cells as f32;
        let widest = letters
            .iter()
            .fold(0.1_f32, |wide, letter| wide.max(letter.width));
        let size = wanted.min(cell / widest).min((height / 0.95).max(FLOOR));
        (size >= FLOOR.min(wanted) && size * CAPITALS <= height + 0.5)
            .then(|| draw::comb(&mut self.pens, &letters, cells, size, width, height))
    }

    /// Puts a text on the continuation page; its number there.
    fn move_out(&mut self, field: &Field, text: &str) -> usize {
        let item = self
            .named
            .get(&field.name)
            .cloned()
            .unwrap_or_else(|| item_name(field));
        let page = field.widgets.iter().find_map(|widget| widget.page);
        if let Some(index) = self
            .items
            .iter()
            .position(|other| other.name == item && other.text == text)
        {
            return index + 1;
        }
        self.items.push(Item {
            name: item.clone(),
            page: page.map(|page| page + 1),
            text: text.to_owned(),
        });
        let number = self.items.len();
        self.moved.push(Moved {
            field: field.name.clone(),
            item,
            number,
        });
        number
    }

    /// What stands in a field whose text is on the continuation page.
    fn pointer(
        &mut self,
        field: &Field,
        text: &str,
        number: usize,
        width: f32,
        height: f32,
    ) -> String {
        let [page, sheet, short] = if self.attached {
            ["attachment", "attachment", "att."]
        } else {
            ["continuation page", "cont. page", "cont."]
        };
        if self.begun.contains(&field.name)
            && let Some(fitted) = begun(field, text, [page, short], number, width, height)
        {
            return self.text(field, &fitted, width, height);
        }
        let words = [
            format!("See {page}, item {number}"),
            format!("See {sheet}, item {number}"),
            format!("See {short} {number}"),
            format!("*{number}"),
        ];
        let fitted = words
            .iter()
            .find_map(|words| fit(words, width, height, field.size, false));
        let fitted = fitted.unwrap_or_else(|| Fitted {
            size: LEAST,
            leading: LEAST,
            lines: vec![shape(&format!("*{number}"))],
        });
        self.text(field, &fitted, width, height)
    }

    fn write_state(&mut self, field: &Field, state: Option<&str>) {
        let name = |state: &str| Object::Name(state.as_bytes().to_vec());
        if let Some(dict) = object::dict_mut(&mut self.doc, field.id) {
            dict.set("V", name(state.unwrap_or("Off")));
        }
        for widget in &field.widgets {
            let (width, height) = inner(widget);
            let on = widget.on.as_deref().unwrap_or("Yes");
            let round = field.kind == Kind::Radio;
            let frame = draw::frame(widget.border.as_ref(), &widget.fill, width, height, round);
            let ticked = self.stream(widget, frame.clone() + &draw::cross(width, height));
            let empty = self.stream(widget, frame);
            let looks = Dictionary::from_iter([
                (on.as_bytes().to_vec(), Object::Reference(ticked)),
                (b"Off".to_vec(), Object::Reference(empty)),
            ]);
            let now = if state == Some(on) { on } else { "Off" };
            if let Some(dict) = object::dict_mut(&mut self.doc, widget.id) {
                dict.set("AP", dictionary! { "N" => looks });
                dict.set("AS", name(now));
            }
        }
    }

    /// What a place shows, as a form of its own; turned as the place is.
    fn stream(&mut self, widget: &Widget, content: String) -> ObjectId {
        let [left, low, right, high] = widget.rect;
        let (width, height) = (right - left, high - low);
        let matrix: [f32; 6] = match widget.turns {
            1 => [0.0, 1.0, -1.0, 0.0, width, 0.0],
            2 => [-1.0, 0.0, 0.0, -1.0, width, height],
            3 => [0.0, -1.0, 1.0, 0.0, 0.0, height],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        };
        let (wide, tall) = inner(widget);
        let dict = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![Object::Integer(0), Object::Integer(0), Object::Real(wide), Object::Real(tall)],
            "Matrix" => matrix.map(Object::Real).to_vec(),
            "Resources" => dictionary! { "Font" => self.fonts },
        };
        packed(&mut self.doc, dict, content.into_bytes())
    }
}

/// The beginning of a text and where the whole of it stands, as much as fits.
fn begun(
    field: &Field,
    text: &str,
    [page, short]: [&str; 2],
    number: usize,
    width: f32,
    height: f32,
) -> Option<Fitted> {
    let letters: Vec<char> = text.chars().collect();
    let lengths = (SHORTEST..letters.len()).rev().step_by(4);
    let ends = [
        format!("… (see {page}, item {number})"),
        format!("… ({short} {number})"),
    ];
    let mut tries = lengths.flat_map(|kept| {
        let head: String = letters.iter().take(kept).collect();
        ends.clone().map(|end| format!("{}{end}", head.trim_end()))
    });
    tries.find_map(|words| fit(&words, width, height, field.size, field.multiline))
}

/// Fewer letters than these would not tell whose a name is.
const SHORTEST: usize = 20;

/// Whether a text fits every place of its field at this size or a larger one.
pub(super) fn fits(field: &Field, text: &str, least: f32) -> bool {
    let held = |widget: &Widget| {
        let (width, height) = inner(widget);
        let fitted = fit(text, width, height, field.size, field.multiline);
        fitted.is_some_and(|fitted| fitted.size >= least)
    };
    !field.comb
        && field
            .max_len
            .is_none_or(|cells| text.chars().count() <= cells)
        && !field.widgets.is_empty()
        && field.widgets.iter().all(held)
}

/// The sides of a place as its text runs.
pub(super) fn inner(widget: &Widget) -> (f32, f32) {
    let [left, low, right, high] = widget.rect;
    match widget.turns {
        1 | 3 => (high - low, right - left),
        _ => (right - left, high - low),
    }
}

/// What a field is called on a continuation page.
fn item_name(field: &Field) -> String {
    let number = field.name.split('.').rev().find_map(item_number);
    let label = field
        .label
        .clone()
        .unwrap_or_else(|| super::last_part(&field.name));
    let label = label.trim_end_matches([':', ' ']);
    let mut short: String = label.chars().take(120).collect();
    if short.len() < label.len() {
        short.push('…');
    }
    match number {
        Some(number) => format!("Item {number}: {short}"),
        None => short,
    }
}

/// The number in a partial name that says a list's item, as `li2c[0]` does.
fn item_number(part: &str) -> Option<&str> {
    let part = part.split('[').next()?;
    let number = part
        .strip_prefix("li")
        .or_else(|| part.strip_prefix("LI"))?;
    number
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(number)
}
