//! Bad ends: aborted, killed by a fault, a panic with a client's record in memory. Nothing is said and no core is left.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use vault::Operation;

use crate::made_up::{PASSPHRASE, at, passphrase, record, vault};
use crate::office::Office;
use crate::plants::{Plants, files, names, numbers};

pub(crate) fn says_nothing() {
    let plants = Plants::new();
    let office = Office::new(None);
    let home = office.path("wrote/home/vault");
    drop(vault(&home));
    let json = office.path("before/r.json");
    fs::write(&json, record("Rosa", &names()[0], &numbers()[0]).to_json()).unwrap();
    // `QUIT` may be ignored already by whoever started the tests in the background.
    for signal in ["ABRT", "SEGV", "BUS", "FPE", "TERM"] {
        // The shell asks for core dumps of any size; the program must not leave one.
        let mut child = office
            .command(Path::new("sh"))
            .args(["-c", "ulimit -c unlimited 2>/dev/null; exec \"$0\" \"$@\""])
            .arg(env!("CARGO_BIN_EXE_relief-vault"))
            .arg("add")
            .arg(&home)
            .args(vec![&json; 2000])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSPHRASE}").unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        lines.next().unwrap().unwrap();
        let pid = child.id().to_string();
        // Twice: the language's own handler takes the first fault for one of the stack, looks, and lets the next one through.
        for _ in 0..2 {
            let _ = Command::new("kill").args(["-s", signal, &pid]).output();
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let said = child.wait_with_output().unwrap();
        assert!(!said.status.success(), "{signal}: it went on");
        assert_eq!(plants.within(&said.stderr), Vec::<&str>::new(), "{signal}");
    }
    let this = std::env::current_exe().unwrap();
    let said = office
        .command(&this)
        .env("RELIEF_PANIC", office.path("wrote"))
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&said.stderr);
    assert!(words.contains("panicked"), "{words}");
    assert_eq!(plants.within(&said.stderr), Vec::<&str>::new(), "{words}");
    assert_eq!(plants.within(&said.stdout), Vec::<&str>::new());
    assert_eq!(plants.found_below(&office.path("wrote")), []);
    let cores: Vec<_> = files(&office.path("wrote"))
        .into_iter()
        .filter(|path| {
            let bytes = fs::read(path).unwrap_or_default();
            bytes.starts_with(b"\x7fELF")
        })
        .collect();
    assert!(cores.is_empty(), "{cores:?}");
}

/// A mistake of ours in the middle of a save, with a client's record in hand: the words of the refusal become the panic's.
pub(crate) fn panics(folder: &Path) {
    let (mut open, _) = vault(&folder.join("panics"));
    let one = record("Rosa", &names()[1], &numbers()[1]);
    let id = open
        .transact(Operation::AddClient, at(2), |tx| tx.add_client(&one))
        .unwrap();
    let read = open.read().record(&id).unwrap();
    assert_eq!(read, one);
    assert!(!format!("{open:?} {:?} {:?}", passphrase(), id).contains(&names()[1]));
    // The note is of no client: the error is all that a careless `unwrap` would print.
    let wrong = names()[2].clone();
    open.transact(Operation::Note, at(3), |tx| {
        tx.add_note(&"0000000000000000".parse()?, &wrong)
    })
    .unwrap();
}
