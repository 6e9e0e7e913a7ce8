//! One route's answer for one count: all readings, the verdict, and the proof of the reading that is shown.

use packs::offense::OffenseId;
use packs::route::Say;
use packs::source::Cite;
use record::findings::Status;

use crate::docket::Docket;
use crate::fact::{Atom, Fact};
use crate::reading::{Choices, MOST, Readings};
use crate::run::{Law, Outcome, Run};
use crate::trace::{Step, Trace};
use crate::tree::{Tree, Verdict};

/// An answer with its proof.
pub(crate) struct Answer<'a> {
    pub(crate) verdict: Verdict,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) reviews: Vec<&'a Say>,
    /// Authorities beside those of the steps.
    pub(crate) rests: Vec<Cite>,
    /// The offense that the section was taken for.
    pub(crate) offense: Option<OffenseId>,
    pub(crate) presumes: Vec<Fact>,
    pub(crate) asks: Vec<Fact>,
}

pub(crate) fn answer<'a>(docket: &'a Docket<'a>, law: Law<'a>, k: usize, c: usize) -> Answer<'a> {
    let mut run = Run::new(docket, law, k, c);
    let mut readings = Readings::default();
    // Most often the first reading is the one that is shown: it writes down its proof, the others do not.
    run.trace = Trace::on();
    let mut first = None;
    loop {
        let outcome = run.evaluate();
        readings.push(&run.choices, outcome, !run.trace.is_open());
        if first.is_none() {
            first = Some((taken(&mut run), run.presumed.clone()));
        }
        if !run.next() {
            break;
        }
        if readings.len() == MOST {
            return too_open(run, &readings);
        }
    }
    let verdict = Verdict::new(&Tree::new(&readings), law, readings.certain());
    let first = first.filter(|_| readings.outcome(0) == verdict.shown);
    let ((mut reviews, steps, rests, offense), presumed) = first.unwrap_or_else(|| {
        let shown = shown(&mut run, &readings, verdict.shown);
        (shown, std::mem::take(&mut run.presumed))
    });
    let presumed = match verdict.status {
        Status::Eligible => presumed,
        _ => Vec::new(),
    };
    // What would be lost, and what a lawyer would have to judge, is pointed out with the better case.
    if verdict.status == Status::Eligible && !verdict.presumes.is_empty() {
        let mut others: Vec<Outcome> = Vec::new();
        for outcome in readings.outcomes() {
            let lost = matches!(outcome.status, Status::NotEligible | Status::NeedsAttorney);
            if lost && !others.contains(&outcome) {
                others.push(outcome);
            }
        }
        for other in others {
            replay(&mut run, &readings, other);
            run.trace.something_to_lose();
            let (more, ..) = taken(&mut run);
            let new: Vec<_> = more
                .into_iter()
                .filter(|review| !reviews.contains(review))
                .collect();
            reviews.extend(new);
        }
    }
    let facts = |run: &Run<'a>, atoms: &[Atom]| {
        let mut facts: Vec<Fact> = Vec::new();
        for fact in atoms.iter().flat_map(|atom| run.unknown_facts(*atom)) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        facts
    };
    let with = |mut facts: Vec<Fact>| {
        for fact in &presumed {
            if !facts.contains(fact) {
                facts.push(*fact);
            }
        }
        facts
    };
    Answer {
        presumes: with(facts(&run, &verdict.presumes)),
        asks: with(facts(&run, &verdict.asks)),
        verdict,
        steps,
        reviews,
        rests,
        offense,
    }
}

type Shown<'a> = (Vec<&'a Say>, Vec<Step<'a>>, Vec<Cite>, Option<OffenseId>);

// Runs the first reading with an outcome once more, to write down its proof.
fn shown<'a>(run: &mut Run<'a>, readings: &Readings, outcome: Outcome) -> Shown<'a> {
    replay(run, readings, outcome);
    taken(run)
}

fn replay(run: &mut Run<'_>, readings: &Readings, outcome: Outcome) {
    let chosen = readings
        .outcomes()
        .position(|other| other == outcome)
        .map_or(&[][..], |n| readings.chosen(n));
    run.choices = Choices::replay(chosen);
    run.trace = Trace::on();
    run.evaluate();
}

// The proof that a run has written down.
fn taken<'a>(run: &mut Run<'a>) -> Shown<'a> {
    let trace = std::mem::take(&mut run.trace);
    (trace.reviews, trace.steps, trace.rests, run.offense)
}

// More is open than can be told apart: nothing is claimed, and what the record itself can show is asked for.
fn too_open<'a>(mut run: Run<'a>, readings: &Readings) -> Answer<'a> {
    let mut atoms: Vec<Atom> = Vec::new();
    for (atom, _) in readings.choices() {
        if !atoms.contains(atom) {
            atoms.push(*atom);
        }
    }
    let first = readings.outcome(0);
    let (reviews, steps, rests, offense) = shown(&mut run, readings, first);
    let mut asks: Vec<Fact> = atoms
        .iter()
        .flat_map(|atom| run.unknown_facts(*atom))
        .collect();
    asks.dedup();
    let verdict = Verdict::open(first, atoms);
    Answer {
        verdict,
        steps,
        reviews,
        rests,
        offense,
        presumes: Vec::new(),
        asks,
    }
}
