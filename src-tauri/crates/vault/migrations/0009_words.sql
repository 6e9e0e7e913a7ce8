-- A declaration in another language stands beside its translation. `text` and `english` are paragraphs, one a line, and line stands
-- beside line; `told` is what they were put together from (JSON of the caller's). `waiting` is 1 for words that somebody took
-- down and no attorney has put on a paper yet; `day` is the day of the place where they were told. What older versions kept has none of it: an attorney chose it, in English.
ALTER TABLE declaration ADD COLUMN language TEXT;
ALTER TABLE declaration ADD COLUMN english TEXT;
ALTER TABLE declaration ADD COLUMN interpreter TEXT;
ALTER TABLE declaration ADD COLUMN told TEXT;
ALTER TABLE declaration ADD COLUMN day TEXT;
ALTER TABLE declaration ADD COLUMN waiting INTEGER CHECK (waiting = 1);
