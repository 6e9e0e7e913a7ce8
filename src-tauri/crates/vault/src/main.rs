//! `relief-vault`: the encrypted store without a window, for tests, scheduled backups and recovery.

mod args;

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use args::Command;
use jiff::Timestamp;
use record::Record;
use record::clinic::Clinic;
use vault::{
    ABOUT_A_SECOND, Backup, ClientId, Cost, Create, Opener, Operation, Passphrase, Person,
    RecoveryCode, Vault,
};
use zeroize::Zeroizing;

/// Larger than any record: such a file is refused unread.
const LARGEST_RECORD: u64 = 16 << 20;

/// Why the command did not do all it was asked.
enum Failure {
    /// Refused, in words; exit status 1.
    Refused(String),
    /// Already said on standard error; exit status 1.
    Said,
}

impl From<vault::Error> for Failure {
    fn from(error: vault::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Refused(format!("reading or writing failed ({})", error.kind()))
    }
}

fn main() -> ExitCode {
    vault::no_core_dumps();
    let asked = match args::parse(std::env::args_os().skip(1)) {
        Ok(asked) => asked,
        Err(usage) => {
            say(&usage);
            return ExitCode::from(2);
        }
    };
    match run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Refused(words)) => {
            say(&format!("relief-vault: {words}"));
            ExitCode::from(1)
        }
        Err(Failure::Said) => ExitCode::from(1),
    }
}

fn run(asked: &args::Asked) -> Result<(), Failure> {
    let who = asked.person.as_deref();
    match &asked.command {
        Command::Help => print(args::USAGE),
        Command::Create { dir, clinic } => {
            create(Path::new(dir), clinic, who.unwrap_or("Administrator"))
        }
        Command::Add { dir, records } => add(Path::new(dir), records, who),
        Command::List { dir } => {
            let mut vault = unlock(Path::new(dir), who)?;
            vault.transact(Operation::List, now(), |_| Ok(()))?;
            let rows = vault.read().clients("", u32::MAX)?;
            print(&serde_json::to_string(&rows).map_err(io::Error::from)?)
        }
        Command::Export { dir, client } => {
            let client: ClientId = client.parse()?;
            let mut vault = unlock(Path::new(dir), who)?;
            let record = vault.transact(Operation::Export, now(), |tx| {
                tx.about(&client)?;
                tx.read().record(&client)
            })?;
            print(&record.to_json())
        }
        Command::Backup { dir, file } => {
            let found = unlock(Path::new(dir), who)?.backup(Path::new(file), now())?;
            print(&format!(
                "{} clients, {} audit rows; written, opened and compared",
                found.clients, found.audit_rows
            ))
        }
        Command::Restore { file, dir } => restore(Path::new(file), Path::new(dir), who),
        Command::Verify { dir } => {
            let found = unlock(Path::new(dir), who)?.verify()?;
            for problem in &found.problems {
                say(problem);
            }
            if !found.problems.is_empty() {
                return Err(Failure::Said);
            }
            print(&format!(
                "{} clients, {} audit rows; integrity, cipher and audit checks passed",
                found.clients, found.audit_rows
            ))
        }
    }
}

fn create(dir: &Path, clinic: &str, person: &str) -> Result<(), Failure> {
    let passphrase = Passphrase::new(first_line()?.as_str())?;
    let clinic = Clinic {
        name: clinic.to_owned(),
        ..Clinic::default()
    };
    let (vault, code) = Vault::create(
        dir,
        &Create {
            clinic: &clinic,
            person,
            passphrase: &passphrase,
            cost: Cost::tuned(ABOUT_A_SECOND)?,
            at: now(),
        },
    )?;
    drop(vault);
    print(&Zeroizing::new(code.to_string()))
}

/// Adds each record in an operation of its own; its id is printed only once it is kept for good.
fn add(dir: &Path, records: &[String], who: Option<&str>) -> Result<(), Failure> {
    let mut vault = unlock(dir, who)?;
    let mut refused = false;
    for file in records {
        match read_record(file) {
            Ok(record) => {
                let id =
                    vault.transact(Operation::AddClient, now(), |tx| tx.add_client(&record))?;
                print(id.as_str())?;
            }
            Err(words) => {
                say(&words);
                refused = true;
            }
        }
    }
    if refused { Err(Failure::Said) } else { Ok(()) }
}

fn restore(file: &Path, dir: &Path, who: Option<&str>) -> Result<(), Failure> {
    let backup = Backup::open(file)?;
    let secret = first_line()?;
    let vault = match Secret::from(&secret)? {
        Secret::Code(code) => backup.restore(dir, Opener::Code(&code), now())?,
        Secret::Passphrase(passphrase) => {
            let person = choose(&backup.people(), who)?;
            backup.restore(dir, Opener::Passphrase(&person.id, &passphrase), now())?
        }
    };
    let found = vault.verify()?;
    print(&format!(
        "{} clients, {} audit rows; backup of {} restored and checked",
        found.clients,
        found.audit_rows,
        backup.made()
    ))
}

fn unlock(dir: &Path, who: Option<&str>) -> Result<Vault, Failure> {
    let locked = Vault::open(dir)?;
    let secret = first_line()?;
    Ok(match Secret::from(&secret)? {
        Secret::Code(code) => locked.unlock_with_code(&code, now())?,
        Secret::Passphrase(passphrase) => {
            let person = choose(&locked.people(), who)?;
            locked.unlock(&person.id, &passphrase, now())?
        }
    })
}

/// What stood on the first line: a recovery code is one by its checksum, everything else is a passphrase.
enum Secret {
    Code(RecoveryCode),
    Passphrase(Passphrase),
}

impl Secret {
    fn from(line: &str) -> Result<Self, Failure> {
        match line.parse() {
            Ok(code) => Ok(Self::Code(code)),
            Err(_) => Ok(Self::Passphrase(Passphrase::new(line)?)),
        }
    }
}

/// The person named, or the only one.
fn choose(people: &[Person], who: Option<&str>) -> Result<Person, Failure> {
    let named: Vec<_> = people
        .iter()
        .filter(|person| who.is_none_or(|who| person.name == who || person.id.0 == who))
        .collect();
    match named.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::Refused(
            "nobody of that name has a key in this vault".to_owned(),
        )),
        _ => Err(Failure::Refused(
            "several people have a key in this vault: say who with --person NAME".to_owned(),
        )),
    }
}

/// The first line of standard input, without its end.
fn first_line() -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::with_capacity(1024));
    io::stdin().lock().read_line(&mut line)?;
    let length = line.trim_end_matches(['\n', '\r']).len();
    line.truncate(length);
    Ok(line)
}

fn read_record(file: &str) -> Result<Record, String> {
    let size = fs::metadata(file)
        .map_err(|e| format!("{file}:1: cannot be read ({})", e.kind()))?
        .len();
    if size > LARGEST_RECORD {
        return Err(format!("{file}:1: too large for a record"));
    }
    let text =
        fs::read_to_string(file).map_err(|e| format!("{file}:1: cannot be read ({})", e.kind()))?;
    Record::from_json(&text)
        .map_err(|e| format!("{file}:{}: at `{}`: {}", e.line, e.path, e.problem))
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn say(words: &str) {
    // Standard error may be closed; there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{words}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is a binary: the one place that reads the clock"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
