//! The copier: follows what a page needs through the old file and writes it, renumbered and filtered, into the new one.
//!
//! References are queued, not followed at once, so that a long chain of objects cannot exhaust the stack; within one
//! object the nesting is bounded by `lopdf`'s parser (100 levels). Each old object is copied once for each role.

use std::collections::{BTreeMap, HashMap, VecDeque};

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use super::objects::{Objects, Parsed};
use super::{keys, stream};
use crate::attachments::clean::{Limits, Refusal};

/// What a value is to the thing that holds it; decides which keys it may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A page's drawing.
    Drawing,
    /// Something a drawing uses.
    Plain,
    /// A resource dictionary.
    Resources,
    /// A dictionary whose keys are names that the file chose.
    Named,
    /// The style of a border.
    Border,
}

/// Copies what is asked for, and what that needs.
pub(super) struct Copier<'a> {
    pub(super) source: &'a Objects<'a>,
    limits: &'a Limits,
    done: BTreeMap<ObjectId, Object>,
    numbers: HashMap<(u32, Role), ObjectId>,
    waiting: VecDeque<(u32, Role, ObjectId)>,
    next: u32,
    values: usize,
    budget: usize,
}

impl<'a> Copier<'a> {
    pub(super) fn new(source: &'a Objects<'a>, limits: &'a Limits) -> Self {
        Self {
            source,
            limits,
            done: BTreeMap::new(),
            numbers: HashMap::new(),
            waiting: VecDeque::new(),
            next: 1,
            values: 0,
            budget: limits.max_unpacked_bytes,
        }
    }

    /// A number for an object that is put later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        let id = (self.next, 0);
        self.next += 1;
        id
    }

    /// Put an object of our own making.
    pub(super) fn put(&mut self, id: ObjectId, dict: Dictionary) {
        self.done.insert(id, Object::Dictionary(dict));
    }

    /// Copy everything that was asked for.
    pub(super) fn finish(mut self) -> Result<BTreeMap<ObjectId, Object>, Refusal> {
        while let Some((number, role, id)) = self.waiting.pop_front() {
            let copy = match self.source.get(number) {
                Parsed::Value(value) => self.copy(&value, role)?,
                Parsed::Stream(dict, data) => self.stream(&dict, data, role)?,
            };
            self.done.insert(id, copy);
        }
        Ok(self.done)
    }

    /// The copy of a value.
    pub(super) fn copy(&mut self, value: &Object, role: Role) -> Result<Object, Refusal> {
        self.values += 1;
        if self.values > self.limits.max_values {
            return Err(Refusal::TooComplex);
        }
        match value {
            Object::Reference(id) => Ok(Object::Reference(self.number(id.0, role))),
            Object::Dictionary(dict) => Ok(Object::Dictionary(self.dictionary(dict, role)?)),
            Object::Array(array) => self.array(array, role),
            // Strings are let through one by one, below; a stream cannot stand inside another object.
            Object::String(..) | Object::Stream(_) => Ok(Object::Null),
            Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Name(_) => {
                Ok(value.clone())
            }
        }
    }

    fn number(&mut self, old: u32, role: Role) -> ObjectId {
        if let Some(id) = self.numbers.get(&(old, role)) {
            return *id;
        }
        let id = self.reserve();
        self.numbers.insert((old, role), id);
        self.waiting.push_back((old, role, id));
        id
    }

    fn dictionary(&mut self, dict: &Dictionary, role: Role) -> Result<Dictionary, Refusal> {
        let mut copy = Dictionary::new();
        for (key, value) in dict {
            let key = key.as_slice();
            let role = match role {
                Role::Resources if keys::RESOURCES.has(key) => Role::Named,
                Role::Border if keys::BORDER.has(key) => Role::Plain,
                // The default colour spaces exist to hold a profile, and profiles are not kept.
                Role::Named if !matches!(key, b"DefaultGray" | b"DefaultRGB" | b"DefaultCMYK") => Role::Plain,
                Role::Plain | Role::Drawing if key == b"Resources" => Role::Resources,
                Role::Plain | Role::Drawing if keys::NAMED.has(key) => Role::Named,
                Role::Plain | Role::Drawing if keys::draws(key) => Role::Plain,
                _ => continue,
            };
            if keys::STRINGS.has(key) {
                if let Object::String(text, _) = self.source.value(value) {
                    copy.set(key, hexadecimal(&text));
                }
            } else if !matches!(value, Object::String(..)) {
                copy.set(key, self.copy(value, role)?);
            }
        }
        Ok(copy)
    }

    fn array(&mut self, array: &[Object], role: Role) -> Result<Object, Refusal> {
        let family = array.first().and_then(|first| first.as_name().ok());
        if family == Some(b"ICCBased") {
            return Ok(self.without_profile(array));
        }
        let mut copy = Vec::with_capacity(array.len());
        for value in array {
            copy.push(self.copy(value, role)?);
        }
        // The table of an indexed colour space is a stream or a string: `[/Indexed base highest table]`.
        if matches!(family, Some(b"Indexed" | b"I"))
            && let Some(Object::String(table, _)) = array.get(3).map(|table| self.source.value(table))
        {
            copy[3] = hexadecimal(&table);
        }
        Ok(Object::Array(copy))
    }

    /// The plain colour space with as many components as the profile.
    fn without_profile(&self, array: &[Object]) -> Object {
        let profile = array.get(1).map(|profile| self.source.value(profile));
        let components = profile
            .and_then(|profile| self.source.entry(profile.as_dict().ok()?, b"N"))
            .and_then(|components| components.as_i64().ok());
        Object::from(match components {
            Some(1) => "DeviceGray",
            Some(4) => "DeviceCMYK",
            _ => "DeviceRGB",
        })
    }

    fn stream(&mut self, dict: &Dictionary, data: &[u8], role: Role) -> Result<Object, Refusal> {
        let subtype = self.source.entry(dict, b"Subtype");
        let subtype = subtype.as_ref().and_then(|subtype| subtype.as_name().ok());
        if subtype == Some(b"PS") {
            return Ok(Object::Null);
        }
        if subtype == Some(b"Image") {
            self.check_picture(dict)?;
        }
        let draws = role == Role::Drawing || subtype == Some(b"Form") || dict.has(b"PatternType");
        let rebuilt = stream::rebuild(self.source, dict, data, draws, &mut self.budget)?;
        // A page's drawing has no keys of its own beyond its filters.
        let mut copy = if role == Role::Drawing { Dictionary::new() } else { self.dictionary(dict, Role::Plain)? };
        if !rebuilt.filters.is_empty() {
            let mut names = Vec::new();
            let mut parameters = Vec::new();
            for (name, settings) in rebuilt.filters {
                names.push(Object::Name(name));
                parameters.push(self.parameters(settings.as_ref())?);
            }
            copy.set("Filter", Object::Array(names));
            if parameters.iter().any(|settings| !settings.is_null()) {
                copy.set("DecodeParms", Object::Array(parameters));
            }
        }
        Ok(Object::Stream(Stream::new(copy, rebuilt.data)))
    }

    fn parameters(&mut self, settings: Option<&Dictionary>) -> Result<Object, Refusal> {
        let Some(settings) = settings else {
            return Ok(Object::Null);
        };
        let mut copy = Dictionary::new();
        for (key, value) in settings {
            if keys::FILTER_PARAMETERS.has(key) {
                copy.set(key.as_slice(), self.source.value(value));
            } else if key == b"JBIG2Globals" {
                copy.set(key.as_slice(), self.copy(value, Role::Plain)?);
            }
        }
        Ok(Object::Dictionary(copy))
    }

    fn check_picture(&self, dict: &Dictionary) -> Result<(), Refusal> {
        let side = |key| {
            let side = self.source.entry(dict, key).and_then(|side| side.as_i64().ok());
            side.and_then(|side| u64::try_from(side).ok()).unwrap_or(0)
        };
        if side(b"Width").saturating_mul(side(b"Height")) > self.limits.max_pixels {
            return Err(Refusal::TooManyPixels);
        }
        Ok(())
    }
}

/// A string as hexadecimal digits: `lopdf` takes quadratic time to write parentheses in the other form.
pub(super) fn hexadecimal(text: &[u8]) -> Object {
    Object::String(text.to_vec(), StringFormat::Hexadecimal)
}
