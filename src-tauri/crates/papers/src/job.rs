//! One court case of a request: what is known of its court, and the words of its jurisdiction.

use forms::Library;
use jiff::civil::Date;
use packs::Packs;
use packs::courts::{County, Courts};
use packs::forms::FormSheet;
use packs::papers::PaperTexts;
use record::answers::{Answers, Declare};
use record::clinic::{Clinic, CountyHabit, Language};
use record::findings::{Finding, Findings};
use record::{Case, Count, DispositionKind, Record};

use crate::filer::Filer;
use crate::ink::Value;
use crate::plan::MotionPlan;
use crate::{PaperError, Signed};

/// One case of a request, with the words of its jurisdiction.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) record: &'a Record,
    pub(crate) findings: &'a Findings,
    pub(crate) clinic: &'a Clinic,
    pub(crate) answers: Option<&'a Answers>,
    pub(crate) as_of: Date,
    pub(crate) training: bool,
    pub(crate) pack: &'a str,
    pub(crate) texts: &'a PaperTexts,
    pub(crate) courts: Option<&'a Courts>,
    /// The pack's forms: [`Job::sheets`] has the office's own as well.
    pub(crate) forms: &'a [FormSheet],
    /// Where the names of routes are: a finding may be of another jurisdiction than the words.
    pub(crate) packs: &'a Packs,
    pub(crate) library: Option<&'a Library>,
    pub(crate) signed: Option<&'a Signed>,
    pub(crate) index: usize,
    pub(crate) case: &'a Case,
}

impl<'a> Job<'a> {
    /// What is known of the official forms that the case's court takes: its own first, then those that every court takes.
    pub(crate) fn sheets(&self) -> Vec<&'a FormSheet> {
        let mut sheets = match self.library {
            Some(library) => library.sheets(self.forms),
            None => self.forms.iter().collect(),
        };
        let county = self.county();
        let county = county.as_ref().map(|county| county.text.as_str());
        sheets.retain(|sheet| sheet.taken_in(county));
        sheets.sort_by_key(|sheet| sheet.counties.is_empty());
        sheets
    }

    /// The case's number, where there is one.
    pub(crate) fn number(&self) -> Option<Value> {
        let number = self.case.number.as_deref()?.trim();
        let path = format!("cases[{}].number", self.index);
        (!number.is_empty()).then(|| Value::new(number, path))
    }

    /// The county's name, in the spelling of the table of courts.
    pub(crate) fn county(&self) -> Option<Value> {
        let court = &self.case.court;
        let path = |key: &str| format!("cases[{}].court.{key}", self.index);
        if let Some(name) = court.county.as_deref().map(str::trim)
            && !name.is_empty()
        {
            let known = self.courts.and_then(|courts| courts.county(name));
            let name = known.map_or(name, |county| county.name.as_str());
            return Some(Value::new(name, path("county")));
        }
        let printed = court.name.as_deref()?;
        let county = self.courts?.agency(printed).county?;
        Some(Value::new(&county.name, path("name")))
    }

    /// What the table of courts knows about the county.
    pub(crate) fn court(&self) -> Option<&'a County> {
        self.courts?.county(&self.county()?.text)
    }

    /// What the clinic knows about the county.
    pub(crate) fn habit(&self) -> Option<&'a CountyHabit> {
        let county = self.county()?.text;
        self.clinic
            .counties
            .iter()
            .find(|habit| habit.county.trim().eq_ignore_ascii_case(&county))
    }

    /// Whether probation is served too: where the statute of a request says so; else the clinic's word first, then the table's.
    pub(crate) fn serve_probation(&self, plan: &MotionPlan<'_>) -> bool {
        if named(plan, "probation") {
            return true;
        }
        self.habit()
            .and_then(|habit| habit.serve_probation)
            .or_else(|| Some(self.court()?.serve_probation))
            .unwrap_or(false)
    }

    /// Whether the agency that made the arrest is served too: where the statute of a request says so, or the county wants it.
    pub(crate) fn serve_arresting(&self, plan: &MotionPlan<'_>) -> bool {
        named(plan, "arresting_agency") || self.court().is_some_and(|court| court.serve_arresting)
    }

    /// Whether the county wants a noticed motion for something that the paper asks.
    pub(crate) fn noticed(&self, plan: &MotionPlan<'_>) -> bool {
        let court = self.court();
        court.is_some_and(|court| {
            let mut asks = plan.asks.iter();
            asks.any(|ask| court.noticed.contains(&ask.finding.route))
        })
    }

    /// Whether the court itself serves the other side.
    pub(crate) fn court_serves(&self, plan: &MotionPlan<'_>) -> bool {
        plan.words.court_serves_unrepresented && !Filer::of(self.clinic, self.answers).represents()
    }

    /// One of the case's counts; the plan made sure that it is there.
    pub(crate) fn count(&self, count: usize) -> &'a Count {
        &self.case.counts[count]
    }

    /// The path of a count.
    pub(crate) fn path(&self, count: usize) -> String {
        format!("cases[{}].counts[{count}]", self.index)
    }

    /// The declarations about this case, with their index in the answers.
    pub(crate) fn declared(&self) -> impl Iterator<Item = (usize, &'a Declare)> + use<'a> {
        let case = self.index;
        self.answers
            .and_then(|answers| answers.declare.as_deref())
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter(move |(_, declare)| declare.case == case && !declare.text.trim().is_empty())
    }

    /// The court's form for a person who cannot pay the fee of a finding's way, where it is known to have one.
    pub(crate) fn fee_form(&self, finding: &Finding) -> Option<&'a str> {
        let (pack, id) = finding.route.0.rsplit_once('/')?;
        let route = self.packs.pack(pack)?.route(id)?;
        route.procedure.as_ref()?.fee_form.as_deref()
    }

    /// What a finding's way is called.
    pub(crate) fn way(&self, finding: &Finding, language: Language) -> String {
        let (pack, id) = finding.route.0.rsplit_once('/').unwrap_or_default();
        let texts = self.packs.pack(pack).map(|pack| pack.texts.of(language));
        let name = texts.and_then(|texts| texts.route.get(id));
        name.map_or(id, String::as_str).to_owned()
    }

    /// The county's main courthouse, where nothing says that the case was in another one of the county's. The juvenile court often sits in
    /// a house of its own, which the table does not have.
    pub(crate) fn courthouse(&self) -> Option<&'a County> {
        let court = self.court().filter(|_| !self.is_juvenile())?;
        let Some(printed) = self.case.court.name.as_deref() else {
            return Some(court);
        };
        let known = [&court.name]
            .into_iter()
            .chain(&court.courthouse)
            .chain(&court.address);
        let known: Vec<String> = known.map(|text| text.to_uppercase()).collect();
        let courts = self.courts?;
        let elsewhere = printed
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 1 && !courts.is_generic(word))
            .any(|word| {
                let word = word.to_uppercase();
                !known.iter().any(|text| {
                    let mut words = text.split(|c: char| !c.is_alphanumeric());
                    words.any(|known| known == word)
                })
            });
        (!elsewhere).then_some(court)
    }

    /// A case of the juvenile court, as far as the record tells.
    fn is_juvenile(&self) -> bool {
        let counts = &self.case.counts;
        self.case
            .juvenile
            .unwrap_or_else(|| counts.iter().any(adjudicated))
    }

    /// A text that the pack lacks.
    pub(crate) fn missing(&self, text: &str) -> PaperError {
        PaperError::Missing {
            pack: self.pack.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// Whether the procedure of something that the paper asks names somebody to be served.
fn named(plan: &MotionPlan<'_>, whom: &str) -> bool {
    plan.asks.iter().any(|ask| {
        let procedure = ask.finding.procedure.as_ref();
        procedure.is_some_and(|one| one.serve.iter().any(|who| who == whom))
    })
}

/// A juvenile court's finding.
pub(crate) fn adjudicated(count: &Count) -> bool {
    count.disposition.as_ref().map(|d| d.kind) == Some(DispositionKind::Adjudicated)
}
