//! What a review needs while it goes on, whether the office is open or locked: a lock ends no review, and shows none.
//!
//! The room belongs to the door, not to the open desk. What is in it names nobody but in one case: results that are locked can be looked
//! through only as long as this process has their key; the office's lock takes that away.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};

use ::review::pages::Pages;
use ::review::tally::Tally;
use ::review::{Decisions, Digest, Done, Hands, Kept, Lock, Progress, ReviewError};
use packs::policy::Policy;

use super::Chosen;
use super::after::After;
use super::unfinished::Place;
use crate::Error;
use crate::view::{FileFound, ReviewRun, RunPhase};

/// Shared by the door and the open desk.
#[derive(Clone, Default)]
pub(crate) struct Room(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
}

/// What was chosen, and what goes on.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) files: Vec<Chosen>,
    pub(crate) folder: Option<PathBuf>,
    pub(crate) decisions: Option<PathBuf>,
    pub(crate) own: Vec<Policy>,
    /// The policies' files: id, name, text.
    pub(crate) texts: Vec<(String, String, String)>,
    pub(crate) on: On,
    /// What comes after a review.
    pub(crate) after: After,
    /// Nobody is in.
    closed: bool,
}

/// What goes on.
#[derive(Default)]
pub(crate) enum On {
    #[default]
    Nothing,
    Running(Running),
    Done(Box<Finished>),
    /// Ended without results: how, and why.
    Ended(About, RunPhase, Option<ReviewError>),
}

/// What a review is about.
#[derive(Clone)]
pub(crate) struct About {
    pub(crate) county: String,
    pub(crate) as_of: String,
    pub(crate) policy: Policy,
    pub(crate) folder: PathBuf,
    pub(crate) files: Vec<PathBuf>,
    /// Decisions that the tables have.
    pub(crate) before: Decisions,
    /// What the results are locked with.
    pub(crate) lock: Option<Lock>,
    pub(crate) locked: bool,
}

/// A review that runs.
pub(crate) struct Running {
    about: About,
    progress: Arc<Progress>,
    paused: bool,
    stopping: bool,
    thread: Option<JoinHandle<()>>,
}

/// A review that is done.
pub(crate) struct Finished {
    pub(crate) about: About,
    pub(crate) tally: Tally,
    /// The files written, and those left out as another's copy, by name.
    written: Vec<String>,
    twice: Vec<String>,
    /// Lines of the file of decisions that are about nobody.
    unused: Vec<u64>,
    resumed: bool,
    /// The facts of everybody; gone behind a lock where the results are locked.
    digest: Option<Digest>,
    /// The decisions, once somebody looked through them.
    pub(crate) pages: Option<Pages>,
    /// What people decided since the tables were written.
    pub(crate) hands: Hands,
}

type Work = Box<dyn FnOnce(&Progress) -> Result<Done, ReviewError> + Send>;

impl Room {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let state = self.0.state.lock();
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody is in again.
    pub(crate) fn open(&self) {
        self.state().closed = false;
    }

    /// Nobody is in any more. A review that runs goes on.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.let_go();
    }

    /// Begins a review on a thread of its own. `note` is removed once it cannot go on any more.
    pub(crate) fn begin(&self, about: About, note: Place, work: Work) -> Result<(), Error> {
        let mut state = self.state();
        if state.goes_on() {
            return Err(Error::ReviewRuns);
        }
        let progress = Arc::new(Progress::default());
        let (shared, watched) = (Arc::downgrade(&self.0), Arc::clone(&progress));
        let thread = thread::Builder::new()
            .name("review".into())
            .stack_size(16 << 20) // the report is typeset on it
            .spawn(move || ended(&shared, work(&watched), &note))
            .map_err(|error| Error::Folder(error.kind()))?;
        state.on = On::Running(Running {
            about,
            progress,
            paused: false,
            stopping: false,
            thread: Some(thread),
        });
        Ok(())
    }
}

fn ended(shared: &Weak<Shared>, done: Result<Done, ReviewError>, note: &Place) {
    if !matches!(done, Err(ReviewError::Later)) {
        note.remove();
    }
    let Some(shared) = shared.upgrade() else {
        return;
    };
    let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
    let about = match std::mem::take(&mut state.on) {
        On::Running(running) => running.about,
        other => return state.on = other,
    };
    state.on = match done {
        Ok(done) => {
            if !about.locked {
                note.looked_at(&about.folder);
            }
            On::Done(Box::new(Finished::new(about, done)))
        }
        Err(ReviewError::Later) => On::Ended(about, RunPhase::Kept, None),
        Err(ReviewError::Stopped) => On::Ended(about, RunPhase::Cancelled, None),
        Err(error) => On::Ended(about, RunPhase::Failed, Some(error)),
    };
    if state.closed {
        state.let_go();
    }
}

impl State {
    /// A review runs.
    pub(crate) fn goes_on(&self) -> bool {
        matches!(self.on, On::Running(_))
    }

    /// Makes it wait or go on.
    pub(crate) fn pause(&mut self, paused: bool) {
        if let On::Running(running) = &mut self.on
            && !running.stopping
        {
            running.paused = paused;
            running.progress.pause(paused);
        }
    }

    /// Stops it.
    pub(crate) fn stop(&mut self, keep: bool) {
        if let On::Running(running) = &mut self.on {
            running.stopping = true;
            let told = match keep {
                true => &running.progress.later,
                false => &running.progress.stop,
            };
            told.store(true, Ordering::Relaxed);
            running.progress.pause(false);
        }
    }

    // Results that were locked cannot be looked through behind a lock: their key goes, and with it what it opens.
    fn let_go(&mut self) {
        if let On::Done(finished) = &mut self.on
            && finished.about.locked
        {
            finished.pages = None;
            finished.digest = None;
            finished.hands = Hands::default();
            finished.about.before = Decisions::default();
            finished.about.lock = None;
        }
    }

    pub(crate) fn finished(&mut self) -> Result<&mut Finished, Error> {
        match &mut self.on {
            On::Done(finished) => Ok(finished),
            On::Nothing | On::Running(_) | On::Ended(..) => Err(Error::NoReview),
        }
    }

    /// What the window shows of it.
    pub(crate) fn run(&self) -> ReviewRun {
        let mut run = ReviewRun {
            phase: RunPhase::None,
            bytes: 0,
            of_bytes: 0,
            people: 0,
            county: String::new(),
            policy: String::new(),
            policy_id: String::new(),
            as_of: String::new(),
            folder: String::new(),
            locked: false,
            written: Vec::new(),
            twice: Vec::new(),
            unused: Vec::new(),
            resumed: false,
            given: 0,
            again: false,
            trouble: None,
        };
        let about = match &self.on {
            On::Nothing => return run,
            On::Running(running) => {
                let at = running.progress.now();
                run.phase = match (running.stopping, running.paused) {
                    (true, _) => RunPhase::Ending,
                    (_, true) => RunPhase::Paused,
                    _ => RunPhase::Running,
                };
                // Before the first rows are done, the files' own lengths say how much there is.
                let once = |file: &&Chosen| file.view.found != FileFound::Twin;
                let files = || self.files.iter().filter(once).map(|file| file.view.bytes);
                let of_bytes = match at.of_bytes {
                    0 => files().sum(),
                    known => known,
                };
                (run.bytes, run.of_bytes, run.people) = (at.bytes, of_bytes, at.people);
                &running.about
            }
            On::Done(finished) => {
                run.phase = RunPhase::Done;
                run.people = finished.tally.people;
                run.resumed = finished.resumed;
                run.written.clone_from(&finished.written);
                run.twice.clone_from(&finished.twice);
                let lines = finished.unused.iter();
                run.unused = lines.map(ToString::to_string).collect();
                run.given = u32::try_from(finished.hands.len()).unwrap_or(u32::MAX);
                let there = |path: &PathBuf| path.is_file();
                run.again = !finished.about.locked && finished.about.files.iter().all(there);
                &finished.about
            }
            On::Ended(about, phase, error) => {
                run.phase = *phase;
                run.trouble = error.as_ref().map(Error::review_refusal);
                about
            }
        };
        run.county.clone_from(&about.county);
        run.policy.clone_from(&about.policy.title);
        run.policy_id.clone_from(&about.policy.id);
        run.as_of.clone_from(&about.as_of);
        run.folder = about.folder.display().to_string();
        run.locked = about.locked;
        run
    }
}

impl Finished {
    fn new(about: About, done: Done) -> Self {
        let name = |path: &PathBuf| super::name_of(path);
        Self {
            hands: Hands::new(about.before.clone()),
            written: done.written.iter().map(name).collect(),
            twice: done.twice.iter().map(|(path, _)| name(path)).collect(),
            unused: done.unused,
            resumed: done.resumed > 0,
            tally: done.tally,
            digest: done.digest,
            pages: None,
            about,
        }
    }

    /// Results opened from their folder.
    pub(crate) fn opened(kept: Kept, folder: PathBuf) -> Result<Self, Error> {
        let pages = kept.digest.pages()?;
        let hands = Hands::over(kept.decisions.clone(), &pages)?;
        let mut finished = Self {
            about: About {
                county: kept.county,
                as_of: kept.as_of.to_string(),
                policy: kept.policy,
                folder,
                files: kept.files,
                before: kept.decisions,
                lock: None,
                locked: false,
            },
            tally: kept.tally,
            written: Vec::new(),
            twice: Vec::new(),
            unused: Vec::new(),
            resumed: false,
            digest: Some(kept.digest),
            pages: Some(pages),
            hands,
        };
        finished.look_again();
        Ok(finished)
    }

    pub(crate) fn digest(&self) -> Result<&Digest, Error> {
        self.digest.as_ref().ok_or(Error::ReviewLocked)
    }

    /// The decisions, to be looked through.
    pub(crate) fn pages(&mut self) -> Result<&mut Pages, Error> {
        if self.pages.is_none() {
            self.pages = Some(self.digest()?.pages()?);
            self.look_again();
        }
        self.pages.as_mut().ok_or(Error::NoReview)
    }

    /// People decided something since: filters see it.
    pub(crate) fn look_again(&mut self) {
        if let Some(pages) = &mut self.pages {
            pages.since(&self.hands);
        }
    }
}

// The program ends: what is done is kept, and the same review goes on from there.
impl Drop for Shared {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.stop(true);
        state.after.stop();
        if let On::Running(running) = &mut state.on
            && let Some(thread) = running.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            let _ = thread.join();
        }
    }
}
