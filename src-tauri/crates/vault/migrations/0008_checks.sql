-- What a person said of a place on a sheet after comparing it with the original: that it is right, or what it says instead. A word that
-- was taken back is gone. `sheet` is the file's SHA-256 in hexadecimal digits, `place` the caller's name for the place, `value` JSON.
CREATE TABLE sheet_check (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    uid TEXT NOT NULL,
    sheet TEXT NOT NULL,
    place TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'corrected')),
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;
CREATE INDEX sheet_check_of_client ON sheet_check (client, sheet);
CREATE UNIQUE INDEX sheet_check_uid ON sheet_check (client, uid);
