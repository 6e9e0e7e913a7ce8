//! A program that recognises letters, while it runs: pixels in, its table out, within limits. No file is written.

use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::{EngineFailure, limits};

/// How long it is waited before the engine is looked at again.
const TICK: Duration = Duration::from_millis(100);
/// Bytes of complaints that are looked at.
const COMPLAINTS: u64 = 64 << 10;

/// How long an engine may take for one picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed {
    /// Of its own work and of its waiting.
    pub(super) work: Duration,
    /// On the clock, whatever keeps it from working.
    pub(super) clock: Duration,
}

impl Allowed {
    /// For a page.
    pub(super) const PAGE: Self = Self {
        work: Duration::from_secs(limits::ENGINE_SECONDS),
        clock: Duration::from_secs(limits::ENGINE_CLOCK_SECONDS),
    };
}

/// Starts the engine, gives it `input` and takes what it writes.
pub(super) fn run(
    command: &mut Command,
    input: Vec<u8>,
    allowed: Allowed,
) -> Result<String, EngineFailure> {
    let not_started = |error: std::io::Error| EngineFailure::NotStarted { kind: error.kind() };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(not_started)?;
    let ended = attend(&mut child, input, allowed);
    if ended.is_err() {
        // Whatever happened, no engine is left running with a client's page.
        let _ = child.kill();
        let _ = child.wait();
    }
    let (status, output, complaints) = ended?;
    if status.success() {
        Ok(output)
    } else {
        Err(failure(status, &complaints))
    }
}

/// Talks with the engine until it ends.
fn attend(
    child: &mut Child,
    input: Vec<u8>,
    allowed: Allowed,
) -> Result<(ExitStatus, String, String), EngineFailure> {
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(EngineFailure::NoAnswer);
    };
    // An engine that stops listening closes the pipe; its end says so.
    std::thread::spawn(move || stdin.write_all(&input));
    let output = listen(stdout, limits::WORDS as u64 * 400);
    let complaints = listen(stderr, COMPLAINTS);
    let mut patience = Patience::new(child.id(), allowed);
    let text = loop {
        match output.recv_timeout(TICK) {
            Ok(text) => break text,
            Err(RecvTimeoutError::Timeout) => patience.spend()?,
            Err(RecvTimeoutError::Disconnected) => return Err(EngineFailure::NoAnswer),
        }
    };
    // It has closed its output and is about to end.
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => std::thread::sleep(TICK / 50),
            Err(_) => return Err(EngineFailure::NoAnswer),
        }
        patience.spend()?;
    };
    let complaints = complaints.recv_timeout(TICK).unwrap_or_default();
    Ok((status, text, complaints))
}

/// Reads to the end on a thread of its own and keeps so many bytes; the rest is read as well, or the engine would wait for a reader.
fn listen(mut from: impl Read + Send + 'static, most: u64) -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = (&mut from).take(most).read_to_end(&mut kept);
        let _ = std::io::copy(&mut from, &mut std::io::sink());
        // A broken letter is one unreadable letter, not a page without words.
        let _ = send.send(String::from_utf8_lossy(&kept).into_owned());
    });
    receive
}

/// Why it ended so. Its complaints are only looked at for what is known to be asked; nothing of them is kept.
fn failure(status: ExitStatus, complaints: &str) -> EngineFailure {
    let said = |words: &[&str]| words.iter().any(|word| complaints.contains(word));
    if said(&[
        "Error opening data file",
        "Failed loading language",
        "couldn't load any languages",
    ]) {
        EngineFailure::NoData
    } else if said(&["bad_alloc", "ut of memory", "annot allocate memory"]) {
        EngineFailure::NoMemory
    } else if let Some(code) = status.code() {
        EngineFailure::Ended { code }
    } else {
        EngineFailure::Killed
    }
}

/// What is left of the time an engine may take. On a busy machine it waits for its turn, and may be held for minutes; that is not its doing:
/// only its own work and its own waiting are counted, where the system tells them apart.
struct Patience {
    engine: u32,
    allowed: Allowed,
    started: Instant,
    looked: Instant,
    work: Duration,
    spent: Duration,
}

impl Patience {
    fn new(engine: u32, allowed: Allowed) -> Self {
        let now = Instant::now();
        Self {
            engine,
            allowed,
            started: now,
            looked: now,
            work: Duration::ZERO,
            spent: Duration::ZERO,
        }
    }

    fn spend(&mut self) -> Result<(), EngineFailure> {
        let passed = self.looked.elapsed();
        self.looked += passed;
        // Longer than it was waited: this program itself was held.
        let passed = passed.min(TICK * 2);
        match Doing::of(self.engine) {
            Some(doing) => {
                let worked = doing.work.saturating_sub(self.work);
                self.work = doing.work;
                self.spent += if doing.waits {
                    worked.max(passed)
                } else {
                    worked
                };
            }
            None => self.spent += passed,
        }
        let over = [
            (self.spent, self.allowed.work),
            (self.started.elapsed(), self.allowed.clock),
        ]
        .into_iter()
        .find(|(is, most)| is > most);
        match over {
            Some((_, most)) => Err(EngineFailure::TooLong {
                seconds: most.as_secs(),
            }),
            None => Ok(()),
        }
    }
}

/// What a program does now, where the system tells (Linux).
struct Doing {
    /// The time of the processor that it has taken so far.
    work: Duration,
    /// It waits for something other than its turn.
    waits: bool,
}

impl Doing {
    /// proc(5): the state is the third field of `stat`, user and system time in hundredths the 14th and 15th.
    fn of(program: u32) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{program}/stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let state = fields.first()?;
        let mut hundredths = 0;
        for field in fields.get(11..13)? {
            hundredths += field.parse::<u64>().ok()?;
        }
        Some(Self {
            work: Duration::from_millis(hundredths * 10),
            // R: it runs or waits for its turn; T and t: somebody stopped it.
            waits: !matches!(*state, "R" | "T" | "t"),
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const SHORT: Allowed = Allowed {
        work: Duration::from_millis(400),
        clock: Duration::from_secs(60),
    };

    fn engine(script: &str) -> Result<String, EngineFailure> {
        within(script, SHORT)
    }

    fn within(script: &str, allowed: Allowed) -> Result<String, EngineFailure> {
        run(
            Command::new("sh").args(["-c", script]),
            vec![b'x'; 1 << 20],
            allowed,
        )
    }

    #[test]
    fn what_it_writes_comes_back_though_it_does_not_listen() {
        assert_eq!(engine("echo level").as_deref(), Ok("level\n"));
        assert_eq!(engine("cat | wc -c").map(|n| n.trim().len()), Ok(7));
        assert_eq!(
            engine("printf 'A\\377B'").as_deref(),
            Ok("A\u{fffd}B"),
            "a broken letter"
        );
    }

    #[test]
    fn why_it_failed_is_known() {
        for (script, failure) in [
            ("exit 3", EngineFailure::Ended { code: 3 }),
            ("kill -KILL $$", EngineFailure::Killed),
            (
                "echo 'Error opening data file /usr/share/eng.traineddata' >&2; exit 1",
                EngineFailure::NoData,
            ),
            (
                "echo \"an instance of 'std::bad_alloc'\" >&2; kill -ABRT $$",
                EngineFailure::NoMemory,
            ),
            ("exec sleep 30", EngineFailure::TooLong { seconds: 0 }),
            ("while :; do :; done", EngineFailure::TooLong { seconds: 0 }),
            (
                "exec >&-; exec sleep 30",
                EngineFailure::TooLong { seconds: 0 },
            ),
        ] {
            assert_eq!(engine(script), Err(failure), "{script}");
        }
        let missing = run(
            &mut Command::new("/nowhere/engine"),
            Vec::new(),
            Allowed::PAGE,
        );
        let kind = std::io::ErrorKind::NotFound;
        assert_eq!(missing, Err(EngineFailure::NotStarted { kind }));
    }

    #[test]
    fn more_complaints_than_are_kept_hold_nobody_up() {
        let script = "head -c 1000000 /dev/zero >&2; echo level";
        assert_eq!(within(script, Allowed::PAGE).as_deref(), Ok("level\n"));
    }

    /// The failure this was made for: a busy machine held the engine for longer than a page may take.
    #[test]
    #[cfg(target_os = "linux")]
    fn an_engine_that_is_held_is_waited_for() {
        let held = "(sleep 1.5; kill -CONT $$) >&- & kill -STOP $$; echo level";
        assert_eq!(engine(held).as_deref(), Ok("level\n"));
        let clock = Allowed {
            clock: Duration::from_millis(300),
            ..SHORT
        };
        assert_eq!(
            within(held, clock),
            Err(EngineFailure::TooLong { seconds: 0 })
        );
    }
}
