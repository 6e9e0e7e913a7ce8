//! The developer's one entry: run, test, bench, package.
fn main() {}
