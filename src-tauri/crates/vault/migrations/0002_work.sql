-- What is done for a client: how to reach them, sheets, answers, an attorney's part, papers, filings, drafts.

-- How to reach the client (JSON).
CREATE TABLE contact (
    client INTEGER NOT NULL PRIMARY KEY REFERENCES client (seq) ON DELETE CASCADE,
    contact TEXT NOT NULL
) STRICT;

-- A sheet the record was read from: the very bytes, what each line became (JSON), events that are no case (JSON).
CREATE TABLE sheet (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    lines TEXT NOT NULL,
    other_events TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX sheet_of_client ON sheet (client, id);

-- Choices that give something up (JSON); what was not asked is not there.
CREATE TABLE elections (
    client INTEGER NOT NULL PRIMARY KEY REFERENCES client (seq) ON DELETE CASCADE,
    elections TEXT NOT NULL
) STRICT;

-- A declaration that an attorney chose, in the client's words, by the ids of its case and count: an index would move to
-- another count when a sheet is read again.
CREATE TABLE declaration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    case_id TEXT NOT NULL,
    count_id TEXT,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL
) STRICT;
CREATE INDEX declaration_of_client ON declaration (client, id);

-- Attorney's notes: privileged, never an input of a rule, on no paper.
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX note_of_client ON note (client, id);

-- An attorney's clearance of the immigration question. A withdrawn one stays, with the time.
CREATE TABLE clearance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    by_name TEXT NOT NULL,
    on_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    withdrawn TEXT
) STRICT;
CREATE INDEX clearance_of_client ON clearance (client, id);

-- Findings as they were shown (JSON, with the versions of the packs that answered): never recomputed.
CREATE TABLE shown (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    as_of TEXT NOT NULL,
    packs TEXT NOT NULL,
    findings TEXT NOT NULL
) STRICT;
CREATE INDEX shown_of_client ON shown (client, id);

-- How far each count's filing is: one day a step.
CREATE TABLE filing (
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    case_id TEXT NOT NULL,
    count_id TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('filed', 'served', 'answered', 'heard', 'granted', 'denied')),
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (client, case_id, count_id, step)
) STRICT;

-- Papers that left the program, by their hash; the bytes can be made again from the same input.
CREATE TABLE paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER NOT NULL REFERENCES client (seq) ON DELETE CASCADE,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('printed', 'saved')),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    pages INTEGER NOT NULL
) STRICT;
CREATE INDEX paper_of_client ON paper (client, id);

-- What was typed and not yet taken over: kept when the vault locks. Without a client: the form for a new one, or a setting.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client INTEGER REFERENCES client (seq) ON DELETE CASCADE,
    form TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX draft_of_form ON draft (ifnull(client, 0), form);
