-- What is kept of the row's client once the operation was done, as one hash: the log tells of it, so facts of an older copy of a page show.
-- The row's own hash covers it. Rows of older versions, and rows about no client or one that is gone, have none.
ALTER TABLE audit ADD COLUMN kept BLOB CHECK (kept IS NULL OR length(kept) = 32);
