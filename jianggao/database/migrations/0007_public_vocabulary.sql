-- What visitors are answered from is made of public text alone, so that the time of an answer tells nothing else. Words of
-- other text are kept by the month of its material date, of which a member's span of dates takes whole ones. The index is
-- made anew at the next start (`index.VERSION`), and fills all of this.

CREATE TABLE public_vocabulary (            -- words that stand or stood in public text, by how they are read
    reading TEXT NOT NULL,                  -- folded pinyin, syllables joined by blanks
    word TEXT NOT NULL,
    PRIMARY KEY (reading, word)
) STRICT, WITHOUT ROWID;

DROP TABLE vocabulary;
CREATE TABLE vocabulary (                   -- words that stand or stood in text that isn't public
    reading TEXT NOT NULL,
    month INTEGER NOT NULL,                 -- of the material date: year * 12 + month - 1
    word TEXT NOT NULL,
    PRIMARY KEY (reading, month, word)
) STRICT, WITHOUT ROWID;

ALTER TABLE indexed_sections ADD COLUMN in_group INTEGER NOT NULL DEFAULT 0; -- 1: the body may stand in a member group

ALTER TABLE quotables ADD COLUMN public INTEGER NOT NULL DEFAULT 0;          -- 1: of a preview
UPDATE quotables SET public = 1 WHERE section IN (SELECT id FROM sections WHERE audience = 0);
CREATE INDEX quotables_public ON quotables (score DESC, section DESC, start) WHERE public = 1;

CREATE TABLE slow_questions (               -- how often the time for a question was over; never what was asked
    kind TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
