-- What is going on, with what the desk counts of it: the views' numbers are read from the index alone.
CREATE INDEX cases_going_on ON cases (organization_id, due_at, id, state, lane, department_id, handler_id)
    WHERE state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened', 'answered');
