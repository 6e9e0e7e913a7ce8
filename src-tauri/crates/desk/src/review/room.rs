//! What a review needs while it goes on, whether the office is open or locked: a lock ends no review, and shows none.
//!
//! The room belongs to the door, not to the open desk. What is in it names nobody but in one case: results that are locked can be looked
//! through only as long as this process has their key; the office's lock takes that away.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};

use ::review::pages::Pages;
use ::review::{Digest, Done, Progress, ReviewError};
use packs::policy::Policy;

use super::Chosen;
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
    pub(crate) done: Done,
    /// The decisions, once somebody looked through them.
    pub(crate) pages: Option<Pages>,
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
        Ok(done) => On::Done(Box::new(Finished {
            about,
            done,
            pages: None,
        })),
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
            finished.done.digest = None;
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
            resumed: false,
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
                run.people = finished.done.tally.people;
                run.resumed = finished.done.resumed > 0;
                let name = |path: &PathBuf| super::name_of(path);
                run.written = finished.done.written.iter().map(name).collect();
                run.twice = finished
                    .done
                    .twice
                    .iter()
                    .map(|(path, _)| name(path))
                    .collect();
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
    pub(crate) fn digest(&self) -> Result<&Digest, Error> {
        self.done.digest.as_ref().ok_or(Error::ReviewLocked)
    }
}

// The program ends: what is done is kept, and the same review goes on from there.
impl Drop for Shared {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.stop(true);
        if let On::Running(running) = &mut state.on
            && let Some(thread) = running.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            let _ = thread.join();
        }
    }
}
