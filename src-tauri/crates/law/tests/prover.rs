//! The packs inside the program prove themselves, and a pack that is wrong does not.

use law::prove;
use packs::Packs;

#[test]
fn the_packs_inside_the_program_hold() {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let (covered, faults) = prove::check(packs).unwrap_or_else(|error| panic!("{error}"));
    let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        words.join("\n")
    );
    assert!(covered.cases > 100 && covered.changes > 1000, "{covered:?}");
}

// All changes take minutes without optimization: `cargo test --release -p law --test prover -- --ignored`, or `relief rules mutate`.
#[test]
#[ignore = "takes minutes: the share is measured, not yet held"]
fn every_change_is_noticed() {
    changed(1);
}

fn changed(each: usize) {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    for pack in packs.iter() {
        let mutations = prove::mutate(pack, each);
        let unnoticed: Vec<String> = mutations
            .unnoticed
            .iter()
            .map(ToString::to_string)
            .collect();
        let (made, missed) = (mutations.made, unnoticed.len());
        assert!(made > 10, "{made} changes");
        assert!(
            missed * 20 <= made,
            "{missed} of {made} changes unnoticed\n{}",
            unnoticed.join("\n")
        );
    }
}
