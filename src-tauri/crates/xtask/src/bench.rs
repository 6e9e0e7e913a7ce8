//! `cargo xtask bench`: the release benchmarks of the workspace.

use crate::Stop;
use crate::process::{cargo, must};

/// Runs every benchmark. Each prints its target beside the time.
pub(crate) fn run() -> Result<(), Stop> {
    must(cargo().args(["bench", "--workspace", "--benches"]))
}
