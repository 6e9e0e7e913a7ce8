-- Which `vault.keys` belongs to the database once the operation was done: the SHA-256 of the file. An older page that names an older file
-- shows, and of two files the right one is known. The row's own hash covers it. Rows of older versions have none.
ALTER TABLE audit ADD COLUMN keys BLOB CHECK (keys IS NULL OR length(keys) = 32);
