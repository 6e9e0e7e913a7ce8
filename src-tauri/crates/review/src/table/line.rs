//! One line of ours: everything said of one conviction.

use jiff::civil::Date;

use crate::csv;
use crate::determination::{DecidedBy, Determination};
use crate::judge::Said;
use crate::tally;
use crate::whole::{Asked, Decided, Reviewed};
use crate::words::{
    also_mentioned, asked_key, decisive, doubt_words, proof, questions, relief_key, review_points,
    years,
};

/// What we say of one conviction.
pub(super) struct Line {
    pub(super) determination: Determination,
    pub(super) decided_by: DecidedBy,
    pub(super) relief: String,
    pub(super) reason: String,
    pub(super) citation: String,
    pub(super) law_says: String,
    pub(super) law_reason: String,
    pub(super) policy_says: String,
    pub(super) fallback: String,
    pub(super) questions: String,
    pub(super) doubts: String,
    pub(super) review_points: String,
    pub(super) case_number: String,
    pub(super) section: String,
    pub(super) base: String,
    pub(super) level: String,
    pub(super) convicted_on: String,
    pub(super) sentence_running: &'static str,
    pub(super) years_since: String,
    pub(super) years_since_any: String,
    pub(super) convictions: usize,
    pub(super) felonies: usize,
    pub(super) covered: usize,
    pub(super) registered: Vec<String>,
    pub(super) deceased: bool,
    pub(super) also_mentioned: String,
    pub(super) proof: String,
    pub(super) verification: String,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            determination: Determination::Review,
            decided_by: DecidedBy::Data,
            relief: String::new(),
            reason: String::new(),
            citation: String::new(),
            law_says: String::new(),
            law_reason: String::new(),
            policy_says: String::new(),
            fallback: String::new(),
            questions: String::new(),
            doubts: String::new(),
            review_points: String::new(),
            case_number: String::new(),
            section: String::new(),
            base: String::new(),
            level: String::new(),
            convicted_on: String::new(),
            sentence_running: "",
            years_since: String::new(),
            years_since_any: String::new(),
            convictions: 0,
            felonies: 0,
            covered: 0,
            registered: Vec::new(),
            deceased: false,
            also_mentioned: String::new(),
            proof: String::new(),
            verification: String::new(),
        }
    }
}

impl Line {
    /// What is said of a conviction.
    pub(super) fn of(
        asked: &Asked<'_>,
        reviewed: &Reviewed<'_, '_>,
        decided: &Decided<'_>,
    ) -> Self {
        let person = &reviewed.person;
        let counted = &person.counts[decided.count];
        let (facts, whole) = (&reviewed.facts, &reviewed.facts.whole);
        let as_of = asked.ask.as_of;
        let verdict = &decided.verdict;
        let conviction = &whole.convictions[verdict.conviction];
        let fact = &facts.each[verdict.conviction];
        let (determination, decided_by) = facts.last_word(verdict);
        let mut line = Line {
            determination,
            decided_by,
            reason: facts.reason(verdict),
            ..Line::default()
        };
        if let (Some(finding), Some(law)) = (&decided.finding, &fact.law) {
            line.law_reason.clone_from(&fact.law_reason);
            line.citation = decisive(finding, law).1;
            let given = law.relief.filter(|_| law.determination == determination);
            line.relief = given.map(relief_key).unwrap_or_default();
            line.fallback = finding.fallback.map(relief_key).unwrap_or_default();
            line.review_points = review_points(finding, &asked.of_every_row);
            line.verification = format!("{:?}", finding.verification).to_lowercase();
            line.proof = proof(finding.reasons.as_deref().unwrap_or_default());
            line.questions = questions(finding, decided);
        }
        line.law_says = fact
            .law
            .map(|law| law.determination.key().to_owned())
            .unwrap_or_default();
        line.policy_says = match &verdict.said {
            Said::Rule(rule) => format!("{}: {}", asked_key(rule.then), rule.say),
            Said::Open(facts) => format!("open: {}", facts.join("; ")),
            Said::Silent => String::new(),
        };
        line.doubts = doubt_words(&fact.doubts);
        line.case_number = person.numbers(counted).join("; ");
        line.section = counted
            .known
            .charged
            .section
            .as_ref()
            .map_or_else(String::new, |section| section.as_str().to_owned());
        line.base = facts.base(verdict.conviction);
        line.level = tally::level(counted.level).to_owned();
        line.convicted_on = counted
            .decided
            .known()
            .map(|on| on.to_string())
            .unwrap_or_default();
        // Blank where the rows have it over by the day asked about.
        line.sentence_running = match conviction.ended {
            Some((first, _)) if first > as_of => "yes",
            Some((_, last)) if last <= as_of => "",
            _ => "unknown",
        };
        line.years_since = conviction
            .on
            .and_then(record::PartialDate::exact)
            .map(|on| years(on, as_of))
            .unwrap_or_default();
        let last: Option<Vec<Date>> = whole
            .convictions
            .iter()
            .map(|conviction| conviction.on.and_then(record::PartialDate::exact))
            .collect();
        line.years_since_any = last
            .and_then(|days| days.into_iter().max())
            .map(|on| years(on, as_of))
            .unwrap_or_default();
        line.convictions = whole.convictions.len();
        let felony = |c: &&crate::judge::Conviction| c.level == Some(record::Level::Felony);
        line.felonies = whole.convictions.iter().filter(felony).count();
        line.covered = whole.convictions.iter().filter(|c| c.covered).count();
        line.registered = whole
            .registrations
            .iter()
            .map(|r| r.section.as_str().to_owned())
            .collect();
        line.deceased = whole.died;
        line.also_mentioned = also_mentioned(&person.rows[counted.first], counted);
        line
    }

    /// The columns of `SAID`, each with the comma before it.
    pub(super) fn ours(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        let number = |n: usize| n.to_string();
        let values = [
            self.determination.key(),
            &self.relief,
            self.decided_by.key(),
            &self.reason,
            &self.citation,
            &self.law_says,
            &self.law_reason,
            &self.policy_says,
            &self.fallback,
            &self.questions,
            &self.doubts,
            &self.review_points,
            &self.case_number,
            &self.section,
            &self.level,
            &self.convicted_on,
            self.sentence_running,
            &self.years_since,
            &self.years_since_any,
            &number(self.convictions),
            &number(self.felonies),
            &number(self.covered),
            &self.registered.join("; "),
            if self.deceased { "yes" } else { "" },
            &self.also_mentioned,
        ];
        for value in values {
            csv::field(&mut out, false, value.as_bytes());
        }
        out
    }
}
