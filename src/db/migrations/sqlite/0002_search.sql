-- Full text: our own tokens (kernel::text), so that both databases answer alike. The rowid is cases.arrival: hits come in
-- the order of the list, and a page of it reads no more of them than it shows.
CREATE VIRTUAL TABLE case_search USING fts5 (tokens, tokenize = 'unicode61 remove_diacritics 0', content = '', contentless_delete = 1);
