-- Audit rows signed by the person's own key, and what a row is about when it is no client.

-- The public keys that sign audit rows, and whose they are. A new passphrase brings a new key; the old ones stay, for the rows they
-- signed.
CREATE TABLE signer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    public BLOB NOT NULL UNIQUE CHECK (length(public) = 32)
) STRICT;

-- Another person, another vault, a file's hash: an id, never a name. Rows that older versions wrote have neither signer nor signature.
ALTER TABLE audit ADD COLUMN subject TEXT;
ALTER TABLE audit ADD COLUMN signer INTEGER REFERENCES signer (id);
ALTER TABLE audit ADD COLUMN signature BLOB CHECK (signature IS NULL OR length(signature) = 64);
