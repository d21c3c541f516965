-- What departments say to an order: "not ours" 退单, "more time" 延期.

CREATE TABLE objections (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    department_id BLOB NOT NULL REFERENCES departments (id),
    raised_by BLOB NOT NULL REFERENCES staff (id),
    raised_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    ruling TEXT NOT NULL,
    ruled_by BLOB REFERENCES staff (id),
    ruled_at TEXT,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX objections_by_case ON objections (case_id, raised_at);

CREATE TABLE extensions (
    id BLOB PRIMARY KEY NOT NULL,
    case_id BLOB NOT NULL REFERENCES cases (id),
    round INTEGER NOT NULL,
    asked_by BLOB NOT NULL REFERENCES staff (id),
    asked_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    promised_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_by BLOB REFERENCES staff (id),
    decided_at TEXT,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX extensions_by_case ON extensions (case_id, asked_at);
