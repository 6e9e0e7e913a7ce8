-- What is kept and for how long, and where copies are.

-- Whether a client's record is kept or destroyed, by which rule of the clinic's, and why.
CREATE TABLE retention (
    client INTEGER NOT NULL PRIMARY KEY REFERENCES client (seq) ON DELETE CASCADE,
    decision TEXT NOT NULL CHECK (decision IN ('keep', 'destroy')),
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;

-- Backups that were written, and how far the log went then: a client whose first row is within it may be in it. A backup that is gone from its disk is not known to be gone.
CREATE TABLE backup_made (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    file TEXT NOT NULL,
    audit_rows INTEGER NOT NULL
) STRICT;
