//! Annotations: what a person drew or wrote on a page stays, as a drawing; what acts, links or names people goes.
//!
//! A filled-in form field becomes a stamp with the field's appearance, so that its value is still there to read while
//! the field, its name, its scripts and its actions are not.

use lopdf::{Dictionary, Object};

use super::copy::{Copier, Role, hexadecimal};
use super::keys;
use super::objects::Objects;
use crate::attachments::clean::Refusal;

/// Notes on a page beyond this number are refused.
const MAX_ANNOTATIONS: usize = 2000;
/// A note's text beyond this length is refused.
const MAX_CONTENTS: usize = 64 * 1024;
/// Bits of `/F`: hidden, not to be viewed.
const UNSEEN: i64 = 0b10 | 0b10_0000;
/// Bits of `/F` for the new annotation: printed, locked, its text locked.
const FIXED: i64 = 0b100 | 0b1000_0000 | 0b10_0000_0000;

/// References to the annotations of the new page (ISO 32000-1, table 30, wants no direct ones).
pub(super) fn rebuild(copier: &mut Copier<'_>, page: &Dictionary) -> Result<Vec<Object>, Refusal> {
    let Some(Object::Array(old)) = copier.source.entry(page, b"Annots") else {
        return Ok(Vec::new());
    };
    if old.len() > MAX_ANNOTATIONS {
        return Err(Refusal::TooComplex);
    }
    let mut new = Vec::new();
    for annotation in &old {
        if let Object::Dictionary(annotation) = copier.source.value(annotation)
            && let Some(copy) = one(copier, &annotation)?
        {
            let id = copier.reserve();
            copier.put(id, copy);
            new.push(Object::Reference(id));
        }
    }
    Ok(new)
}

fn one(copier: &mut Copier<'_>, old: &Dictionary) -> Result<Option<Dictionary>, Refusal> {
    let source = copier.source;
    let Some(Object::Name(subtype)) = source.entry(old, b"Subtype") else {
        return Ok(None);
    };
    let flags = source.entry(old, b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or(0);
    if !keys::ANNOTATIONS.has(&subtype) || flags & UNSEEN != 0 {
        return Ok(None);
    }
    let appearance = appearance(source, old);
    let is_field = subtype == b"Widget";
    if is_field && appearance.is_none() {
        return Ok(None);
    }
    let subtype = if is_field { b"Stamp".to_vec() } else { subtype };
    let mut new = Dictionary::from_iter([
        ("Type", Object::from("Annot")),
        ("Subtype", Object::Name(subtype)),
        ("F", Object::Integer(FIXED)),
    ]);
    for key in keys::ANNOTATION.each() {
        if let Some(value) = source.entry(old, key) {
            let role = if matches!(key, b"BS" | b"BE") { Role::Border } else { Role::Plain };
            new.set(key, copier.copy(&value, role)?);
        }
    }
    if let Some(Object::String(text, _)) = source.entry(old, b"Contents").filter(|_| !is_field) {
        if text.len() > MAX_CONTENTS {
            return Err(Refusal::TooComplex);
        }
        new.set("Contents", hexadecimal(&text));
    }
    if let Some(appearance) = appearance {
        let normal = copier.copy(&appearance, Role::Plain)?;
        new.set("AP", Object::Dictionary(Dictionary::from_iter([("N", normal)])));
    }
    Ok(Some(new))
}

/// The reference to the drawing that is shown now; a check box has one for each of its states.
fn appearance(source: &Objects<'_>, annotation: &Dictionary) -> Option<Object> {
    let Some(Object::Dictionary(appearances)) = source.entry(annotation, b"AP") else {
        return None;
    };
    let normal = appearances.get(b"N").ok()?;
    if source.is_stream(normal) {
        return Some(normal.clone());
    }
    let Object::Dictionary(states) = source.value(normal) else {
        return None;
    };
    let Some(Object::Name(state)) = source.entry(annotation, b"AS") else {
        return None;
    };
    states.get(&state).ok().filter(|shown| source.is_stream(shown)).cloned()
}
