//! Just enough of PDF's lexical rules (ISO 32000-1, 7.2) to find where objects begin and end, in one pass and without
//! recursion.

/// A token that ends or begins something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
}

/// White space.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

/// The next run of regular characters (a number or a keyword) at or after `position`; names, strings and comments are
/// skipped.
pub(super) fn next_word(bytes: &[u8], mut position: usize) -> Option<Word> {
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'%' => position = end_of_line(bytes, position),
            b'(' => position = end_of_string(bytes, position),
            b'/' => position = end_of_run(bytes, position + 1),
            _ if is_regular(byte) => {
                return Some(Word { start: position, end: end_of_run(bytes, position) });
            }
            _ => position += 1,
        }
    }
    None
}

fn end_of_run(bytes: &[u8], mut position: usize) -> usize {
    while bytes.get(position).is_some_and(|&byte| is_regular(byte)) {
        position += 1;
    }
    position
}

fn end_of_line(bytes: &[u8], mut position: usize) -> usize {
    while bytes.get(position).is_some_and(|&byte| byte != b'\n' && byte != b'\r') {
        position += 1;
    }
    position
}

fn end_of_string(bytes: &[u8], mut position: usize) -> usize {
    let mut depth = 0usize;
    while let Some(&byte) = bytes.get(position) {
        position += 1;
        match byte {
            b'\\' => position += 1,
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return position;
                }
            }
            _ => {}
        }
    }
    bytes.len()
}

/// Where `needle` is found at or after `position`.
pub(super) fn find(bytes: &[u8], position: usize, needle: &[u8]) -> Option<usize> {
    let rest = bytes.get(position..)?;
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(offset) = rest[from..].iter().position(|&byte| byte == first) {
        if rest[from + offset..].starts_with(needle) {
            return Some(position + from + offset);
        }
        from += offset + 1;
    }
    None
}

/// Where the data of a stream starts: after the end of line that follows the keyword.
pub(super) fn start_of_data(bytes: &[u8], mut position: usize) -> usize {
    while matches!(bytes.get(position), Some(b' ' | b'\t')) {
        position += 1;
    }
    if bytes.get(position) == Some(&b'\r') {
        position += 1;
    }
    if bytes.get(position) == Some(&b'\n') {
        position += 1;
    }
    position
}

/// A whole number of at most ten digits.
pub(super) fn number(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 10 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}
