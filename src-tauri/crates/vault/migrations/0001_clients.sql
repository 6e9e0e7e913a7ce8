-- Clients, their records, what was changed and by whom. All of vault.db is encrypted (SQLCipher); nothing here is readable on disk.
-- Times are RFC 3339 in UTC. JSON columns hold documents of the `record` crate. Numbers are never used twice (AUTOINCREMENT).

-- What the clinic set: name of the setting, JSON value. `clinic` holds the clinic itself.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- A client as the list shows one. `version` counts the record's changes and only grows. `sort` is the folded name, family first.
CREATE TABLE client (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sort TEXT NOT NULL,
    cases INTEGER NOT NULL,
    counties TEXT NOT NULL,
    status TEXT NOT NULL,
    version INTEGER NOT NULL,
    added TEXT NOT NULL,
    changed TEXT NOT NULL
) STRICT;
CREATE INDEX client_by_sort ON client (sort, seq);
CREATE INDEX client_by_change ON client (changed, seq);

-- The record itself, apart from the list: searching never reads the long rows.
CREATE TABLE client_record (
    client INTEGER NOT NULL PRIMARY KEY REFERENCES client (seq) ON DELETE CASCADE,
    record TEXT NOT NULL
) STRICT;

-- Folded words of names, aliases, case numbers and identifiers, for search as one types. Holds the words' index, not their text.
CREATE VIRTUAL TABLE client_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3'
);

-- The record before each change, newest last.
CREATE TABLE undo (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    operation TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX undo_of_client ON undo (client, seq);

-- Who did what to whom, and when; never what was in the record. Each row's hash covers the row before it. A row names its
-- client by id without reference: it outlives the client.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    operation TEXT NOT NULL,
    client TEXT,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'audit rows are only added'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'audit rows are only added'); END;
