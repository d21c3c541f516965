-- A task that was not done in time is told of once.
ALTER TABLE case_tasks ADD COLUMN flagged_at TEXT;
CREATE INDEX case_tasks_not_flagged ON case_tasks (due_at) WHERE done_at IS NULL AND flagged_at IS NULL;

-- How many working days an assisting department was given, so that a changed calendar moves its limit. None where somebody
-- named a day; and in orders from before this was kept, which stay as they were told.
ALTER TABLE assignments ADD COLUMN working_days INTEGER;
