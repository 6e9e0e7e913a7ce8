//! The vocabulary: persons, cases, counts, findings; the JSON contract.
