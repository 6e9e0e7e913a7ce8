//! What comes after a review: papers for the court, the comparison with the office's own list, and the court's answers. Each goes on
//! a thread of its own, into a new folder among the results.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use ::review::filing::Papers;
use ::review::reconcile::{Columns, Reconcile};
use ::review::track::Track;
use ::review::{Progress, ReviewError, columns};
use record::answers::{Answers, Elections, ImmigrationClearance, Signer};
use vault::Act;

use super::name_of;
use super::room::Room;
use crate::view::{
    AfterKind, AfterPhase, AfterRun, CompareList, CountOf, ListFound, MakePapers, ReviewView,
};
use crate::{Desk, Error, Moment, Result};

/// The list that papers leave for the court: a folder with it holds papers of ours.
const UPLOAD_LIST: &str = "court-upload.csv";

/// What comes after a review, and how far it is.
#[derive(Default)]
pub(crate) struct After {
    kind: Option<AfterKind>,
    progress: Option<Arc<Progress>>,
    folder: PathBuf,
    ended: Option<std::result::Result<Came, ReviewError>>,
    list: Option<(PathBuf, ListFound)>,
    papers: Option<PathBuf>,
}

/// What came of it.
#[derive(Default)]
struct Came {
    counts: Vec<CountOf>,
    beside: Vec<CountOf>,
    sentence: String,
    missing: Vec<String>,
}

impl After {
    fn runs(&self) -> bool {
        self.progress.is_some()
    }

    /// Stops what runs; nothing is left of it.
    pub(crate) fn stop(&self) {
        if let Some(progress) = &self.progress {
            progress.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Another review is looked at.
    pub(crate) fn forget(&mut self) {
        self.stop();
        *self = Self::default();
    }

    fn view(&self) -> AfterRun {
        let at = self.progress.as_ref().map(|progress| progress.now());
        let at = at.unwrap_or_default();
        let came = self.ended.as_ref().and_then(|ended| ended.as_ref().ok());
        let error = self.ended.as_ref().and_then(|ended| ended.as_ref().err());
        AfterRun {
            kind: self.kind.unwrap_or(AfterKind::Papers),
            phase: match (&self.progress, &self.ended) {
                (Some(_), _) => AfterPhase::Running,
                (None, None) => AfterPhase::None,
                (None, Some(Ok(_))) => AfterPhase::Done,
                (None, Some(Err(ReviewError::Stopped))) => AfterPhase::Cancelled,
                (None, Some(Err(_))) => AfterPhase::Failed,
            },
            done: at.bytes,
            of: at.of_bytes,
            folder: self.folder.display().to_string(),
            counts: came.map(|came| came.counts.clone()).unwrap_or_default(),
            beside: came.map(|came| came.beside.clone()).unwrap_or_default(),
            sentence: came.map(|came| came.sentence.clone()).unwrap_or_default(),
            missing: came.map(|came| came.missing.clone()).unwrap_or_default(),
            trouble: error.map(Error::review_refusal),
            list: self.list.as_ref().map(|(_, found)| found.clone()),
            papers: self.papers.as_ref().map(|path| path.display().to_string()),
            attorneys: Vec::new(),
            may_clear: false,
        }
    }
}

type Work = Box<dyn FnOnce(&Progress, &Path) -> std::result::Result<Came, ReviewError> + Send>;

impl Desk {
    pub(super) fn after(&self) -> Result<AfterRun> {
        let mut view = self.room().state().after.view();
        let attorneys = self.clinic()?.attorneys.into_iter();
        view.attorneys = attorneys.map(|attorney| attorney.name).collect();
        view.may_clear = self.needs(Act::Clear).is_ok();
        Ok(view)
    }

    /// How far what comes after a review is. Asked again and again while it goes on.
    ///
    /// # Errors
    /// The role's.
    pub fn after_review(&self) -> Result<AfterRun> {
        self.needs(Act::Review)?;
        self.after()
    }

    /// Takes the office's list or the court's answers to look at.
    ///
    /// # Errors
    /// It is no table.
    pub fn choose_review_list(&self, path: &Path) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let columns = columns(path)?;
        let found = ListFound {
            name: name_of(path),
            guess: guesses(&columns),
            columns,
        };
        self.room().state().after.list = Some((path.to_owned(), found));
        self.review()
    }

    /// Takes a folder of papers whose answers are read.
    ///
    /// # Errors
    /// There are no papers of ours in it.
    pub fn choose_review_papers(&self, folder: PathBuf) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        columns(&folder.join(UPLOAD_LIST))?;
        self.room().state().after.papers = Some(folder);
        self.review()
    }

    /// Makes the papers and the lists of the review that is looked at.
    ///
    /// # Errors
    /// [`Error::NoReview`], [`Error::ReviewLocked`]; [`Error::Stale`] where decisions are not in the tables yet; only an attorney clears.
    pub fn make_review_papers(&mut self, ask: &MakePapers, now: Moment) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let immigration = match ask.clearance.trim() {
            "" => None,
            reason => {
                self.needs(Act::Clear)?;
                Some(ImmigrationClearance {
                    by: self.signature()?,
                    on: now.today,
                    reason: reason.to_owned(),
                })
            }
        };
        let signer = match ask.signer.as_str() {
            "" => Signer::Open,
            name => Signer::Attorney { name: name.into() },
        };
        let answers = Answers {
            immigration,
            elections: Some(Elections {
                signer: Some(signer),
                ..Elections::default()
            }),
            ..Answers::default()
        };
        let (clinic, packs) = (self.clinic()?, self.packs);
        let review = self.tables_of_review()?;
        let as_of = now.today;
        self.begin_after(AfterKind::Papers, &review.clone(), move |watch, out| {
            let asked = Papers {
                review: &review,
                clinic: &clinic,
                answers: Some(&answers),
                as_of,
                out,
                watch,
            };
            let filed = ::review::filing::file(&asked, packs)?;
            Ok(Came {
                counts: vec![
                    count("part_a", filed.part_a),
                    count("part_b", filed.part_b),
                    count("left_out", filed.left_out),
                    count("volumes", filed.volumes),
                    count("orders", filed.orders),
                ],
                missing: filed.why_not,
                ..Came::default()
            })
        })
    }

    /// Compares the list that was chosen with the review, or reads the court's answers to its papers.
    ///
    /// # Errors
    /// [`Error::NoReview`], [`Error::ReviewLocked`], [`Error::NoFiles`] where no table was chosen, [`Error::NoFolder`] where no papers were.
    pub fn compare_review(&mut self, ask: &CompareList) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let review = self.tables_of_review()?;
        let (list, papers) = {
            let room = self.room().state();
            let list = room.after.list.as_ref().map(|(path, _)| path.clone());
            (list.ok_or(Error::NoFiles)?, room.after.papers.clone())
        };
        let [case, cii, name, born, outcome, on] = [
            &ask.case,
            &ask.cii,
            &ask.name,
            &ask.born,
            &ask.outcome,
            &ask.on,
        ]
        .map(String::clone);
        let some = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        if ask.kind == AfterKind::Track {
            let papers = papers.ok_or(Error::NoFolder)?;
            let (name, on, hide) = (some(&name), some(&on), u64::from(ask.hide));
            return self.begin_after(AfterKind::Track, &review, move |_, out| {
                let asked = Track {
                    papers: &papers,
                    court: &list,
                    case: &case,
                    name: name.as_deref(),
                    outcome: &outcome,
                    on: on.as_deref(),
                    hide,
                    out,
                };
                let tracked = ::review::track::track(&asked)?;
                let mut counts: Vec<CountOf> = vec![count("cases", tracked.cases)];
                counts.extend(tracked.outcomes.iter().map(|(name, n)| count(name, *n)));
                counts.push(count("not_used", tracked.not_used));
                Ok(Came {
                    counts,
                    sentence: tracked.sentence,
                    ..Came::default()
                })
            });
        }
        let [case, cii, name, born] = [case, cii, name, born].map(|name| some(&name));
        self.begin_after(AfterKind::Compare, &review.clone(), move |_, out| {
            let asked = Reconcile {
                review: &review,
                list: &list,
                columns: Columns {
                    case: case.as_deref(),
                    cii: cii.as_deref(),
                    name: name.as_deref(),
                    born: born.as_deref(),
                },
                out,
            };
            let done = ::review::reconcile::reconcile(&asked)?;
            let each = |side: &std::collections::BTreeMap<&'static str, u64>| {
                side.iter()
                    .map(|(name, n)| count(name, *n))
                    .collect::<Vec<_>>()
            };
            let mut counts = vec![count("list_rows", done.list_rows)];
            counts.extend(each(&done.list));
            counts.push(count("conflicts", done.conflicts));
            counts.push(count("not_used", done.problems));
            let mut beside = vec![count("export_cases", done.export_cases)];
            beside.extend(each(&done.export));
            Ok(Came {
                counts,
                beside,
                ..Came::default()
            })
        })
    }

    /// Stops what comes after a review; nothing is left of it.
    ///
    /// # Errors
    /// The role's.
    pub fn stop_after_review(&self) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        self.room().state().after.stop();
        self.review()
    }

    // The folder whose tables are read. They lie open, and have every decision that was given.
    fn tables_of_review(&self) -> Result<PathBuf> {
        let mut room = self.room().state();
        if room.after.runs() {
            return Err(Error::ReviewRuns);
        }
        let finished = room.finished()?;
        if finished.about.locked {
            return Err(Error::ReviewLocked);
        }
        if !finished.hands.is_empty() {
            return Err(Error::Undecided);
        }
        Ok(finished.about.folder.clone())
    }

    fn begin_after(
        &self,
        kind: AfterKind,
        review: &Path,
        work: impl FnOnce(&Progress, &Path) -> std::result::Result<Came, ReviewError> + Send + 'static,
    ) -> Result<ReviewView> {
        let out = free(review, kind);
        self.room().begin_after(kind, out, Box::new(work))?;
        self.review()
    }
}

impl Room {
    fn begin_after(&self, kind: AfterKind, out: PathBuf, work: Work) -> Result<()> {
        let progress = Arc::new(Progress::default());
        let (room, watched, folder) = (self.clone(), Arc::clone(&progress), out.clone());
        {
            let mut state = self.state();
            if state.after.runs() {
                return Err(Error::ReviewRuns);
            }
            let after = &mut state.after;
            (after.kind, after.folder, after.ended) = (Some(kind), out, None);
            after.progress = Some(progress);
        }
        let begun = thread::Builder::new()
            .name("after-review".into())
            .stack_size(16 << 20) // papers are typeset on it
            .spawn(move || {
                let came = work(&watched, &folder);
                let mut state = room.state();
                let after = &mut state.after;
                // Another review may be looked at by now.
                let mine = |known: &Arc<Progress>| Arc::ptr_eq(known, &watched);
                if after.progress.as_ref().is_some_and(mine) {
                    if came.is_ok() && kind == AfterKind::Papers {
                        after.papers = Some(folder);
                    }
                    (after.progress, after.ended) = (None, Some(came));
                }
            });
        if let Err(error) = begun {
            self.state().after.forget();
            return Err(Error::Folder(error.kind()));
        }
        Ok(())
    }
}

fn count(name: &str, n: u64) -> CountOf {
    CountOf {
        name: name.to_owned(),
        n,
    }
}

// A new folder among the results: what an earlier day made is left as it is.
fn free(review: &Path, kind: AfterKind) -> PathBuf {
    let name = match kind {
        AfterKind::Papers => "papers",
        AfterKind::Compare => "compared",
        AfterKind::Track => "answers",
    };
    let numbered = (2..).map(|n| review.join(format!("{name}-{n}")));
    let mut all = std::iter::once(review.join(name)).chain(numbered);
    all.find(|path| !path.exists())
        .unwrap_or_else(|| review.join(name))
}

// Case number, CII number, name, birth date, answer, day of the answer: the first column whose name says so.
fn guesses(columns: &[String]) -> Vec<String> {
    let words: [&[&str]; 6] = [
        &["case", "docket", "court number"],
        &["cii"],
        &["name", "defendant"],
        &["birth", "dob", "born"],
        &["outcome", "answer", "result", "ruling", "order"],
        &["decided", "granted on", "date"],
    ];
    let mut taken: Vec<&String> = Vec::new();
    let mut guess = |words: &[&str]| {
        let found = columns.iter().find(|column| {
            let plain = column.to_lowercase().replace('_', " ");
            !taken.contains(column) && words.iter().any(|word| plain.contains(word))
        });
        taken.extend(found);
        found.cloned().unwrap_or_default()
    };
    words.map(&mut guess).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_guessed_by_their_names() {
        let columns = [
            "CII_NUMBER",
            "Defendant",
            "DOB",
            "Case No.",
            "Outcome",
            "Date",
        ];
        let columns = columns.map(str::to_owned);
        assert_eq!(
            guesses(&columns),
            [
                "Case No.",
                "CII_NUMBER",
                "Defendant",
                "DOB",
                "Outcome",
                "Date"
            ]
        );
        assert_eq!(guesses(&["x".to_owned()]), ["", "", "", "", "", ""]);
    }
}
