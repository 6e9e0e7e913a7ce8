//! A new file in a pack is inside the program after the next build.

use std::path::Path;

fn main() -> std::io::Result<()> {
    for entry in Path::new(".").read_dir()? {
        let folder = entry?.path();
        // Every folder with a manifest is a pack; no name of one stands in code.
        if folder.join("pack.toml").is_file() {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
