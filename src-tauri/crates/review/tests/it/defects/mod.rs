//! The reproduced defects of the archived programs, one test each: ours has none of them.

mod answers;
mod numbers;
mod runs;

use crate::support::{Ask, Fields};

const SALE: &str = "11359 HS-POSSESS MARIJUANA FOR SALE";

fn felony(order: &str, offense: &str) -> Fields {
    Fields::conviction("1", order, offense, "FELONY", "20010601")
}

fn determination(policy: Ask, rows: &[Fields]) -> (String, String) {
    let only = policy.rows(rows).only();
    (only["determination"].clone(), only["decided_by"].clone())
}
