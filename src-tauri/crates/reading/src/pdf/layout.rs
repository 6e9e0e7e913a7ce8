//! From pieces of text with their place on the page to rows of text.

/// A piece of text where it stands: points from the left and from the bottom of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) text: String,
}

/// More blanks than this between two pieces say nothing more.
const MAX_BLANKS: f64 = 120.0;

/// Rows from top to bottom; blanks stand for the distance between pieces, so columns and indents are kept.
pub(super) fn rows(mut runs: Vec<Run>) -> Vec<String> {
    runs.retain(|run| {
        [run.x, run.y, run.width, run.height]
            .iter()
            .all(|n| n.is_finite())
    });
    runs.retain(|run| !run.text.is_empty());
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let characters: usize = runs.iter().map(|run| run.text.chars().count()).sum();
    let width: f64 = runs.iter().map(|run| run.width).sum();
    let pitch = (width / characters.max(1) as f64).max(0.1);
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
            text: text.into(),
        }
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
