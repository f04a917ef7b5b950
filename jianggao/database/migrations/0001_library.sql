-- The library: source files, speeches, their versions and sections, and the index over them.

CREATE TABLE keys (
    purpose TEXT PRIMARY KEY,
    key_id TEXT NOT NULL
) STRICT;

CREATE TABLE facts (                        -- single values, e.g. which normal form the index was made with
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE speeches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER REFERENCES versions (id),   -- the current one
    first_import TEXT NOT NULL,                 -- day, YYYY-MM-DD
    keywords TEXT NOT NULL,                     -- JSON, fixed at the first import: public text
    withdrawn_at TEXT,                          -- no source file holds it any more
    taken_down_at TEXT                          -- 下架: outlives imports
) STRICT;

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    speech INTEGER NOT NULL REFERENCES speeches (number),
    title TEXT NOT NULL,
    salutation TEXT NOT NULL,
    occasion TEXT NOT NULL,
    material_date TEXT NOT NULL,
    date_origin TEXT NOT NULL,
    front TEXT NOT NULL,                        -- cleaned text before the first heading or section
    tail TEXT NOT NULL,                         -- headings after the last section
    headings TEXT NOT NULL,                     -- JSON [{level, mark, text, public, section}]
    removed TEXT NOT NULL,                      -- JSON [line]
    text_hash TEXT NOT NULL,                    -- SHA-256 of the normal form of the whole text
    characters INTEGER NOT NULL,
    imported_at TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_hash ON versions (text_hash);
CREATE INDEX versions_by_speech ON versions (speech);

-- id = (material date as a proleptic ordinal << 24) | n: rows and index stand in date order, and a span of dates
-- is a BETWEEN. Never used twice. Front, then lead and body of every section, then tail, put together give
-- the version's cleaned text character by character.
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions (id),
    speech INTEGER NOT NULL REFERENCES speeches (number),
    ordinal INTEGER NOT NULL,
    label TEXT NOT NULL,                        -- the innermost heading above it, with its mark
    above TEXT NOT NULL,                        -- outer headings in its lead that have no section of their own, by line
    public_label TEXT NOT NULL,                 -- what of these headings is public text
    lead TEXT NOT NULL,                         -- the headings' slice of the text, directly before the body
    body TEXT NOT NULL,
    audience INTEGER NOT NULL,                  -- 0 preview, 1 the member group's further set, 2 the rest
    label_cut BLOB NOT NULL,                    -- the words that the index holds: their lengths in the normal form
    body_cut BLOB NOT NULL,
    public_cut BLOB NOT NULL,
    shuffle INTEGER NOT NULL,                   -- its place in the order of 随机, by a keyed hash
    listed INTEGER NOT NULL                     -- 1: current version of a speech that can be found
) STRICT;
CREATE UNIQUE INDEX sections_by_version ON sections (version, ordinal);
CREATE INDEX sections_by_speech ON sections (speech, listed);
CREATE INDEX sections_by_shuffle ON sections (shuffle) WHERE listed = 1;

-- What the index of titles holds of a speech: runs in normal form (title, public headings, keywords, topics).
CREATE TABLE speech_index (
    id INTEGER PRIMARY KEY,                     -- (material date ordinal << 24) | speech number
    speech INTEGER NOT NULL UNIQUE REFERENCES speeches (number),
    runs TEXT NOT NULL                          -- JSON [run]
) STRICT;

CREATE TABLE speech_topics (
    speech INTEGER NOT NULL REFERENCES speeches (number),
    topic TEXT NOT NULL,
    PRIMARY KEY (speech, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX speech_topics_by_topic ON speech_topics (topic);

-- What was ever shown of a speech outside private chats, in normal form (invariant 1).
CREATE TABLE shown_texts (
    speech INTEGER NOT NULL REFERENCES speeches (number),
    audience INTEGER NOT NULL,
    normal TEXT NOT NULL,
    PRIMARY KEY (speech, audience, normal)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (                            -- what was read: unchanged ones are skipped
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    parser TEXT NOT NULL
) STRICT;

CREATE TABLE sources (                          -- a text inside a file: the file itself, or a member of a .zip
    path TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    speech INTEGER REFERENCES speeches (number),
    refusal TEXT,
    present INTEGER NOT NULL
) STRICT;
CREATE INDEX sources_by_speech ON sources (speech);
CREATE INDEX sources_by_file ON sources (file);

CREATE TABLE import_reports (
    id INTEGER PRIMARY KEY,
    finished_at TEXT NOT NULL,
    report TEXT NOT NULL                        -- JSON
) STRICT;

CREATE TABLE random_cursors (                   -- every section once before any comes again, by place and topic
    place TEXT NOT NULL,
    topic TEXT NOT NULL,
    shuffle INTEGER NOT NULL,                   -- the last one given
    PRIMARY KEY (place, topic)
) STRICT, WITHOUT ROWID;

-- Bigrams over the normal form find any run of characters; words rank. The public pair holds public text alone,
-- and is all that answers for texts the asker may not read.
CREATE VIRTUAL TABLE section_grams USING fts5 (grams, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE section_words USING fts5 (label, body, content = '', detail = column, tokenize = 'ascii');
CREATE VIRTUAL TABLE public_grams USING fts5 (grams, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
CREATE VIRTUAL TABLE public_words USING fts5 (label, body, content = '', detail = column, tokenize = 'ascii');
CREATE VIRTUAL TABLE speech_grams USING fts5 (grams, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
