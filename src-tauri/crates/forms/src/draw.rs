//! What is drawn: text in embedded faces, ticks and frames as lines. Every viewer and printer shows it, with no font of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rustybuzz::ttf_parser::GlyphId;
use subsetter::GlyphRemapper;

use crate::FormError;
use crate::faces::{FACES, Face};
use crate::field::{Align, Border};
use crate::layout::{Fitted, MARGIN};
use crate::shape::Line;

/// The glyphs used, by face; each pair of glyph and letters has its own code, so that a text is read back as it was written.
#[derive(Debug, Default)]
pub(crate) struct Pens {
    used: BTreeMap<usize, BTreeMap<(u16, String), u16>>,
}

impl Pens {
    fn code(&mut self, face: usize, glyph: u16, text: &str) -> u16 {
        let used = self.used.entry(face).or_default();
        let next = u16::try_from(used.len() + 1).unwrap_or(u16::MAX);
        *used.entry((glyph, text.to_owned())).or_insert(next)
    }

    /// Embeds what was used; the dictionary goes into resources as `Font`.
    pub(crate) fn embed(&self, doc: &mut Document) -> Result<Dictionary, FormError> {
        let mut fonts = Dictionary::new();
        for (index, used) in &self.used {
            if let Some(face) = FACES.get(*index) {
                fonts.set(font_name(*index), font(doc, face, used)?);
            }
        }
        Ok(fonts)
    }
}

fn font_name(face: usize) -> String {
    format!("Fill{face}")
}

/// A composite font that holds the used glyphs only.
fn font(
    doc: &mut Document,
    face: &Face,
    used: &BTreeMap<(u16, String), u16>,
) -> Result<ObjectId, FormError> {
    let mut mapper = GlyphRemapper::new();
    let mut codes: Vec<(u16, u16, &str)> = used
        .iter()
        .map(|((glyph, text), code)| (*code, *glyph, text.as_str()))
        .collect();
    codes.sort_unstable();
    let mut to_glyph = vec![0, 0];
    let mut widths = Vec::new();
    for (_, glyph, _) in &codes {
        to_glyph.extend(mapper.remap(*glyph).to_be_bytes());
        let advance = face
            .shaper
            .glyph_hor_advance(GlyphId(*glyph))
            .unwrap_or_default();
        widths.push(Object::Real(f32::from(advance) * 1000.0 / face.units));
    }
    let file = subsetter::subset(face.data, 0, &mapper).map_err(|_| FormError::Unwritable)?;
    let name = format!("{}+{}", tag(&codes), face.name);
    let file = packed(doc, dictionary! { "Length1" => file.len() as i64 }, file);
    let em = |units: i16| Object::Real(f32::from(units) * 1000.0 / face.units);
    let bounds = face.shaper.global_bounding_box();
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.clone().into_bytes()),
        "Flags" => 4,
        "FontBBox" => vec![em(bounds.x_min), em(bounds.y_min), em(bounds.x_max), em(bounds.y_max)],
        "ItalicAngle" => 0,
        "Ascent" => em(face.shaper.ascender()),
        "Descent" => em(face.shaper.descender()),
        "CapHeight" => em(face.shaper.capital_height().unwrap_or(700)),
        "StemV" => 80,
        "FontFile2" => file,
    });
    let map = packed(doc, Dictionary::new(), to_glyph);
    let descendant = doc.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => Object::Name(name.clone().into_bytes()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => 0,
        "W" => vec![Object::Integer(1), Object::Array(widths)],
        "CIDToGIDMap" => map,
    });
    let text = packed(doc, Dictionary::new(), to_unicode(&codes).into_bytes());
    Ok(doc.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => Object::Name(name.into_bytes()),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => text,
    }))
}

/// Six letters that tell one subset from another, from what is in it.
fn tag(codes: &[(u16, u16, &str)]) -> String {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for (code, glyph, _) in codes {
        for byte in code.to_be_bytes().into_iter().chain(glyph.to_be_bytes()) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (0..6)
        .map(|n| char::from(b'A' + u8::try_from((sum >> (n * 8)) % 26).unwrap_or_default()))
        .collect()
}

fn to_unicode(codes: &[(u16, u16, &str)]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) \
         /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n\
         endcodespacerange\n",
    );
    let said: Vec<_> = codes
        .iter()
        .filter(|(_, _, text)| !text.is_empty())
        .collect();
    for part in said.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", part.len());
        for (code, _, text) in part {
            let _ = write!(map, "<{code:04X}> <");
            for unit in text.encode_utf16() {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

/// A stream, packed where that makes it smaller.
pub(crate) fn packed(doc: &mut Document, dict: Dictionary, content: Vec<u8>) -> ObjectId {
    let mut stream = Stream::new(dict, content);
    // It stays as it is where packing fails.
    let _ = stream.compress();
    doc.add_object(stream)
}

/// One line of glyphs with its left end at a point.
pub(crate) fn line(out: &mut String, pens: &mut Pens, line: &Line, size: f32, x: f32, y: f32) {
    let mut at = x;
    let mut face = None;
    let mut pending = String::new();
    let mut drift = 0.0;
    let flush = |out: &mut String, pending: &mut String| {
        if !pending.is_empty() {
            let _ = writeln!(out, "[<{pending}>] TJ");
            pending.clear();
        }
    };
    for glyph in &line.glyphs {
        let code = pens.code(glyph.face, glyph.id, &glyph.text);
        if face != Some(glyph.face) {
            flush(out, &mut pending);
            let _ = writeln!(out, "/{} {} Tf", font_name(glyph.face), num(size));
            let _ = writeln!(out, "1 0 0 1 {} {} Tm", num(at), num(y));
            face = Some(glyph.face);
            drift = 0.0;
        }
        let moved = glyph.dx != 0.0 || glyph.dy != 0.0;
        if moved {
            flush(out, &mut pending);
            let (x, y) = (at + glyph.dx * size, y + glyph.dy * size);
            let _ = writeln!(out, "1 0 0 1 {} {} Tm [<{code:04X}>] TJ", num(x), num(y));
        } else {
            let _ = write!(pending, "{code:04X}");
        }
        at += glyph.advance * size;
        // What kerning takes or gives beside the glyph's own width.
        let own = FACES.get(glyph.face).map_or(0.0, |face| {
            let units = face.shaper.glyph_hor_advance(GlyphId(glyph.id));
            f32::from(units.unwrap_or_default()) / face.units
        });
        drift += glyph.advance - own;
        if moved {
            let _ = writeln!(out, "1 0 0 1 {} {} Tm", num(at), num(y));
            drift = 0.0;
        } else if drift.abs() > 0.000_5 {
            let _ = write!(pending, "> {} <", num(-drift * 1000.0));
            drift = 0.0;
        }
    }
    flush(out, &mut pending);
}

/// A fitted text in a box.
pub(crate) fn text(
    pens: &mut Pens,
    fitted: &Fitted,
    width: f32,
    height: f32,
    align: Align,
    top: bool,
) -> String {
    let mut out = String::from("BT\n0 g\n");
    let size = fitted.size;
    let first = fitted.lines.first();
    let mut y = if top {
        height - first.map_or(0.75, |line| line.above.max(0.75)) * size - 1.0
    } else {
        // One line stands in the middle by its capitals; its tails stay inside.
        let tails = first.map_or(0.0, |line| line.below) * size;
        let above = first.map_or(0.0, |line| line.above) * size;
        let middle = (height - 0.72 * size) / 2.0;
        middle
            .max(tails.min(height))
            .min((height - above).max(tails.min(middle.max(0.0))))
    };
    for line in &fitted.lines {
        let free = width - line.width * size;
        let x = match align {
            Align::Left => MARGIN.min(free.max(0.0) / 2.0),
            Align::Centre => free / 2.0,
            Align::Right => free - MARGIN,
        };
        self::line(&mut out, pens, line, size, x, y);
        y -= fitted.leading;
    }
    out.push_str("ET\n");
    out
}

/// A text of a comb: one letter in each cell.
pub(crate) fn comb(
    pens: &mut Pens,
    letters: &[Line],
    cells: usize,
    size: f32,
    width: f32,
    height: f32,
) -> String {
    let mut out = String::from("BT\n0 g\n");
    let cell = width / cells.max(1) as f32;
    let y = ((height - 0.72 * size) / 2.0).max(0.0);
    for (n, letter) in letters.iter().enumerate() {
        let x = cell * n as f32 + (cell - letter.width * size) / 2.0;
        line(&mut out, pens, letter, size, x, y);
    }
    out.push_str("ET\n");
    out
}

/// A cross from corner to corner.
pub(crate) fn cross(width: f32, height: f32) -> String {
    let side = width.min(height);
    let inset = side * 0.17;
    let (left, low) = ((width - side) / 2.0 + inset, (height - side) / 2.0 + inset);
    let (right, high) = ((width + side) / 2.0 - inset, (height + side) / 2.0 - inset);
    format!(
        "q\n0 G\n{} w\n1 J\n{} {} m {} {} l S\n{} {} m {} {} l S\nQ\n",
        num((side * 0.13).clamp(0.8, 2.2)),
        num(left),
        num(low),
        num(right),
        num(high),
        num(left),
        num(high),
        num(right),
        num(low),
    )
}

/// The frame and ground that a file draws with its field.
pub(crate) fn frame(
    border: Option<&Border>,
    fill: &[f32],
    width: f32,
    height: f32,
    round: bool,
) -> String {
    let mut out = String::new();
    let colour = |parts: &[f32], operators: [&str; 3]| -> Option<String> {
        let operator = match parts.len() {
            1 => operators[0],
            3 => operators[1],
            4 => operators[2],
            _ => return None,
        };
        let parts: Vec<String> = parts.iter().map(|part| num(*part)).collect();
        Some(format!("{} {operator}\n", parts.join(" ")))
    };
    let edge = border.map_or(0.0, |border| border.width);
    let path = if round {
        circle(width, height, edge)
    } else {
        let half = edge / 2.0;
        format!(
            "{} {} {} {} re",
            num(half),
            num(half),
            num(width - edge),
            num(height - edge)
        )
    };
    if let Some(ground) = colour(fill, ["g", "rg", "k"]) {
        let _ = write!(out, "q\n{ground}{path} f\nQ\n");
    }
    if let Some(border) = border
        && let Some(ink) = colour(&border.colour, ["G", "RG", "K"])
    {
        let _ = write!(out, "q\n{ink}{} w\n{path} S\nQ\n", num(edge));
    }
    out
}

fn circle(width: f32, height: f32, edge: f32) -> String {
    let r = (width.min(height) - edge) / 2.0;
    let (x, y, k) = (width / 2.0, height / 2.0, r * 0.552_3);
    let p = |x: f32, y: f32| format!("{} {}", num(x), num(y));
    format!(
        "{} m {} {} {} c {} {} {} c {} {} {} c {} {} {} c",
        p(x + r, y),
        p(x + r, y + k),
        p(x + k, y + r),
        p(x, y + r),
        p(x - k, y + r),
        p(x - r, y + k),
        p(x - r, y),
        p(x - r, y - k),
        p(x - k, y - r),
        p(x, y - r),
        p(x + k, y - r),
        p(x + r, y - k),
        p(x + r, y),
    )
}

/// A number as PDF writes it, to a thousandth of a point.
pub(crate) fn num(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}
