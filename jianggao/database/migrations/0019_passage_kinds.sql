-- Sections are found by what kind of passage they are (数据, 排比, 案例 …).

ALTER TABLE indexed_sections ADD COLUMN kinds TEXT NOT NULL DEFAULT '';  -- names parted by blanks; where preview = 1 they are public
