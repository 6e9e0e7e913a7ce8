//! The main job: the window in training mode, or the same job without one, on files the project ships.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Stop;
use crate::process::{ask, built, cargo, must, program, root};
use crate::setup::{self, For};
use crate::ui;

/// `cargo xtask run`.
pub(crate) fn run(without_window: bool) -> Result<(), Stop> {
    if without_window || !has_display() {
        println!("run: the job without a window; the first build takes some minutes");
        must(cargo().args(["build", "--quiet", "--package", "relief"]))?;
        let out = root().join("out");
        let job = Job {
            relief: built("relief"),
            out,
            wrap: Vec::new(),
            home: None,
        };
        return job.tell();
    }
    setup::install(For::Window)?;
    ui::install()?;
    ui::build()?;
    println!(
        "run: opening the window in training mode, on made-up clients; the first build takes some minutes"
    );
    must(cargo().args([
        "run",
        "--quiet",
        "--package",
        "relief-desk",
        "--",
        "--training",
    ]))
}

/// Whether a window could open here. An X display is also looked for, since a stale DISPLAY is common over SSH.
fn has_display() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if !cfg!(target_os = "linux") {
        return set("SSH_CONNECTION").is_none();
    }
    if set("WAYLAND_DISPLAY").is_some() {
        return true;
    }
    let Some(display) = set("DISPLAY") else {
        return false;
    };
    match display.strip_prefix(':') {
        Some(number) => {
            let number = number.split('.').next().unwrap_or(number);
            Path::new("/tmp/.X11-unix")
                .join(format!("X{number}"))
                .exists()
        }
        None => true,
    }
}

/// The words on the shipped sheet that must not turn up where they do not belong.
pub(crate) const PLANTED: &[&str] = &["Tarragon", "Hester"];

/// Sheet to record to findings to packet, with the program `relief`.
pub(crate) struct Job {
    /// The built program.
    pub(crate) relief: PathBuf,
    /// Where the record, the findings and the packet go.
    pub(crate) out: PathBuf,
    /// A program to run it under (a tracer), with its arguments.
    pub(crate) wrap: Vec<OsString>,
    /// A fresh home, cache and temporary folder, where a test wants to look into them afterwards.
    pub(crate) home: Option<PathBuf>,
}

impl Job {
    /// Does the job. The papers it wrote, in the order of their names.
    pub(crate) fn papers(&self) -> Result<Vec<PathBuf>, Stop> {
        if self.out.exists() {
            fs::remove_dir_all(&self.out)?;
        }
        fs::create_dir_all(&self.out)?;
        let first = root().join("tests/cases/first");
        let (record, findings, packet) = (
            self.out.join("record.json"),
            self.out.join("findings.json"),
            self.out.join("packet"),
        );
        self.keep(self.relief(&["read"]).arg(first.join("sheet.txt")), &record)?;
        // No sheet tells whether somebody is on probation today: a person adds it, here from a file.
        let now = fs::read_to_string(first.join("now.json"))?;
        let read = fs::read_to_string(&record)?;
        let told = read.replacen('{', &format!("{{\"now\": {},", now.trim()), 1);
        fs::write(&record, told)?;
        self.keep(self.relief(&["screen"]).arg(&record), &findings)?;
        let mut command = self.relief(&["packet"]);
        command
            .arg(&record)
            .arg("--clinic")
            .arg(first.join("clinic.json"))
            .arg("--answers")
            .arg(first.join("answers.json"));
        must(command.arg("--out").arg(&packet))?;
        let mut papers = Vec::new();
        collect(&packet, &mut papers)?;
        if papers.is_empty() {
            return Err(Stop::Failed(format!(
                "no paper was written to {}",
                packet.display()
            )));
        }
        Ok(papers)
    }

    /// Does the job and says what was done and where the papers are.
    fn tell(&self) -> Result<(), Stop> {
        let papers = self.papers()?;
        let findings = fs::read_to_string(self.out.join("findings.json"))?;
        // The contract writes each finding's status once, under this key.
        let compact: String = findings.chars().filter(|c| !c.is_whitespace()).collect();
        let count = |status: &str| compact.matches(&format!("\"status\":\"{status}\"")).count();
        println!();
        println!(
            "Read the made-up RAP sheet tests/cases/first/sheet.txt, added the standing that no sheet tells (now.json beside it),"
        );
        println!("and screened it. Findings by route and count:");
        for (status, words) in [
            ("eligible", "eligible"),
            ("not_yet", "not yet eligible"),
            ("needs_facts", "open until a fact is known"),
            ("needs_attorney", "for an attorney to judge"),
            ("already_granted", "granted before"),
            (
                "likely_done",
                "perhaps done already by the state: check first",
            ),
            ("not_eligible", "not eligible"),
        ] {
            if count(status) > 0 {
                println!("  {:>3} {words}", count(status));
            }
        }
        println!(
            "Record and findings: {} and findings.json beside it",
            self.out.join("record.json").display()
        );
        println!("The packet, with manifest.json that lists what is blank and why:");
        for paper in papers {
            println!("  {}", paper.display());
        }
        Ok(())
    }

    fn relief(&self, args: &[&str]) -> Command {
        let mut words = self
            .wrap
            .iter()
            .cloned()
            .chain([self.relief.clone().into_os_string()]);
        let mut command = program(words.next().unwrap_or_default());
        command.args(words).args(args);
        if let Some(home) = &self.home {
            command.env("HOME", home).env("TMPDIR", home.join("tmp"));
            for (name, folder) in [
                ("XDG_DATA_HOME", "data"),
                ("XDG_CONFIG_HOME", "config"),
                ("XDG_CACHE_HOME", "cache"),
            ] {
                command.env(name, home.join(folder));
            }
        }
        command
    }

    fn keep(&self, command: &mut Command, file: &Path) -> Result<(), Stop> {
        let said = fs::File::create(file)?;
        must(command.stdout(said))
            .map_err(|_| Stop::Failed(format!("{} was not made", file.display())))
    }
}

fn collect(dir: &Path, papers: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = dir
        .read_dir()?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, papers)?;
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            papers.push(path);
        }
    }
    Ok(())
}

/// The text of a paper, where the machine can tell it.
pub(crate) fn text(paper: &Path) -> Option<String> {
    ask(program("pdftotext").args(["-layout".as_ref(), paper.as_os_str(), "-".as_ref()]))
}
