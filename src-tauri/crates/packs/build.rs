//! A new file in a pack is inside the program after the next build.

fn main() {
    println!("cargo::rerun-if-changed=us-ca");
}
