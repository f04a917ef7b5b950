-- Texts are ranked by how near they are in meaning to what was typed, by vectors (x'' where no word is known), and found
-- by the clusters that these lie in (numbers parted by blanks).

ALTER TABLE indexed_sections ADD COLUMN whole_vector BLOB NOT NULL DEFAULT x'';
ALTER TABLE indexed_sections ADD COLUMN whole_clusters TEXT NOT NULL DEFAULT '';
ALTER TABLE indexed_sections ADD COLUMN public_vector BLOB NOT NULL DEFAULT x'';    -- of the public headings, and of the body where preview = 1
ALTER TABLE indexed_sections ADD COLUMN public_clusters TEXT NOT NULL DEFAULT '';
ALTER TABLE speech_index ADD COLUMN title_vector BLOB NOT NULL DEFAULT x'';
