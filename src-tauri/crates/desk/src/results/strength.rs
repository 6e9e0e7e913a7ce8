//! Which of several answers about one count comes first.

use std::cmp::Ordering;

use record::findings::{Finding, Mode, Relief, Status};

/// What can be done now before what cannot. Among the open ways the pack's order of work decides, for a reduction that is done after
/// the dismissal comes too late; otherwise the stronger relief before the weaker, and what the court must do before what it may.
pub(crate) fn compare(a: &Finding, b: &Finding) -> Ordering {
    let key = |finding: &Finding| {
        (
            standing(finding.status),
            finding.rank.unwrap_or(u32::MAX),
            finding.relief.map_or(usize::MAX, relief),
            mode(finding.mode),
        )
    };
    key(a).cmp(&key(b))
}

/// Whether an answer speaks of a stronger relief than another does.
pub(crate) fn promises_more(a: &Finding, than: &Finding) -> bool {
    let stands = |finding: &Finding| finding.relief.map_or(usize::MAX, relief);
    stands(a) < stands(than)
}

fn standing(status: Status) -> u8 {
    match status {
        Status::Eligible => 0,
        Status::AlreadyGranted => 1,
        Status::NeedsFacts => 2,
        Status::NeedsAttorney => 3,
        Status::NotYet => 4,
        Status::LikelyDone => 5,
        Status::NotEligible => 6,
    }
}

/// Where a relief stands among the others, from the one that leaves least behind.
fn relief(relief: Relief) -> usize {
    use Relief as R;
    match relief {
        R::Vacate => 0,
        R::DismissAndSeal => 1,
        R::DestroyRecords => 2,
        R::SealRecord => 3,
        R::SealArrest => 4,
        R::Expunge => 5,
        R::RecallAndDismiss => 6,
        R::SetAside => 7,
        R::Dismiss => 8,
        R::RedesignateInfraction => 9,
        R::ReduceToInfraction => 10,
        R::ResentenceInfraction => 11,
        R::RedesignateMisdemeanor => 12,
        R::ReduceToMisdemeanor => 13,
        R::ResentenceMisdemeanor => 14,
        R::EndProbation => 15,
        R::Certificate => 16,
        R::Pardon => 17,
    }
}

fn mode(mode: Option<Mode>) -> u8 {
    match mode {
        Some(Mode::Entitled) => 0,
        Some(Mode::Automatic) => 1,
        Some(Mode::Discretionary) => 2,
        None => 3,
    }
}
