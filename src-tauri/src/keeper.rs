//! The one thread that owns the session, behind a channel: the vault has a single owner, and papers need a deep stack.

use std::thread;
use std::time::{Duration, Instant};

use desk::{Door, IDLE_MINUTES, Moment};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, RunEvent, Runtime};
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::session::Session;
use crate::window;

/// Typesetting recurses deeply on long packets; the usual 2 MiB are not enough for it.
const STACK: usize = 16 << 20;

/// How often the idle time is looked at.
const TICK: Duration = Duration::from_secs(5);

/// A pause of the whole computer that is longer than a busy disk explains.
const SLEPT: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

/// How long the end of the program waits for a disk: long enough for the day's backup of a large office.
const CLOSING: Duration = Duration::from_secs(60);

type Job = Box<dyn FnOnce(&mut Kept) + Send>;

/// Hands jobs to the thread that owns the session.
pub(crate) struct Keeper {
    jobs: mpsc::UnboundedSender<Job>,
}

struct Kept {
    session: Session,
    last: Activity,
    closed: bool,
    // Dropped last of the fields: it tells that the session is gone.
    done: Option<std::sync::mpsc::Sender<()>>,
}

/// When somebody last asked for something: by a clock that stops while the computer sleeps, and by one that does not.
#[derive(Clone, Copy)]
struct Activity {
    awake: Instant,
    wall: jiff::Timestamp,
}

impl Activity {
    fn now() -> Self {
        Self {
            awake: Instant::now(),
            wall: moment().at,
        }
    }

    fn is_older_than(self, limit: Duration) -> bool {
        let now = Self::now();
        let awake = now.awake.duration_since(self.awake);
        too_long(awake, now.wall.duration_since(self.wall), limit)
    }
}

/// Idle by either clock. A wall clock that was set back says nothing; the other one still counts.
fn too_long(awake: Duration, wall: jiff::SignedDuration, limit: Duration) -> bool {
    awake >= limit || (wall.is_positive() && wall.unsigned_abs() >= limit)
}

impl Keeper {
    /// Starts the thread with a closed office.
    pub(crate) fn start(door: Door) -> Result<Self> {
        let (jobs, mut waiting) = mpsc::unbounded_channel::<Job>();
        thread::Builder::new()
            .name("keeper".into())
            .stack_size(STACK)
            .spawn(move || {
                let mut kept = Kept {
                    session: Session::Locked(door),
                    last: Activity::now(),
                    closed: false,
                    done: None,
                };
                while !kept.closed
                    && let Some(job) = waiting.blocking_recv()
                {
                    job(&mut kept);
                }
            })
            .map_err(|_| Error::Gone)?;
        Ok(Self { jobs })
    }

    /// Runs one call on the session's thread and waits for its answer.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut Session, Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.send(true, call).await
    }

    /// The same for a question that the window asks by itself: no sign that somebody is there, so the office still locks.
    pub(crate) async fn glance<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut Session, Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.send(false, call).await
    }

    async fn send<T: Send + 'static>(
        &self,
        somebody: bool,
        call: impl FnOnce(&mut Session, Moment) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |kept| {
            if somebody {
                kept.last = Activity::now();
            }
            // Nobody waits any more where the window was destroyed in between.
            let _ = answer.send(call(&mut kept.session, moment()));
        });
        self.jobs.send(job).map_err(|_| Error::Gone)?;
        answered.await.map_err(|_| Error::Gone)?
    }

    /// Locks and ends the thread, and with it everything it owned. Waits for it: the program is about to end.
    fn close(&self) {
        let (done, wait) = std::sync::mpsc::channel();
        let job: Job = Box::new(move |kept| {
            kept.session.end_of_day(moment());
            kept.session.lock(moment());
            kept.closed = true;
            // Held until the thread has dropped all it owns.
            kept.done = Some(done);
        });
        if self.jobs.send(job).is_ok() {
            // Ends when the sender is dropped; never longer than a stuck disk should hold up the end of the program.
            let _ = wait.recv_timeout(CLOSING);
        }
    }

    /// Locks at once; true where it was open until now.
    async fn lock(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |kept| {
            let _ = answer.send(kept.session.lock(moment()));
        });
        self.jobs.send(job).is_ok() && answered.await.unwrap_or(false)
    }

    /// Locks where nobody asked for anything for too long; true where it was open until now.
    async fn lock_if_idle(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |kept| {
            let limit = Duration::from_secs(60 * u64::from(IDLE_MINUTES));
            let _ = answer.send(kept.last.is_older_than(limit) && kept.session.lock(moment()));
        });
        self.jobs.send(job).is_ok() && answered.await.unwrap_or(false)
    }
}

/// Closes the office properly when the program ends: the log says so, the database is folded in, a training folder is removed.
pub(crate) fn closing<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("closing")
        .on_event(|app, event| {
            if matches!(event, RunEvent::Exit)
                && let Some(keeper) = app.try_state::<Keeper>()
            {
                keeper.close();
            }
        })
        .build()
}

/// Locks without being asked by the window, and begins the window afresh.
pub(crate) fn lock_now<R: Runtime>(app: AppHandle<R>) {
    lock_then(app, |_| {});
}

/// The same; `then` is called when the office is locked, also where it was.
pub(crate) fn lock_then<R: Runtime>(
    app: AppHandle<R>,
    then: impl FnOnce(&AppHandle<R>) + Send + 'static,
) {
    tauri::async_runtime::spawn(async move {
        if app.state::<Keeper>().lock().await {
            // As below: the office is closed already.
            let _ = window::renew(&app);
        }
        then(&app);
    });
}

/// Watches the idle time for as long as the program runs, and whether the computer slept meanwhile.
pub(crate) fn lock_when_idle<R: Runtime>(app: AppHandle<R>) {
    let watch = move || {
        loop {
            let before = moment().at;
            thread::sleep(TICK);
            if slept(moment().at.duration_since(before)) {
                lock_now(app.clone());
                continue;
            }
            let locked = tauri::async_runtime::block_on(app.state::<Keeper>().lock_if_idle());
            if locked {
                // The office is closed already; a window that cannot be made anew shows the unlock screen at its next command.
                let _ = window::renew(&app);
            }
        }
    };
    // Without this thread the window's own clock still locks.
    let _ = thread::Builder::new().name("idle".into()).spawn(watch);
}

/// Whether a wait of [`TICK`] took so long by the wall clock that the computer must have slept. A clock that was set forward looks the
/// same, and locks once for nothing.
fn slept(waited: jiff::SignedDuration) -> bool {
    waited >= SLEPT
}

#[expect(
    clippy::disallowed_methods,
    reason = "the app is a binary: this is the one place where it reads the clock"
)]
fn moment() -> Moment {
    let now = jiff::Zoned::now();
    Moment {
        at: now.timestamp(),
        today: now.date(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_glance_is_no_sign_that_somebody_is_there() {
        let keeper = Keeper::start(Door::at("no such office".into())).unwrap();
        let last = || {
            let (tell, told) = std::sync::mpsc::channel();
            let look: Job = Box::new(move |kept| tell.send(kept.last.awake).unwrap());
            assert!(keeper.jobs.send(look).is_ok());
            told.recv().unwrap()
        };
        let before = last();
        thread::sleep(Duration::from_millis(5));
        tauri::async_runtime::block_on(keeper.glance(|_, _| Ok(()))).unwrap();
        assert_eq!(last(), before);
        tauri::async_runtime::block_on(keeper.ask(|_, _| Ok(()))).unwrap();
        assert!(last() > before);
    }

    #[test]
    fn a_sleep_is_told_from_a_busy_moment_and_a_clock_set_back() {
        assert!(!slept(SignedDuration::from_secs(5)));
        assert!(!slept(SignedDuration::from_secs(40)));
        assert!(slept(SignedDuration::from_mins(2)));
        assert!(!slept(SignedDuration::from_hours(-1)));
    }

    #[test]
    fn idle_by_either_clock_is_idle() {
        let limit = Duration::from_secs(300);
        let minutes = |n: u64| Duration::from_secs(60 * n);
        for (awake, wall, idle, why) in [
            (
                minutes(4),
                SignedDuration::from_mins(4),
                false,
                "somebody is there",
            ),
            (
                minutes(5),
                SignedDuration::from_mins(5),
                true,
                "nobody is there",
            ),
            (
                minutes(0),
                SignedDuration::from_hours(3),
                true,
                "the computer slept",
            ),
            (
                minutes(1),
                SignedDuration::from_hours(-24),
                false,
                "the clock was set back",
            ),
            (
                minutes(9),
                SignedDuration::from_hours(-24),
                true,
                "and still nobody is there",
            ),
        ] {
            assert_eq!(too_long(awake, wall, limit), idle, "{why}");
        }
    }
}
