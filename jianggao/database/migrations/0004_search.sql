-- Search looks at normal forms: what it compares with stands ready, and titles, headings, topics and numbers are
-- terms of the same bigram tables. All of it is made anew from `sections` and `speeches` (`store.rebuild_index`).

DROP TABLE section_words;
DROP TABLE public_words;
DROP TABLE speech_index;

ALTER TABLE sections DROP COLUMN label_cut;
ALTER TABLE sections DROP COLUMN body_cut;
ALTER TABLE sections DROP COLUMN public_cut;

CREATE TABLE indexed_sections (             -- a row for each listed section, as the bigram tables hold it
    id INTEGER PRIMARY KEY,                 -- the section's
    speech INTEGER NOT NULL,
    preview INTEGER NOT NULL,               -- 1: the body is public text
    label TEXT NOT NULL,                    -- normal forms: all headings,
    public_label TEXT NOT NULL,             -- what of them is public,
    body TEXT NOT NULL,                     -- and the body
    label_cut BLOB NOT NULL,                -- the lengths of their words, for word borders
    public_cut BLOB NOT NULL,
    body_cut BLOB NOT NULL
) STRICT;
CREATE INDEX indexed_sections_by_speech ON indexed_sections (speech);

CREATE TABLE speech_index (                 -- public text of a listed speech, in normal form
    id INTEGER PRIMARY KEY,                 -- (material date ordinal << 24) | speech number
    speech INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    topics TEXT NOT NULL,                   -- JSON [topic]
    runs TEXT NOT NULL                      -- title, public headings, keywords, topics, a line each
) STRICT;

CREATE TABLE vocabulary (                   -- words that stand or stood in the library, by how they are read
    reading TEXT NOT NULL,                  -- folded pinyin, syllables joined by blanks
    word TEXT NOT NULL,
    PRIMARY KEY (reading, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotables (                    -- sentences worth quoting: places in the body of a section
    section INTEGER NOT NULL REFERENCES sections (id),
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    score INTEGER NOT NULL,
    sameness TEXT NOT NULL,                 -- sayings that share it are the same saying
    PRIMARY KEY (section, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX quotables_by_score ON quotables (score DESC, section);
