//! The window's page: its packages and its build, each only when something changed since.

use std::path::Path;
use std::time::SystemTime;

use crate::Stop;
use crate::process::{must, npm, root};

/// `npm ci`, unless the installed packages are newer than the lock file.
pub(crate) fn install() -> Result<(), Stop> {
    let ui = root().join("ui");
    let lock = modified(&ui.join("package-lock.json"));
    // npm writes this file last, so its presence also means that the installation was completed.
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= lock {
        println!("setup: the page's packages are current");
        return Ok(());
    }
    must(npm().args(["ci", "--no-audit", "--no-fund"]))
}

/// `npm run build`, unless the built page is newer than everything it is made from. The app has the built page inside,
/// so a needless build would link the app again.
pub(crate) fn build() -> Result<(), Stop> {
    let ui = root().join("ui");
    let built = modified(&ui.join("dist/index.html"));
    if built.is_some() && newest(&ui) <= built {
        println!("setup: the built page is current");
        return Ok(());
    }
    must(npm().args(["run", "build"]))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

/// The latest change to a source of the page, a renamed or removed file included (its folder changes with it).
fn newest(dir: &Path) -> Option<SystemTime> {
    let mut latest = None;
    for entry in dir.read_dir().ok()?.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name == "node_modules" || name.starts_with("dist") || name.starts_with('.') {
            continue;
        }
        latest = latest.max(modified(&path));
        if path.is_dir() {
            latest = latest.max(newest(&path));
        }
    }
    latest
}
