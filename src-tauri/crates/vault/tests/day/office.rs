//! Two laptops of one clinic, and what is done on them in a day.

use std::cell::RefCell;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use record::answers::Contact;
use serde_json::json;
use vault::{ClientId, NewSheet, Operation};

use crate::made_up::{PASSPHRASE, at, record, vault};
use crate::plants::{names, numbers};

/// The folders of one day: what the programs wrote, what somebody asked for in clear, and what lay there before.
pub(crate) struct Office {
    dir: tempfile::TempDir,
    log: Option<PathBuf>,
    /// What each command said on standard error.
    pub(crate) said: RefCell<Vec<(String, Vec<u8>)>>,
}

impl Office {
    /// An office whose programs are watched, with a log of each in a folder, or not.
    pub(crate) fn new(log: Option<&Path>) -> Self {
        let office = Self {
            dir: tempfile::tempdir().unwrap(),
            log: log.map(Path::to_owned),
            said: RefCell::default(),
        };
        for folder in ["wrote/home", "wrote/tmp", "wrote/here", "asked", "before"] {
            fs::create_dir_all(office.path(folder)).unwrap();
        }
        office
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// A program whose folders are all below `wrote`.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = match &self.log {
            None => Command::new(program),
            Some(log) => {
                let number = self.said.borrow().len();
                let mut command = Command::new("strace");
                command
                    .args(["-f", "-e", "trace=network", "-o"])
                    .arg(log.join(number.to_string()))
                    .arg(program);
                command
            }
        };
        for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(variable, self.path("wrote/home"));
        }
        command
            .env("TMPDIR", self.path("wrote/tmp"))
            .env("RUST_BACKTRACE", "full")
            .current_dir(self.path("wrote/here"));
        command
    }

    /// Runs a command of `relief-vault` and gives what it printed.
    pub(crate) fn run(&self, lines: &str, args: &[&str]) -> String {
        let mut child = self
            .command(Path::new(env!("CARGO_BIN_EXE_relief-vault")))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{lines}").unwrap();
        let said = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.status.success(), "{args:?}: {words}");
        self.said
            .borrow_mut()
            .push((args[0].to_owned(), said.stderr));
        String::from_utf8(said.stdout).unwrap()
    }

    /// The whole day.
    pub(crate) fn day(&self) {
        let at = |name: &str| self.text(name);
        let (north, south) = (at("wrote/north"), at("wrote/south"));
        let run = |args: &[&str]| self.run(PASSPHRASE, args);
        let two = |second: &str, args: &[&str]| self.run(&format!("{PASSPHRASE}\n{second}"), args);
        let this = std::env::current_exe().unwrap();
        let worked = self
            .command(&this)
            .env("RELIEF_DAY", self.path("wrote"))
            .output()
            .unwrap();
        assert!(
            worked.status.success(),
            "{}",
            String::from_utf8_lossy(&worked.stderr)
        );
        self.said
            .borrow_mut()
            .push(("the day's work".to_owned(), worked.stderr));

        let mut files = vec!["add".to_owned(), north.clone()];
        for n in 60..64 {
            let path = self.path(&format!("before/{n}.json"));
            fs::write(&path, record("Rosa", &names()[n], &numbers()[n]).to_json()).unwrap();
            files.push(path.to_str().unwrap().to_owned());
        }
        let added = run(&files.iter().map(String::as_str).collect::<Vec<_>>());
        let first = added.lines().next().unwrap().to_owned();
        assert!(run(&["list", &north]).contains(&names()[60]));
        assert!(run(&["export", &north, &first]).contains(&numbers()[60]));

        let cards = [
            (at("wrote/card-north"), &north, &south),
            (at("wrote/card-south"), &south, &north),
        ];
        for (card, from, to) in &cards {
            let words = run(&["card", from, card]);
            two(words.trim(), &["trust", to, card]);
        }
        let known: serde_json::Value = serde_json::from_str(&run(&["known", &north])).unwrap();
        let receiver = known[0]["id"].as_str().unwrap();
        let (parcel, receipt) = (at("wrote/parcel"), at("wrote/receipt"));
        run(&["hand-over", &north, receiver, &parcel, "move", "all"]);
        run(&["take-in", &south, &parcel, &receipt]);
        run(&["receipt", &north, &receipt]);
        run(&["purge", &north, &first]);

        let backup = at("wrote/evening.backup");
        run(&["backup", &south, &backup]);
        run(&["rehearse", &backup]);
        run(&["restore", &backup, &at("wrote/restored")]);
        let person = ["person-add", &at("wrote/restored"), "Bo Reed", "volunteer"];
        two("three green otters sing", &person);
        run(&["lost", "--backup", &backup]);
        two(
            "eleven herons beside the old canal",
            &["table", &south, &at("wrote/table.csv.age")],
        );
        let reason = ["--in-clear", "the funder asked for it"];
        run(&[
            &["table", &south, &at("asked/table.csv")],
            reason.as_slice(),
        ]
        .concat());
        run(&["counts", &south]);
        run(&[
            "end",
            &south,
            &first,
            "five years",
            "the client asked for it",
        ]);
        run(&["destroy", &south, &first]);
        run(&["rekey", &south]);
        run(&["code-sheets", &south]);
        run(&["log", &south]);
        assert!(run(&["verify", &south]).contains("checks passed"));
    }
}

/// What the window does that the command does not: sheets, notes, drafts, contacts. Done by this program itself.
pub(crate) fn work(folder: &Path) {
    let (names, numbers) = (names(), numbers());
    let (mut north, _) = vault(&folder.join("north"));
    drop(vault(&folder.join("south")));
    for n in 0..60 {
        let (name, number) = (&names[n], &numbers[n]);
        north
            .transact(Operation::AddClient, at(2), |tx| {
                let id = tx.add_client(&record("Rosa", name, number))?;
                rest(tx, &id, n)
            })
            .unwrap();
    }
    // As many searches as letters are typed.
    for name in &names[..20] {
        assert_eq!(north.read().clients(name, 9).unwrap().len(), 1);
    }
    north.backup(&folder.join("morning.backup"), at(3)).unwrap();
    north.lock(at(4)).unwrap();
}

fn rest(tx: &mut vault::Tx<'_>, id: &ClientId, n: usize) -> vault::Result<()> {
    let (names, numbers) = (names(), numbers());
    let other = 64 + n % 36;
    tx.add_note(id, &format!("said that {} was there", names[other]))?;
    tx.set_draft(
        Some(id),
        "intake",
        Some(&format!("{} {}", names[other], numbers[other])),
    )?;
    let contact = Contact {
        phone: Some(numbers[other].clone()),
        ..Contact::default()
    };
    tx.set_contact(id, &contact)?;
    let line = json!([format!("NAM/01 {}", names[other].to_uppercase())]);
    let name = format!("{}.txt", names[other]);
    let text = format!("{} {}\n", names[other], numbers[other]).repeat(500);
    let sheet = NewSheet {
        name: &name,
        bytes: text.as_bytes(),
        lines: &line,
        other_events: &line,
    };
    tx.add_sheet(id, &sheet).map(drop)
}
