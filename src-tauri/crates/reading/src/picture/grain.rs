//! Grain: the noise that scanners and telephones leave on the paper, which engines take for dots, colons and parts of letters.

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
}
