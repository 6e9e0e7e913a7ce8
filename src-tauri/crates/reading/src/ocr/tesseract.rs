//! The program `tesseract`: pixels go in through its standard input, words come out of its standard output. No file is written.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::running::{self, Allowed};
use super::{Recognizer, Word};
use crate::{EngineFailure, Picture, ReadError};

/// The program `tesseract` on this machine.
#[derive(Debug, Clone)]
pub struct Tesseract {
    program: PathBuf,
}

impl Tesseract {
    /// The program where a system installs it, if it runs and has the data for English.
    #[must_use]
    pub fn find() -> Option<Self> {
        let usual = [
            "tesseract",
            "/opt/homebrew/bin/tesseract",
            "/usr/local/bin/tesseract",
            "C:\\Program Files\\Tesseract-OCR\\tesseract.exe",
        ];
        usual
            .iter()
            .find_map(|program| Self::at(Path::new(program)))
    }

    /// The program at a path, if it runs and has the data for English.
    #[must_use]
    pub fn at(program: &Path) -> Option<Self> {
        let said = Command::new(program)
            .arg("--list-langs")
            .stdin(Stdio::null())
            .output()
            .ok()?;
        let listed = [said.stdout, said.stderr].concat();
        let english = String::from_utf8_lossy(&listed)
            .lines()
            .any(|line| line.trim() == "eng");
        english.then(|| Self {
            program: program.to_owned(),
        })
    }

    fn run(&self, picture: &Picture) -> Result<Vec<Word>, EngineFailure> {
        let mut command = Command::new(&self.program);
        command
            // Sparse text in one block: rows across the whole page. The sheet's own words are in no dictionary.
            .args(["stdin", "stdout", "-l", "eng", "--psm", "6", "--dpi", "300"])
            .args(["-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"])
            .arg("tsv")
            // One thread: several only wait for each other, and pages can be read side by side.
            .env("OMP_THREAD_LIMIT", "1");
        let table = running::run(&mut command, picture.pgm(), Allowed::PAGE)?;
        // The names of the columns stand above the emptiest page too.
        if table.starts_with("level\t") {
            Ok(Word::of_table(&table))
        } else {
            Err(EngineFailure::Garbled)
        }
    }
}

impl Recognizer for Tesseract {
    fn recognize(&mut self, picture: &Picture) -> Result<Vec<Word>, ReadError> {
        let words = match self.run(picture) {
            // Memory was short, or somebody ended the wrong program: that passes.
            Err(EngineFailure::Killed) => self.run(picture),
            other => other,
        };
        words.map_err(|why| ReadError::Engine { why })
    }
}

impl Word {
    /// The words of a table as Tesseract writes it, with the columns level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    #[must_use]
    pub fn of_table(table: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let mut lines: Vec<[&str; 3]> = Vec::new();
        for row in table.lines().skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [
                level,
                _,
                block,
                paragraph,
                line,
                _,
                left,
                top,
                width,
                height,
                sure,
                text,
            ] = columns.as_slice()
            else {
                continue;
            };
            if *level != "5" || text.trim().is_empty() {
                continue;
            }
            let number = |text: &str| text.parse::<u32>().ok();
            let (Some(left), Some(top), Some(width), Some(height)) =
                (number(left), number(top), number(width), number(height))
            else {
                continue;
            };
            let key = [*block, *paragraph, *line];
            if lines.last() != Some(&key) {
                lines.push(key);
            }
            words.push(Word {
                text: (*text).to_owned(),
                frame: [
                    left,
                    top,
                    left.saturating_add(width),
                    top.saturating_add(height),
                ],
                // Printed with decimals; from 0 to 100.
                sure: sure.parse::<f64>().unwrap_or(0.0).clamp(0.0, 100.0) as u8,
                line: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            });
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_words_is_read() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     1\t1\t0\t0\t0\t0\t0\t0\t2550\t3300\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t100\t200\t90\t28\t96.5\tCOURT:\n\
                     5\t1\t1\t1\t1\t2\t300\t200\t90\t28\t91.2\tNAM:01\n\
                     5\t1\t1\t1\t2\t1\t100\t250\t90\t28\tnan\t20050601\n\
                     broken\n";
        let words = Word::of_table(table);
        assert_eq!(words.len(), 3);
        assert_eq!(
            (
                words[1].text.as_str(),
                words[1].frame,
                words[1].sure,
                words[1].line
            ),
            ("NAM:01", [300, 200, 390, 228], 91, 1)
        );
        assert_eq!((words[2].sure, words[2].line), (0, 2));
    }

    #[test]
    fn a_program_that_is_not_there_is_not_found() {
        assert!(Tesseract::at(Path::new("/nowhere/tesseract")).is_none());
    }
}
