//! A page's picture: grey pixels, decoded within limits and made ready for the recognition of letters.
//!
//! The way of the pixels: [`decode`] opens a file of pixels (`crate::pdf` those within a PDF); [`light`] evens the light of a photograph,
//! [`letters`] measures how high the capitals are and whether the page lies on its side, [`grain`] takes noise away, [`tilt`] measures by how much
//! the page leans, and [`Picture::ready`] puts them together. [`strips`] finds the rows of ink on a page that is ready.

mod decode;
mod grain;
mod letters;
mod light;
mod shape;
mod strips;
mod tilt;

use crate::{ReadError, limits};
pub(crate) use decode::{decode, jpeg};
pub(crate) use letters::SMALL;
pub(crate) use strips::{Kind, Strip, strips};

/// A picture of one page: one byte a pixel, from black (0) to white (255).
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// The pixels are a client's data: their number is all that is told.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

/// A picture that is ready for the recognition of letters.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    /// Upright but perhaps upside down, evenly lit, its capitals some [`letters::BEST`] pixels high.
    pub(crate) picture: Picture,
    /// How high the capitals were before, in pixels.
    pub(crate) capitals: u32,
}

impl Picture {
    /// A picture of these pixels, row by row.
    ///
    /// # Errors
    /// There are none, more than the limit, or not as many as the sides say.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, ReadError> {
        within(width, height)?;
        if pixels.len() != width as usize * height as usize {
            return Err(ReadError::DamagedPicture);
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// An all-white picture.
    pub(crate) fn blank(width: u32, height: u32) -> Result<Self, ReadError> {
        within(width, height)?;
        Ok(Self {
            width,
            height,
            pixels: vec![255; width as usize * height as usize],
        })
    }

    /// Pixels from left to right.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The rows from top to bottom.
    pub(crate) fn rows(&self) -> std::slice::ChunksExact<'_, u8> {
        self.pixels.chunks_exact(self.width.max(1) as usize)
    }

    /// A pixel; white outside the picture.
    pub(crate) fn at(&self, x: i64, y: i64) -> u8 {
        let inside =
            (0..i64::from(self.width)).contains(&x) && (0..i64::from(self.height)).contains(&y);
        if !inside {
            return 255;
        }
        let place = y * i64::from(self.width) + x;
        usize::try_from(place)
            .ok()
            .and_then(|place| self.pixels.get(place))
            .copied()
            .unwrap_or(255)
    }

    /// The picture as a file of plain pixels (portable grey map), the simplest that every engine reads.
    #[must_use]
    pub fn pgm(&self) -> Vec<u8> {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        bytes.extend_from_slice(&self.pixels);
        bytes
    }

    /// The picture as a PNG, made anew: what the window shows was never a foreign file.
    ///
    /// # Errors
    /// The encoder failed.
    pub fn png(&self) -> Result<Vec<u8>, ReadError> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::write_buffer_with_format(
            &mut bytes,
            &self.pixels,
            self.width,
            self.height,
            image::ExtendedColorType::L8,
            image::ImageFormat::Png,
        )
        .map_err(|_| ReadError::DamagedPicture)?;
        Ok(bytes.into_inner())
    }

    /// Evens the light, turns the page upright and brings its letters to the size that is read best.
    ///
    /// # Errors
    /// There are no letters, or they are too small to be read.
    pub(crate) fn ready(self) -> Result<Ready, ReadError> {
        let mut picture = self;
        light::even(&mut picture);
        if letters::run_down(&picture) {
            picture = picture.quarter_turned();
        }
        let mut capitals = letters::height(&picture).ok_or(ReadError::NoLetters)?;
        // Letters larger than they need be are made smaller by whole pixels first: less to look at in every later step.
        let by = capitals / letters::BEST;
        if by >= 2 {
            picture = picture.shrunk(by);
            capitals /= by;
        }
        if capitals < letters::LEAST {
            return Err(ReadError::SmallLetters {
                pixels: capitals,
                least: letters::LEAST,
            });
        }
        grain::smooth(&mut picture);
        let angle = tilt::angle(&picture);
        let scale = f64::from(letters::BEST) / f64::from(capitals);
        // Close to the best size the pixels stay as they are: every change blurs.
        let scale = if (0.8..=1.6).contains(&scale) {
            1.0
        } else {
            scale
        };
        let mut picture = picture.straightened(angle, scale)?;
        grain::bleach(&mut picture);
        Ok(Ready { picture, capitals })
    }
}

/// Refuses sides that no page has.
pub(crate) fn within(width: u32, height: u32) -> Result<(), ReadError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(ReadError::DamagedPicture);
    }
    if pixels > limits::PIXELS {
        return Err(ReadError::HugePicture {
            limit: limits::PIXELS / 1_000_000,
        });
    }
    Ok(())
}
