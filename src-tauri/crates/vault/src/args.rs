//! What was asked on the command line.

use std::collections::BTreeMap;
use std::ffi::OsString;

/// The first part of the help; [`COMMANDS`] follows.
const HEAD: &str = "\
usage: relief-vault COMMAND [--person NAME]
The passphrase (or the recovery code) is the first line of standard input; a command that needs more lines says so.
";

const TAIL: &str = "
`relief-vault COMMAND --help` tells of one command.
Exit status: 0 done; 1 something was refused (standard error says what and why, as file:line: message); 2 usage.";

/// A command: its name, the words after it as the help shows them, fewest and most words, options with a value, and what it does.
struct Known {
    name: &'static str,
    words: &'static str,
    count: (usize, usize),
    options: &'static [&'static str],
    does: &'static str,
}

const ANY: usize = usize::MAX;

const COMMANDS: &[Known] = &[
    known(
        "create",
        "DIR [--clinic NAME]",
        (1, 1),
        &["clinic"],
        "make a vault in a new or empty folder; prints the recovery code",
    ),
    known(
        "add",
        "DIR RECORD.json...",
        (2, ANY),
        &[],
        "add clients; prints an id for each one kept",
    ),
    known("list", "DIR", (1, 1), &[], "clients, as JSON"),
    known(
        "export",
        "DIR CLIENT",
        (2, 2),
        &[],
        "one client's record, as JSON, in clear",
    ),
    known(
        "backup",
        "DIR FILE",
        (2, 2),
        &[],
        "write an encrypted backup, open it and compare",
    ),
    known(
        "restore",
        "FILE DIR",
        (2, 2),
        &[],
        "make a vault of a backup in a new or empty folder",
    ),
    known(
        "verify",
        "DIR [--head FILE|ROWS:HASH]",
        (1, 1),
        &["head"],
        "check every page, the ciphers, the audit log and every record; with a backup, a receipt or a noted head, also that the log still holds it",
    ),
    known(
        "log",
        "DIR [--after ROW]",
        (1, 1),
        &["after"],
        "the audit log, as JSON lines",
    ),
    known(
        "head",
        "DIR",
        (1, 1),
        &[],
        "the audit log's head as ROWS:HASH, to note elsewhere",
    ),
    known(
        "people",
        "DIR",
        (1, 1),
        &[],
        "who has a key, as JSON; needs no passphrase",
    ),
    known(
        "person-add",
        "DIR NAME ROLE...",
        (3, 5),
        &[],
        "give somebody a key; second line: a first passphrase, which the person must change",
    ),
    known(
        "person-remove",
        "DIR NAME",
        (2, 2),
        &[],
        "take somebody's key away; then `rekey`, or a copy from before still leads to the records",
    ),
    known(
        "person-roles",
        "DIR NAME ROLE...",
        (3, 5),
        &[],
        "say what somebody may do: administrator, attorney, volunteer",
    ),
    known(
        "person-force",
        "DIR NAME",
        (2, 2),
        &[],
        "make somebody choose another passphrase",
    ),
    known(
        "passphrase",
        "DIR",
        (1, 1),
        &[],
        "change one's own passphrase; second line: the new one",
    ),
    known(
        "tune",
        "DIR [--lower yes]",
        (1, 1),
        &["lower"],
        "fit the cost of one try at one's own passphrase to this machine; cheaper only with --lower yes",
    ),
    known(
        "code",
        "DIR",
        (1, 1),
        &[],
        "make a new recovery code; the one before opens nothing any more",
    ),
    known(
        "rekey",
        "DIR",
        (1, 1),
        &[],
        "change the key of the database",
    ),
    known(
        "card",
        "DIR CARD",
        (2, 2),
        &[],
        "write this vault's public card; prints its six words",
    ),
    known(
        "trust",
        "DIR CARD",
        (2, 2),
        &[],
        "accept another vault's card; second line: its six words, from the other screen",
    ),
    known("known", "DIR", (1, 1), &[], "the vaults accepted, as JSON"),
    known(
        "hand-over",
        "DIR VAULT FILE copy|move CLIENT...|all",
        (5, ANY),
        &[],
        "write clients to a file for another vault",
    ),
    known(
        "take-in",
        "DIR FILE RECEIPT",
        (3, 3),
        &[],
        "take a hand-over in and write the receipt for it",
    ),
    known(
        "receipt",
        "DIR RECEIPT",
        (2, 2),
        &[],
        "keep a receipt; prints the clients that it confirms",
    ),
    known(
        "purge",
        "DIR CLIENT",
        (2, 2),
        &[],
        "remove a client that was moved and confirmed",
    ),
    known(
        "conflicts",
        "DIR CLIENT",
        (2, 2),
        &[],
        "fields that two laptops changed, as JSON",
    ),
    known(
        "resolve",
        "DIR CLIENT FIELD VERSION|none",
        (4, 4),
        &[],
        "choose one of a field's values",
    ),
    known(
        "as-it-stands",
        "DIR CLIENT",
        (2, 2),
        &[],
        "take a client as it stands, though it is not what was last saved; then compare everything with the papers",
    ),
    known(
        "code-sheets",
        "DIR",
        (1, 1),
        &[],
        "make a new recovery code and print it as three sheets of words, any two of which are enough",
    ),
    known(
        "code-from",
        "",
        (0, 0),
        &[],
        "give the recovery code of two sheets, one a line of standard input",
    ),
    known(
        "rehearse",
        "FILE",
        (1, 1),
        &[],
        "restore a backup beside itself, compare counts and hashes, and remove it again",
    ),
    known(
        "keep",
        "DIR CLIENT RULE REASON",
        (4, 4),
        &[],
        "decide that a record is kept",
    ),
    known(
        "end",
        "DIR CLIENT RULE REASON",
        (4, 4),
        &[],
        "decide that a record is to be destroyed",
    ),
    known(
        "holders",
        "DIR CLIENT",
        (2, 2),
        &[],
        "backups and hand-overs that hold a client, as JSON",
    ),
    known(
        "destroy",
        "DIR CLIENT",
        (2, 2),
        &[],
        "destroy a record and change the key; prints who still holds it",
    ),
    known(
        "table",
        "DIR FILE [--layout NAME|FILE] [--in-clear REASON]",
        (2, 2),
        &["layout", "in-clear"],
        "write clients as CSV (layouts legalserver, clio, or a file), encrypted under a passphrase on the second line, or in clear for a reason",
    ),
    known(
        "counts",
        "DIR [--smallest N]",
        (1, 1),
        &["smallest"],
        "count clients without naming them; small cells are hidden",
    ),
    known(
        "lost",
        "DIR VAULT, or --backup FILE",
        (0, 2),
        &["backup"],
        "what a lost laptop held, as JSON, from another vault or a backup",
    ),
];

const fn known(
    name: &'static str,
    words: &'static str,
    count: (usize, usize),
    options: &'static [&'static str],
    does: &'static str,
) -> Known {
    Known {
        name,
        words,
        count,
        options,
        does,
    }
}

/// The whole command line.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What to do.
    pub(crate) command: &'static str,
    /// With what.
    pub(crate) words: Vec<String>,
    /// Whose slot.
    pub(crate) person: Option<String>,
    options: BTreeMap<String, String>,
}

impl Asked {
    /// A word after the command; the table says how many there are.
    pub(crate) fn word(&self, place: usize) -> &str {
        self.words.get(place).map_or("", String::as_str)
    }

    /// The words from a place on.
    pub(crate) fn rest(&self, place: usize) -> &[String] {
        self.words.get(place..).unwrap_or_default()
    }

    /// An option's value.
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }
}

/// What the command line came to.
#[derive(Debug)]
pub(crate) enum Line {
    /// Do this.
    Do(Asked),
    /// Print this help.
    Help(String),
}

/// The help for everything.
fn usage() -> String {
    let mut text = HEAD.to_owned();
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.words);
        text.push_str(&format!("\n  {call:<34} {}", command.does));
    }
    text.push('\n');
    text.push_str(TAIL);
    text
}

impl Known {
    /// The help for this command alone.
    fn usage(&self) -> String {
        let words = Some(self.words).filter(|words| !words.is_empty());
        let call = [Some(self.name), words, Some("[--person NAME]")];
        format!(
            "usage: relief-vault {}\n  {}",
            call.into_iter().flatten().collect::<Vec<_>>().join(" "),
            self.does
        )
    }

    fn wrong(&self, what: &str) -> String {
        format!("relief-vault: {what}\n{}", self.usage())
    }
}

/// Reads the command line; the error is what to print with exit status 2.
pub(crate) fn parse(args: impl Iterator<Item = OsString>) -> Result<Line, String> {
    let (mut words, mut given) = (Vec::new(), BTreeMap::new());
    let args: Result<Vec<_>, _> = args.map(OsString::into_string).collect();
    let mut args = args
        .map_err(|_| wrong("an argument is not valid text (UTF-8)"))?
        .into_iter();
    let (mut options, mut help, mut lacks) = (true, false, None);
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--") {
            Some("") if options => options = false,
            Some("help") if options => help = true,
            Some(name) if options => match args.next() {
                Some(value) => drop(given.insert(name.to_owned(), value)),
                None => lacks = Some(name.to_owned()),
            },
            _ if options && arg == "-h" => help = true,
            _ => words.push(arg),
        }
    }
    if words.first().is_some_and(|word| word == "help") {
        words.remove(0);
        help = true;
    }
    if words.is_empty() {
        return if help {
            Ok(Line::Help(usage()))
        } else {
            Err(format!("relief-vault: no command\n{}", usage()))
        };
    }
    let name = words.remove(0);
    let command = COMMANDS
        .iter()
        .find(|command| command.name == name)
        .ok_or_else(|| wrong(&format!("unknown command {name}")))?;
    if help {
        return Ok(Line::Help(command.usage()));
    }
    if let Some(option) = lacks {
        return Err(command.wrong(&format!("--{option} needs a value")));
    }
    let (fewest, most) = command.count;
    if words.len() < fewest {
        return Err(command.wrong(&format!("{name} was given too few arguments")));
    }
    if words.len() > most {
        return Err(command.wrong(&format!("{name} was given too many arguments")));
    }
    let person = given.remove("person");
    if let Some(unknown) = given
        .keys()
        .find(|o| !command.options.contains(&o.as_str()))
    {
        return Err(command.wrong(&format!("{name} knows no option --{unknown}")));
    }
    Ok(Line::Do(Asked {
        command: command.name,
        words,
        person,
        options: given,
    }))
}

fn wrong(what: &str) -> String {
    format!(
        "relief-vault: {what}\n`relief-vault help` lists the commands, `relief-vault COMMAND --help` tells of one"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The help and what is done are two lists; this reads both.
    #[test]
    fn every_command_in_the_help_is_done_and_the_other_way_round() {
        let done: Vec<_> = include_str!("cli.rs")
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" => "))
            .map(|(name, _)| name)
            .collect();
        let helped: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
        assert!(done.len() > 30);
        for name in &done {
            assert!(helped.contains(name), "{name} is not in the help");
        }
        for name in helped {
            assert!(done.contains(&name), "{name} is not done");
        }
    }
}
