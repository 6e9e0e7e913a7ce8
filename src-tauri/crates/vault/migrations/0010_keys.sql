-- The `vault.keys` that belongs to this database, as the file's bytes. Kept in the transaction of the row that tells of its change, so an
-- older file that is put back, or one that was not yet written when the program ended, is known at the next opening. What older versions
-- kept has no row.
CREATE TABLE belonging_keys (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    file BLOB NOT NULL
) STRICT;
