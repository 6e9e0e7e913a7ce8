-- An attorney's word on a client's papers: signed off, by the SHA-256 of each, or sent back with a reason. The last one counts.
-- `facts` is what the papers were made from (JSON): an edit shows against it and ends the sign-off, which stays on file.
CREATE TABLE sign_off (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    by_name TEXT NOT NULL,
    on_day TEXT NOT NULL,
    said TEXT NOT NULL CHECK (said IN ('approved', 'sent_back')),
    reason TEXT NOT NULL,
    papers TEXT NOT NULL,
    facts TEXT NOT NULL,
    ended TEXT,
    ended_by TEXT,
    changed TEXT
) STRICT;
CREATE INDEX sign_off_of_client ON sign_off (client, id);
CREATE UNIQUE INDEX sign_off_uid ON sign_off (client, uid);
