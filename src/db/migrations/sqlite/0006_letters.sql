-- Open letters 一封信: what was written and published, which replies became which suggestion, what was decided, and the
-- adoption tables that were published. The replies themselves are responses.

CREATE TABLE letters (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    content TEXT NOT NULL,
    version INTEGER NOT NULL,
    form_id BLOB REFERENCES forms (id),
    access_point_id BLOB REFERENCES access_points (id),
    replies_until TEXT,
    changed_by BLOB NOT NULL REFERENCES staff (id),
    changed_at TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX letters_by_organization ON letters (organization_id, created_at, id);
CREATE INDEX letters_by_form ON letters (form_id);

CREATE TABLE letter_versions (
    letter_id BLOB NOT NULL REFERENCES letters (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    note TEXT NOT NULL,
    published_by BLOB NOT NULL REFERENCES staff (id),
    published_at TEXT NOT NULL,
    PRIMARY KEY (letter_id, number)
) STRICT;

CREATE TABLE letter_suggestions (
    id BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    letter_id BLOB NOT NULL REFERENCES letters (id),
    title TEXT NOT NULL,
    decision TEXT,
    reason TEXT NOT NULL,
    department_id BLOB REFERENCES departments (id),
    day TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX letter_suggestions_by_letter ON letter_suggestions (letter_id, created_at, id);

CREATE TABLE letter_suggestion_comments (
    suggestion_id BLOB NOT NULL REFERENCES letter_suggestions (id),
    response_id BLOB NOT NULL REFERENCES responses (id),
    question TEXT NOT NULL,
    PRIMARY KEY (suggestion_id, response_id, question)
) STRICT;

CREATE TABLE letter_comment_marks (
    response_id BLOB NOT NULL REFERENCES responses (id),
    question TEXT NOT NULL,
    letter_id BLOB NOT NULL REFERENCES letters (id),
    mark TEXT NOT NULL,
    case_number TEXT NOT NULL,
    PRIMARY KEY (response_id, question)
) STRICT;
CREATE INDEX letter_comment_marks_by_letter ON letter_comment_marks (letter_id);

CREATE TABLE letter_tables (
    letter_id BLOB NOT NULL REFERENCES letters (id),
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    published_by BLOB NOT NULL REFERENCES staff (id),
    published_at TEXT NOT NULL,
    PRIMARY KEY (letter_id, number)
) STRICT;

CREATE TABLE letters_to_the_head (
    organization_id BLOB PRIMARY KEY NOT NULL REFERENCES organizations (id),
    form_id BLOB NOT NULL REFERENCES forms (id)
) STRICT;
