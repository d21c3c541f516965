//! Tables of stages that were worked out before. A stage never changes, so they are true as long as they are kept.

use std::sync::{Arc, Mutex};

use crate::{kernel::ids::FormId, questionnaires::results::publish::Stage};

/// Tables that are kept.
const MOST: usize = 64;

/// Which tables: form, stage, breakdown.
pub type Key = (FormId, i64, String);

/// The tables that were looked at last.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Vec<(Key, Arc<Stage>)>>);

impl Cache {
    /// Tables that are kept.
    pub fn get(&self, key: &Key) -> Option<Arc<Stage>> {
        let mut kept = self.0.lock().ok()?;
        let at = kept.iter().position(|(k, _)| k == key)?;
        let entry = kept.remove(at);
        let stage = entry.1.clone();
        kept.push(entry);
        Some(stage)
    }

    /// Keeps tables; those that nobody looked at for longest go.
    pub fn put(&self, key: Key, stage: Arc<Stage>) {
        let Ok(mut kept) = self.0.lock() else { return };
        kept.retain(|(k, _)| *k != key);
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((key, stage));
    }
}
