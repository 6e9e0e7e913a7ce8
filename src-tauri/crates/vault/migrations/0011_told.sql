-- What is kept once the operation was done, as one hash each: of the row's client (none where it is gone), and of what the office keeps
-- beside its clients. So pages of an older copy show. The row's own hash covers both. Rows of older versions have neither.
ALTER TABLE audit ADD COLUMN kept BLOB CHECK (kept IS NULL OR length(kept) = 32);
ALTER TABLE audit ADD COLUMN office BLOB CHECK (office IS NULL OR length(office) = 32);
