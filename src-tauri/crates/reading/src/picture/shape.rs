//! Turning, shrinking and straightening pictures.

use super::Picture;
use crate::ReadError;

impl Picture {
    /// Every `by` times `by` pixels become their mean.
    pub(super) fn shrunk(&self, by: u32) -> Self {
        let by = by.max(1);
        let (width, height) = ((self.width / by).max(1), (self.height / by).max(1));
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        let step = by as usize;
        for y in 0..height as usize {
            for x in 0..width as usize {
                let (mut sum, mut all) = (0_u32, 0_u32);
                for row in self.rows().skip(y * step).take(step) {
                    for pixel in row.iter().skip(x * step).take(step) {
                        sum += u32::from(*pixel);
                        all += 1;
                    }
                }
                // A mean of bytes is a byte.
                pixels.push(u8::try_from(sum / all.max(1)).unwrap_or(255));
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Turned clockwise by a quarter.
    pub(crate) fn quarter_turned(&self) -> Self {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut pixels = vec![255; self.pixels.len()];
        for (y, row) in self.rows().enumerate() {
            for (x, pixel) in row.iter().enumerate() {
                if let Some(place) = pixels.get_mut(x * height + (height - 1 - y)) {
                    *place = *pixel;
                }
            }
        }
        debug_assert_eq!(pixels.len(), width * height);
        Self {
            width: self.height,
            height: self.width,
            pixels,
        }
    }

    /// Black for white.
    pub(crate) fn inverted(mut self) -> Self {
        for pixel in &mut self.pixels {
            *pixel = 255 - *pixel;
        }
        self
    }

    /// Draws a picture into a frame (left, top, right, bottom), the darker of both staying where `mask` is set.
    pub(crate) fn draw(&mut self, other: &Self, frame: [f64; 4], mask: bool) {
        let [left, top, right, bottom] = frame;
        let (across, down) = ((right - left).max(1.0), (bottom - top).max(1.0));
        let width = self.width.max(1) as usize;
        for (y, row) in self.pixels.chunks_exact_mut(width).enumerate() {
            let v = (y as f64 + 0.5 - top) / down;
            if !(0.0..1.0).contains(&v) {
                continue;
            }
            for (x, pixel) in row.iter_mut().enumerate() {
                let u = (x as f64 + 0.5 - left) / across;
                if !(0.0..1.0).contains(&u) {
                    continue;
                }
                // Both lie within the other picture: the fractions are below one.
                let from = other.at(
                    (u * f64::from(other.width)) as i64,
                    (v * f64::from(other.height)) as i64,
                );
                *pixel = if mask { from.min(*pixel) } else { from };
            }
        }
    }

    /// A part of it: from left and top to right and bottom, which lie just outside.
    ///
    /// # Errors
    /// There is no pixel in it.
    pub(crate) fn part(&self, [left, top, right, bottom]: [u32; 4]) -> Result<Self, ReadError> {
        let (right, bottom) = (right.min(self.width), bottom.min(self.height));
        let columns = left.min(right) as usize..right as usize;
        let rows = self.rows().take(bottom as usize).skip(top as usize);
        let pixels: Vec<u8> = rows
            .filter_map(|row| row.get(columns.clone()))
            .flatten()
            .copied()
            .collect();
        Self::new(
            right.saturating_sub(left),
            bottom.saturating_sub(top),
            pixels,
        )
    }

    /// Turned upside down.
    pub(crate) fn half_turned(mut self) -> Self {
        self.pixels.reverse();
        self
    }

    /// Turned back by a small angle (radians, clockwise tilt is positive) and scaled, in one step: two would blur twice.
    pub(super) fn straightened(self, angle: f64, scale: f64) -> Result<Self, ReadError> {
        if angle == 0.0 && scale == 1.0 {
            return Ok(self);
        }
        let side = |length: u32| (f64::from(length) * scale).round().max(1.0) as u32;
        let (width, height) = (side(self.width), side(self.height));
        super::within(width, height)?;
        // A page much larger than its letters need is first made smaller, or the steps between pixels would skip strokes.
        let (sin, cos) = angle.sin_cos();
        let (cx, cy) = (f64::from(self.width) / 2.0, f64::from(self.height) / 2.0);
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        // How many samples one new pixel covers when shrinking.
        let samples = if scale < 0.75 { 2_u32 } else { 1 };
        for y in 0..height {
            for x in 0..width {
                let mut sum = 0.0;
                for part in 0..samples * samples {
                    let offset = |part: u32| (f64::from(part) + 0.5) / f64::from(samples) - 0.5;
                    let u = (f64::from(x) + 0.5 + offset(part % samples)) / scale - cx;
                    let v = (f64::from(y) + 0.5 + offset(part / samples)) / scale - cy;
                    sum += self.between(u * cos - v * sin + cx - 0.5, u * sin + v * cos + cy - 0.5);
                }
                let mean = sum / f64::from(samples * samples);
                pixels.push(mean.round().clamp(0.0, 255.0) as u8);
            }
        }
        Self::new(width, height, pixels)
    }

    /// The light between four pixels.
    fn between(&self, x: f64, y: f64) -> f64 {
        let (left, top) = (x.floor(), y.floor());
        let (u, v) = (x - left, y - top);
        // The picture's sides bound both; beyond them `at` gives white.
        let (left, top) = (left as i64, top as i64);
        let at = |dx, dy| f64::from(self.at(left + dx, top + dy));
        (at(0, 0) * (1.0 - u) + at(1, 0) * u) * (1.0 - v)
            + (at(0, 1) * (1.0 - u) + at(1, 1) * u) * v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Picture {
        Picture::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap()
    }

    #[test]
    fn four_quarter_turns_are_none() {
        let turned = small().quarter_turned();
        assert_eq!((turned.width, turned.height), (2, 3));
        assert_eq!(turned.pixels, [4, 1, 5, 2, 6, 3]);
        let round = turned.quarter_turned().quarter_turned().quarter_turned();
        assert_eq!(round, small());
        assert_eq!(small().half_turned().half_turned(), small());
    }

    #[test]
    fn shrinking_takes_means() {
        let picture = Picture::new(4, 2, vec![0, 100, 10, 10, 100, 200, 10, 10]).unwrap();
        assert_eq!(picture.shrunk(2).pixels, [100, 10]);
    }

    #[test]
    fn no_tilt_and_no_scale_change_nothing() {
        assert_eq!(small().straightened(0.0, 1.0).unwrap(), small());
        let twice = small().straightened(0.0, 2.0).unwrap();
        assert_eq!((twice.width, twice.height), (6, 4));
    }
}
