//! PDF: a new document with what the pages draw, and nothing else.
//!
//! The old file is never edited; a new one is filled from its page tree. [`keys`] lists what may be copied, and what is
//! not listed is not copied: no `/Info`, XMP, `/ID`, JavaScript, actions, links, forms, embedded files, thumbnails,
//! private data of applications, earlier revisions, places of a map. What a person filled into a form stays, as a
//! drawing. Layers that were hidden become visible: staff see what the file holds. Colour profiles are replaced by the
//! plain colour spaces (they name devices). JPEG pictures lose their notes ([`super::jpeg`]).
//!
//! Why not `lopdf::Document::load`: it unpacks every object of the file before we can look, and a few kilobytes can name
//! one large object a million times (cross-reference entries or object-stream entries with the same offset), which is
//! the server's memory. So [`scan`] finds the objects in one pass, as repair tools do, and `lopdf` parses one at a time
//! when a page needs it, decodes filters within a budget and writes the result.

mod annotations;
mod copy;
mod keys;
mod lexer;
mod objects;
mod pages;
mod scan;
mod stream;

use std::collections::BTreeMap;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Cleaned, Kind, Limits, Refusal};
use copy::Copier;
use objects::Objects;

/// Rebuild a PDF.
pub(super) fn clean(bytes: &[u8], limits: &Limits) -> Result<Cleaned, Refusal> {
    let objects = Objects::read(bytes, limits)?;
    let catalog = objects.catalog()?;
    if objects.needs_rendering(&catalog) {
        return Err(Refusal::ActiveContent);
    }
    let pages = pages::collect(&objects, &catalog, limits)?;
    let mut copier = Copier::new(&objects, limits);
    let tree = copier.reserve();
    let mut kids = Vec::with_capacity(pages.len());
    for page in &pages {
        kids.push(Object::Reference(pages::rebuild(&mut copier, page, tree)?));
    }
    let count = i64::try_from(kids.len()).map_err(|_| Refusal::TooManyPages)?;
    copier.put(
        tree,
        Dictionary::from_iter([
            ("Type", Object::from("Pages")),
            ("Count", Object::Integer(count)),
            ("Kids", Object::Array(kids)),
        ]),
    );
    let root = copier.reserve();
    copier.put(root, Dictionary::from_iter([("Type", Object::from("Catalog")), ("Pages", Object::Reference(tree))]));
    write(copier.finish()?, root)
}

fn write(objects: BTreeMap<ObjectId, Object>, root: ObjectId) -> Result<Cleaned, Refusal> {
    let mut document = Document::with_version("1.7");
    document.max_id = objects.keys().next_back().map_or(0, |id| id.0);
    document.objects = objects;
    document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    document.trailer.set("Root", Object::Reference(root));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|_| Refusal::Damaged)?;
    Ok(Cleaned { kind: Kind::Pdf, bytes, dimensions: None })
}
