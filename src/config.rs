//! Configuration: one struct, filled from flags or environment, buildable in tests without either.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use clap::Args;

/// Where the server listens, where it keeps things, and what it is called from outside.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Address to listen on.
    #[arg(long, env = "HUIYIN_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub addr: SocketAddr,
    /// Database: sqlite://path or postgres://…
    #[arg(
        long,
        env = "HUIYIN_DATABASE_URL",
        default_value = "sqlite://data/huiyin.db",
        global = true,
        hide_env_values = true
    )]
    pub database_url: String,
    /// Folder of attachments and keys.
    #[arg(long, env = "HUIYIN_DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// The address that QR codes and links carry; by default http:// and the listening address.
    #[arg(long, env = "HUIYIN_BASE_URL", global = true)]
    pub base_url: Option<String>,
    /// Addresses of reverse proxies whose forwarded headers count, separated by commas.
    #[arg(long, env = "HUIYIN_TRUSTED_PROXY", value_delimiter = ',', global = true)]
    pub trusted_proxy: Vec<IpAddr>,
    /// What to log, as tracing's filter.
    #[arg(long, env = "HUIYIN_LOG", default_value = "info,lopdf=error", global = true)]
    pub log: String,
    /// Folder of the built style sheets, icons and browser code.
    #[arg(long, env = "HUIYIN_SITE_ROOT", default_value = "target/site", global = true)]
    pub site_root: PathBuf,
    /// Token for /metrics when it is asked from elsewhere than the loopback.
    #[arg(long, env = "HUIYIN_METRICS_TOKEN", global = true, hide_env_values = true)]
    pub metrics_token: Option<String>,
}

impl Config {
    /// A configuration for tests: everything below one folder.
    pub fn for_tests(folder: &std::path::Path, database_url: Option<String>) -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            database_url: database_url.unwrap_or_else(|| format!("sqlite://{}", folder.join("huiyin.db").display())),
            data_dir: folder.to_path_buf(),
            base_url: Some("http://127.0.0.1:3000".to_string()),
            trusted_proxy: Vec::new(),
            log: "off".to_string(),
            site_root: PathBuf::from("target/site"),
            metrics_token: None,
        }
    }

    /// The address that QR codes and links carry, without a slash at its end.
    pub fn base_url(&self) -> String {
        self.base_url
            .as_deref()
            .map_or_else(|| format!("http://{}", self.addr), |url| url.trim_end_matches('/').to_string())
    }

    /// Whether people reach us by TLS.
    pub fn is_https(&self) -> bool {
        self.base_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}
