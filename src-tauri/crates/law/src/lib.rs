//! The law: a record and a day in, findings with proof out.
