//! What to make: which counts of which case go into which paper, and why the others do not.

use std::collections::BTreeMap;

use packs::papers::{Motion, PaperTexts};
use record::findings::{Code, Finding, Findings, Mode, Path, Relief, Status};
use record::{Alternatives, Case, Record};

use crate::PaperError;
use crate::job::adjudicated;

/// What one court case needs.
#[derive(Debug)]
pub(crate) struct CasePlan<'a> {
    /// Index of the case in the record.
    pub(crate) index: usize,
    pub(crate) case: &'a Case,
    /// Papers to file; a case with counts of both standings has one of each path.
    pub(crate) motions: Vec<MotionPlan<'a>>,
    /// Counts without a paper.
    pub(crate) left_out: Vec<LeftOut<'a>>,
}

/// One paper to file: its words and what it asks for.
#[derive(Debug)]
pub(crate) struct MotionPlan<'a> {
    pub(crate) words: &'a Motion,
    pub(crate) juvenile: bool,
    pub(crate) asks: Vec<Ask<'a>>,
}

impl MotionPlan<'_> {
    /// The counts it asks about, each once, in the order of their first.
    pub(crate) fn counts(&self) -> Vec<usize> {
        let mut counts = Vec::new();
        for ask in &self.asks {
            if !counts.contains(&ask.count) {
                counts.push(ask.count);
            }
        }
        counts
    }

    /// The number of a count on the paper, from 1.
    pub(crate) fn number(&self, count: usize) -> usize {
        let place = self.counts().iter().position(|c| *c == count);
        place.map_or(0, |place| place + 1)
    }

    /// One ask for each count, the first.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Ask<'_>> {
        self.counts()
            .into_iter()
            .filter_map(|count| self.asks.iter().find(|ask| ask.count == count))
    }
}

/// One count and the relief asked for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    /// Index of the count in its case.
    pub(crate) count: usize,
    /// Index of the finding.
    pub(crate) index: usize,
    pub(crate) finding: &'a Finding,
    pub(crate) relief: Relief,
    /// What is asked for should the other side carry its burden.
    pub(crate) alternative: Option<Relief>,
    /// The other side bears what would defeat it.
    pub(crate) opponent: bool,
}

/// A count without a paper.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeftOut<'a> {
    /// Index of the count in its case.
    pub(crate) count: usize,
    pub(crate) finding: &'a Finding,
    pub(crate) why: Why,
}

/// Why a count has no paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The finding itself.
    Answer,
    /// Eligible, but not known whether the sentence is complete.
    Path,
    /// Eligible, but the pack has no words for this relief.
    NoWords,
    /// Eligible by a way that has no paper here, and nothing that is filed comes before it.
    NoPaper,
    /// Another way is open too, behind the one that is filed.
    Besides,
}

/// Sorts the findings of the routes that have papers by case and paper. `not_done`: somebody looked, and what courts were to do by themselves was
/// not done.
///
/// # Errors
/// A finding names a case or count that the record does not have.
pub(crate) fn plan<'a>(
    record: &'a Record,
    findings: &'a Findings,
    alternatives: &Alternatives,
    texts: &'a PaperTexts,
    not_done: bool,
) -> Result<Vec<CasePlan<'a>>, PaperError> {
    let mut cases: BTreeMap<usize, CasePlan<'a>> = BTreeMap::new();
    let mut others: Vec<(usize, LeftOut<'a>)> = Vec::new();
    let mut itself: Vec<(usize, LeftOut<'a>)> = Vec::new();
    for (index, finding) in findings.findings.iter().enumerate() {
        if !texts.filing.serves(&finding.route, not_done) {
            // What a person has to ask for, and we have no paper for, is not passed over in silence.
            if finding.status == Status::Eligible
                && finding.mode != Some(Mode::Automatic)
                && let Some(k) = finding.case
            {
                others.push((
                    k,
                    LeftOut {
                        count: finding.count.unwrap_or_default(),
                        finding,
                        why: Why::NoPaper,
                    },
                ));
            }
            // So is what the court does to a whole case by itself.
            if finding.status == Status::LikelyDone
                && finding.count.is_none()
                && let Some(k) = finding.case
            {
                itself.push((
                    k,
                    LeftOut {
                        count: 0,
                        finding,
                        why: Why::Answer,
                    },
                ));
            }
            continue;
        }
        let Some(k) = finding.case else {
            continue;
        };
        let case = record.cases.get(k).ok_or(PaperError::Mismatch)?;
        // What is said of a whole case is asked for every count of it.
        let all: Vec<usize> = match finding.count {
            Some(c) => vec![c],
            None => (0..case.counts.len()).collect(),
        };
        // An arrest or a dismissed charge is nobody's conviction: saying "this law does not help" of it would only confuse.
        if finding.code == Some(Code::NotAConviction) {
            continue;
        }
        for c in all {
            let about = About {
                index,
                finding,
                k,
                c,
                case,
            };
            place(&mut cases, &about, alternatives, texts)?;
        }
    }
    for plan in cases.values_mut() {
        plan.settle();
    }
    for (k, other) in others {
        let case = record.cases.get(k).ok_or(PaperError::Mismatch)?;
        case.counts.get(other.count).ok_or(PaperError::Mismatch)?;
        let plan = cases.entry(k).or_insert_with(|| CasePlan::of(k, case));
        plan.add(other);
    }
    // Beside a paper it is said among the warnings; a case without one would hold nothing at all.
    for (k, done) in itself {
        let case = record.cases.get(k).ok_or(PaperError::Mismatch)?;
        let plan = cases.entry(k).or_insert_with(|| CasePlan::of(k, case));
        if plan.motions.is_empty() && !case.counts.is_empty() {
            plan.left_out.push(done);
        }
    }
    // A case that was entered only for a route that says nothing of it has no plan.
    cases.retain(|_, plan| !plan.motions.is_empty() || !plan.left_out.is_empty());
    Ok(cases.into_values().collect())
}

/// A finding and the count that it is about.
struct About<'a> {
    index: usize,
    finding: &'a Finding,
    k: usize,
    c: usize,
    case: &'a Case,
}

/// Puts a count into its paper, or among what has none.
fn place<'a>(
    cases: &mut BTreeMap<usize, CasePlan<'a>>,
    about: &About<'a>,
    alternatives: &Alternatives,
    texts: &'a PaperTexts,
) -> Result<(), PaperError> {
    let About {
        index,
        finding,
        k,
        c,
        case,
    } = *about;
    let count = case.counts.get(c).ok_or(PaperError::Mismatch)?;
    // What is said of a whole case goes to one court.
    let juvenile = case.juvenile.unwrap_or_else(|| match finding.count {
        Some(_) => adjudicated(count),
        None => case.counts.iter().any(adjudicated),
    });
    let plan = cases.entry(k).or_insert_with(|| CasePlan::of(k, case));
    let splits = texts.filing.splits(&finding.route);
    let why = match (finding.status, finding.path) {
        // Of a route that is listed for what was not done, `serves` let nothing else in.
        (Status::Eligible | Status::LikelyDone, path)
            if finding.status == Status::Eligible && (path.is_some() || !splits)
                || texts.filing.is_owed(&finding.route) =>
        {
            match words(texts, finding, path, juvenile) {
                Some((words, relief)) => {
                    let ask = Ask {
                        count: c,
                        index,
                        finding,
                        relief,
                        opponent: words.opponent_bears,
                        alternative: finding.fallback.or_else(|| {
                            let other = alternatives.of(index)?;
                            let words = &texts.filing.body.alternative;
                            words.contains_key(&other).then_some(other)
                        }),
                    };
                    plan.ask(words, juvenile, ask);
                    return Ok(());
                }
                None => Why::NoWords,
            }
        }
        (Status::Eligible, _) => Why::Path,
        (
            Status::NotYet
            | Status::NotEligible
            | Status::NeedsFacts
            | Status::NeedsAttorney
            | Status::AlreadyGranted
            | Status::LikelyDone,
            _,
        ) => Why::Answer,
    };
    // What one of many statutes says of a conviction is on the results screen; here it would hide what matters.
    if why != Why::Answer || texts.filing.speaks(&finding.route) {
        plan.left_out.push(LeftOut {
            count: c,
            finding,
            why,
        });
    }
    Ok(())
}

/// The words for a finding's paper and its relief, when the pack has all that its sentences need.
fn words<'a>(
    texts: &'a PaperTexts,
    finding: &Finding,
    path: Option<Path>,
    juvenile: bool,
) -> Option<(&'a Motion, Relief)> {
    let relief = finding.relief?;
    let body = &texts.filing.body;
    let motion = texts.filing.motion(&finding.route, path, juvenile)?;
    let alternative = finding
        .fallback
        .is_none_or(|fallback| body.alternative.contains_key(&fallback));
    let complete = motion.order_options.contains(&relief)
        && (body.ground.contains_key(&relief) || motion.ground.contains_key(&finding.route))
        && (body.request.contains_key(&relief) || motion.request.contains_key(&relief))
        && alternative;
    complete.then_some((motion, relief))
}

impl<'a> CasePlan<'a> {
    fn of(index: usize, case: &'a Case) -> Self {
        Self {
            index,
            case,
            motions: Vec::new(),
            left_out: Vec::new(),
        }
    }

    // A way without a paper: it matters more where nothing that is filed comes before it.
    fn add(&mut self, other: LeftOut<'a>) {
        let asks = self.motions.iter().flat_map(|motion| &motion.asks);
        let filed = asks.filter(|ask| ask.count == other.count);
        let before = filed.map(|ask| rank(ask.finding)).min();
        let besides = before.is_some_and(|before| before <= rank(other.finding));
        let why = match besides {
            true => Why::Besides,
            false => Why::NoPaper,
        };
        self.left_out.push(LeftOut { why, ..other });
    }

    /// What the papers ask for that stand beside others and are of a kind.
    fn beside(&self, kind: impl Fn(&Motion) -> bool) -> Vec<Relief> {
        let of_kind = |motion: &&MotionPlan<'_>| motion.words.beside && kind(motion.words);
        let asks = self
            .motions
            .iter()
            .filter(of_kind)
            .flat_map(|motion| &motion.asks);
        asks.map(|ask| ask.relief).collect()
    }

    fn ask(&mut self, words: &'a Motion, juvenile: bool, ask: Ask<'a>) {
        match self.motions.iter_mut().find(|m| m.words == words) {
            Some(motion) => motion.asks.push(ask),
            None => self.motions.push(MotionPlan {
                words,
                juvenile,
                asks: vec![ask],
            }),
        }
    }

    /// Of several ways to ask about one conviction the one that comes first is filed first: the others wait for what it brings.
    /// One paper asks for one dismissal of a conviction, and may ask to reduce it besides.
    fn settle(&mut self) {
        // What asks for the record of the case waits for nothing; of two such papers the one stays that asks for what is owed.
        let owed: Vec<Relief> = self.beside(|words| words.not_done);
        self.motions.retain(|motion| {
            let same = motion.asks.iter().any(|ask| owed.contains(&ask.relief));
            !(motion.words.beside && !motion.words.not_done && same)
        });
        let mut first: BTreeMap<usize, u32> = BTreeMap::new();
        let rivals = || self.motions.iter().filter(|motion| !motion.words.beside);
        let asks = rivals().flat_map(|motion| &motion.asks);
        let open = self.left_out.iter().filter(|left| left.why == Why::Path);
        let ranked = asks
            .map(|ask| (ask.count, ask.finding))
            .chain(open.map(|left| (left.count, left.finding)));
        for (count, finding) in ranked {
            let rank = rank(finding);
            let best = first.entry(count).or_insert(rank);
            *best = rank.min(*best);
        }
        // The paper of each conviction is the one that has its first way.
        let mut paper: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, motion) in self.motions.iter().enumerate() {
            for ask in motion.asks.iter().filter(|_| !motion.words.beside) {
                if first.get(&ask.count) == Some(&rank(ask.finding)) {
                    paper.entry(ask.count).or_insert(n);
                }
            }
        }
        for (n, motion) in self.motions.iter_mut().enumerate() {
            motion
                .asks
                .sort_by_key(|ask| (ask.count, rank(ask.finding)));
            let mut seen: Vec<(usize, Relief)> = Vec::new();
            motion.asks.retain(|ask| {
                let here = motion.words.beside || paper.get(&ask.count) == Some(&n);
                let new = !seen.contains(&(ask.count, ask.relief));
                seen.push((ask.count, ask.relief));
                here && new
            });
        }
        self.motions.retain(|motion| !motion.asks.is_empty());
        // What one statute says against a conviction that another one is asked for would only confuse.
        let asked: Vec<usize> = self.motions.iter().flat_map(MotionPlan::counts).collect();
        self.left_out
            .retain(|left| left.why != Why::Answer || !asked.contains(&left.count));
    }
}

fn rank(finding: &Finding) -> u32 {
    finding.rank.unwrap_or(u32::MAX)
}
