//! What a client tells the court in the client's own words: what to ask, what was told, and who puts it on a paper.
//!
//! Anybody who works with clients takes words down. They are on no paper, and no answer to anything, until an attorney puts them there;
//! from then on only an attorney changes them. What was typed is kept as it was typed, part by part; the paper gets it as paragraphs, line
//! beside line with the translation.

use packs::papers::PaperTexts;
use record::clinic::Language;
use record::findings::{Findings, RouteId, Status};
use record::{CaseId, CountId, Record};
use vault::{Act, ClientId, Declared, Operation};

use crate::view::{Client, Declaration, PromptView, SetDeclaration, Telling, Told};
use crate::{Desk, Error, Moment, Result};

impl Desk {
    /// Keeps what a client told, in the place of what was told about the same case or count before.
    ///
    /// # Errors
    /// [`Error::NotAnAttorney`] where it is on a paper, or shall be; or there is no such count.
    pub fn declare(&mut self, ask: SetDeclaration, now: Moment) -> Result<Client> {
        self.needs(Act::Work)?;
        let record = self.vault.read().record(&ask.id)?;
        let (case, count) = place(&record, ask.case, ask.count)?;
        let kept = self.vault.read().declarations(&ask.id)?;
        let mut before = kept.iter().map(|kept| &kept.said);
        let sworn =
            before.any(|said| said.on_paper && (&said.case, &said.count) == (&case, &count));
        if ask.on_paper || sworn {
            self.needs(Act::Clear)?;
        }
        let (text, english) = paragraphs(&ask.told);
        let words = vault::Declaration {
            case,
            count,
            text,
            english: Some(english).filter(|english| !english.trim().is_empty()),
            language: filled(ask.language),
            interpreter: filled(ask.interpreter),
            told: kept_as(&ask.told),
            day: Some(now.today),
            on_paper: ask.on_paper,
        };
        let operation = if ask.on_paper || sworn {
            Operation::Declare
        } else {
            Operation::TakeDown
        };
        self.change(operation, &ask.id, now, |tx| {
            tx.set_declaration(&ask.id, &words)
        })
    }

    /// What a client told, by the places in the record. What is about a case or count that is not there is not shown.
    pub(crate) fn told(&self, id: &ClientId, record: &Record) -> Result<Vec<Declaration>> {
        let kept = self.vault.read().declarations(id)?.into_iter();
        kept.filter_map(|kept| Some((kept.place(record)?, kept)))
            .map(|((case, count), kept)| {
                Ok(Declaration {
                    case,
                    count,
                    by: self.name_of(&kept.person)?,
                    at: kept.at.to_string(),
                    told: parts(&kept)?,
                    language: kept.said.language,
                    interpreter: kept.said.interpreter,
                    on_paper: kept.said.on_paper,
                })
            })
            .collect()
    }

    /// What to ask, for every case and count for which something can be asked of a court.
    pub(crate) fn tellings(&self, findings: &Findings, client: Option<Language>) -> Vec<Telling> {
        let texts = || self.packs.iter().filter_map(|pack| pack.papers.as_ref());
        let mut found: Vec<Telling> = Vec::new();
        let open = findings.findings.iter().filter(|finding| {
            matches!(
                finding.status,
                Status::Eligible | Status::NeedsFacts | Status::NeedsAttorney | Status::LikelyDone
            )
        });
        let mut about: Vec<(usize, usize, &PaperTexts, Vec<RouteId>)> = Vec::new();
        for finding in open {
            let (Some(case), Some(count)) = (finding.case, finding.count) else {
                continue;
            };
            let Some(texts) = texts().find(|texts| texts.filing.serves(&finding.route, false))
            else {
                continue;
            };
            match about
                .iter_mut()
                .find(|(k, n, ..)| (*k, *n) == (case, count))
            {
                Some((.., routes)) => routes.push(finding.route.clone()),
                None => about.push((case, count, texts, vec![finding.route.clone()])),
            }
        }
        about.sort_by_key(|(case, count, ..)| (*case, *count));
        for (case, count, texts, routes) in &about {
            let mut motions = texts.filing.motion.iter();
            let needed = motions.any(|one| one.evidence.iter().any(|route| routes.contains(route)));
            let several = about.iter().filter(|(k, ..)| k == case).count() > 1;
            let last = found.last().map(|told| told.case);
            if several && last != Some(*case) {
                found.push(Telling {
                    case: *case,
                    count: None,
                    needed: false,
                    prompts: self.prompts(texts, &[], client),
                });
            }
            found.push(Telling {
                case: *case,
                count: Some(*count),
                needed,
                prompts: self.prompts(texts, routes, client),
            });
        }
        found
    }

    fn prompts(
        &self,
        texts: &PaperTexts,
        routes: &[RouteId],
        client: Option<Language>,
    ) -> Vec<PromptView> {
        let mine = self.language();
        let aloud = client.filter(|language| *language != mine);
        let asked = texts.filing.declaration.prompt.iter();
        asked
            .filter(|prompt| prompt.is_for(routes))
            .map(|prompt| PromptView {
                key: prompt.key.clone(),
                ask: prompt.of(mine).to_owned(),
                aloud: aloud.map(|language| prompt.of(language).to_owned()),
            })
            .collect()
    }
}

fn place(record: &Record, case: usize, count: Option<usize>) -> Result<(CaseId, Option<CountId>)> {
    let case = record.cases.get(case).ok_or(Error::NoSuchCount)?;
    // Every record that comes into the vault through the desk has its cases and counts named.
    let id = case.id.clone().ok_or(Error::NoSuchCount)?;
    let count = match count {
        None => None,
        Some(count) => {
            let count = case.counts.get(count).and_then(|count| count.id.clone());
            Some(count.ok_or(Error::NoSuchCount)?)
        }
    };
    Ok((id, count))
}

/// The words and their translation as paragraphs, as many of one as of the other: line stands beside line.
fn paragraphs(told: &[Told]) -> (String, String) {
    let (mut text, mut english) = (Vec::new(), Vec::new());
    for part in told {
        let of = |words: &str| {
            let lines = words.lines().map(str::trim);
            lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (mut said, mut translated) = (of(&part.text), of(&part.english));
        let rows = said.len().max(translated.len());
        said.resize(rows, String::new());
        translated.resize(rows, String::new());
        text.extend(said);
        english.extend(translated);
    }
    (text.join("\n"), english.join("\n"))
}

/// As it was typed, so that typing goes on where it stopped.
fn kept_as(told: &[Told]) -> Option<String> {
    let some: Vec<_> = told
        .iter()
        .filter(|part| !part.text.is_empty() || !part.english.is_empty())
        .collect();
    if some.is_empty() {
        return None;
    }
    serde_json::to_string(&some).ok()
}

fn parts(kept: &Declared) -> Result<Vec<Told>> {
    match &kept.said.told {
        Some(told) => serde_json::from_str(told).map_err(|_| {
            Error::Vault(vault::Error::Stored {
                what: "declaration",
            })
        }),
        // An older version kept the words alone.
        None if kept.said.text.is_empty() => Ok(Vec::new()),
        None => Ok(vec![Told {
            prompt: String::new(),
            text: kept.said.text.clone(),
            english: kept.said.english.clone().unwrap_or_default(),
        }]),
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_stands_beside_line_within_each_part() {
        let part = |text: &str, english: &str| Told {
            prompt: String::new(),
            text: text.into(),
            english: english.into(),
        };
        let (text, english) = paragraphs(&[
            part("uno \n\n dos\n", "one"),
            part("", ""),
            part("tres", "three\nfour"),
        ]);
        assert_eq!(text, "uno\ndos\ntres\n");
        assert_eq!(english, "one\n\nthree\nfour");
        assert_eq!(
            paragraphs(&[part(" ", "\n")]),
            (String::new(), String::new())
        );
        assert_eq!(kept_as(&[part("", "")]), None);
    }
}
