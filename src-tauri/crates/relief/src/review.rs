//! `relief review`: a county's convictions out of the state's bulk export.

use std::io::Write;
use std::path::{Path, PathBuf};

use ::review::columns::{SAID, WHOSE};
use ::review::{Decisions, Job, Lock, Progress, ReviewError};
use packs::Packs;
use packs::policy::Policy;

use crate::args::{Locked, Review, Then, day};
use crate::report::Report;
use crate::{filing, spread};

/// The policy where none is asked for: the first of the pack that has no rule of its own.
fn default_policy(packs: &Packs) -> Option<&Policy> {
    let policies = || packs.iter().flat_map(|pack| &pack.policies);
    policies().find(|policy| policy.rules.is_empty())
}

pub(crate) fn run(args: &Review, report: &mut Report) {
    let packs = match Packs::builtin() {
        Ok(packs) => packs,
        Err(error) => return report.refuse(Path::new("<built-in packs>"), 1, error),
    };
    if let Some(then) = &args.then {
        return match then {
            Then::Papers(papers) => filing::papers(papers, packs, report),
            Then::Track(track) => filing::track(track, report),
            Then::Reconcile(list) => filing::reconcile(list, report),
            Then::Spread(spread) => spread::run(spread, packs, report),
        };
    }
    if args.policies {
        let mut out = std::io::stdout().lock();
        for policy in packs.iter().flat_map(|pack| &pack.policies) {
            let line = writeln!(out, "{}\t{}\t{}", policy.id, policy.title, policy.source);
            report.output(line);
        }
        return;
    }
    if args.columns {
        let mut out = std::io::stdout().lock();
        for (name, means) in WHOSE.iter().chain(&SAID) {
            let line = writeln!(out, "{name}\t{means}");
            report.output(line);
        }
        return;
    }
    let (Some(county), Some(out)) = (&args.county, &args.out) else {
        // clap asks for both unless the presets are listed.
        return;
    };
    let Some(policy) = policy(args.policy.as_deref(), packs, report) else {
        return;
    };
    let mut what_if = Vec::new();
    for name in &args.what_if {
        match self::policy(Some(name), packs, report) {
            Some(other) => what_if.push(other),
            None => return,
        }
    }
    let Some(decisions) = decisions(args.decisions.as_deref(), report) else {
        return;
    };
    let Some(lock) = lock(&args.locked, report) else {
        return;
    };
    let lock = match (lock, &args.identity) {
        (Some(lock), Some(path)) => match identity(lock, path) {
            Ok(lock) => Some(lock),
            Err(error) => return report.refuse(path, 1, error),
        },
        (lock, _) => lock,
    };
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let job = Job {
        files: &args.files,
        county,
        as_of: day(args.as_of),
        policy,
        decisions,
        memory: args.memory.saturating_mul(1 << 20),
        threads,
        format: args.format.into(),
        lock,
        facts: args.facts,
        what_if,
        figures: true,
    };
    match ::review::run(job, packs, out, &Progress::default()) {
        Ok(done) => {
            if done.resumed > 0 {
                report.note(
                    out,
                    1,
                    "went on where an earlier run of the same review had stopped",
                );
            }
            for (path, other) in &done.twice {
                report.note(
                    path,
                    1,
                    format_args!("left out: the same bytes as {}", other.display()),
                );
            }
            nobodys(&done.unused, args.decisions.as_deref(), report);
            not_used(&done.tally, out, report);
        }
        Err(error) => refuse(args.files.first(), &error, report),
    }
}

/// Says why a review was not done, and where: at the place that the error names, else at `file`.
pub(crate) fn refuse(file: Option<&PathBuf>, error: &ReviewError, report: &mut Report) {
    match error {
        ReviewError::Io { path, source } => report.refuse(path, 1, source),
        ReviewError::Decisions {
            file,
            line,
            problem,
        } => report.refuse(Path::new(file), *line as usize, problem),
        ReviewError::Table { path, line } => {
            report.refuse(path, *line as usize, "this row cannot be read");
        }
        ReviewError::DecisionsThere { path } => report.refuse(path, 1, error),
        _ => report.refuse(file.map_or(Path::new(""), PathBuf::as_path), 1, error),
    }
}

/// So many decisions about nobody are named by their lines.
const NAMED: usize = 20;

// A decision that decides nothing is a slip of somebody's: a wrong number, another county's queue.
fn nobodys(lines: &[u64], file: Option<&Path>, report: &mut Report) {
    let file = file.unwrap_or(Path::new(""));
    let why = "no such conviction of such a person in these files: the decision on this line was not used";
    for line in lines.iter().take(NAMED) {
        report.refuse(file, *line as usize, why);
    }
    if let Some(more) = lines.len().checked_sub(NAMED).filter(|more| *more > 0) {
        report.refuse(
            file,
            1,
            format_args!("and {more} more decisions that were not used"),
        );
    }
}

/// The lock with a secret key that opens it again.
fn identity(lock: Lock, path: &Path) -> Result<Lock, ReviewError> {
    let read = std::fs::read_to_string(path);
    let key = read.map_err(|source| ReviewError::Io {
        path: path.to_owned(),
        source,
    })?;
    lock.with_secret(&key)
}

/// Tells of rows that could not be used.
pub(crate) fn not_used(tally: &::review::tally::Tally, out: &Path, report: &mut Report) {
    let unused = tally.rows_not_used;
    if unused > 0 {
        let table = out.join(::review::TABLES[4]);
        report.refuse(
            &table,
            1,
            format_args!("{unused} rows could not be used; each stands here with its reason"),
        );
    }
}

/// Decisions of people, where there are some; nothing when they were refused.
pub(crate) fn decisions(path: Option<&Path>, report: &mut Report) -> Option<Decisions> {
    let Some(path) = path else {
        return Some(Decisions::default());
    };
    match Decisions::read(path) {
        Ok(decisions) => Some(decisions),
        Err(error) => {
            refuse(Some(&path.to_owned()), &error, report);
            None
        }
    }
}

/// What the results are locked with, where it is asked for; nothing when that was refused.
pub(crate) fn lock(args: &Locked, report: &mut Report) -> Option<Option<Lock>> {
    let mut refuse = |path: &Path, problem: String| {
        report.refuse(path, 1, problem);
        None
    };
    if !args.encrypt_to.is_empty() {
        return match Lock::to(&args.encrypt_to) {
            Ok(lock) => Some(Some(lock)),
            Err(error) => refuse(Path::new("--encrypt-to"), error.to_string()),
        };
    }
    let Some(path) = &args.passphrase_file else {
        return Some(None);
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return refuse(path, error.to_string()),
    };
    match Lock::by(text.trim_end_matches(['\r', '\n'])) {
        Ok(lock) => Some(Some(lock)),
        Err(error) => refuse(path, error.to_string()),
    }
}

/// A preset's name, or a file: a policy in the packs' form, or the older program's options. Nothing when it was refused.
pub(crate) fn policy(name: Option<&str>, packs: &Packs, report: &mut Report) -> Option<Policy> {
    let base = default_policy(packs)?;
    let Some(name) = name else {
        return Some(base.clone());
    };
    if let Some(preset) = packs
        .iter()
        .find_map(|pack| pack.policy(&name.to_lowercase()))
    {
        return Some(preset.clone());
    }
    let path = Path::new(name);
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            report.refuse(
                path,
                1,
                format_args!("no preset of this name, and no file to read: {error}; `relief review --policies` lists the presets"),
            );
            return None;
        }
    };
    let pack = packs.iter().find(|pack| {
        pack.policies
            .iter()
            .any(|policy| std::ptr::eq(policy, base))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let read = if text.trim_start().starts_with(['{', '[']) {
        ::review::options::policy(text, base, pack).map_err(|error| error.to_string())
    } else {
        pack.read_policy(name, text)
            .map_err(|error| error.to_string())
    };
    match read {
        Ok(policy) => Some(policy),
        Err(error) => {
            report.refuse(path, 1, error);
            None
        }
    }
}
