-- Sections are ranked by how near they are in meaning to what was typed, by the vectors of their words, and found by
-- the clusters that their vectors lie in.

ALTER TABLE indexed_sections ADD COLUMN body_vector BLOB NOT NULL DEFAULT x'';  -- of the words of body; x'' where none is known
ALTER TABLE indexed_sections ADD COLUMN clusters TEXT NOT NULL DEFAULT '';      -- numbers parted by blanks; where preview = 1 they are public
