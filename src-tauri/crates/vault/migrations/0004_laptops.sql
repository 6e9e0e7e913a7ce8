-- Several laptops: this vault's own keys, other vaults that a person confirmed, clients as fields with versions, hand-overs and receipts.

-- This laptop's id in versions, its counter, and its keys. A vault restored from a backup makes new ones: the laptop it was copied from
-- may go on. The newest row is in use; the older ones still open what was sent to them.
CREATE TABLE laptop (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    counter INTEGER NOT NULL,
    signing BLOB NOT NULL CHECK (length(signing) = 32),
    age TEXT NOT NULL,
    retired INTEGER NOT NULL
) STRICT;

-- Another vault whose keys somebody confirmed by the words read aloud.
CREATE TABLE known_vault (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    recipient TEXT NOT NULL,
    signing BLOB NOT NULL CHECK (length(signing) = 32),
    confirmed TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;

-- People of other vaults, so that their notes and filings have a name here.
CREATE TABLE elsewhere (
    person TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    vault TEXT NOT NULL
) STRICT;

-- A client's fields with their versions (JSON), as of the last hand-over sent or taken in. Other clients have none.
CREATE TABLE client_state (
    client INTEGER NOT NULL PRIMARY KEY REFERENCES client (seq) ON DELETE CASCADE,
    state TEXT NOT NULL
) STRICT;

-- What was sent: to whom, the signed manifest's hash, and the receipt once it came back. Outlives the clients.
CREATE TABLE handover_out (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vault TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    manifest BLOB NOT NULL CHECK (length(manifest) = 32),
    moving INTEGER NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    receipt TEXT
) STRICT;
CREATE TABLE handover_client (
    handover INTEGER NOT NULL REFERENCES handover_out (id),
    client TEXT NOT NULL,
    state BLOB NOT NULL CHECK (length(state) = 32),
    taken INTEGER NOT NULL,
    PRIMARY KEY (handover, client)
) STRICT;
CREATE INDEX handover_of_client ON handover_client (client);

-- What was taken in, so that a replay is one. `receipt` is the one that was signed for it.
CREATE TABLE handover_in (
    vault TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    manifest BLOB NOT NULL CHECK (length(manifest) = 32),
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (vault, sequence)
) STRICT;

-- Clients that are gone from here, and why. Holds no name.
CREATE TABLE gone (
    client TEXT NOT NULL PRIMARY KEY,
    why TEXT NOT NULL CHECK (why IN ('moved', 'destroyed')),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;

-- Rows that two laptops may both have need a name that is the same on both.
ALTER TABLE declaration ADD COLUMN uid TEXT NOT NULL DEFAULT '';
ALTER TABLE note ADD COLUMN uid TEXT NOT NULL DEFAULT '';
ALTER TABLE clearance ADD COLUMN uid TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN uid TEXT NOT NULL DEFAULT '';
UPDATE declaration SET uid = lower(hex(randomblob(8)));
UPDATE note SET uid = lower(hex(randomblob(8)));
UPDATE clearance SET uid = lower(hex(randomblob(8)));
UPDATE paper SET uid = lower(hex(randomblob(8)));
CREATE UNIQUE INDEX declaration_uid ON declaration (client, uid);
CREATE UNIQUE INDEX note_uid ON note (client, uid);
CREATE UNIQUE INDEX clearance_uid ON clearance (client, uid);
CREATE UNIQUE INDEX paper_uid ON paper (client, uid);
