//! Text as people type it: cleaned when it comes in, counted and cut for display, split into tokens for the search.
//!
//! Compiled for the server and for the browser, which must agree on what a text is and how long it is. No regex and no
//! Unicode tables, for the size of the browser bundle: the few classes needed are written out as ranges.

mod tokens;

#[cfg(test)]
mod tests;

pub use tokens::{MAX_QUERY_CHARS, QueryTerm, each_search_token, query_tokens, search_tokens};

/// A text of several lines, as it is stored: line ends are LF; control characters (except newline and tab) and bidi
/// overrides are gone; no blank or invisible characters at either end.
///
/// Bidi overrides and isolates (U+202A–202E, U+2066–2069) let a text show other words than it holds, and NUL isn't
/// accepted by PostgreSQL. Doing it twice changes nothing.
pub fn normalize_text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            c if is_shown(c) => clean.push(c),
            _ => {}
        }
    }
    trim(&clean).to_owned()
}

/// A text of one line (a name, a title), as it is stored: as [`normalize_text`], and every run of spaces, tabs, line ends
/// and ideographic spaces becomes one space. Doing it twice changes nothing.
pub fn normalize_line(text: &str) -> String {
    let clean = normalize_text(text);
    let mut line = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    trim(&line).to_owned()
}

/// The length of a text as shown to people: Unicode scalar values, so 𠮷 is one, and a family emoji of three is five.
/// A line end counts once, also as CRLF, as forms send it.
///
/// Limits are checked with this in the browser and on the server. The server counts the normalised text, which is never
/// longer. (The attribute `maxlength` counts UTF-16 units: don't use it for a limit that this function checks.)
pub fn char_count(text: &str) -> usize {
    text.chars().count() - text.matches("\r\n").count()
}

/// The beginning of a text on one line, for lists: at most `max_chars` scalar values, the `…` at its end included when
/// something was left out. Composed emoji, flags and accents are kept whole or left out.
pub fn excerpt(text: &str, max_chars: usize) -> String {
    // One more than fits is enough to know that something is left out.
    let start: Vec<char> = one_line(text).take(max_chars.saturating_add(1)).collect();
    if start.len() <= max_chars {
        return start.iter().collect();
    }
    if max_chars == 0 {
        return String::new();
    }
    let mut cut = max_chars - 1;
    while cut > 0 && !may_cut(&start, cut) {
        cut -= 1;
    }
    let mut short: String = start.iter().take(cut).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// The characters of a text with every run of white space as one space, none at the ends.
fn one_line(text: &str) -> impl Iterator<Item = char> + '_ {
    text.split_whitespace()
        .filter(|word| word.chars().any(is_shown))
        .enumerate()
        .flat_map(|(i, word)| (i > 0).then_some(' ').into_iter().chain(word.chars().filter(|c| is_shown(*c))))
}

/// Whether a text may be cut before `chars[cut]`.
fn may_cut(chars: &[char], cut: usize) -> bool {
    let (Some(&next), Some(&last)) = (chars.get(cut), cut.checked_sub(1).and_then(|i| chars.get(i))) else {
        return true;
    };
    let flag_half =
        is_flag_letter(next) && chars.iter().take(cut).rev().take_while(|c| is_flag_letter(**c)).count() % 2 == 1;
    !extends_character(next) && last != '\u{200D}' && !flag_half
}

/// What changes the character before it: joiners, variation selectors, skin tones, accents, keycaps, tags of flags.
fn extends_character(c: char) -> bool {
    matches!(c,
        '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{0300}'..='\u{036F}' | '\u{20E3}' | '\u{E0020}'..='\u{E007F}')
}

/// Regional indicators: two of them make a flag.
fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

fn is_shown(c: char) -> bool {
    let bidi_override = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    !bidi_override && (!c.is_control() || c == '\n' || c == '\t')
}

/// Without white space and invisible characters at the ends, so that a text of nothing else is empty.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'))
}
