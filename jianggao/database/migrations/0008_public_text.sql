-- What was ever shown counts by the words, not by the speech's number: sampled runs of 24 letters of every version tell
-- which speeches have the same words. `shown_texts` holds headings as well from now on; audience 3 is what an earlier
-- release showed, which counts but isn't shown again for that.

CREATE TABLE text_runs (
    run INTEGER NOT NULL,                       -- a hash (library/text_runs.py)
    speech INTEGER NOT NULL REFERENCES speeches (number),
    PRIMARY KEY (run, speech)
) STRICT, WITHOUT ROWID;
