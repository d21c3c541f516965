//! One pass over a submitted PDF that notes down where its objects stand.
//!
//! The cross-reference data is not read. Objects are found by their headers (`7 0 obj`), and the last one of a number
//! wins (an incremental update appends). No object overlaps another, so that work and memory stay in proportion to the
//! file.

use std::collections::HashMap;

use lopdf::{Dictionary, Object, ObjectStream, Stream};

use super::lexer::{self, Word};
use crate::attachments::clean::{Limits, Refusal};

/// An object's own text may not be longer; only streams are, and their data is not parsed.
pub(super) const MAX_TEXT: usize = 1024 * 1024;
/// Trailers are short and few: one a revision.
const MAX_TRAILER: usize = 64 * 1024;
const MAX_TRAILERS: usize = 1000;

/// Where an object stands: in `blobs[blob]`, its text, and its data if it is a stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub blob: usize,
    pub text: (usize, usize),
    pub data: Option<(usize, usize)>,
}

/// What the pass over the file notes down.
#[derive(Default)]
pub(super) struct Found {
    pub places: HashMap<u32, Place>,
    /// Object streams, oldest first.
    pub packed: Vec<Place>,
    /// Where the newest object of a number stands in the file.
    pub order: HashMap<u32, usize>,
    pub root: Option<u32>,
    pub catalog: Option<u32>,
    trailers: usize,
    /// Headers seen, those of one number counted each time.
    headers: usize,
    pub encrypted: bool,
}

impl Found {
    /// Note down all objects of the file.
    pub(super) fn scan(file: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut found = Self::default();
        let mut position = 0;
        let mut last: [Option<Word>; 2] = [None, None];
        while let Some(word) = lexer::next_word(file, position) {
            position = word.end;
            match &file[word.start..word.end] {
                b"obj" => {
                    if let [Some(number), Some(_)] =
                        last.map(|word| word.and_then(|w| lexer::number(&file[w.start..w.end])))
                    {
                        position = found.object(file, number, word.end, limits)?;
                    }
                    last = [None, None];
                }
                b"trailer" => found.trailer(file, word.end)?,
                _ => last = [last[1], Some(word)],
            }
        }
        Ok(found)
    }

    /// Note the object whose text starts at `start`; where to go on.
    fn object(&mut self, file: &[u8], number: u32, start: usize, limits: &Limits) -> Result<usize, Refusal> {
        let (end, is_stream, next) = end_of_text(file, start);
        self.headers += 1;
        if end - start > MAX_TEXT || self.headers > limits.max_objects {
            return Err(Refusal::TooComplex);
        }
        let mut place = Place { blob: 0, text: (start, end), data: None };
        let mut next = next;
        let text = &file[start..end];
        if is_stream {
            let Ok(Object::Dictionary(dict)) = parse(text) else {
                return Ok(next);
            };
            let data = self.data(file, &dict, next);
            place.data = Some(data);
            next = data.1;
            if dict.has_type(b"XRef") {
                self.roots(&dict);
            } else if dict.has_type(b"ObjStm") {
                self.packed.push(place);
            }
        } else if text.len() <= MAX_TRAILER && lexer::find(text, 0, b"/Catalog").is_some() {
            self.catalog = Some(number);
        }
        self.places.insert(number, place);
        self.order.insert(number, start);
        Ok(next)
    }

    /// The data of a stream: as long as it says if `endstream` follows there, else up to the next `endstream`.
    fn data(&self, file: &[u8], dict: &Dictionary, start: usize) -> (usize, usize) {
        let length = match dict.get(b"Length") {
            Ok(Object::Integer(length)) => usize::try_from(*length).ok(),
            Ok(Object::Reference(id)) => self.places.get(&id.0).and_then(|place| {
                let text = file[place.text.0..place.text.1].trim_ascii();
                lexer::number(text).and_then(|length| usize::try_from(length).ok())
            }),
            _ => None,
        };
        if let Some(end) = length.and_then(|length| start.checked_add(length))
            && let Some(rest) = file.get(end..)
        {
            let spaces = rest.iter().take(3).take_while(|&&byte| lexer::is_space(byte)).count();
            if rest[spaces..].starts_with(b"endstream") || rest[spaces..].starts_with(b"endobj") {
                return (start, end);
            }
        }
        let mut end = lexer::find(file, start, b"endstream").unwrap_or(file.len());
        if end > start && file[end - 1] == b'\n' {
            end -= 1;
        }
        if end > start && file[end - 1] == b'\r' {
            end -= 1;
        }
        (start, end)
    }

    fn trailer(&mut self, file: &[u8], start: usize) -> Result<(), Refusal> {
        self.trailers += 1;
        if self.trailers > MAX_TRAILERS {
            return Err(Refusal::TooComplex);
        }
        let end = file.len().min(start + MAX_TRAILER);
        let end = lexer::find(&file[..end], start, b"startxref").unwrap_or(end);
        if let Ok(Object::Dictionary(dict)) = parse(&file[start..end]) {
            self.roots(&dict);
        }
        Ok(())
    }

    fn roots(&mut self, trailer: &Dictionary) {
        self.encrypted |= trailer.has(b"Encrypt");
        if let Ok(root) = trailer.get(b"Root").and_then(Object::as_reference) {
            self.root = Some(root.0);
        }
    }
}

/// Where the text of an object ends, whether it is a stream, and where to go on (for a stream: where its data starts).
fn end_of_text(file: &[u8], start: usize) -> (usize, bool, usize) {
    let mut position = start;
    let mut last: [Option<Word>; 2] = [None, None];
    while let Some(word) = lexer::next_word(file, position) {
        match &file[word.start..word.end] {
            b"endobj" => return (word.start, false, word.end),
            b"stream" => return (word.start, true, lexer::start_of_data(file, word.end)),
            // The end was forgotten; go on with the two numbers before.
            b"obj" => {
                let next = last[0].map_or(word.end, |number| number.start);
                return (next, false, next);
            }
            b"xref" | b"trailer" | b"startxref" => return (word.start, false, word.start),
            _ => last = [last[1], Some(word)],
        }
        position = word.end;
    }
    (file.len(), false, file.len())
}

/// Parse one object with `lopdf`, whose parser is reachable through an object stream of one member.
pub(super) fn parse(text: &[u8]) -> Result<Object, Refusal> {
    const INDEX: &[u8] = b"0 0 ";
    if text.len() > MAX_TEXT {
        return Err(Refusal::TooComplex);
    }
    let content = [INDEX, text.trim_ascii_start()].concat();
    let dict = Dictionary::from_iter([("N", Object::Integer(1)), ("First", Object::Integer(4))]);
    let limit = content.len();
    ObjectStream::new_with_limit(&Stream::new(dict, content), Some(limit))
        .ok()
        .and_then(|mut parsed| parsed.objects.remove(&(0, 0)))
        .ok_or(Refusal::Damaged)
}
