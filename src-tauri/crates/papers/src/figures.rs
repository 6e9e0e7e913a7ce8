//! Numbers as a page for people: tables whose rows carry bars. Never filed; it knows nothing of what is counted.

use jiff::civil::Date;
use serde::Serialize;

use crate::pleading::day;
use crate::press::{self, Layout};
use crate::{PaperError, fonts};

/// A report of numbers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    /// Its title.
    pub title: String,
    /// What it is about: label and words.
    pub about: Vec<(String, String)>,
    /// The few numbers to remember: the number, and what it counts.
    pub head: Vec<(String, String)>,
    /// The rest, from the top.
    pub parts: Vec<Part>,
    /// At the foot of each page.
    pub foot: String,
}

/// A part of a report.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Part {
    /// A heading with paragraphs.
    Words {
        /// The heading.
        heading: String,
        /// The paragraphs.
        paragraphs: Vec<String>,
    },
    /// A table with bars.
    Bars(Bars),
    /// A table of words.
    Table(Table),
}

/// A table of words, which may go over many pages; its head stands on each.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// The heading; may be empty.
    pub heading: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// The cells, row by row, as many in each as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A table whose rows carry bars. Every number of a bar also stands in a cell: color alone says nothing.
#[derive(Debug, Clone, Serialize)]
pub struct Bars {
    /// The heading.
    pub heading: String,
    /// What to know before reading it; may be empty.
    pub lead: String,
    /// How a row's values are drawn.
    pub style: Style,
    /// What each value of a row is.
    pub legend: Vec<Legend>,
    /// Heads of the columns: of the label, of the bar, then of each cell.
    pub columns: Vec<String>,
    /// The value that fills the bar's column.
    pub whole: u64,
    /// The rows.
    pub rows: Vec<Row>,
}

/// How values are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// One behind another, in one bar.
    Stacked,
    /// One below another, each a bar of its own.
    Paired,
}

/// What a value is, and its tint.
#[derive(Debug, Clone, Serialize)]
pub struct Legend {
    /// Its name.
    pub name: String,
    /// Its tint.
    pub tint: Tint,
}

/// Tints that differ in lightness too, so that a grey print still tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tint {
    /// Dark.
    Deep,
    /// Between dark and light.
    Mid,
    /// Warm, for what waits for a person.
    Warm,
    /// Grey.
    Dull,
    /// Nearly white, with an edge.
    Pale,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What it is of.
    pub label: String,
    /// Its values, in the order of the legend.
    pub values: Vec<u64>,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A finished report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresPrinted {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

#[derive(Serialize)]
struct Data<'f> {
    training: bool,
    day: [i16; 3],
    #[serde(flatten)]
    figures: &'f Figures,
}

/// Sets a report. The same numbers and day give the same bytes.
///
/// # Errors
/// A character no face has; [`printable`] leaves none.
pub fn figures(figures: &Figures, on: Date) -> Result<FiguresPrinted, PaperError> {
    figures_of(figures, on, false)
}

/// The same for an office that may be a made-up one, which every page then says.
///
/// # Errors
/// As [`figures`].
pub fn figures_of(
    figures: &Figures,
    on: Date,
    training: bool,
) -> Result<FiguresPrinted, PaperError> {
    let _run = press::Run::start();
    let data = Data {
        training,
        day: day(on),
        figures,
    };
    let printed = press::print(Layout::Figures, &data, on)?;
    Ok(FiguresPrinted {
        bytes: printed.bytes,
        pages: printed.pages,
    })
}

/// Foreign text with a question mark for each character that cannot be printed: for labels, never for a paper that is filed.
#[must_use]
pub fn printable(text: &str) -> String {
    let one = |c: char| match fonts::check(c.encode_utf8(&mut [0; 4])) {
        Ok(()) if !c.is_control() => c,
        Ok(()) | Err(_) => '?',
    };
    text.chars().map(one).collect()
}
