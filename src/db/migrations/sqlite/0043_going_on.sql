-- What is going on, with what decides who sees it and which view has it: lists and their numbers are read from the index
-- alone, in the order of the limits.
CREATE INDEX cases_going_on ON cases (organization_id, due_at, id, state, lane, department_id, handler_id, arrival)
    WHERE state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened', 'answered');
