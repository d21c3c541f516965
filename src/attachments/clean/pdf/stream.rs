//! Streams: which filters are accepted, what is unpacked and within which budget, and the notes in JPEG pictures.

use lopdf::{Dictionary, Object, Stream};

use super::lexer;
use super::objects::Objects;
use crate::attachments::clean::{Refusal, jpeg};

/// A stream's filters, in decoding order, with the parameters of each.
type Filters = Vec<(Vec<u8>, Option<Dictionary>)>;

/// Filters that `lopdf` can undo.
const UNPACKED: [&[u8]; 5] = [b"FlateDecode", b"LZWDecode", b"ASCII85Decode", b"ASCIIHexDecode", b"RunLengthDecode"];
/// Picture filters that carry no notes to speak of and stay as they are.
const KEPT: [&[u8]; 2] = [b"CCITTFaxDecode", b"JBIG2Decode"];
const MAX_FILTERS: usize = 4;

/// The filters of a stream.
pub(super) fn filters(objects: &Objects<'_>, dict: &Dictionary) -> Result<Filters, Refusal> {
    let names = match objects.entry(dict, b"Filter") {
        None => return Ok(Vec::new()),
        Some(Object::Array(names)) => names,
        Some(name) => vec![name],
    };
    if names.len() > MAX_FILTERS {
        return Err(Refusal::TooComplex);
    }
    let parameters = match objects.entry(dict, b"DecodeParms").or_else(|| objects.entry(dict, b"DP")) {
        Some(Object::Array(parameters)) => parameters,
        Some(parameters) => vec![parameters],
        None => Vec::new(),
    };
    let mut filters = Filters::new();
    for (index, name) in names.iter().enumerate() {
        let Object::Name(name) = objects.value(name) else {
            return Err(Refusal::Damaged);
        };
        let parameters = parameters.get(index).map(|parameters| objects.value(parameters));
        let parameters = parameters.and_then(|parameters| parameters.as_dict().cloned().ok());
        filters.push((long_name(name), parameters));
    }
    Ok(filters)
}

/// Some writers use the short names of inline pictures everywhere.
fn long_name(name: Vec<u8>) -> Vec<u8> {
    let long: &[u8] = match name.as_slice() {
        b"Fl" => b"FlateDecode",
        b"LZW" => b"LZWDecode",
        b"A85" => b"ASCII85Decode",
        b"AHx" => b"ASCIIHexDecode",
        b"RL" => b"RunLengthDecode",
        b"CCF" => b"CCITTFaxDecode",
        b"DCT" => b"DCTDecode",
        _ => return name,
    };
    long.to_vec()
}

/// Undo all filters; what comes out is paid from `budget`.
pub(super) fn decode(
    objects: &Objects<'_>,
    dict: &Dictionary,
    data: &[u8],
    budget: &mut usize,
) -> Result<Vec<u8>, Refusal> {
    let filters = filters(objects, dict)?;
    if filters.iter().any(|(name, _)| !UNPACKED.contains(&name.as_slice())) {
        return Err(Refusal::Damaged);
    }
    undo(&filters, data, budget)
}

fn undo(filters: &[(Vec<u8>, Option<Dictionary>)], data: &[u8], budget: &mut usize) -> Result<Vec<u8>, Refusal> {
    let mut content = data.to_vec();
    for (name, parameters) in filters {
        let mut dict = Dictionary::new();
        dict.set("Filter", Object::Name(name.clone()));
        if let Some(parameters) = parameters {
            dict.set("DecodeParms", Object::Dictionary(parameters.clone()));
        }
        content = Stream::new(dict, content).decompressed_content_with_limit(*budget).map_err(|error| match error {
            lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Refusal::TooComplex,
            _ => Refusal::Damaged,
        })?;
        *budget = budget.saturating_sub(content.len());
    }
    Ok(content)
}

/// What a stream of the new file holds: its data and its filters.
pub(super) struct Rebuilt {
    pub filters: Filters,
    pub data: Vec<u8>,
}

/// The data of a stream as it may be kept. `draws` says that it is a page's drawing and not a picture, a font or a
/// table: then it is unpacked to look for photos inside it.
pub(super) fn rebuild(
    objects: &Objects<'_>,
    dict: &Dictionary,
    data: &[u8],
    draws: bool,
    budget: &mut usize,
) -> Result<Rebuilt, Refusal> {
    let mut filters = filters(objects, dict)?;
    for (index, (name, _)) in filters.iter().enumerate() {
        match name.as_slice() {
            b"DCTDecode" if index + 1 == filters.len() => {}
            b"JPXDecode" => return Err(Refusal::DocumentPicture),
            b"Crypt" => return Err(Refusal::Encrypted),
            name if UNPACKED.contains(&name) || KEPT.contains(&name) => {}
            _ => return Err(Refusal::Damaged),
        }
    }
    if filters.last().is_some_and(|(name, _)| name == b"DCTDecode") {
        let outer = filters.len() - 1;
        if filters[..outer].iter().any(|(name, _)| !UNPACKED.contains(&name.as_slice())) {
            return Err(Refusal::Damaged);
        }
        let data = jpeg::strip(&undo(&filters[..outer], data, budget)?)?;
        return Ok(Rebuilt { filters: filters.split_off(outer), data });
    }
    if draws {
        let content = undo(&filters, data, budget)?;
        if has_inline_photo(&content) {
            return Err(Refusal::DocumentPicture);
        }
    }
    Ok(Rebuilt { filters, data: data.to_vec() })
}

/// Whether a drawing holds an inline picture (`BI … ID`) that is a JPEG: its notes cannot be taken out without
/// rewriting the drawing. Writers do this only for tiny pictures, and nearly never with JPEG.
fn has_inline_photo(content: &[u8]) -> bool {
    let mut position = 0;
    while let Some(start) = lexer::find(content, position, b"BI") {
        position = start + 2;
        let before = start.checked_sub(1).is_none_or(|before| lexer::is_space(content[before]));
        let after = content.get(position).is_some_and(|&byte| lexer::is_space(byte) || byte == b'/');
        if !(before && after) {
            continue;
        }
        // The keys of an inline picture are short; its data follows `ID`.
        let window = &content[position..content.len().min(position + 2048)];
        let end = lexer::find(window, 0, b"ID").unwrap_or(window.len());
        if lexer::find(&window[..end], 0, b"/DCT").is_some() {
            return true;
        }
    }
    false
}
