//! Tokens for the full-text search, the same for both databases.
//!
//! Chinese is written without spaces and most words have two characters, so a run of CJK characters becomes its
//! overlapping pairs, and its last character once more alone: 初二3班 → 初二 二 3 班. Then every character begins some
//! token, and a query of a single character finds them all by prefix, without indexing every character on its own.
//! Words of ASCII letters and digits are tokens as they are, lower-cased; full-width forms (Ａ, ３) are folded to ASCII.
//! Emoji, punctuation and other scripts separate tokens and are not found.
//!
//! Tokens hold only `[a-z0-9]` and CJK characters: nothing in them can end a quoted string or act as an operator in
//! FTS5 MATCH or in a tsquery.

/// Queries are cut after so many scalar values: nobody searches for more, and the databases limit the size of a query.
pub const MAX_QUERY_CHARS: usize = 100;

/// Longer words are cut, in texts and in queries alike (a PostgreSQL lexeme must stay under 2 KB).
const MAX_WORD_CHARS: usize = 64;

/// One part of a query: a text is found when it has all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryTerm {
    /// Tokens that stand next to each other in this order; never empty.
    /// FTS5: `"初二 二 3"`; tsquery: `'初二' <-> '二' <-> '3'`.
    pub tokens: Vec<String>,
    /// Whether the last token is only the beginning of one: a single CJK character, which begins a pair.
    /// FTS5: `"初二 二 3 班" *`; tsquery: `… <-> '班':*`.
    pub prefix: bool,
}

/// The tokens of a text for the index, in order and with repetitions: positions and frequencies mean something.
pub fn search_tokens(text: &str) -> Vec<String> {
    pieces(text.chars()).into_iter().flatten().flat_map(|piece| piece.tokens()).collect()
}

/// As [`search_tokens`], for those who look at each and keep few.
pub fn each_search_token(text: &str, mut look: impl FnMut(&str)) {
    pieces(text.chars()).iter().flatten().for_each(|piece| piece.each(&mut look));
}

/// The parts of a query, to be joined by AND. Empty when the query holds nothing that can be found.
///
/// What the person wrote together has to stand together (3班 is not 3 here and 班 there); what is separated by a space,
/// punctuation or an emoji may stand anywhere.
pub fn query_tokens(text: &str) -> Vec<QueryTerm> {
    pieces(text.chars().take(MAX_QUERY_CHARS)).iter().filter_map(|group| query_term(group)).collect()
}

fn query_term(group: &[Piece]) -> Option<QueryTerm> {
    let last = group.last()?;
    let mut tokens: Vec<String> = group.iter().flat_map(Piece::tokens).collect();
    let prefix = last.is_single_cjk();
    if matches!(last, Piece::Cjk(_)) && !prefix {
        tokens.pop(); // the text may go on: its run needn't end where the query's does
    }
    Some(QueryTerm { tokens, prefix })
}

/// A stretch of one kind of characters; never empty.
enum Piece {
    Word(String),
    Cjk(Vec<char>),
}

impl Piece {
    fn tokens(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        self.each(&mut |token| tokens.push(token.to_string()));
        tokens
    }

    fn each(&self, look: &mut impl FnMut(&str)) {
        match self {
            Self::Word(word) => look(word),
            Self::Cjk(run) => {
                let mut pair = String::with_capacity(8);
                for start in 0..run.len() {
                    pair.clear();
                    pair.extend(run.iter().skip(start).take(2));
                    look(&pair);
                }
            }
        }
    }

    fn is_single_cjk(&self) -> bool {
        matches!(self, Self::Cjk(run) if run.len() == 1)
    }
}

/// Groups of pieces that follow each other without anything between.
fn pieces(chars: impl Iterator<Item = char>) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    let mut group: Vec<Piece> = Vec::new();
    for c in chars.map(fold) {
        match (c, group.last_mut()) {
            (c, _) if is_invisible(c) => {}
            (c, Some(Piece::Word(word))) if c.is_ascii_alphanumeric() => {
                if word.len() < MAX_WORD_CHARS {
                    word.push(c);
                }
            }
            (c, Some(Piece::Cjk(run))) if is_cjk(c) => run.push(c),
            (c, _) if c.is_ascii_alphanumeric() => group.push(Piece::Word(c.into())),
            (c, _) if is_cjk(c) => group.push(Piece::Cjk(vec![c])),
            _ => groups.push(std::mem::take(&mut group)),
        }
    }
    groups.push(group);
    groups.retain(|group| !group.is_empty());
    groups
}

/// Full-width ASCII (U+FF01–FF5E) to ASCII, and lower case: the part of NFKC that Chinese input methods make necessary.
fn fold(c: char) -> char {
    let half_width = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    half_width.to_ascii_lowercase()
}

/// What must not break a word: soft hyphen, zero-width characters (pasted from web pages), direction marks, and variation
/// selectors (葛󠄀 is 葛).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Ideographs of every extension, 々 and 〇, kana, bopomofo, hangul: letters and digits by Unicode's categories, so
/// FTS5's tokenizer keeps them. No punctuation and no combining marks.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAD9}'
        | '\u{20000}'..='\u{2FA1D}' | '\u{30000}'..='\u{33479}'
        | '\u{3005}' | '\u{3007}'
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3105}'..='\u{312F}' | '\u{AC00}'..='\u{D7A3}')
}
