//! A fresh home for one run of the app, with a printer that keeps what it is given; searched afterwards for what must not be there.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the program keeps or leaves anything that nobody asked to have outside the office.
pub(crate) const WROTE: &[&str] = &[
    "home", "data", "config", "cache", "state", "tmp", "run", "office",
];

/// The folders of one run, and the variables that name them.
pub(crate) struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    /// Makes the folders and the recording `lp`.
    pub(crate) fn new() -> Result<Self, String> {
        let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
        let home = Self { dir };
        for folder in [
            "home", "data", "config", "cache", "state", "tmp", "run", "bin", "printed", "saved",
            "office",
        ] {
            fs::create_dir(home.path(folder)).map_err(|error| error.to_string())?;
        }
        home.printer().map_err(|error| error.to_string())?;
        Ok(home)
    }

    /// A folder of this run.
    pub(crate) fn path(&self, folder: &str) -> PathBuf {
        self.dir.path().join(folder)
    }

    /// The variables that send the app to these folders and to this printer.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let at = |folder: &str| self.path(folder).display().to_string();
        let path = format!(
            "{}:{}",
            at("bin"),
            std::env::var("PATH").unwrap_or_default()
        );
        vec![
            ("HOME", at("home")),
            ("XDG_DATA_HOME", at("data")),
            ("XDG_CONFIG_HOME", at("config")),
            ("XDG_CACHE_HOME", at("cache")),
            ("XDG_STATE_HOME", at("state")),
            ("XDG_RUNTIME_DIR", at("run")),
            ("TMPDIR", at("tmp")),
            ("PATH", path),
        ]
    }

    /// An `lp` that is found before the real one: each job's bytes go to a file, its arguments to another beside it.
    fn printer(&self) -> std::io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        let lp = self.path("bin").join("lp");
        let to = self.path("printed");
        let script = format!(
            "#!/bin/sh\njob={}/$$\nprintf '%s\\n' \"$@\" > \"$job.args\"\ncat > \"$job.part\"\nmv \"$job.part\" \"$job.pdf\"\necho 'request id is test-1 (1 file(s))'\n",
            to.display()
        );
        fs::write(&lp, script)?;
        fs::set_permissions(&lp, fs::Permissions::from_mode(0o755))
    }

    /// The jobs printed so far: arguments, one a line, and bytes.
    pub(crate) fn printed(&self) -> Vec<(String, Vec<u8>)> {
        files(&self.path("printed"))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
            .map(|path| {
                (
                    fs::read_to_string(path.with_extension("args")).unwrap_or_default(),
                    fs::read(path).unwrap_or_default(),
                )
            })
            .collect()
    }

    /// Where any of `words` stands in clear, in a file's name or bytes, as UTF-8 or UTF-16, whatever its case. What the
    /// person saved and printed is left out: that was meant to leave the vault.
    pub(crate) fn holding(&self, words: &[&str]) -> Vec<PathBuf> {
        let needles: Vec<Vec<u8>> = words
            .iter()
            .map(|word| word.to_ascii_lowercase())
            .flat_map(|word| {
                [
                    word.clone().into_bytes(),
                    word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                ]
            })
            .collect();
        WROTE
            .iter()
            .flat_map(|folder| files(&self.path(folder)))
            .filter(|path| {
                let name = path.to_string_lossy().to_ascii_lowercase().into_bytes();
                let bytes = fs::read(path).unwrap_or_default().to_ascii_lowercase();
                let holds = |text: &[u8]| {
                    needles
                        .iter()
                        .any(|needle| text.windows(needle.len()).any(|window| window == needle))
                };
                holds(&name) || holds(&bytes)
            })
            .collect()
    }
}

/// Every file below a folder, in the order of their paths.
pub(crate) fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = dir.read_dir().into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}
