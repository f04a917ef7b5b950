-- A file whose name isn't UTF-8 is stored under a name that stands for it, and found again by its own bytes.

ALTER TABLE files ADD COLUMN location BLOB;     -- NULL: the path itself
