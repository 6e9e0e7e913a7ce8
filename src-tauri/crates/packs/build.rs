//! Every folder here with a manifest is a pack and is inside the program after the next build; no name of one stands in code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // A new folder counts too.
    println!("cargo::rerun-if-changed=.");
    let here = env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    let mut packs: Vec<String> = Vec::new();
    for entry in here.read_dir()? {
        let folder = entry?.path();
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        if let Some(name) = name.filter(|_| folder.join("pack.toml").is_file()) {
            println!("cargo::rerun-if-changed={name}");
            packs.push(name);
        }
    }
    packs.sort();
    let mut list = format!("static BUILTIN: [(&str, Dir<'_>); {}] = [\n", packs.len());
    for name in packs {
        let _ = writeln!(
            list,
            "    (\"{name}\", include_dir!(\"$CARGO_MANIFEST_DIR/{name}\")),"
        );
    }
    list.push_str("];\n");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("builtin.rs"), list)
}
