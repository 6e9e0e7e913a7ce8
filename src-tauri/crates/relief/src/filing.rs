//! `relief review papers`, `track` and `reconcile`: what goes out after a review, what came back from the court, and whether the office's
//! own list tells the same.

use std::io::Write;

use ::review::Progress;
use ::review::filing::{Papers, file};
use ::review::reconcile::{Columns, Reconcile};
use ::review::track::Track;
use packs::Packs;
use record::answers::Answers;
use record::clinic::Clinic;

use crate::args::{ReviewPapers, ReviewReconcile, ReviewTrack, day};
use crate::packet::document;
use crate::report::Report;
use crate::review::refuse;

pub(crate) fn papers(args: &ReviewPapers, packs: &Packs, report: &mut Report) {
    let Some(clinic) = document(&args.clinic, Clinic::from_json, report) else {
        return;
    };
    let answers = match &args.answers {
        None => None,
        Some(path) => match document(path, Answers::from_json, report) {
            Some(answers) => Some(answers),
            None => return,
        },
    };
    let asked = Papers {
        review: &args.review,
        clinic: &clinic,
        answers: answers.as_ref(),
        as_of: day(args.as_of),
        out: &args.out,
        watch: &Progress::default(),
    };
    match file(&asked, packs) {
        Ok(filed) => {
            for reason in &filed.why_not {
                report.refuse(&args.out, 1, format_args!("not ready: {reason}"));
            }
        }
        Err(error) => refuse(Some(&args.review), &error, report),
    }
}

pub(crate) fn track(args: &ReviewTrack, report: &mut Report) {
    let asked = Track {
        papers: &args.papers,
        court: &args.court,
        case: &args.case,
        name: args.name.as_deref(),
        outcome: &args.outcome,
        on: args.on.as_deref(),
        hide: args.hide,
        out: &args.out,
    };
    match ::review::track::track(&asked) {
        Ok(tracked) => {
            let line = writeln!(std::io::stdout().lock(), "{}", tracked.sentence);
            report.output(line);
            if tracked.not_used > 0 {
                let message = format_args!(
                    "{} rows could not be used; each stands here with its reason",
                    tracked.not_used
                );
                report.refuse(&args.out.join("rows-not-used.csv"), 1, message);
            }
        }
        Err(error) => refuse(Some(&args.court), &error, report),
    }
}

pub(crate) fn reconcile(args: &ReviewReconcile, report: &mut Report) {
    let asked = Reconcile {
        review: &args.review,
        list: &args.list,
        columns: Columns {
            case: args.case.as_deref(),
            cii: args.cii.as_deref(),
            name: args.name.as_deref(),
            born: args.born.as_deref(),
        },
        out: &args.out,
    };
    match ::review::reconcile::reconcile(&asked) {
        Ok(done) => {
            for (side, numbers) in [("list", &done.list), ("export", &done.export)] {
                let each: Vec<_> = numbers
                    .iter()
                    .map(|(found, n)| format!("{n} {found}"))
                    .collect();
                let line = writeln!(std::io::stdout().lock(), "{side}: {}", each.join(", "));
                report.output(line);
            }
            if done.problems > 0 {
                let message = format_args!(
                    "{} rows with something that could not be used; each stands here with its reason",
                    done.problems
                );
                report.refuse(&args.out.join("rows-not-used.csv"), 1, message);
            }
        }
        Err(error) => refuse(Some(&args.list), &error, report),
    }
}
