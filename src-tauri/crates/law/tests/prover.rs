//! The packs inside the program prove themselves, and a pack that is wrong does not.

use law::prove;
use packs::Packs;

#[test]
fn the_packs_inside_the_program_hold() {
    let (covered, faults) = prove::check(Packs::builtin().unwrap()).unwrap();
    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        words.join("\n")
    );
    assert!(covered.cases > 100 && covered.changes > 1000, "{covered:?}");
}
