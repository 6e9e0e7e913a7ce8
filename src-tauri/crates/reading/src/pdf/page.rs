//! One page's drawing instructions, as far as they show text (ISO 32000-1, 9.4).

use std::collections::BTreeMap;
use std::time::Instant;

use lopdf::content::Content as Instructions;
use lopdf::{Dictionary, Document, Error, Object, ObjectId};

use super::damage;
use super::font::Font;
use super::layout::Run;
use crate::limits;

/// What a page shows.
pub(super) struct Content {
    /// Its pieces of text.
    pub(super) runs: Vec<Run>,
    /// Whether it also shows pictures.
    pub(super) pictures: bool,
    /// The pictures with their places, in the order they are drawn.
    pub(super) placed: Vec<Placed>,
    /// Letters that are seen, not only laid under a picture for searching.
    pub(super) seen: usize,
    /// Something that it shows could not be read: what is left may be only a part of it, or joined across a gap.
    pub(super) damaged: bool,
}

/// A picture where it is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) id: ObjectId,
    pub(super) frame: Frame,
}

/// A place on the page, in points from its lower left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Frame {
    /// The unit square's place under a matrix.
    fn of(Matrix([a, b, c, d, e, f]): Matrix) -> Self {
        let (x, y) = ([e, e + a, e + c, e + a + c], [f, f + b, f + d, f + b + d]);
        Self {
            left: x.iter().copied().fold(f64::INFINITY, f64::min),
            bottom: y.iter().copied().fold(f64::INFINITY, f64::min),
            right: x.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            top: y.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.top - self.bottom
    }

    fn is_real(&self) -> bool {
        [self.left, self.bottom, self.right, self.top]
            .iter()
            .all(|n| n.is_finite() && n.abs() < 1e6)
            && self.width() > 0.1
            && self.height() > 0.1
    }
}

/// Reads a page.
///
/// # Errors
/// Its contents are broken or unpack beyond the limit.
pub(super) fn contents(
    document: &Document,
    page: ObjectId,
    deadline: Instant,
) -> Result<Content, Error> {
    let bytes = document.get_page_content_with_limit(page, limits::PAGE_BYTES)?;
    let (own, inherited) = document.get_page_resources(page)?;
    let resources: Vec<&Dictionary> = own
        .into_iter()
        .chain(
            inherited
                .iter()
                .filter_map(|id| document.get_dictionary(*id).ok()),
        )
        .collect();
    let mut painter = Painter {
        document,
        content: Content {
            runs: Vec::new(),
            pictures: false,
            placed: Vec::new(),
            seen: 0,
            damaged: !damage::is_whole(document, page),
        },
        budget: limits::PAGE_BYTES,
        deadline,
    };
    painter.paint(&bytes, &resources, Matrix::ONE, 0)?;
    Ok(painter.content)
}

/// `[a b c d e f]`, as the specification writes it.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(operands: &[Object]) -> Option<Self> {
        let mut numbers = operands.iter().map(|o| o.as_float().ok().map(f64::from));
        let mut next = || numbers.next().flatten();
        Some(Self([next()?, next()?, next()?, next()?, next()?, next()?]))
    }

    fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This first, then `outer`.
    fn within(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, outer.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }
}

/// Text state that `q` and `Q` keep.
#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Vec<u8>>,
    size: f64,
    letter_spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// How letters are shown; 3 is not at all.
    mode: f64,
}

struct Painter<'a> {
    document: &'a Document,
    content: Content,
    /// Bytes that forms on the page may still unpack to.
    budget: usize,
    /// After this moment no further form is opened; the caller then gives up.
    deadline: Instant,
}

impl<'a> Painter<'a> {
    fn paint(
        &mut self,
        bytes: &[u8],
        resources: &[&'a Dictionary],
        page: Matrix,
        depth: usize,
    ) -> Result<(), Error> {
        let fonts = self.fonts(resources)?;
        let steps = Instructions::decode(&damage::ended(bytes))?.operations;
        self.content.damaged |= damage::in_steps(&steps);
        let mut state = State {
            page,
            font: None,
            size: 0.0,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0.0,
        };
        let mut kept: Vec<State> = Vec::new();
        let (mut line, mut here) = (Matrix::ONE, Matrix::ONE);
        for step in steps {
            let operands = step.operands.as_slice();
            let number = |i: usize| -> f64 {
                operands
                    .get(i)
                    .and_then(|o| o.as_float().ok())
                    .map_or(0.0, f64::from)
            };
            match step.operator.as_str() {
                "q" if kept.len() < 64 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => {
                    if let Some(matrix) = Matrix::of(operands) {
                        state.page = matrix.within(state.page);
                    }
                }
                "BT" => (line, here) = (Matrix::ONE, Matrix::ONE),
                "Tf" => {
                    state.font = operands
                        .first()
                        .and_then(|o| o.as_name().ok())
                        .map(<[u8]>::to_vec);
                    state.size = number(1);
                }
                "Tc" => state.letter_spacing = number(0),
                "Tw" => state.word_spacing = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tr" => state.mode = number(0),
                "Tm" => {
                    if let Some(matrix) = Matrix::of(operands) {
                        (line, here) = (matrix, matrix);
                    }
                }
                "Td" | "TD" => {
                    if step.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = Matrix::shift(number(0), number(1)).within(line);
                    here = line;
                }
                "T*" | "'" | "\"" => {
                    if step.operator == "\"" {
                        (state.word_spacing, state.letter_spacing) = (number(0), number(1));
                    }
                    line = Matrix::shift(0.0, -state.leading).within(line);
                    here = line;
                    if let Some(Object::String(text, _)) = operands.last() {
                        self.show(text, &state, &fonts, &mut here);
                    }
                }
                "Tj" => {
                    if let Some(Object::String(text, _)) = operands.first() {
                        self.show(text, &state, &fonts, &mut here);
                    }
                }
                "TJ" => {
                    for piece in operands
                        .first()
                        .and_then(|o| o.as_array().ok())
                        .into_iter()
                        .flatten()
                    {
                        if let Object::String(text, _) = piece {
                            self.show(text, &state, &fonts, &mut here);
                        } else if let Ok(back) = piece.as_float() {
                            let shift = -f64::from(back) / 1000.0 * state.size * state.stretch;
                            here = Matrix::shift(shift, 0.0).within(here);
                        }
                    }
                }
                "BI" => self.content.pictures = true,
                "Do" => {
                    if let Some(name) = operands.first().and_then(|o| o.as_name().ok()) {
                        self.form(name, resources, state.page, depth)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn fonts(&self, resources: &[&'a Dictionary]) -> Result<BTreeMap<&'a [u8], Font<'a>>, Error> {
        let mut fonts = BTreeMap::new();
        for dictionary in resources {
            let Ok(table) = dictionary
                .get_deref(b"Font", self.document)
                .and_then(Object::as_dict)
            else {
                continue;
            };
            for (name, _) in table.iter() {
                if let Ok(font) = table
                    .get_deref(name, self.document)
                    .and_then(Object::as_dict)
                    && !fonts.contains_key(name.as_slice())
                {
                    fonts.insert(name.as_slice(), Font::read(font, self.document)?);
                }
            }
        }
        Ok(fonts)
    }

    fn show(
        &mut self,
        bytes: &[u8],
        state: &State,
        fonts: &BTreeMap<&'a [u8], Font<'a>>,
        here: &mut Matrix,
    ) {
        let Some(font) = state.font.as_deref().and_then(|name| fonts.get(name)) else {
            self.content.damaged = true;
            return;
        };
        let advance: f64 = font
            .advances(bytes)
            .map(|(width, blank)| {
                let spacing = state.letter_spacing + if blank { state.word_spacing } else { 0.0 };
                (width * state.size + spacing) * state.stretch
            })
            .sum();
        let place = Matrix::shift(0.0, state.rise)
            .within(*here)
            .within(state.page)
            .0;
        *here = Matrix::shift(advance, 0.0).within(*here);
        let end = here.within(state.page).0;
        let text = font.text(bytes);
        self.content.damaged |= text.is_none();
        let text: String = text
            .unwrap_or_default()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        if state.mode != 3.0 {
            self.content.seen += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        self.content.runs.push(Run {
            x: place[4],
            y: place[5],
            width: (end[4] - place[4]).hypot(end[5] - place[5]),
            height: (state.size * place[2].hypot(place[3])).abs(),
            turn: place[1].atan2(place[0]).to_degrees(),
            text,
        });
    }

    fn form(
        &mut self,
        name: &[u8],
        resources: &[&'a Dictionary],
        page: Matrix,
        depth: usize,
    ) -> Result<(), Error> {
        let document = self.document;
        let found = resources.iter().find_map(|dictionary| {
            let table = dictionary
                .get_deref(b"XObject", document)
                .ok()?
                .as_dict()
                .ok()?;
            let id = table.get(name).and_then(Object::as_reference).ok();
            Some((id, table.get_deref(name, document).ok()?.as_stream().ok()?))
        });
        let Some((id, form)) = found else {
            self.content.damaged = true;
            return Ok(());
        };
        let kind = form
            .dict
            .get_deref(b"Subtype", document)
            .and_then(Object::as_name);
        if kind.is_ok_and(|kind| kind == b"Image") {
            self.content.pictures = true;
            let frame = Frame::of(page);
            if let Some(id) =
                id.filter(|_| frame.is_real() && self.content.placed.len() < limits::PICTURES)
            {
                self.content.placed.push(Placed { id, frame });
            }
            return Ok(());
        }
        if depth >= limits::NESTING || self.budget == 0 || Instant::now() > self.deadline {
            return Ok(());
        }
        let bytes = form.get_plain_content_with_limit(self.budget)?;
        self.content.damaged |= !damage::decodes(form, limits::PAGE_BYTES);
        // A form costs something even when it is tiny, or a page could call millions.
        self.budget = self.budget.saturating_sub(bytes.len().max(4096));
        let matrix = form
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|numbers| Matrix::of(numbers));
        let own = form
            .dict
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict);
        let inside: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        self.paint(
            &bytes,
            &inside,
            matrix.unwrap_or(Matrix::ONE).within(page),
            depth + 1,
        )
    }
}
