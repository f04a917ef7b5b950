-- What a look may spend of the error that is stated for twelve months, and what was named by it; how much of a file is keyed.

-- How many bits of the file hang on a key, in its text and its layout together: so many would have to be guessed. NULL: those of
-- its text alone, by its plan.
ALTER TABLE deliveries ADD COLUMN keyed_bits INTEGER;

-- By which reckoning a finding was made. NULL: by the one under which the bytes of a file named its holder for certain.
ALTER TABLE report_findings ADD COLUMN reckoning INTEGER;
-- Whether what the first reporter sent names the seller by itself. NULL: nobody asked then.
ALTER TABLE report_findings ADD COLUMN first_names INTEGER;

CREATE TABLE look_shares (                      -- looks that could have named somebody; others spend nothing
    look INTEGER PRIMARY KEY REFERENCES looks (id),
    source TEXT NOT NULL,                       -- '': operators of their own accord; else the reporter's account
    line INTEGER NOT NULL CHECK (line >= 0),    -- 0: the operators'
    number INTEGER NOT NULL CHECK (number > 0),
    suspects INTEGER NOT NULL,                  -- how many: the same leak again with as many spends nothing
    named TEXT NOT NULL                         -- JSON {account: verdict}
) STRICT;

-- Looks of before count as if they had been shared out like this.
INSERT INTO look_shares (look, source, line, number, suspects, named)
WITH counted AS (
    SELECT min(id) AS id FROM looks WHERE versions <> '[]' GROUP BY leak_sha256
), owned AS (
    SELECT looks.id, coalesce(reports.reporter, '') AS source, looks.account, looks.verdict
    FROM counted JOIN looks ON looks.id = counted.id LEFT JOIN reports ON reports.number = looks.report
)
SELECT id, source,
    CASE WHEN source = '' THEN 0 ELSE dense_rank() OVER (PARTITION BY source = '' ORDER BY source) END,
    row_number() OVER (PARTITION BY source ORDER BY id),
    0,
    CASE WHEN account IS NULL THEN '{}' ELSE json_object(account, verdict) END
FROM owned;

CREATE TRIGGER look_shares_never_updated BEFORE UPDATE ON look_shares
BEGIN
    SELECT RAISE(ABORT, 'shares of looks are never changed');
END;
CREATE TRIGGER look_shares_never_deleted BEFORE DELETE ON look_shares
BEGIN
    SELECT RAISE(ABORT, 'shares of looks are never deleted');
END;
CREATE TRIGGER look_shares_never_replaced BEFORE INSERT ON look_shares
WHEN EXISTS (SELECT 1 FROM look_shares WHERE look = NEW.look)
BEGIN
    SELECT RAISE(ABORT, 'shares of looks are never replaced');
END;
