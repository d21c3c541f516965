-- Full text: our own tokens (kernel::text), so that both databases answer alike.
CREATE TABLE case_search (
    case_id UUID PRIMARY KEY NOT NULL,
    tokens TSVECTOR NOT NULL
);
CREATE INDEX case_search_tokens ON case_search USING gin (tokens);
