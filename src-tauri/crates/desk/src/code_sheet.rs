//! The recovery code on paper: one sheet, or three of which any two give it back.

use papers::figures::{Figures, Part, figures_of, printable};
use record::clinic::Language;
use vault::RecoveryCode;

use crate::words::say;
use crate::{Moment, Result};

/// The sheets as PDF bytes. They go to the printer and nowhere else: whoever has the paper has the office.
///
/// # Errors
/// The code is mistyped, or the system gives no random numbers.
pub(crate) fn papers(
    code: &str,
    shares: bool,
    clinic: &str,
    language: Language,
    now: Moment,
    training: bool,
) -> Result<Vec<Vec<u8>>> {
    let code: RecoveryCode = code.parse()?;
    let of = |key: &str| say(language, &format!("code_sheet.{key}"), &[]).text;
    let sheet = |title: String, what: String, parts: Vec<Part>| {
        let figures = Figures {
            title,
            about: vec![
                (of("clinic"), printable(clinic)),
                (of("made"), now.today.to_string()),
                (of("what"), what),
            ],
            parts,
            foot: of("foot"),
            ..Figures::default()
        };
        figures_of(&figures, now.today, training).map(|printed| printed.bytes)
    };
    let part = |heading: &str, paragraphs: Vec<String>| Part::Words {
        heading: of(heading),
        paragraphs,
    };
    if !shares {
        let parts = vec![
            part("code", vec![code.to_string()]),
            part("words", numbered(&code.words())),
        ];
        return Ok(vec![sheet(of("title"), of("about"), parts)?]);
    }
    let mut sheets = Vec::new();
    for (n, share) in code.shares()?.iter().enumerate() {
        let number = (n + 1).to_string();
        let title = say(language, "code_sheet.share_title", &[("n", &number)]).text;
        let parts = vec![part("share_words", numbered(share))];
        sheets.push(sheet(title, of("share_about"), parts)?);
    }
    Ok(sheets)
}

/// Words with their numbers, five a line: whoever types them from paper sees where they are.
fn numbered(text: &str) -> Vec<String> {
    let numbered = text.split(' ').enumerate();
    let words: Vec<String> = numbered
        .map(|(n, word)| format!("{}. {word}", n + 1))
        .collect();
    words.chunks(5).map(|five| five.join("    ")).collect()
}
