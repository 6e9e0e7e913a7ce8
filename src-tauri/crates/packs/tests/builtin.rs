//! The packs inside the program hold together, and broken ones are refused where they are broken.

use packs::Packs;

#[test]
fn the_packs_inside_the_program_load() {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    assert!(packs.iter().count() > 0);
}
