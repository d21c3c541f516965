-- A signature that was drawn by hand, as lines of points; empty when only the name was typed.

ALTER TABLE visits ADD COLUMN drawing TEXT NOT NULL DEFAULT '';
