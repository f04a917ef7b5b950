-- Lines that may be advertising at the edge of a text, or were taken out of one: each once, in normal form. A
-- number is never given again, so that one in an old report means that line for ever.
CREATE TABLE edge_lines (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    normal TEXT NOT NULL UNIQUE,
    written TEXT NOT NULL,                      -- as it stood where it was met first
    learned_at TEXT,                            -- when so many speeches had it that it is a notice since
    suspected_at TEXT,                          -- when so many had it that it is in doubt since, though it looks like text
    choice TEXT CHECK (choice IN ('notice', 'text')),   -- what the operator says it is; counts more than all else
    chosen_by TEXT,
    chosen_at TEXT
) STRICT;

-- Numbers of speeches begin at 1: who writes one of those by mistake is told that there is no such line.
INSERT INTO sqlite_sequence (name, seq) VALUES ('edge_lines', 1000);

CREATE TABLE text_lines (                       -- which of them a source's text holds
    source TEXT NOT NULL,
    line INTEGER NOT NULL REFERENCES edge_lines (number),
    state INTEGER NOT NULL,                     -- 0: in doubt, and left in; 1: taken out; 2: text, by the operator's choice
    PRIMARY KEY (source, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX text_lines_by_line ON text_lines (line);
CREATE INDEX text_lines_doubtful ON text_lines (line) WHERE state = 0;

CREATE TABLE edge_text (                        -- lines at a text's edges that are text unless several texts have them
    source TEXT NOT NULL,
    normal TEXT NOT NULL,
    written TEXT NOT NULL,
    PRIMARY KEY (source, normal)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_text_by_normal ON edge_text (normal);

CREATE TABLE reading_notes (                    -- what was made of each source's text when it was read last
    source TEXT PRIMARY KEY,
    speech INTEGER REFERENCES speeches (number),
    run INTEGER NOT NULL,                       -- the import report of that reading
    urgency INTEGER NOT NULL,                   -- 0: nothing to look at
    note TEXT NOT NULL                          -- JSON
) STRICT;
CREATE INDEX reading_notes_by_speech ON reading_notes (speech);
CREATE INDEX reading_notes_by_urgency ON reading_notes (urgency) WHERE urgency > 0;
