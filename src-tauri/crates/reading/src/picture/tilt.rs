//! By how much a page leans.

use super::Picture;
use super::letters::INK;

/// Leaning further than this is no scan and hardly a photograph, in degrees.
const MOST: f64 = 6.0;
/// Leaning less than this is not worth the blur of turning back, in degrees.
const LEAST: f64 = 0.15;
/// Pixels of ink that are looked at.
const POINTS: usize = 60_000;

/// How far the lines lean, in radians; positive where they fall to the right.
pub(super) fn angle(picture: &Picture) -> f64 {
    let points = points(picture);
    let best = |from: f64, to: f64, step: f64| {
        let steps = ((to - from) / step).round() as i32;
        (0..=steps)
            .map(|n| from + f64::from(n) * step)
            .map(|degrees| (degrees, sharpness(&points, degrees)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map_or(0.0, |(degrees, _)| degrees)
    };
    let coarse = best(-MOST, MOST, 0.5);
    let fine = best(coarse - 0.5, coarse + 0.5, 0.05);
    if fine.abs() < LEAST {
        0.0
    } else {
        fine.to_radians()
    }
}

/// Places of ink, the same number from a small page as from a large one, in units that make a page some 1000 high.
fn points(picture: &Picture) -> Vec<(f64, f64)> {
    let unit = f64::from(picture.width().max(picture.height())) / 1000.0;
    let ink = picture
        .pixels()
        .iter()
        .filter(|pixel| **pixel < INK)
        .count();
    let every = (ink / POINTS).max(1) as u64;
    let mut seen = 1_u64;
    let mut points = Vec::with_capacity(POINTS.min(ink) + 1);
    for (y, row) in (0_u32..).zip(picture.rows()) {
        for (x, pixel) in (0_u32..).zip(row) {
            if *pixel < INK {
                // Taken by chance that is the same every time: every so many would follow the strokes of the letters.
                seen = seen
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                if (seen >> 33).is_multiple_of(every) {
                    points.push((f64::from(x) / unit, f64::from(y) / unit));
                }
            }
        }
    }
    points
}

/// How much ink gathers in rows when the page is turned back by so many degrees.
fn sharpness(points: &[(f64, f64)], degrees: f64) -> f64 {
    let (sin, cos) = degrees.to_radians().sin_cos();
    // A bin a unit; the page's diagonal bounds them. A point counts for the two bins it lies between: the pixels' own grid would
    // otherwise show as rows.
    let mut bins = vec![0.0_f64; 3_000];
    for (x, y) in points {
        let place = (y * cos - x * sin + 1000.0).max(0.0);
        let part = place.fract();
        for (offset, weight) in [(0, 1.0 - part), (1, part)] {
            if let Some(bin) = bins.get_mut(place as usize + offset) {
                *bin += weight;
            }
        }
    }
    // Steps, not heights: a page whose left half is fuller than its right has heights in every direction, but steps only at lines.
    bins.iter()
        .zip(bins.iter().skip(2))
        .map(|(a, b)| (a - b) * (a - b))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of dashes, leaning by so many degrees.
    fn lines(degrees: f64) -> Picture {
        let mut pixels = vec![255; 900 * 1100];
        let (sin, cos) = degrees.to_radians().sin_cos();
        for line in 0..30 {
            for x in 0..800 {
                if (x + line * line * 7) % 17 < 5 {
                    continue;
                }
                for thick in 0..12 {
                    let (u, v) = (f64::from(x) - 400.0, f64::from(line * 34 + thick) - 500.0);
                    let (px, py) = (u * cos - v * sin + 450.0, u * sin + v * cos + 550.0);
                    let at = (py.round() * 900.0 + px.round()) as usize;
                    if let Some(pixel) = pixels.get_mut(at) {
                        *pixel = 0;
                    }
                }
            }
        }
        Picture::new(900, 1100, pixels).unwrap()
    }

    #[test]
    fn a_lean_is_measured_to_a_tenth_of_a_degree() {
        for degrees in [-3.0, -1.0, 0.0, 0.4, 1.0, 2.7] {
            let found = angle(&lines(degrees)).to_degrees();
            assert!((found - degrees).abs() <= 0.11, "{degrees}: {found}");
        }
    }
}
