//! What the whole program shares: configuration, database, keys, clock, randomness, limits.

use std::sync::{Arc, OnceLock};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::{
    access_points::opens::Opens,
    attachments::files::FileStore,
    config::Config,
    db::{self, Db},
    error::StartError,
    http::{assets::Assets, limits::Limits},
    kernel::{
        clock::{Clock, SystemClock},
        keys::Keys,
        random::{Random, SystemRandom},
    },
    personal_data,
    questionnaires::results::cache::Cache,
};

/// The running program's parts; cheap to clone by [`Arc`].
pub struct App {
    /// Flags and environment.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Secrets kept outside the database.
    pub keys: Keys,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Attachments on disk.
    pub files: FileStore,
    /// Style sheets, icons, browser code.
    pub assets: Arc<Assets>,
    /// Limits per address, hashing and decoding slots: in memory only.
    pub limits: Limits,
    /// How often forms were opened since the last batch.
    pub opens: Opens,
    /// Tables of results that were worked out before.
    pub results: Cache,
    /// Counters for `/metrics`.
    pub metrics: PrometheusHandle,
}

/// Counters belong to the process: a second [`App`] in it (tests) counts into the same.
static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

fn recorder() -> PrometheusHandle {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    drop(metrics::set_global_recorder(recorder));
    handle
}

impl App {
    /// Opens everything that a configuration names, with the machine's clock and randomness.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn open(config: Config) -> Result<Arc<Self>, StartError> {
        Self::open_with(config, Arc::new(SystemClock), Arc::new(SystemRandom)).await
    }

    /// Opens everything with a given clock and randomness.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn open_with(
        config: Config,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Arc<Self>, StartError> {
        let keys = crate::attachments::files::load_keys(&config.data_dir.join("keys"), &*random)?;
        let files = FileStore::open(&config.data_dir)?;
        let db = db::connect(&config.database_url).await?;
        let assets = Arc::new(Assets::load(&config.site_root));
        let metrics = METRICS.get_or_init(recorder).clone();
        let (limits, opens, results) = (Limits::default(), Opens::default(), Cache::default());
        let app = Self { config, db, keys, clock, random, files, assets, limits, opens, results, metrics };
        // A backup that was restored may hold what was erased since: it goes before anything is served (promise 24).
        personal_data::again::at_start(&app).await?;
        Ok(Arc::new(app))
    }

    /// The time now.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }
}
