//! From pieces of text with their place on the page to rows of text.

/// A piece of text where it stands: points from the left and from the bottom of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// The direction in which it runs: degrees against the clock, none from left to right.
    pub(super) turn: f64,
    pub(super) text: String,
}

/// A page's rows, and what is to be known of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Laid {
    /// From top to bottom, the left column before the right.
    pub(super) rows: Vec<String>,
    /// Letters that run in another direction than the page were left out.
    pub(super) left_out: bool,
    /// The order of its pieces is not understood.
    pub(super) unclear: bool,
}

/// A page's pieces as rows: turned upright, and column by column.
pub(super) fn lay(mut runs: Vec<Run>) -> Laid {
    runs.retain(|run| {
        [run.x, run.y, run.width, run.height, run.turn]
            .iter()
            .all(|n| n.is_finite())
    });
    runs.retain(|run| !run.text.is_empty());
    let all = letters(&runs);
    let (runs, oblique) = upright(runs);
    let left_out = all > letters(&runs);
    let (columns, unclear) = columns(runs);
    Laid {
        rows: columns.into_iter().flat_map(rows).collect(),
        left_out,
        unclear: unclear || oblique,
    }
}

fn letters(runs: &[Run]) -> usize {
    let letters = |run: &Run| run.text.chars().filter(|c| c.is_alphanumeric()).count();
    runs.iter().map(letters).sum()
}

/// The pieces that run in the page's own direction, turned so that it is from left to right; and whether that direction is none of four.
fn upright(runs: Vec<Run>) -> (Vec<Run>, bool) {
    /// A crooked print still runs in the direction that it nearly has.
    const CROOKED: f64 = 10.0;
    let quarter = |run: &Run| {
        let turns = (run.turn / 90.0).round();
        ((run.turn - turns * 90.0).abs() <= CROOKED).then(|| turns.rem_euclid(4.0) as u8)
    };
    let mut weights = [0_usize; 4];
    let mut oblique = 0;
    for run in &runs {
        let own = letters(std::slice::from_ref(run));
        match quarter(run).and_then(|turn| weights.get_mut(usize::from(turn))) {
            Some(weight) => *weight += own,
            None => oblique += own,
        }
    }
    let most = weights.iter().copied().max().unwrap_or_default();
    if oblique > most {
        return (runs, true);
    }
    let direction = (0_u8..)
        .zip(weights)
        .find(|(_, weight)| *weight == most)
        .map_or(0, |(turn, _)| turn);
    let turned = runs
        .into_iter()
        .filter(|run| quarter(run) == Some(direction))
        .map(|run| {
            let (x, y) = match direction {
                1 => (run.y, -run.x),
                2 => (-run.x, -run.y),
                3 => (-run.y, run.x),
                _ => (run.x, run.y),
            };
            Run { x, y, ..run }
        });
    (turned.collect(), false)
}

/// Words that begin a line of a sheet, and hardly stand far in on one.
const BEGINS: [&str; 10] = [
    "CNT:",
    "*DISPO:",
    "DISPO:",
    "CONV STATUS:",
    "SEN:",
    "COURT:",
    "ARR/DET/CITE",
    "CUSTODY:",
    "* * * *",
    "- - - -",
];

/// The page's columns from left to right, each with its own pieces; and whether there seem to be some that cannot be told apart.
fn columns(runs: Vec<Run>) -> (Vec<Vec<Run>>, bool) {
    /// Letters from the left edge, from where on a line hardly begins.
    const FAR: f64 = 25.0;
    const FEWEST: usize = 3;
    let pitch = pitch(&runs);
    let left = runs.iter().map(|run| run.x).fold(f64::INFINITY, f64::min);
    let pieces = pieces(&runs, pitch);
    let far: Vec<&(f64, f64, String)> = pieces
        .iter()
        .filter(|(from, _, text)| {
            *from > left + FAR * pitch && BEGINS.iter().any(|word| text.starts_with(word))
        })
        .collect();
    let kinds = BEGINS
        .iter()
        .filter(|word| far.iter().any(|(_, _, text)| text.starts_with(**word)));
    if far.len() < FEWEST || kinds.count() < 2 {
        return (vec![runs], false);
    }
    let edge = far
        .iter()
        .map(|(from, _, _)| *from)
        .fold(f64::INFINITY, f64::min)
        - pitch * 1.5;
    if pieces
        .iter()
        .any(|(from, to, _)| *from < edge && *to > edge)
    {
        return (vec![runs], true);
    }
    let (first, second) = runs.into_iter().partition(|run| run.x < edge);
    // A third column would stand far in on the second.
    let (rest, unclear) = columns(second);
    (std::iter::once(first).chain(rest).collect(), unclear)
}

/// What stands together on a row: from where, to where, its words.
fn pieces(runs: &[Run], pitch: f64) -> Vec<(f64, f64, String)> {
    let mut sorted: Vec<&Run> = runs.iter().collect();
    sorted.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut pieces = Vec::new();
    for row in sorted.chunk_by(|a, b| a.y - b.y <= a.height.max(b.height) * 0.5) {
        let mut row = row.to_vec();
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        for piece in row.chunk_by(|a, b| b.x - (a.x + a.width) < pitch * 2.5) {
            let (Some(first), Some(last)) = (piece.first(), piece.last()) else {
                continue;
            };
            let mut text = String::new();
            let mut end = first.x;
            for run in piece {
                if run.x - end > pitch * 0.4 {
                    text.push(' ');
                }
                text.push_str(&run.text);
                end = run.x + run.width;
            }
            let blanks = text.chars().take_while(|c| *c == ' ').count();
            let words = text.trim().to_owned();
            if !words.is_empty() {
                pieces.push((first.x + pitch * blanks as f64, last.x + last.width, words));
            }
        }
    }
    pieces
}

/// The width of a letter.
fn pitch(runs: &[Run]) -> f64 {
    let characters: usize = runs.iter().map(|run| run.text.chars().count()).sum();
    let width: f64 = runs.iter().map(|run| run.width).sum();
    (width / characters.max(1) as f64).max(0.1)
}

/// More blanks than this between two pieces say nothing more.
const MAX_BLANKS: f64 = 120.0;

/// Rows from top to bottom; blanks stand for the distance between pieces, so columns and indents are kept.
fn rows(mut runs: Vec<Run>) -> Vec<String> {
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let pitch = pitch(&runs);
    let left = runs.iter().map(|run| run.x).fold(f64::INFINITY, f64::min);

    let mut rows = Vec::new();
    let mut row: Vec<Run> = Vec::new();
    for run in runs {
        // Half a letter's height apart is still the same row: subscripts, uneven baselines.
        if row
            .first()
            .is_some_and(|first| first.y - run.y > first.height.max(run.height) * 0.5)
        {
            rows.push(row_text(std::mem::take(&mut row), left, pitch));
        }
        row.push(run);
    }
    if !row.is_empty() {
        rows.push(row_text(row, left, pitch));
    }
    rows
}

fn row_text(mut row: Vec<Run>, left: f64, pitch: f64) -> String {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut text = String::new();
    let mut end = left;
    let mut last: Option<(f64, String)> = None;
    for run in row {
        // Bold is sometimes made by printing twice a hair apart.
        if last
            .as_ref()
            .is_some_and(|(x, text)| (run.x - x).abs() < pitch * 0.3 && *text == run.text)
        {
            continue;
        }
        let blanks = ((run.x - end) / pitch).round().clamp(0.0, MAX_BLANKS);
        let some = !text.is_empty() && run.x - end > pitch * 0.4;
        let blanks = if some { blanks.max(1.0) } else { blanks };
        // Both are checked above: finite, not negative, at most MAX_BLANKS.
        text.extend(std::iter::repeat_n(' ', blanks as usize));
        text.push_str(&run.text);
        end = run.x + run.width;
        last = Some((run.x, run.text));
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(x: f64, y: f64, text: &str) -> Run {
        Run {
            x,
            y,
            width: 6.0 * text.chars().count() as f64,
            height: 10.0,
            turn: 0.0,
            text: text.into(),
        }
    }

    fn rows(runs: Vec<Run>) -> Vec<String> {
        let laid = lay(runs);
        assert!(!laid.left_out && !laid.unclear);
        laid.rows
    }

    #[test]
    fn a_turned_page_is_read_in_its_own_direction() {
        for (turn, at) in [
            (90.0, [(100.0, 40.0), (112.0, 40.0)]),
            (180.0, [(500.0, 100.0), (500.0, 112.0)]),
            (-90.0, [(112.0, 700.0), (100.0, 700.0)]),
            (91.0, [(100.0, 40.0), (112.0, 40.0)]),
        ] {
            let turned = |(x, y): (f64, f64), text: &str| Run {
                turn,
                ..run(x, y, text)
            };
            let [first, second] = at;
            let runs = vec![turned(second, "CNT:01"), turned(first, "COURT:")];
            assert_eq!(rows(runs), ["COURT:", "CNT:01"], "{turn}");
        }
    }

    #[test]
    fn letters_across_the_page_are_left_out_and_told() {
        let across = Run {
            turn: 45.0,
            ..run(100.0, 700.0, "COPY")
        };
        let laid = lay(vec![run(72.0, 712.0, "CNT:01"), across.clone()]);
        assert_eq!(laid.rows, ["CNT:01"]);
        assert!(laid.left_out && !laid.unclear);
        assert!(lay(vec![across]).unclear);
    }

    #[test]
    fn columns_are_read_one_after_the_other_or_not_at_all() {
        let mut runs = Vec::new();
        for (at, x) in [(0, 40.0), (1, 340.0)] {
            for (line, text) in ["COURT:", "CNT:01", "*DISPO:X"].iter().enumerate() {
                runs.push(run(x, 700.0 - 12.0 * line as f64, &format!("{text}{at}")));
            }
        }
        assert_eq!(
            rows(runs.clone()),
            [
                "COURT:0",
                "CNT:010",
                "*DISPO:X0",
                "COURT:1",
                "CNT:011",
                "*DISPO:X1"
            ]
        );
        runs.push(run(40.0, 600.0, &"X".repeat(80)));
        assert!(lay(runs).unclear);
    }

    #[test]
    fn columns_and_indents_are_kept_and_rows_go_down() {
        let runs = vec![
            run(72.0, 700.0, "B"),
            run(72.0, 712.0, "CNT:01"),
            run(144.0, 712.3, "#123"),
            run(84.0, 688.0, "11357"),
            run(114.0, 688.0, "(A)"),
            run(84.2, 688.0, "11357"),
        ];
        assert_eq!(rows(runs), ["CNT:01      #123", "B", "  11357(A)"]);
    }

    #[test]
    fn places_that_are_no_numbers_are_left_out() {
        assert_eq!(
            rows(vec![run(f64::NAN, 1.0, "A"), run(f64::INFINITY, 1.0, "B")]),
            Vec::<String>::new()
        );
    }
}
