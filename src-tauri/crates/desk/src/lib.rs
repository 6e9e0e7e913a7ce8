//! The use cases without a window: who may do what, with vault, law, papers and reading together.

pub mod view;
