//! Every question of every route was answered yes, no and unknown by some worked case, and every row decided one.

use packs::offense::ListId;
use packs::route::Kind;
use packs::test::Leaf;

use super::{Covered, Fault, Proof};
use crate::truth::Truth;

// The answers that a question can have: what is asked of the whole record is known, and a duty to register is never certain.
fn possible(leaf: &Leaf) -> &'static [Truth] {
    match leaf {
        Leaf::Undated | Leaf::Died | Leaf::ElsewhereBefore | Leaf::Elsewhere | Leaf::Citizen => {
            &[Truth::Yes, Truth::No]
        }
        Leaf::Registered { .. } => &[Truth::No, Truth::Unknown],
        _ => &[Truth::Yes, Truth::No, Truth::Unknown],
    }
}

fn lists(leaf: &Leaf) -> Option<ListId> {
    match leaf {
        Leaf::Prior { list, .. }
        | Leaf::Companion(list)
        | Leaf::Listed(list)
        | Leaf::Ever(list) => Some(*list),
        Leaf::Pattern(pattern) => Some(pattern.list),
        Leaf::Registered { explained_by, .. } => Some(*explained_by),
        _ => None,
    }
}

pub(super) fn check(proof: &Proof<'_>, covered: &mut Covered, faults: &mut Vec<Fault>) {
    for route in &proof.pack.routes {
        for asked in route.tests() {
            for leaf in asked.test.leaves() {
                covered.questions += 1;
                for truth in possible(leaf) {
                    if !proof.watch.has_seen(leaf, *truth) {
                        let text = format!(
                            "`{}` of `{}` asks whether {}, and no worked case answers {}",
                            asked.name,
                            route.id,
                            proof.pack.leaf_in_words(leaf),
                            in_words(*truth)
                        );
                        faults.push(proof.fault(&route.id, asked.kind, asked.number, text));
                    }
                }
                if let Some(list) = lists(leaf).map(|id| proof.pack.offenses.list(id)) {
                    // A list that is law later than the route, or not as long, leaves days without an answer.
                    let late = list.from.is_some_and(|from| from > route.from);
                    let short = list
                        .until
                        .is_some_and(|end| route.until.is_none_or(|until| end < until));
                    if late || short {
                        let text = format!(
                            "`{}` of `{}` asks about the list `{}`, which is not law on every day of the route",
                            asked.name, route.id, list.id
                        );
                        faults.push(proof.fault(&route.id, asked.kind, asked.number, text));
                    }
                }
            }
        }
        let Kind::Rules(rules) = &route.kind else {
            continue;
        };
        for (n, row) in rules.rows.iter().enumerate() {
            if proof.watch.has_used(row) {
                covered.rows += 1;
            } else {
                let text = format!("no worked case of `{}` is decided by this row", route.id);
                faults.push(proof.fault(&route.id, "row", n, text));
            }
        }
        for (n, row) in rules.reached.iter().enumerate() {
            if proof.watch.has_used(row) {
                covered.rows += 1;
            } else {
                let text = format!("no worked case of `{}` comes to this row", route.id);
                faults.push(proof.fault(&route.id, "reach", n, text));
            }
        }
    }
}

fn in_words(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Unknown => "unknown",
        Truth::Arguable => "arguable",
    }
}
