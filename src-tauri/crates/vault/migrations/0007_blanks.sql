-- Public blanks of official forms, as they lie in the folder beside the vault: so a backup holds them too.
CREATE TABLE blank (
    sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
