//! Bakes the window's files, permissions and configuration into the program.

fn main() {
    println!("cargo:rerun-if-changed=ui/dist");
    tauri_build::build();
}
