//! One person's name as two sources have it.

use serde_json::{Map, Value};

use super::object;

/// Every part that both know is the same, in large letters or small; and they share the family name or the only name.
pub(super) fn is_same_name(ours: &Map<String, Value>, theirs: &Value) -> bool {
    let part = |value: &Value| value.as_str().map(str::to_lowercase);
    let mut shared = 0;
    let fits = ours
        .iter()
        .all(|(key, known)| match (part(known), part(&theirs[key])) {
            (Some(one), Some(other)) => {
                shared += 1;
                one == other
            }
            _ => true,
        });
    fits && shared > 0
}

/// The name with what the other one adds to it.
pub(super) fn longer(ours: &Map<String, Value>, theirs: &Value) -> Value {
    let mut all = ours.clone();
    for (key, part) in object(theirs) {
        let known = all.entry(key).or_insert(Value::Null);
        if known.is_null() {
            *known = in_small_letters(part);
        }
    }
    Value::Object(all)
}

/// A sheet prints names in capitals; beside a name that a person wrote they would look like a mistake on a paper: `MAE-LOU` to
/// `Mae-Lou`. What a person wrote is never changed.
fn in_small_letters(part: &Value) -> Value {
    let Some(capitals) = part
        .as_str()
        .filter(|text| !text.chars().any(char::is_lowercase))
    else {
        return part.clone();
    };
    let mut begins = true;
    let letters = capitals.chars().flat_map(|c| {
        let small: Vec<char> = if begins {
            vec![c]
        } else {
            c.to_lowercase().collect()
        };
        begins = !c.is_alphanumeric();
        small
    });
    Value::String(letters.collect())
}
