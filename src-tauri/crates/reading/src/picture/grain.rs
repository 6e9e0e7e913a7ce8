//! Grain: the noise that scanners and telephones leave on the paper, which engines take for dots, colons and parts of letters, and on a page
//! of few lines for a page full of them.

use super::Picture;

/// Neighbours on the paper that differ by as much as this at the median make grain; a clean scan has none, a good telephone picture less.
const GRAIN: usize = 8;
/// Pixels brighter than this are paper.
const PAPER: u8 = 150;

/// Smooths a picture that has grain; any other stays as it is, since smoothing takes from thin strokes too.
pub(super) fn smooth(picture: &mut Picture) {
    if grain(picture) >= GRAIN {
        blur(picture);
    }
}

/// By how much neighbours on the paper differ, at the median.
fn grain(picture: &Picture) -> usize {
    let mut differences = [0_usize; 256];
    for row in picture.rows().step_by(3) {
        for (a, b) in row.iter().zip(row.iter().skip(1)) {
            if *a > PAPER
                && *b > PAPER
                && let Some(count) = differences.get_mut(usize::from(a.abs_diff(*b)))
            {
                *count += 1;
            }
        }
    }
    let mut left = differences.iter().sum::<usize>() / 2;
    differences
        .iter()
        .position(|count| {
            let reached = *count > left;
            left = left.saturating_sub(*count);
            reached
        })
        .unwrap_or(0)
}

/// Makes paper white. An engine looks for the level that parts ink from paper: on a page with little ink it finds it amid the grain, and
/// reads for half a minute what is not there.
pub(super) fn bleach(picture: &mut Picture) {
    let mut levels = [0_usize; 256];
    for pixel in picture.pixels.iter().filter(|pixel| **pixel > PAPER) {
        if let Some(count) = levels.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    let all: usize = levels.iter().sum();
    // The level that so many hundredths of the paper lie below.
    let below = |hundredths: usize| {
        let mut left = all * hundredths / 100;
        let level = levels.iter().position(|count| {
            let reached = *count > left;
            left = left.saturating_sub(*count);
            reached
        });
        level
            .and_then(|level| u8::try_from(level).ok())
            .unwrap_or(255)
    };
    // Three times what a sixth of it deviates by: of noise hardly a pixel is left, and paper without any stays as it is.
    let (middle, low) = (below(50), below(16));
    let white = middle
        .saturating_sub(3 * middle.saturating_sub(low).min(80))
        .max(PAPER + 20);
    for pixel in picture.pixels.iter_mut().filter(|pixel| **pixel >= white) {
        *pixel = 255;
    }
}

/// Each pixel becomes the mean of itself and its neighbours, the nearer counting more (1 2 1 across, then 1 2 1 down).
fn blur(picture: &mut Picture) {
    let width = picture.width.max(1) as usize;
    let mean = |a: u8, b: u8, c: u8| {
        // A mean of bytes is a byte.
        u8::try_from((u32::from(a) + 2 * u32::from(b) + u32::from(c) + 2) / 4).unwrap_or(255)
    };
    for row in picture.pixels.chunks_exact_mut(width) {
        let mut before = row.first().copied().unwrap_or(255);
        for x in 0..row.len() {
            let (here, after) = (
                row.get(x).copied().unwrap_or(255),
                row.get(x + 1).or(row.last()).copied().unwrap_or(255),
            );
            if let Some(pixel) = row.get_mut(x) {
                *pixel = mean(before, here, after);
            }
            before = here;
        }
    }
    let mut above: Vec<u8> = picture.pixels.iter().take(width).copied().collect();
    for start in (0..picture.pixels.len()).step_by(width) {
        let Some((row, below)) = picture
            .pixels
            .get_mut(start..)
            .and_then(|rest| rest.split_at_mut_checked(width))
        else {
            break;
        };
        for (x, (pixel, above)) in row.iter_mut().zip(&mut above).enumerate() {
            let here = *pixel;
            let under = below.get(x).copied().unwrap_or(here);
            *pixel = mean(*above, here, under);
            *above = here;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paper with a dark bar; every pixel differs from its neighbours by as much as `grain`.
    fn paper(grain: u8) -> Picture {
        let pixels = (0..40 * 40_u32)
            .map(|n| {
                let light = if (16..24).contains(&(n / 40)) {
                    30
                } else {
                    220
                };
                light + if (n + n / 40) % 2 == 0 { grain } else { 0 }
            })
            .collect();
        Picture::new(40, 40, pixels).unwrap()
    }

    #[test]
    fn grain_goes_and_strokes_stay() {
        let mut picture = paper(30);
        smooth(&mut picture);
        assert!(grain(&picture) < GRAIN);
        assert_eq!((picture.at(20, 5), picture.at(20, 20)), (235, 45));
        // At the edge a pixel is its own neighbour.
        assert_eq!((picture.at(0, 0), picture.at(39, 39)), (239, 239));
    }

    #[test]
    fn a_clean_page_is_left_alone() {
        let mut picture = paper(4);
        smooth(&mut picture);
        assert_eq!(picture, paper(4));
    }

    #[test]
    fn paper_becomes_white_and_ink_keeps_its_edges() {
        let mut picture = paper(30);
        bleach(&mut picture);
        assert_eq!((picture.at(20, 5), picture.at(21, 5)), (255, 255));
        assert_eq!((picture.at(20, 20), picture.at(21, 20)), (60, 30));
        // Paper without grain: the grey at the edge of a stroke stays.
        let mut picture = paper(0);
        picture.pixels[15 * 40 + 20] = 215;
        bleach(&mut picture);
        assert_eq!(picture.at(20, 15), 215);
        // A photograph of shadow alone is not made white altogether.
        let mut dark = Picture::new(10, 10, vec![120; 100]).unwrap();
        bleach(&mut dark);
        assert_eq!(dark.at(5, 5), 120);
    }
}
