//! The page tree: collect the pages in reading order, and rebuild each.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::annotations;
use super::copy::{Copier, Role};
use super::keys;
use super::objects::Objects;
use crate::attachments::clean::{Limits, Refusal};

/// Levels of the page tree.
const MAX_DEPTH: usize = 64;

/// The pages, each with what it inherits.
pub(super) fn collect(
    objects: &Objects<'_>,
    catalog: &Dictionary,
    limits: &Limits,
) -> Result<Vec<Dictionary>, Refusal> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let root = catalog.get(b"Pages").map_err(|_| Refusal::Damaged)?.clone();
    let mut waiting = vec![(root, Dictionary::new(), 0)];
    while let Some((node, inherited, depth)) = waiting.pop() {
        if let Object::Reference(id) = node
            && !seen.insert(id.0)
        {
            continue;
        }
        let Object::Dictionary(mut node) = objects.value(&node) else {
            continue;
        };
        for key in keys::INHERITED.each() {
            if !node.has(key)
                && let Ok(value) = inherited.get(key)
            {
                node.set(key, value.clone());
            }
        }
        let Some(Object::Array(kids)) = objects.entry(&node, b"Kids") else {
            if pages.len() == limits.max_pages {
                return Err(Refusal::TooManyPages);
            }
            pages.push(node);
            continue;
        };
        if depth == MAX_DEPTH || waiting.len() + kids.len() > limits.max_objects {
            return Err(Refusal::TooComplex);
        }
        let mut inherited = Dictionary::new();
        for key in keys::INHERITED.each() {
            if let Ok(value) = node.get(key) {
                inherited.set(key, value.clone());
            }
        }
        for kid in kids.into_iter().rev() {
            waiting.push((kid, inherited.clone(), depth + 1));
        }
    }
    if pages.is_empty() { Err(Refusal::Damaged) } else { Ok(pages) }
}

/// Put the new page under `tree`.
pub(super) fn rebuild(copier: &mut Copier<'_>, page: &Dictionary, tree: ObjectId) -> Result<ObjectId, Refusal> {
    let mut copy = Dictionary::from_iter([("Type", Object::from("Page")), ("Parent", Object::Reference(tree))]);
    for key in keys::PAGE.each() {
        let Ok(value) = page.get(key) else { continue };
        let role = match key {
            b"Resources" => Role::Resources,
            b"Contents" => Role::Drawing,
            _ => Role::Plain,
        };
        // An array of drawings may itself stand behind a reference; the roles of both are the same.
        copy.set(key, copier.copy(value, role)?);
    }
    let notes = annotations::rebuild(copier, page)?;
    if !notes.is_empty() {
        copy.set("Annots", Object::Array(notes));
    }
    let id = copier.reserve();
    copier.put(id, copy);
    Ok(id)
}
