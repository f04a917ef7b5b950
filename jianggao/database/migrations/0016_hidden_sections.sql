-- The sections of a long text come and go in several short transactions. Meanwhile they are hidden: nobody finds or reads
-- them until the speech is listed with all of them, in one transaction that writes a few rows.

CREATE TABLE hidden_sections (              -- the sections of a version: ids from first to last
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    speech INTEGER NOT NULL,
    version INTEGER NOT NULL UNIQUE,
    terms TEXT NOT NULL,                    -- what the index holds of the speech with each of them
    state INTEGER NOT NULL                  -- 0 being put in, 1 all in and never listed, 2 was listed
) STRICT;
