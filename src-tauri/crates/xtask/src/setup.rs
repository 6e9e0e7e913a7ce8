//! What the machine must have beyond Rust with a C linker and Node, and how it comes there.
//!
//! On Debian and its kin the missing packages are installed, as root or through `sudo -n`; where neither may, the
//! exact line to run is printed and the program ends with status 2. Elsewhere the packages are named.

use crate::Stop;
use crate::process::{ask, must, program};

/// What the packages are wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Building and opening the window.
    Window,
    /// Every check: the window's needs and the tools that drive and look at it.
    Tests,
}

/// A Debian package and why it is needed.
struct Package {
    name: &'static str,
    need: For,
}

const fn window(name: &'static str) -> Package {
    Package {
        name,
        need: For::Window,
    }
}

const fn tests(name: &'static str) -> Package {
    Package {
        name,
        need: For::Tests,
    }
}

const DEBIAN: &[Package] = &[
    window("libwebkit2gtk-4.1-dev"), // the web view that Tauri opens
    window("libgtk-3-dev"),          // its window
    window("librsvg2-dev"),          // its icons
    window("pkg-config"),            // how the build finds them
    window("make"),                  // SQLCipher's OpenSSL is built from source ...
    window("perl"),                  // ... by these two
    window("gcc"),                   // and the C compiler itself, where only a linker was there
    window("libc6-dev"),
    tests("xvfb"),              // a display for the real-window tests
    tests("webkit2gtk-driver"), // WebDriver for the same web view
    tests("xdotool"),           // types into native file dialogs
    tests("poppler-utils"),     // reads the text of the papers
    tests("qpdf"),              // checks that a PDF is whole
    tests("tesseract-ocr"),     // reads pictures of pages, with the data for English
    tests("strace"),            // shows that no socket is opened
    tests("iproute2"),          // a network of a test's own, whose packets are counted
    tests("dbus-daemon"),       // a system bus of a test's own: sleep and locked screens
];

/// Installs what is missing for `need`. Never asks.
pub(crate) fn install(need: For) -> Result<(), Stop> {
    node()?;
    if !cfg!(target_os = "linux") {
        return elsewhere();
    }
    if ask(program("dpkg-query").arg("--version")).is_none() {
        return fedora(need);
    }
    let missing = missing(need);
    if missing.is_empty() {
        println!("setup: every Debian package is there");
        return Ok(());
    }
    println!("setup: missing {}", missing.join(" "));
    let line = format!(
        "apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    );
    let mut rights: Vec<&str> = Vec::new();
    if ask(program("id").arg("-u")).is_none_or(|id| id.trim() != "0") {
        if ask(program("sudo").args(["-n", "true"])).is_none() {
            return Err(Stop::Machine(format!(
                "packages are missing and this user may not install them. Run this, then the same command again:\n\n  sudo apt-get update && sudo {line}\n"
            )));
        }
        rights.extend(["sudo", "-n"]);
    }
    // Two installations at once would collide; the lock is waited for. A failed update is no reason to give up:
    // the lists may be there already.
    let lock = "DPkg::Lock::Timeout=600";
    let apt = |args: &[&str]| {
        let words: Vec<&str> = rights
            .iter()
            .copied()
            .chain([
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-q",
                "-o",
                lock,
            ])
            .chain(args.iter().copied())
            .collect();
        let mut command = program(words[0]);
        command.args(&words[1..]);
        must(&mut command)
    };
    let _ = apt(&["update"]);
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(&missing);
    apt(&args).map_err(|_| {
        Stop::Machine(format!(
            "the packages could not be installed. Try by hand:\n\n  {line}\n"
        ))
    })
}

/// The packages of `need` that dpkg does not report as installed.
fn missing(need: For) -> Vec<&'static str> {
    let wanted = DEBIAN
        .iter()
        .filter(|p| need == For::Tests || p.need == For::Window)
        .map(|p| p.name);
    wanted
        .filter(|name| {
            let state = ask(program("dpkg-query").args(["-W", "-f", "${db:Status-Status}", name]));
            state
                .is_none_or(|state| !state.contains("installed") || state.contains("not-installed"))
        })
        .collect()
}

/// Node is what the README asks for beside Rust: it cannot be installed from here on every Debian in the version needed.
fn node() -> Result<(), Stop> {
    let version = ask(program("node").arg("--version")).unwrap_or_default();
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(|n| n.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if (major, minor) >= (20, 19) {
        return Ok(());
    }
    let found = if version.is_empty() {
        "none was found".to_string()
    } else {
        format!("found {}", version.trim())
    };
    Err(Stop::Machine(format!(
        "Node 20.19 or newer with npm is needed to build the window's page; {found}"
    )))
}

fn fedora(need: For) -> Result<(), Stop> {
    let webkit = ask(program("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_some();
    if webkit {
        println!(
            "setup: this is no Debian; WebKitGTK is there, so going on with what is installed"
        );
        return Ok(());
    }
    let more = if need == For::Tests {
        " xorg-x11-server-Xvfb webkit2gtk-driver xdotool poppler-utils tesseract strace dbus-daemon"
    } else {
        ""
    };
    Err(Stop::Machine(format!(
        "this is no Debian, so install by hand what the app needs. On Fedora:\n\n  \
         sudo dnf install webkit2gtk4.1-devel gtk3-devel librsvg2-devel pkgconf gcc make perl{more}\n\n\
         On another system: WebKitGTK 4.1 and GTK 3 with their development files, pkg-config, a C compiler, make and perl"
    )))
}

fn elsewhere() -> Result<(), Stop> {
    if cfg!(target_os = "macos") {
        println!(
            "setup: macOS needs the Xcode command line tools (xcode-select --install); the web view is part of the system"
        );
    } else {
        println!(
            "setup: Windows needs the Visual Studio C++ build tools, Perl (for SQLCipher's OpenSSL) and the WebView2 runtime (part of Windows 11)"
        );
    }
    println!(
        "setup: no WebDriver for the system's web view is used here, so the real-window tests count as skipped"
    );
    Ok(())
}
