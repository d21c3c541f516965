//! The objects of a submitted PDF by number, parsed when asked for.
//!
//! The members of object streams count where their stream stands in the file, so that the newest object of a number is
//! found as with plain objects.

use std::borrow::Cow;
use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use super::scan::{Found, MAX_TEXT, Place, parse};
use super::{lexer, stream};
use crate::attachments::clean::{Limits, Refusal};

/// A chain of references to references may not be longer.
const MAX_CHAIN: usize = 16;

/// A parsed object; a stream's data stays in the file.
#[derive(Debug, Clone)]
pub(super) enum Parsed<'a> {
    Value(Object),
    Stream(Dictionary, &'a [u8]),
}

/// All objects of a file by number.
pub(super) struct Objects<'a> {
    /// The file, then the unpacked object streams.
    blobs: Vec<Cow<'a, [u8]>>,
    places: HashMap<u32, Place>,
    /// The newest trailer's `/Root`, or the last catalogue.
    root: Option<u32>,
}

impl<'a> Objects<'a> {
    /// Find all objects, those in object streams too.
    pub(super) fn read(file: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let found = Found::scan(file, limits)?;
        if found.encrypted {
            return Err(Refusal::Encrypted);
        }
        let objects =
            Self { blobs: vec![Cow::Borrowed(file)], places: found.places, root: found.root.or(found.catalog) };
        objects.unpack(&found.packed, found.order, limits)
    }

    /// Unpack the object streams, oldest first.
    fn unpack(mut self, packed: &[Place], mut newest: HashMap<u32, usize>, limits: &Limits) -> Result<Self, Refusal> {
        let mut budget = limits.max_unpacked_bytes;
        for place in packed {
            let Ok(Parsed::Stream(dict, data)) = self.parse(*place) else {
                continue;
            };
            let content = stream::decode(&self, &dict, data, &mut budget)?;
            let at = place.text.0;
            let blob = self.blobs.len();
            for (number, text) in members(&dict, &content)? {
                let seen = newest.entry(number).or_insert(at);
                if *seen <= at {
                    *seen = at;
                    self.places.insert(number, Place { blob, text, data: None });
                }
            }
            if self.places.len() > limits.max_objects {
                return Err(Refusal::TooComplex);
            }
            self.blobs.push(Cow::Owned(content));
        }
        Ok(self)
    }

    fn parse(&self, place: Place) -> Result<Parsed<'_>, Refusal> {
        let blob: &[u8] = &self.blobs[place.blob];
        let value = parse(&blob[place.text.0..place.text.1])?;
        match (place.data, value) {
            (Some((start, end)), Object::Dictionary(dict)) => Ok(Parsed::Stream(dict, &blob[start..end])),
            (_, value) => Ok(Parsed::Value(value)),
        }
    }

    /// The object of a number; what is missing or unreadable is null (ISO 32000-1, 7.3.10).
    pub(super) fn get(&self, number: u32) -> Parsed<'_> {
        let mut number = number;
        for _ in 0..MAX_CHAIN {
            match self.places.get(&number).map(|place| self.parse(*place)) {
                Some(Ok(Parsed::Value(Object::Reference(next)))) => number = next.0,
                Some(Ok(parsed)) => return parsed,
                _ => break,
            }
        }
        Parsed::Value(Object::Null)
    }

    /// The value itself, behind a reference or not; a stream gives its dictionary.
    pub(super) fn value(&self, object: &Object) -> Object {
        match object {
            Object::Reference(id) => match self.get(id.0) {
                Parsed::Value(value) => value,
                Parsed::Stream(dict, _) => Object::Dictionary(dict),
            },
            other => other.clone(),
        }
    }

    /// The value of a key, behind a reference or not.
    pub(super) fn entry(&self, dict: &Dictionary, key: &[u8]) -> Option<Object> {
        match dict.get(key).map(|object| self.value(object)) {
            Ok(Object::Null) | Err(_) => None,
            Ok(value) => Some(value),
        }
    }

    /// Whether it is a reference to a stream.
    pub(super) fn is_stream(&self, object: &Object) -> bool {
        matches!(object, Object::Reference(id) if matches!(self.get(id.0), Parsed::Stream(..)))
    }

    /// The document's catalogue.
    pub(super) fn catalog(&self) -> Result<Dictionary, Refusal> {
        match self.root.map(|root| self.get(root)) {
            Some(Parsed::Value(Object::Dictionary(catalog))) => Ok(catalog),
            _ => Err(Refusal::Damaged),
        }
    }

    /// Whether the pages are only a placeholder for a form that a program in the file would build (XFA).
    pub(super) fn needs_rendering(&self, catalog: &Dictionary) -> bool {
        matches!(self.entry(catalog, b"NeedsRendering"), Some(Object::Boolean(true)))
    }
}

/// A member of an object stream: its number and where its text stands in the content.
type Member = (u32, (usize, usize));

/// The members of an object stream: their numbers and where their texts stand in the content.
fn members(dict: &Dictionary, content: &[u8]) -> Result<Vec<Member>, Refusal> {
    let first = dict.get(b"First").and_then(Object::as_i64).ok().and_then(|first| usize::try_from(first).ok());
    let Some((first, index)) = first.and_then(|first| Some((first, content.get(..first)?))) else {
        return Err(Refusal::Damaged);
    };
    let numbers: Vec<u32> =
        index.split(|&byte| lexer::is_space(byte)).filter(|text| !text.is_empty()).map_while(lexer::number).collect();
    let mut starts: Vec<(u32, usize)> = numbers
        .chunks_exact(2)
        .filter_map(|pair| Some((pair[0], first.checked_add(usize::try_from(pair[1]).ok()?)?)))
        .filter(|(_, start)| *start < content.len())
        .collect();
    starts.sort_by_key(|(_, start)| *start);
    let mut members = Vec::with_capacity(starts.len());
    let mut end = content.len();
    for &(number, start) in starts.iter().rev() {
        // Two members at one place: the second has no text of its own.
        if start < end && end - start <= MAX_TEXT {
            members.push((number, (start, end)));
        }
        end = start;
    }
    Ok(members)
}
