//! Eight laptops that meet in any order hold the same in the end, and nothing that nobody had seen is ever lost.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A laptop with one client.
#[derive(Clone, Default)]
struct Laptop {
    name: String,
    counter: u64,
    state: State,
}

impl Laptop {
    fn all(count: usize) -> Vec<Self> {
        (0..count)
            .map(|n| Self {
                name: format!("laptop{n}"),
                ..Self::default()
            })
            .collect()
    }

    /// An edit on the screen: what is shown, with one field changed or removed.
    fn edit(&mut self, key: &str, value: Option<u8>) {
        let mut now = self.state.document();
        match value {
            Some(value) => now.insert(key.into(), json!(value)),
            None => now.remove(key),
        };
        self.state.note(&now, &[], &self.name, &mut self.counter);
    }
}

const KEYS: [&str; 5] = [
    "person/born",
    "person/name",
    "case/k1",
    "case/k1/number",
    "count/k1/c1/level",
];

#[derive(Clone, Debug)]
enum Step {
    Edit(usize, usize, Option<u8>),
    Meet(usize, usize),
}

fn steps(laptops: usize) -> impl Strategy<Value = Vec<Step>> {
    let edit = (
        0..laptops,
        0..KEYS.len(),
        prop::option::weighted(0.8, 0..4_u8),
    )
        .prop_map(|(l, k, v)| Step::Edit(l, k, v));
    let meet = (0..laptops, 0..laptops).prop_map(|(a, b)| Step::Meet(a, b));
    prop::collection::vec(prop_oneof![3 => edit, 2 => meet], 0..60)
}

fn played(steps: &[Step]) -> Vec<Laptop> {
    let mut laptops = Laptop::all(8);
    for step in steps {
        match step {
            Step::Edit(l, k, v) => laptops[*l].edit(KEYS[*k], *v),
            Step::Meet(to, from) => {
                let other = laptops[*from].state.clone();
                laptops[*to].state.merge(&other).unwrap();
            }
        }
    }
    laptops
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn eight_laptops_merge_in_any_order_to_the_same(
        steps in steps(8),
        one in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        two in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
        split in 1..7_usize,
    ) {
        let laptops = played(&steps);
        let fold = |order: &[usize]| {
            let mut state = State::default();
            for l in order {
                state.merge(&laptops[*l].state).unwrap();
            }
            state
        };
        let all = fold(&one);
        prop_assert_eq!(&fold(&two), &all);
        // In two groups that then meet, from either side.
        let (left, right) = (fold(&two[..split]), fold(&two[split..]));
        for (mut to, from) in [(left.clone(), &right), (right.clone(), &left)] {
            to.merge(from).unwrap();
            prop_assert_eq!(&to, &all);
            // Again, and with everybody's old copy: a replay changes nothing.
            to.merge(from).unwrap();
            for laptop in &laptops {
                to.merge(&laptop.state).unwrap();
            }
            prop_assert_eq!(&to, &all);
        }
        // What is written and read again is the same.
        let text = serde_json::to_string(&all).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&text).unwrap(), all);
    }

    /// The last value a laptop wrote is in the merge, or somebody who had seen it wrote another.
    #[test]
    fn no_value_is_lost_that_nobody_saw(steps in steps(8)) {
        let laptops = played(&steps);
        let mut all = State::default();
        for laptop in &laptops {
            all.merge(&laptop.state).unwrap();
        }
        for laptop in &laptops {
            for (key, siblings) in &laptop.state.fields {
                for (dot, _) in siblings.iter() {
                    let kept = all.fields[key].get(dot).is_some();
                    let overwritten = laptops.iter().any(|other| {
                        other.state.has_seen(dot)
                            && other.state.fields.get(key).is_none_or(|s| s.get(dot).is_none())
                    });
                    prop_assert!(kept || overwritten, "{} {}", key, dot);
                }
            }
        }
        for conflict in all.conflicts() {
            let shown = all.document().contains_key(&conflict.field);
            prop_assert_eq!(shown, never_vanishes(&conflict.field), "{}", conflict.field);
        }
    }
}

fn pair() -> (Laptop, Laptop) {
    let mut both = Laptop::all(2);
    let (mut b, mut a) = (both.remove(1), both.remove(0));
    a.edit("person/born", Some(1));
    a.edit("person/name", Some(1));
    a.edit("case/k1", Some(1));
    b.state.merge(&a.state).unwrap();
    (a, b)
}

#[test]
fn a_later_edit_wins_whatever_the_clocks_say_and_concurrent_ones_stand_side_by_side() {
    let (mut a, mut b) = pair();
    b.edit("person/born", Some(2));
    a.state.merge(&b.state).unwrap();
    assert_eq!(a.state.document()["person/born"], json!(2));
    assert!(a.state.conflicts().is_empty());

    a.edit("person/born", Some(3));
    b.edit("person/born", Some(4));
    a.state.merge(&b.state).unwrap();
    let found = a.state.conflicts();
    assert_eq!(found.len(), 1);
    let values: Vec<_> = found[0]
        .values
        .iter()
        .map(|(_, value)| value.clone())
        .collect();
    assert_eq!(values, [json!(3), json!(4)]);
    assert!(
        !a.state.document().contains_key("person/born"),
        "disputed is unknown"
    );

    // A person chooses on one laptop; the other learns it.
    a.edit("person/born", Some(4));
    b.state.merge(&a.state).unwrap();
    assert!(b.state.conflicts().is_empty());
    assert_eq!(b.state.document()["person/born"], json!(4));
}

#[test]
fn the_same_edit_on_two_laptops_is_no_conflict() {
    let (mut a, mut b) = pair();
    a.edit("person/born", Some(9));
    b.edit("person/born", Some(9));
    a.state.merge(&b.state).unwrap();
    assert!(a.state.conflicts().is_empty());
    assert_eq!(a.state.document()["person/born"], json!(9));
}

#[test]
fn what_must_never_vanish_is_shown_while_disputed_and_a_withdrawn_clearance_is_withdrawn() {
    let (mut a, mut b) = pair();
    a.edit("case/k1", None);
    b.edit("case/k1", Some(2));
    a.edit("person/name", Some(5));
    b.edit("person/name", Some(6));
    a.state.merge(&b.state).unwrap();
    assert_eq!(a.state.conflicts().len(), 2);
    assert_eq!(
        a.state.document()["case/k1"],
        json!(2),
        "somebody still works on it"
    );
    assert_eq!(a.state.document()["person/name"], json!(5));

    let (mut a, mut b) = pair();
    let given = json!({"by": "Ana", "withdrawn": null});
    let taken = json!({"by": "Ana", "withdrawn": "2026-11-21T00:00:00Z"});
    for (laptop, value) in [(&mut a, &given), (&mut b, &taken)] {
        let mut now = laptop.state.document();
        now.insert("clearance/1".into(), value.clone());
        laptop
            .state
            .note(&now, &[], &laptop.name, &mut laptop.counter);
    }
    a.state.merge(&b.state).unwrap();
    assert_eq!(a.state.document()["clearance/1"], taken);
}

#[test]
fn a_copied_folder_that_went_on_twice_is_noticed() {
    let (a, _) = pair();
    let mut copy = a.clone();
    let mut a = a;
    a.edit("person/born", Some(3));
    copy.edit("person/born", Some(4));
    assert_eq!(a.state.merge(&copy.state), Err(Copied));
}
