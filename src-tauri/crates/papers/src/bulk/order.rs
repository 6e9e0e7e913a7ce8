//! The proposed orders: one for the whole schedule, and one for each person and case. The judge marks, dates and signs.

use record::findings::Relief;

use super::{Bulk, BulkPaper, BulkRow, blank};
use crate::ink::{Ink, Run, Value, Values};
use crate::motion::DATE;
use crate::pleading::{Block, Pleading, with_rule};
use crate::{PaperError, words};
use packs::forms::SignedBy;

impl Bulk<'_> {
    /// The order on the whole schedule.
    ///
    /// # Errors
    /// A character that cannot be printed, or a pack whose words do not fit.
    pub fn order(&self) -> Result<BulkPaper, PaperError> {
        let (words, mut ink) = (self.words, Ink::default());
        let values = self.values()?;
        let mut body = vec![Block::para(ink.runs(&words.order_opening, &values)?)];
        for option in &words.order_options {
            body.push(Block::Tick {
                depth: 0,
                runs: ink.runs(option, &values)?,
            });
        }
        for fill in &words.order_fill {
            let mut runs = ink.runs(fill, &values)?;
            runs.push(Run::text(" "));
            runs.push(Run::Rule { rule: 150 });
            body.push(Block::Tick { depth: 0, runs });
        }
        let head = self.head(&mut ink, &words.caption, None)?;
        self.signed(head, body, ink)
    }

    /// The order for one person in one case: rows of one name and one case number.
    ///
    /// # Errors
    /// As [`Bulk::order`], or no row.
    pub fn order_for(&self, rows: &[BulkRow]) -> Result<BulkPaper, PaperError> {
        let first = rows.first().ok_or(PaperError::Mismatch)?;
        let (words, mut ink) = (self.words, Ink::default());
        let name = Value::new(spoken(&first.name), first.path("name"));
        let number = Value::new(&first.case_number, first.path("case_number"));
        let shared = &self.filing.order;
        let nouns = Values::default()
            .with("self", Value::word(words.capacity.as_str()))
            .with("name", name.clone())
            .with("thing", Value::word(self.motion.thing.one.as_str()))
            .with("sentence", Value::word(self.motion.sentence.one.as_str()));
        let mut body = vec![Block::para(ink.runs(&words.order_person_opening, &nouns)?)];
        for (n, row) in (1..).zip(rows) {
            let labels = Value::word(words::labels(self.filing, &[n]));
            let which = self.filing.body.which.clone();
            let which = ink.text(&which, &nouns.clone().with("labels", labels))?;
            let each = self.offense(row)?.with("which", Value::word(which));
            body.push(Block::lead(ink.runs(&shared.each, &each)?));
            let options = &self.motion.order_options;
            let of_row = |relief: &&Relief| row.asked.is(**relief);
            // Only the box of what is asked for, where the review names it: another would invite a mistake.
            let narrowed = options.iter().any(|relief| of_row(&relief));
            for relief in options.iter().filter(|relief| !narrowed || of_row(relief)) {
                let option = shared
                    .option
                    .get(relief)
                    .ok_or_else(|| PaperError::Missing {
                        pack: self.pack.id.clone(),
                        text: "order.option".to_owned(),
                    })?;
                body.push(Block::Tick {
                    depth: 1,
                    runs: ink.runs(option, &nouns)?,
                });
            }
            let mut denied = ink.runs(&shared.denied, &nouns)?;
            denied.push(Run::text(" "));
            denied.push(Run::Rule { rule: 230 });
            body.push(Block::Tick {
                depth: 1,
                runs: denied,
            });
        }
        for more in &self.motion.order_more {
            body.push(Block::Fill {
                depth: 0,
                runs: ink.runs(more, &nouns)?,
            });
        }
        let head = self.head(&mut ink, &words.caption_person, Some((&name, &number)))?;
        self.signed(head, body, ink)
    }

    fn signed(
        &self,
        head: crate::pleading::Head,
        mut body: Vec<Block>,
        mut ink: Ink,
    ) -> Result<BulkPaper, PaperError> {
        let (words, none) = (self.words, Values::default());
        body.push(Block::Sign {
            who: SignedBy::Judge,
            date: with_rule(&mut ink, &self.filing.signature.date, DATE)?,
            above: None,
            below: vec![ink.runs(&self.filing.signature.judge, &none)?],
        });
        let title = ink.text(&words.order_title, &none)?;
        let under = vec![ink.runs(&words.authority, &none)?];
        let front = (title.clone(), under, words.order_footer.clone());
        let blanks = vec![blank(&words.blank.judge, &words.blank.judge_why)];
        self.finish(Pleading::of(head, front, body), title, blanks, ink)
    }

    /// The offense of a row and its level, each where it is known.
    pub(super) fn offense(&self, row: &BulkRow) -> Result<Values, PaperError> {
        let mut text = match &row.section {
            Some(section) => words::section(self.filing, section)?,
            None => "____________________".to_owned(),
        };
        if row.attempt && row.section.is_some() {
            let inner = Values::default().with("section", Value::word(text));
            text = Ink::default().text(&self.filing.sections.attempt, &inner)?;
        }
        let level = row.level.map_or_else(Value::default, |level| {
            let words = self.filing.levels.get(&level);
            Value::new(words.map_or("", String::as_str), row.path("level"))
        });
        Ok(Values::default()
            .with("offense", Value::new(text, row.path("section")))
            .with("level", level))
    }
}

/// A name as it is spoken: the state's record prints the family name, a comma, and the others.
fn spoken(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() => {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.trim().to_owned(),
    }
}
