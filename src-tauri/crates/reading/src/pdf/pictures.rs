//! The pictures that a scanned page is made of, put together to one (ISO 32000-1, 8.9).

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use lopdf::{Dictionary, Document, Object, Stream};

use super::page::Placed;
use crate::picture::{self, Picture};
use crate::{ReadError, limits};

/// One picture of the page: as it was scanned if there is one, else put together from its strips and layers.
///
/// # Errors
/// It is damaged, larger than the limits, or in a code that is not read.
pub(super) fn page(document: &Document, placed: &[Placed]) -> Result<Picture, ReadError> {
    let mut layers = Vec::new();
    // Strips share the limit: a page of thousands of pictures is none.
    for place in placed.iter().take(limits::PICTURES) {
        let stream = document
            .get_object(place.id)
            .and_then(Object::as_stream)
            .map_err(|_| ReadError::DamagedPicture)?;
        let side = |key: &[u8]| -> Result<u32, ReadError> {
            let number = stream
                .dict
                .get_deref(key, document)
                .and_then(Object::as_i64);
            number
                .ok()
                .and_then(|n| u32::try_from(n).ok())
                .ok_or(ReadError::DamagedPicture)
        };
        let (width, height) = (side(b"Width")?, side(b"Height")?);
        picture::within(width, height)?;
        layers.push((place, stream, width, height));
    }
    // Stamps and logos beside a scan are small; they are drawn with it only if the scan itself is in pieces.
    let area = |place: &Placed| place.frame.width() * place.frame.height();
    let whole: f64 = layers
        .iter()
        .map(|(place, ..)| area(place))
        .fold(0.0, f64::max);
    let large: Vec<_> = layers
        .iter()
        .filter(|(place, ..)| area(place) > whole * 0.6)
        .collect();
    if let ([(_, stream, ..)], true) = (large.as_slice(), layers.len() <= 3) {
        let layer = layer(document, stream)?;
        return Ok(layer.picture);
    }
    together(document, &layers)
}

type Drawn<'a> = (&'a Placed, &'a Stream, u32, u32);

fn together(document: &Document, layers: &[Drawn<'_>]) -> Result<Picture, ReadError> {
    let edge = |of: fn(&super::page::Frame) -> f64, best: fn(f64, f64) -> f64| {
        layers
            .iter()
            .map(|(place, ..)| of(&place.frame))
            .reduce(best)
            .unwrap_or(0.0)
    };
    let (left, right) = (edge(|f| f.left, f64::min), edge(|f| f.right, f64::max));
    let (bottom, top) = (edge(|f| f.bottom, f64::min), edge(|f| f.top, f64::max));
    // Pixels a point: the finest layer's, but no finer than a scan needs.
    let scale = layers
        .iter()
        .map(|(place, _, width, _)| f64::from(*width) / place.frame.width().max(1.0))
        .fold(1.0, f64::max)
        .min(600.0 / 72.0);
    let side = |length: f64| (length * scale).clamp(1.0, f64::from(limits::LONGEST)) as u32;
    let mut canvas = Picture::blank(side(right - left), side(top - bottom))?;
    for (place, stream, ..) in layers {
        let layer = layer(document, stream)?;
        let frame = &place.frame;
        canvas.draw(
            &layer.picture,
            [
                (frame.left - left) * scale,
                (top - frame.top) * scale,
                (frame.right - left) * scale,
                (top - frame.bottom) * scale,
            ],
            layer.mask,
        );
    }
    Ok(canvas)
}

/// A decoded picture; of a mask only the black is drawn.
struct Layer {
    picture: Picture,
    mask: bool,
}

fn layer(document: &Document, stream: &Stream) -> Result<Layer, ReadError> {
    let dict = &stream.dict;
    let get = |key: &[u8]| dict.get_deref(key, document).ok();
    let side = |key: &[u8]| {
        get(key)
            .and_then(|o| o.as_i64().ok())
            .and_then(|n| u32::try_from(n).ok())
    };
    let (Some(width), Some(height)) = (side(b"Width"), side(b"Height")) else {
        return Err(ReadError::DamagedPicture);
    };
    let mask = get(b"ImageMask").is_some_and(|o| matches!(o, Object::Boolean(true)));
    // `[1 0]`: black and white change places. Of a mask, 0 is drawn.
    let inverted = get(b"Decode")
        .and_then(|o| o.as_array().ok())
        .and_then(|list| list.first())
        .and_then(|first| first.as_float().ok())
        .is_some_and(|first| first >= 0.5);
    let filters = stream.filters().unwrap_or_default();
    let mut picture = match filters.last().copied() {
        Some(b"DCTDecode" | b"DCT") => picture::jpeg(&coded(stream, &filters)?)?,
        Some(b"CCITTFaxDecode" | b"CCF") => {
            let parameters = parameters(document, dict, filters.len());
            fax(
                &coded(stream, &filters)?,
                width,
                height,
                parameters.as_ref(),
            )?
        }
        Some(b"JBIG2Decode" | b"JPXDecode") => return Err(ReadError::PictureKind),
        _ => plain(document, stream, width, height, mask)?,
    };
    if inverted {
        picture = picture.inverted();
    }
    Ok(Layer { picture, mask })
}

/// The bytes before the picture's own code, with what is packed round them unpacked.
fn coded(stream: &Stream, filters: &[&[u8]]) -> Result<Vec<u8>, ReadError> {
    let Some((_, outer)) = filters.split_last() else {
        return Ok(stream.content.clone());
    };
    if outer.is_empty() {
        return Ok(stream.content.clone());
    }
    let names: Vec<Object> = outer
        .iter()
        .map(|name| Object::Name(name.to_vec()))
        .collect();
    let mut dict = Dictionary::new();
    dict.set("Filter", names);
    Stream::new(dict, stream.content.clone())
        .decompressed_content_with_limit(limits::PICTURE_BYTES)
        .map_err(|_| ReadError::DamagedPicture)
}

/// The parameters of the last filter.
fn parameters(document: &Document, dict: &Dictionary, filters: usize) -> Option<Dictionary> {
    let found = dict
        .get_deref(b"DecodeParms", document)
        .or_else(|_| dict.get_deref(b"DP", document))
        .ok()?;
    match found {
        Object::Dictionary(parameters) => Some(parameters.clone()),
        Object::Array(list) => {
            let last = list.get(filters.checked_sub(1)?)?;
            document.dereference(last).ok()?.1.as_dict().ok().cloned()
        }
        _ => None,
    }
}

struct Lines {
    width: usize,
    pixels: Vec<u8>,
    line: usize,
    most: usize,
}

impl Decoder for Lines {
    fn push_pixels(&mut self, white: bool, count: u32) {
        let room = self
            .most
            .min((self.line + 1) * self.width)
            .saturating_sub(self.pixels.len());
        let count = (count as usize).min(room);
        let light = if white { 255 } else { 0 };
        self.pixels.extend(std::iter::repeat_n(light, count));
    }

    fn next_line(&mut self) {
        self.line += 1;
        self.pixels
            .resize((self.line * self.width).min(self.most), 255);
    }
}

/// A fax-coded picture (ITU-T T.4, T.6).
fn fax(
    bytes: &[u8],
    width: u32,
    height: u32,
    parameters: Option<&Dictionary>,
) -> Result<Picture, ReadError> {
    let get = |key: &[u8]| parameters.and_then(|dict| dict.get(key).ok());
    let number = |key: &[u8]| get(key).and_then(|o| o.as_i64().ok());
    let flag = |key: &[u8], otherwise: bool| match get(key) {
        Some(Object::Boolean(is)) => *is,
        _ => otherwise,
    };
    let columns = number(b"Columns")
        .and_then(|n| u32::try_from(n).ok())
        .unwrap_or(1728);
    if columns != width {
        return Err(ReadError::DamagedPicture);
    }
    let encoding = match number(b"K").unwrap_or(0) {
        ..0 => EncodingMode::Group4,
        0 => EncodingMode::Group3_1D,
        k => EncodingMode::Group3_2D {
            k: u32::try_from(k).unwrap_or(1),
        },
    };
    let mut lines = Lines {
        width: width as usize,
        pixels: Vec::new(),
        line: 0,
        most: width as usize * height as usize,
    };
    let settings = DecodeSettings {
        columns,
        rows: height,
        end_of_block: flag(b"EndOfBlock", true),
        end_of_line: flag(b"EndOfLine", false),
        rows_are_byte_aligned: flag(b"EncodedByteAlign", false),
        encoding,
        invert_black: false,
    };
    // What was decoded before damage is kept; the rest of the page stays white and its lines are simply not there.
    let whole = hayro_ccitt::decode(bytes, &mut lines, &mut DecoderContext::new(settings)).is_ok();
    if !whole && lines.line * 2 < height as usize {
        return Err(ReadError::DamagedPicture);
    }
    lines.pixels.resize(lines.most, 255);
    // The PDF's samples say 1 for black where this is set; then white was meant by what now is black.
    let picture = Picture::new(width, height, lines.pixels)?;
    Ok(if flag(b"BlackIs1", false) {
        picture.inverted()
    } else {
        picture
    })
}

/// How samples become grey.
enum Colours {
    Grey,
    Rgb,
    Cmyk,
    Table(Vec<u8>),
}

impl Colours {
    fn samples(&self) -> usize {
        match self {
            Self::Grey | Self::Table(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// Samples that are packed or plain.
fn plain(
    document: &Document,
    stream: &Stream,
    width: u32,
    height: u32,
    mask: bool,
) -> Result<Picture, ReadError> {
    let get = |key: &[u8]| stream.dict.get_deref(key, document).ok();
    let bits = if mask {
        1
    } else {
        get(b"BitsPerComponent")
            .and_then(|o| o.as_i64().ok())
            .unwrap_or(8)
    };
    let bits = match bits {
        bits @ (1 | 2 | 4 | 8 | 16) => bits as usize,
        _ => return Err(ReadError::DamagedPicture),
    };
    let colours = match get(b"ColorSpace") {
        Some(space) if !mask => colours(document, space).ok_or(ReadError::PictureKind)?,
        _ => Colours::Grey,
    };
    let bytes = stream
        .get_plain_content_with_limit(limits::PICTURE_BYTES)
        .map_err(|_| ReadError::DamagedPicture)?;
    let across = (width as usize * colours.samples() * bits)
        .div_ceil(8)
        .max(1);
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for row in bytes.chunks(across).take(height as usize) {
        let sample = |at: usize| -> u32 {
            let bit = at * bits;
            let byte = u32::from(row.get(bit / 8).copied().unwrap_or(0));
            match bits {
                8 | 16 => byte,
                bits => (byte >> (8 - bits - bit % 8)) & ((1 << bits) - 1),
            }
        };
        let most = if bits >= 8 { 255 } else { (1 << bits) - 1 };
        let light = |at: usize| sample(at) * 255 / most;
        for x in 0..width as usize {
            let at = x * colours.samples();
            let grey = match &colours {
                Colours::Grey => light(at),
                Colours::Rgb => (light(at) * 30 + light(at + 1) * 59 + light(at + 2) * 11) / 100,
                Colours::Cmyk => {
                    let ink = (light(at) * 30 + light(at + 1) * 59 + light(at + 2) * 11) / 100;
                    255_u32.saturating_sub(ink + light(at + 3))
                }
                Colours::Table(table) => {
                    u32::from(table.get(sample(at) as usize).copied().unwrap_or(255))
                }
            };
            pixels.push(u8::try_from(grey).unwrap_or(255));
        }
    }
    // A picture cut off in the middle keeps its upper part.
    if pixels.is_empty() {
        return Err(ReadError::DamagedPicture);
    }
    pixels.resize(width as usize * height as usize, 255);
    Picture::new(width, height, pixels)
}

fn colours(document: &Document, space: &Object) -> Option<Colours> {
    match space {
        Object::Name(name) => Some(match name.as_slice() {
            b"DeviceGray" | b"CalGray" | b"G" => Colours::Grey,
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Colours::Rgb,
            b"DeviceCMYK" | b"CMYK" => Colours::Cmyk,
            _ => return None,
        }),
        Object::Array(list) => {
            let part = |at: usize| Some(document.dereference(list.get(at)?).ok()?.1);
            match part(0)?.as_name().ok()? {
                b"ICCBased" => {
                    let profile = part(1)?.as_stream().ok()?;
                    match profile.dict.get_deref(b"N", document).ok()?.as_i64().ok()? {
                        1 => Some(Colours::Grey),
                        3 => Some(Colours::Rgb),
                        4 => Some(Colours::Cmyk),
                        _ => None,
                    }
                }
                b"Indexed" | b"I" => {
                    let base = match part(1)? {
                        Object::Array(inner) if inner.first()?.as_name().ok()? == b"Indexed" => {
                            return None;
                        }
                        base => colours(document, base)?,
                    };
                    let table = match part(3)? {
                        Object::String(bytes, _) => bytes.clone(),
                        Object::Stream(stream) => {
                            stream.get_plain_content_with_limit(1 << 16).ok()?
                        }
                        _ => return None,
                    };
                    let greys = table
                        .chunks_exact(base.samples())
                        .map(|colour| match colour {
                            [r, g, b] => {
                                let sum =
                                    u32::from(*r) * 30 + u32::from(*g) * 59 + u32::from(*b) * 11;
                                u8::try_from(sum / 100).unwrap_or(255)
                            }
                            [grey, ..] => *grey,
                            [] => 255,
                        });
                    Some(Colours::Table(greys.collect()))
                }
                b"CalGray" => Some(Colours::Grey),
                b"CalRGB" => Some(Colours::Rgb),
                _ => None,
            }
        }
        _ => None,
    }
}
