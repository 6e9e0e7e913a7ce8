//! What was asked on the command line.

use std::ffi::OsString;

/// Shown for `--help`, and with what was wrong for exit status 2.
pub(crate) const USAGE: &str = "\
usage: relief-vault COMMAND [--person NAME]
The passphrase (or the recovery code) is the first line of standard input.

  create DIR [--clinic NAME]   make a vault in a new or empty folder; prints the recovery code
  add DIR RECORD.json...       add clients; prints an id for each one kept
  list DIR                     clients, as JSON
  export DIR CLIENT            one client's record, as JSON, in clear
  backup DIR FILE              write an encrypted backup, open it and compare
  restore FILE DIR             make a vault of a backup in a new or empty folder
  verify DIR                   check every page, the ciphers, the audit log and every record

Exit status: 0 done; 1 something was refused (standard error says what and why); 2 usage.";

/// The whole command line.
pub(crate) struct Asked {
    /// What to do.
    pub(crate) command: Command,
    /// Whose slot.
    pub(crate) person: Option<String>,
}

/// What to do.
pub(crate) enum Command {
    Help,
    Create { dir: String, clinic: String },
    Add { dir: String, records: Vec<String> },
    List { dir: String },
    Export { dir: String, client: String },
    Backup { dir: String, file: String },
    Restore { file: String, dir: String },
    Verify { dir: String },
}

/// Reads the command line; the error is what to print with exit status 2.
pub(crate) fn parse(args: impl Iterator<Item = OsString>) -> Result<Asked, String> {
    let (mut words, mut person, mut clinic) = (Vec::new(), None, None);
    let args: Result<Vec<_>, _> = args.map(OsString::into_string).collect();
    let mut args = args
        .map_err(|_| wrong("an argument is not valid text"))?
        .into_iter();
    let mut options = true;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--" if options => options = false,
            "--help" | "-h" if options => words = vec!["help".to_owned()],
            "--person" if options => {
                person = Some(args.next().ok_or_else(|| wrong("--person needs a name"))?)
            }
            "--clinic" if options => {
                clinic = Some(args.next().ok_or_else(|| wrong("--clinic needs a name"))?)
            }
            _ if options && arg.starts_with("--") => {
                return Err(wrong(&format!("unknown option {arg}")));
            }
            _ => words.push(arg),
        }
    }
    let command = match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["help", ..] => Command::Help,
        ["create", dir] => Command::Create {
            dir: (*dir).to_owned(),
            clinic: clinic.take().unwrap_or_else(|| "Clinic".to_owned()),
        },
        ["add", dir, first, rest @ ..] => Command::Add {
            dir: (*dir).to_owned(),
            records: [first]
                .into_iter()
                .chain(rest)
                .map(|r| (*r).to_owned())
                .collect(),
        },
        ["list", dir] => Command::List {
            dir: (*dir).to_owned(),
        },
        ["export", dir, client] => Command::Export {
            dir: (*dir).to_owned(),
            client: (*client).to_owned(),
        },
        ["backup", dir, file] => Command::Backup {
            dir: (*dir).to_owned(),
            file: (*file).to_owned(),
        },
        ["restore", file, dir] => Command::Restore {
            file: (*file).to_owned(),
            dir: (*dir).to_owned(),
        },
        ["verify", dir] => Command::Verify {
            dir: (*dir).to_owned(),
        },
        [] => return Err(wrong("no command")),
        [
            known @ ("create" | "add" | "list" | "export" | "backup" | "restore" | "verify"),
            ..,
        ] => {
            return Err(wrong(&format!(
                "{known} was given too few or too many arguments"
            )));
        }
        [unknown, ..] => return Err(wrong(&format!("unknown command {unknown}"))),
    };
    if clinic.is_some() {
        return Err(wrong("--clinic is only for create"));
    }
    Ok(Asked { command, person })
}

fn wrong(what: &str) -> String {
    format!("relief-vault: {what}\n{USAGE}")
}
