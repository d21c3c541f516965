//! How often forms are opened: counted in memory, written in batches, so that looking at a form writes nothing. A crash
//! loses what was counted since the last batch; it is a statistic, not a record.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{access_points::store, error::Result, http::App, kernel::ids::AccessPointId, ui::time};

/// How often the server writes the counts.
pub const FLUSH_EVERY: Duration = Duration::from_secs(30);

/// Opens that are not written yet. The server's loop calls [`Opens::flush`] every [`FLUSH_EVERY`] and when it stops.
#[derive(Debug, Default)]
pub struct Opens(Mutex<BTreeMap<AccessPointId, i64>>);

impl Opens {
    /// Counts one open.
    pub fn add(&self, id: AccessPointId) {
        *self.counts().entry(id).or_default() += 1;
    }

    /// Writes what was counted. When the database can't take it, it is kept for the next time.
    ///
    /// # Errors
    /// The database's.
    pub async fn flush(&self, app: &App) -> Result<()> {
        let batch = std::mem::take(&mut *self.counts());
        if batch.is_empty() {
            return Ok(());
        }
        let written = write(app, &batch).await;
        if written.is_err() {
            let mut counts = self.counts();
            for (id, opens) in batch {
                *counts.entry(id).or_default() += opens;
            }
        }
        written
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<AccessPointId, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(app: &App, batch: &BTreeMap<AccessPointId, i64>) -> Result<()> {
    let day = time::start_of(time::date(app.now()));
    let mut tx = app.db.write().await?;
    for (id, opens) in batch {
        store::add_opens(&mut tx, *id, *opens, day).await?;
    }
    tx.commit().await?;
    Ok(())
}
