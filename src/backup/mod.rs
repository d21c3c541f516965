//! Backup and restore (promise 5): one file (a plain tar) with a copy of the database, the keys and every attachment, and
//! at its end a manifest with the SHA-256 of each. A backup says "ok" only after its copy was opened and checked, every
//! attachment that the database names was found whole, and the finished file was read back.
//!
//! ```text
//! database.db            (SQLite; on PostgreSQL, pg_dump does this part)
//! keys/pepper …          32 bytes each
//! attachments/ab/ab….bin
//! manifest.json          the last entry: a file that was cut off has none
//! ```
//!
//! Beside the backup lies a copy of the list of what was erased ([`personal_data::list`](crate::personal_data::list)): it
//! grows with every backup, and whatever it names is erased again from an older one at the first start after a restore
//! (promise 24).
//!
//! Neither applies migrations: a backup before an upgrade is one of the old schema.

mod archive;
mod restore;
mod write;

use serde::{Deserialize, Serialize};

pub use restore::restore;
pub use write::backup;

/// The name of the database's copy inside.
const DATABASE: &str = "database.db";
/// The name of the manifest inside.
const MANIFEST: &str = "manifest.json";
/// The number of this layout.
const FORMAT: u32 = 1;

/// What a backup holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The number of the layout.
    pub format: u32,
    /// The schema of the database.
    pub schema: i64,
    /// Whether the database itself is inside.
    pub has_database: bool,
    /// Every other entry.
    pub entries: Vec<Entry>,
}

/// An entry of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name inside.
    pub name: String,
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256, as hexadecimal.
    pub sha256: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many attachments.
    pub attachments: usize,
    /// Whether the database itself is inside.
    pub has_database: bool,
}

impl Manifest {
    fn summary(&self) -> Summary {
        let attachments = self.entries.iter().filter(|e| e.name.starts_with("attachments/")).count();
        Summary { attachments, has_database: self.has_database }
    }
}
