//! Pages of made-up sheets as a scanner or a telephone would give them.
#![allow(dead_code, reason = "each test program uses its own part")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy knows only test functions as tests"
)]

use std::io::Write;
use std::process::{Command, Stdio};

use lopdf::{Document, Object, Stream, dictionary};
use reading::Picture;

/// Whether pages can be drawn here: poppler's program.
pub(crate) fn can_draw() -> bool {
    Command::new("pdftoppm")
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// The pages of a PDF in grey, at so many dots an inch.
pub(crate) fn draw(pdf: &[u8], dpi: u32) -> Vec<Picture> {
    let mut child = Command::new("pdftoppm")
        .args(["-gray", "-r", &dpi.to_string(), "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let out = child.wait_with_output().unwrap().stdout;
    writer.join().unwrap().unwrap();
    let (mut pictures, mut rest) = (Vec::new(), out.as_slice());
    while !rest.is_empty() {
        let mut numbers = Vec::new();
        let mut at = 2;
        while numbers.len() < 3 {
            while rest[at].is_ascii_whitespace() {
                at += 1;
            }
            let start = at;
            while rest[at].is_ascii_digit() {
                at += 1;
            }
            numbers.push(
                std::str::from_utf8(&rest[start..at])
                    .unwrap()
                    .parse::<u32>()
                    .unwrap(),
            );
        }
        let size = (numbers[0] * numbers[1]) as usize;
        pictures.push(
            Picture::new(numbers[0], numbers[1], rest[at + 1..at + 1 + size].to_vec()).unwrap(),
        );
        rest = &rest[at + 1 + size..];
    }
    pictures
}

/// A number that follows from the one before: noise that is the same on every machine.
pub(crate) fn next(seed: &mut u64) -> u32 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    u32::try_from(*seed >> 40).unwrap()
}

/// Leaning by so many degrees, with grain in ink and paper.
pub(crate) fn worn(picture: &Picture, degrees: f64, grain: u32, seed: u64) -> Picture {
    let (width, height) = (picture.width(), picture.height());
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    let mut seed = seed;
    let mut pixels = Vec::with_capacity((width * height) as usize);
    let light = |x: f64, y: f64| -> f64 {
        if x < 0.0 || y < 0.0 || x >= f64::from(width) || y >= f64::from(height) {
            return 255.0;
        }
        f64::from(picture.pixels()[(y as u32 * width + x as u32) as usize])
    };
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (f64::from(x) - cx, f64::from(y) - cy);
            let (sx, sy) = (u * cos + v * sin + cx, -u * sin + v * cos + cy);
            let (fx, fy) = (sx - sx.floor(), sy - sy.floor());
            let (a, b) = (light(sx, sy), light(sx + 1.0, sy));
            let (c, d) = (light(sx, sy + 1.0), light(sx + 1.0, sy + 1.0));
            let mean = (a * (1.0 - fx) + b * fx) * (1.0 - fy) + (c * (1.0 - fx) + d * fx) * fy;
            let noise = if grain == 0 {
                0.0
            } else {
                f64::from(next(&mut seed) % (2 * grain)) - f64::from(grain)
            };
            pixels.push((mean * 0.85 + 20.0 + noise).clamp(0.0, 255.0) as u8);
        }
    }
    Picture::new(width, height, pixels).unwrap()
}

/// Turned clockwise by so many quarters.
pub(crate) fn turned(picture: &Picture, quarters: u32) -> Picture {
    let mut picture = picture.clone();
    for _ in 0..quarters {
        let (w, h) = (picture.width() as usize, picture.height() as usize);
        let mut pixels = vec![255; w * h];
        for y in 0..h {
            for x in 0..w {
                pixels[x * h + (h - 1 - y)] = picture.pixels()[y * w + x];
            }
        }
        picture = Picture::new(picture.height(), picture.width(), pixels).unwrap();
    }
    picture
}

/// A file of pixels of another kind.
pub(crate) fn file(picture: &Picture, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::write_buffer_with_format(
        &mut bytes,
        picture.pixels(),
        picture.width(),
        picture.height(),
        image::ExtendedColorType::L8,
        format,
    )
    .unwrap();
    bytes.into_inner()
}

/// How a scanner packs a page into a PDF.
#[derive(Clone, Copy)]
pub(crate) enum Packed {
    Flate,
    Jpeg,
    /// One bit a pixel, in strips.
    Strips,
}

/// A PDF of scanned pages.
pub(crate) fn pdf(pages: &[(&Picture, Packed)]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages_id = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for (picture, packed) in pages {
        let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
        let mut names = lopdf::Dictionary::new();
        let mut content = String::new();
        let mut add = |document: &mut Document, stream: Stream, place: String| {
            let name = format!("Im{}", names.len());
            let id = document.add_object(stream);
            content.push_str(&format!("q {place} cm /{name} Do Q\n"));
            names.set(name, id);
        };
        let image = |width: i64, height: i64, bits: i64| {
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height, "ColorSpace" => "DeviceGray", "BitsPerComponent" => bits }
        };
        match packed {
            Packed::Flate => {
                let mut stream = Stream::new(image(width, height, 8), picture.pixels().to_vec());
                stream.compress().unwrap();
                add(&mut document, stream, "612 0 0 792 0 0".into());
            }
            Packed::Jpeg => {
                let mut dict = image(width, height, 8);
                dict.set("Filter", "DCTDecode");
                add(
                    &mut document,
                    Stream::new(dict, file(picture, image::ImageFormat::Jpeg)),
                    "612 0 0 792 0 0".into(),
                );
            }
            Packed::Strips => {
                let (w, high) = (picture.width() as usize, 200);
                for (at, strip) in picture.pixels().chunks(w * high).enumerate() {
                    let rows = strip.len() / w;
                    let mut bits = Vec::new();
                    for row in strip.chunks(w) {
                        for eight in row.chunks(8) {
                            let mut byte = 0_u8;
                            for (n, pixel) in eight.iter().enumerate() {
                                byte |= u8::from(*pixel >= 128) << (7 - n);
                            }
                            bits.push(byte);
                        }
                    }
                    let mut stream =
                        Stream::new(image(width, i64::try_from(rows).unwrap(), 1), bits);
                    stream.compress().unwrap();
                    let points = 792.0 / f64::from(picture.height());
                    let (tall, below) = (
                        rows as f64 * points,
                        792.0 - (at * high + rows) as f64 * points,
                    );
                    add(&mut document, stream, format!("612 0 0 {tall} 0 {below}"));
                }
            }
        }
        let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages_id, "Contents" => content,
            "Resources" => dictionary! { "XObject" => names },
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        });
        kids.push(page.into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(
        pages_id,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
