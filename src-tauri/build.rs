//! Bakes the window's files, its permissions and the configuration into the program.
#![expect(
    clippy::print_stderr,
    reason = "standard error is where a build script speaks"
)]

use std::path::Path;
use std::process::exit;

use tauri_build::{Attributes, InlinedPlugin};

/// Every command the window can ask for, by topic. A command that is missing here has no permission and is refused;
/// the capability file then says which of these the one window may call.
const TOPICS: &[(&str, &[&str])] = &[
    (
        "session",
        &[
            "state", "create", "unlock", "recover", "restore", "lock", "language",
        ],
    ),
    (
        "clients",
        &[
            "list", "add", "open", "contact", "answer", "note", "undo", "statutes",
        ],
    ),
    (
        "reading",
        &[
            "begin", "picture", "words", "keep", "stop", "original", "page", "check",
        ],
    ),
    ("results", &["screen", "news", "rescreen"]),
    (
        "papers",
        &[
            "prepare",
            "bytes",
            "print",
            "save",
            "save_for_efiling",
            "sign_off",
            "send_back",
            "clear",
            "withdraw",
            "declare",
            "elect",
        ],
    ),
    (
        "bulk",
        &["begin", "next", "stop", "print", "save", "save_for_efiling"],
    ),
    ("filings", &["set"]),
    ("forms", &["list", "add"]),
    (
        "review",
        &[
            "open",
            "run",
            "files",
            "drop_file",
            "folder",
            "policy",
            "decisions",
            "begin",
            "go_on",
            "forget",
            "pause",
            "stop",
            "leave",
            "numbers",
            "rows",
            "person",
            "decide",
            "write_again",
            "open_results",
            "open_last",
            "rules",
            "keep_policy",
            "save_policy",
            "after",
            "papers",
            "list",
            "papers_folder",
            "compare",
            "stop_after",
        ],
    ),
    ("clinic", &["get", "set"]),
    (
        "people",
        &[
            "add",
            "remove",
            "passphrase",
            "roles",
            "force",
            "change_key",
            "new_code",
            "code_written",
            "print_code",
        ],
    ),
    (
        "safe",
        &[
            "backups",
            "backup",
            "folder",
            "no_folder",
            "rehearse",
            "log",
            "verify",
            "print_log",
            "save_log",
            "table",
            "record",
            "count",
            "lost_backup",
            "lost_laptop",
        ],
    ),
    (
        "laptops",
        &[
            "open",
            "card",
            "confirm",
            "forget",
            "send",
            "take_in",
            "save_receipt",
            "receipt",
            "purge",
            "disputed",
            "disputes",
            "resolve",
        ],
    ),
    ("keeping", &["open", "decide", "destroy"]),
];

fn main() {
    // New files in the folder would otherwise not be seen, and the program would keep showing the old window.
    println!("cargo:rerun-if-changed=ui/dist");
    if !Path::new("ui/dist/index.html").is_file() {
        eprintln!(
            "the window's files are missing: ui/dist/index.html is not there.\n\
             Build them first: cd ui && npm ci && npm run build\n\
             (`cargo xtask run` and `cargo xtask test` do it for you.)"
        );
        exit(1);
    }

    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .plugins(
            TOPICS
                .iter()
                .map(|&(topic, commands)| (topic, InlinedPlugin::new().commands(commands))),
        );
    if let Err(error) = tauri_build::try_build(attributes) {
        eprintln!("{error:#}");
        exit(1);
    }
}
