//! Evening the light: a photograph's shadows would otherwise be read as ink.

use super::Picture;

/// Pixels of a block within which the paper's brightness is taken as one.
const BLOCK: u32 = 32;

/// Divides every pixel by the brightness of the paper round it. Ink that is faint everywhere becomes darker; white paper stays.
pub(super) fn even(picture: &mut Picture) {
    let paper = paper(picture);
    let (columns, rows) = (paper.width, paper.height);
    let width = picture.width.max(1) as usize;
    // A clean scan has white paper everywhere: nothing to even.
    if paper.pixels.iter().all(|light| *light >= 250) {
        return;
    }
    let weights: Vec<(usize, usize, u32)> =
        (0..picture.width).map(|x| between(x, columns)).collect();
    for (y, row) in (0_u32..).zip(picture.pixels.chunks_exact_mut(width)) {
        let (top, bottom, v) = between(y, rows);
        let line = |at: usize| {
            let start = at * columns as usize;
            paper
                .pixels
                .get(start..start + columns as usize)
                .unwrap_or_default()
        };
        let (upper, lower) = (line(top), line(bottom));
        for (pixel, (left, right, u)) in row.iter_mut().zip(&weights) {
            let get = |line: &[u8], at: usize| u32::from(line.get(at).copied().unwrap_or(255));
            let mix = |a: u32, b: u32, t: u32| (a * (BLOCK - t) + b * t) / BLOCK;
            let light = mix(
                mix(get(upper, *left), get(upper, *right), *u),
                mix(get(lower, *left), get(lower, *right), *u),
                v,
            )
            .max(32);
            *pixel = u8::try_from((u32::from(*pixel) * 255 / light).min(255)).unwrap_or(255);
        }
    }
}

/// Between which two block centres a pixel lies, and how far towards the second, of [`BLOCK`].
fn between(place: u32, blocks: u32) -> (usize, usize, u32) {
    let shifted = place.saturating_sub(BLOCK / 2);
    let first = (shifted / BLOCK).min(blocks.saturating_sub(1));
    let second = (first + 1).min(blocks.saturating_sub(1));
    (first as usize, second as usize, shifted % BLOCK)
}

/// The paper's brightness, a pixel a block: nearly the brightest of it, spread over its neighbours so that a block full of ink does not count.
fn paper(picture: &Picture) -> Picture {
    let (columns, rows) = (
        picture.width.div_ceil(BLOCK).max(1),
        picture.height.div_ceil(BLOCK).max(1),
    );
    let mut blocks = Vec::with_capacity(columns as usize * rows as usize);
    let step = BLOCK as usize;
    for row in 0..rows as usize {
        for column in 0..columns as usize {
            let mut counts = [0_u32; 256];
            let mut all = 0_u32;
            for line in picture.rows().skip(row * step).take(step).step_by(2) {
                for pixel in line.iter().skip(column * step).take(step).step_by(2) {
                    if let Some(count) = counts.get_mut(usize::from(*pixel)) {
                        *count += 1;
                        all += 1;
                    }
                }
            }
            // The brightest tenth is paper, also between letters.
            let mut left = all / 10_u32;
            let light = (0..=255_u8).rev().find(|light| {
                let count = counts.get(usize::from(*light)).copied().unwrap_or(0);
                left = left.saturating_sub(count);
                left == 0 && count > 0
            });
            blocks.push(light.unwrap_or(255));
        }
    }
    let paper = Picture {
        width: columns,
        height: rows,
        pixels: blocks,
    };
    smooth(&paper, |around| around.iter().copied().max().unwrap_or(255))
}

/// Each pixel from its nine neighbours; outside counts as the pixel itself.
fn smooth(picture: &Picture, of: impl Fn(&[u8]) -> u8) -> Picture {
    let (width, height) = (i64::from(picture.width), i64::from(picture.height));
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for y in 0..height {
        for x in 0..width {
            let around: Vec<u8> = (-1..=1)
                .flat_map(|dy| (-1..=1).map(move |dx| (x + dx, y + dy)))
                .filter(|(x, y)| (0..width).contains(x) && (0..height).contains(y))
                .map(|(x, y)| picture.at(x, y))
                .collect();
            pixels.push(of(&around));
        }
    }
    Picture {
        width: picture.width,
        height: picture.height,
        pixels,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadow_goes_and_ink_stays() {
        // Paper that darkens from left to right, a dark bar across it.
        let (width, height) = (640_u32, 320_u32);
        let mut pixels = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let paper = 240 - x * 140 / width;
                let ink = (150..160).contains(&y);
                pixels.push(u8::try_from(if ink { paper / 4 } else { paper }).unwrap());
            }
        }
        let mut picture = Picture::new(width, height, pixels).unwrap();
        even(&mut picture);
        for x in [20, 200, 400, 600] {
            assert!(
                picture.at(x, 60) > 225,
                "paper at {x}: {}",
                picture.at(x, 60)
            );
            assert!(
                picture.at(x, 155) < 90,
                "ink at {x}: {}",
                picture.at(x, 155)
            );
        }
    }

    #[test]
    fn white_paper_is_left_alone() {
        let mut pixels = vec![255; 64 * 64];
        pixels[2000] = 0;
        let mut picture = Picture::new(64, 64, pixels).unwrap();
        let before = picture.clone();
        even(&mut picture);
        assert_eq!(picture, before);
    }
}
