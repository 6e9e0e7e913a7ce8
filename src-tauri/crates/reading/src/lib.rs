//! Foreign bytes in, a draft record with provenance out.
