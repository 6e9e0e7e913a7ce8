//! What each command does.

mod care;
mod clients;
mod laptops;
mod people;
mod safe;

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use jiff::Timestamp;
use vault::{Decision, Error, Passphrase, Person, RecoveryCode, Vault};
use zeroize::Zeroizing;

use crate::args::Asked;

/// What messages about the passphrase name as their file.
const STDIN: &str = "<standard input>";

/// Why the command did not do all it was asked.
pub(crate) enum Failure {
    /// Refused, in words; exit status 1.
    Refused { file: String, words: String },
    /// Already said on standard error; exit status 1.
    Said,
}

impl Failure {
    fn at(file: impl Into<String>, words: impl ToString) -> Self {
        Self::Refused {
            file: file.into(),
            words: words.to_string(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::at("<standard output>", Error::io("writing to it")(error))
    }
}

type Done<T = ()> = Result<T, Failure>;

pub(crate) fn run(asked: &Asked) -> Done {
    match asked.command {
        "create" => safe::create(asked),
        "add" => clients::add(asked),
        "list" => clients::list(asked),
        "export" => clients::export(asked),
        "backup" => safe::backup(asked),
        "restore" => safe::restore(asked),
        "verify" => safe::verify(asked),
        "log" => safe::log(asked),
        "head" => safe::head(asked),
        "people" => people::list(asked),
        "person-add" => people::add(asked),
        "person-remove" => people::remove(asked),
        "person-roles" => people::roles(asked),
        "person-force" => people::force(asked),
        "passphrase" => people::passphrase_change(asked, false),
        "tune" => people::passphrase_change(asked, true),
        "code" => people::code(asked),
        "rekey" => people::rekey(asked),
        "card" => laptops::card(asked),
        "trust" => laptops::trust(asked),
        "known" => laptops::known(asked),
        "hand-over" => laptops::hand_over(asked),
        "take-in" => laptops::take_in(asked),
        "receipt" => laptops::receipt(asked),
        "purge" => laptops::purge(asked),
        "conflicts" => laptops::conflicts(asked),
        "resolve" => laptops::resolve(asked),
        "as-it-stands" => care::as_it_stands(asked),
        "code-sheets" => care::sheets(asked),
        "code-from" => care::code_from(asked),
        "rehearse" => care::rehearse(asked),
        "keep" => care::decide(asked, Decision::Keep),
        "end" => care::decide(asked, Decision::Destroy),
        "holders" => care::holders(asked),
        "destroy" => care::destroy(asked),
        "table" => care::table(asked),
        "counts" => care::counts(asked),
        "lost" => care::lost(asked),
        // The table of commands and this one are read together by a test.
        _ => Err(Failure::at("relief-vault", "this command is not known")),
    }
}

/// Puts a refusal beside the file it is about: the vault's own where it says which, else `file`.
fn about(file: &str) -> impl Fn(Error) -> Failure {
    move |error| {
        let inside = |name: &str| Path::new(file).join(name).display().to_string();
        let place = match &error {
            Error::NoVault
            | Error::KeysDamaged
            | Error::KeysNewer
            | Error::KeysTampered
            | Error::KeysReplaced
            | Error::KeysUntold => inside("vault.keys"),
            Error::DatabaseMissing
            | Error::DatabaseDamaged
            | Error::SchemaNewer { .. }
            | Error::OlderParts
            | Error::Stored { .. }
            | Error::Database { .. } => inside("vault.db"),
            Error::Unread { what, .. } if what.starts_with("vault.") => inside(what),
            Error::WrongPassphrase
            | Error::TooSoon { .. }
            | Error::PassphraseEmpty
            | Error::PassphraseWeak { .. }
            | Error::PassphraseSame
            | Error::WrongCode
            | Error::CodeMistyped => STDIN.to_owned(),
            _ => file.to_owned(),
        };
        Failure::at(place, error)
    }
}

/// The same where a file is written from the vault in `dir`: what the disk refuses is said of the file.
fn writing<'a>(dir: &'a str, file: &'a str) -> impl Fn(Error) -> Failure {
    move |error| match error {
        Error::Exists
        | Error::Io { .. }
        | Error::DiskFull
        | Error::ReadOnly
        | Error::TooLarge
        | Error::BackupDamaged => Failure::at(file, error),
        other => about(dir)(other),
    }
}

/// Opens the vault in the first word's folder, as the first line of standard input allows.
fn unlock(asked: &Asked) -> Done<Vault> {
    let dir = asked.word(0);
    let locked = Vault::open(Path::new(dir)).map_err(about(dir))?;
    let vault = match Secret::first_line()? {
        Secret::Code(code) => locked.unlock_with_code(&code, now()),
        Secret::Passphrase(passphrase) => {
            let person = choose(&locked.people(), asked.person.as_deref(), dir)?;
            locked.unlock(&person.id, &passphrase, now())
        }
    }
    .map_err(about(dir))?;
    if vault.opened_as_it_stands() {
        say(&format!(
            "{dir}:1: this vault was opened as it stands: parts of an older copy had been put back into it, and which ones cannot be told. Passphrases open it again from now on. Run `verify`; then look at who has a key, its clients, its filings, its settings and the laptops it knows, and compare them with the papers; make a new recovery code, and change the key of the database with `rekey`"
        ));
    }
    // A passphrase that somebody else gave opens one command: the one that changes it.
    if vault.me().must_change {
        return Err(about(dir)(Error::MustChangePassphrase));
    }
    Ok(vault)
}

/// What stood on the first line: a recovery code is one by its checksum, everything else is a passphrase.
enum Secret {
    Code(RecoveryCode),
    Passphrase(Passphrase),
}

impl Secret {
    fn first_line() -> Done<Self> {
        let line = line()?;
        match line.parse() {
            Ok(code) => Ok(Self::Code(code)),
            Err(_) => Ok(Self::Passphrase(passphrase(&line)?)),
        }
    }
}

fn passphrase(line: &str) -> Done<Passphrase> {
    Passphrase::new(line).map_err(about(STDIN))
}

/// The person named, or the only one.
fn choose(people: &[Person], who: Option<&str>, dir: &str) -> Done<Person> {
    let named = |is: &dyn Fn(&Person) -> bool| -> Vec<&Person> {
        people.iter().filter(|person| is(person)).collect()
    };
    let named = match who {
        None => named(&|_| true),
        // Older versions kept names that differ only in how they are written.
        Some(who) => match named(&|person| person.name == who || person.id.0 == who) {
            none if none.is_empty() => named(&|person| person.is_called(who)),
            some => some,
        },
    };
    let words = match named.as_slice() {
        [one] => return Ok((*one).clone()),
        [] => "nobody of that name has a key in this vault. `relief-vault people` lists who has",
        _ => "several people have a key in this vault: say who with --person NAME",
    };
    Err(Failure::at(dir, words))
}

/// More than anybody types on a line; standard input may be a file that never ends.
const LONGEST_LINE: u64 = 64 << 10;

/// The next line of standard input, without its end.
fn line() -> Done<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::with_capacity(1024));
    io::stdin()
        .lock()
        .take(LONGEST_LINE)
        .read_line(&mut line)
        .map_err(|error| Failure::at(STDIN, Error::io("reading what was typed")(error)))?;
    if line.len() as u64 == LONGEST_LINE {
        return Err(Failure::at(
            STDIN,
            "this line is longer than anybody types. Give the passphrase, the code or the words on a line of their own",
        ));
    }
    let length = line.trim_end_matches(['\n', '\r']).len();
    line.truncate(length);
    Ok(line)
}

fn print(text: &str) -> Done {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn json(value: &impl serde::Serialize) -> Done {
    print(&Zeroizing::new(
        serde_json::to_string(value).map_err(io::Error::from)?,
    ))
}

pub(crate) fn say(words: &str) {
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
