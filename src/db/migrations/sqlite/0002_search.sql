-- Full text: our own tokens (kernel::text), so that both databases answer alike.
CREATE VIRTUAL TABLE case_search USING fts5 (tokens, case_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 0', content = '', contentless_delete = 1, contentless_unindexed = 1);
