-- The lines under the title (subtitle, date, place, speaker, editor's note) are found and shown with the first section, and
-- a speech by its speaker.

ALTER TABLE versions ADD COLUMN speaker TEXT NOT NULL DEFAULT '';  -- normal form of the name; '' where it isn't read surely
CREATE INDEX versions_by_speaker ON versions (speaker) WHERE speaker <> '';

ALTER TABLE indexed_sections ADD COLUMN occasion TEXT NOT NULL DEFAULT '';      -- normal form; of first sections alone
ALTER TABLE indexed_sections ADD COLUMN occasion_cut BLOB NOT NULL DEFAULT x'';
