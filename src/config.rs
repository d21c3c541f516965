//! Configuration: one struct, filled from flags or environment, buildable in tests without either.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
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
    /// The list of what was erased, which makes older backups forget it again: a file outside the data folder; by default
    /// beside it (data.erased).
    #[arg(long, env = "HUIYIN_ERASED_LIST", global = true)]
    pub erased_list: Option<PathBuf>,
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
    /// The mail server.
    #[command(flatten)]
    pub mail: MailConfig,
    /// For trying things out: webhooks may go to this machine itself, without TLS. Other private networks stay closed.
    #[arg(long, env = "HUIYIN_OUTGOING_LOOPBACK", global = true)]
    pub outgoing_loopback: bool,
    /// How long a webhook, or each step of a conversation with the mail server, may take.
    #[arg(skip = Duration::from_secs(10))]
    pub outgoing_time: Duration,
}

/// The mail server that notices go out by. Without a server and a sender there is no e-mail.
#[derive(Args, Clone, Debug, Default)]
pub struct MailConfig {
    /// The mail server (SMTP).
    #[arg(long = "smtp-server", env = "HUIYIN_SMTP_SERVER", global = true)]
    pub server: Option<String>,
    /// Its port; by default 465 with TLS, 587 with STARTTLS, 25 without.
    #[arg(long = "smtp-port", env = "HUIYIN_SMTP_PORT", global = true)]
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[arg(long = "smtp-tls", env = "HUIYIN_SMTP_TLS", default_value = "tls", global = true)]
    pub tls: MailTls,
    /// The name to sign in with, when the server asks for one.
    #[arg(long = "smtp-user", env = "HUIYIN_SMTP_USER", global = true)]
    pub user: Option<String>,
    /// The password. Better in a file.
    #[arg(long = "smtp-password", env = "HUIYIN_SMTP_PASSWORD", global = true, hide_env_values = true)]
    pub password: Option<Hidden>,
    /// A file with the password in its first line.
    #[arg(long = "smtp-password-file", env = "HUIYIN_SMTP_PASSWORD_FILE", global = true)]
    pub password_file: Option<PathBuf>,
    /// The sender's address.
    #[arg(long = "smtp-from", env = "HUIYIN_SMTP_FROM", global = true)]
    pub from: Option<String>,
}

/// How the connection to the mail server is encrypted.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailTls {
    /// From the first byte.
    #[default]
    Tls,
    /// After a greeting in the clear; without TLS nothing is sent.
    Starttls,
    /// Not at all: for a server on this machine.
    None,
}

/// A secret that no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl std::str::FromStr for Hidden {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_string()))
    }
}

impl MailConfig {
    /// Whether e-mail can go out at all.
    pub const fn is_set(&self) -> bool {
        self.server.is_some() && self.from.is_some()
    }

    /// The port of the server.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            MailTls::Tls => 465,
            MailTls::Starttls => 587,
            MailTls::None => 25,
        })
    }

    /// The password, from the setting or the file.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn password(&self) -> std::io::Result<Option<String>> {
        match (&self.password, &self.password_file) {
            (Some(password), _) => Ok(Some(password.0.clone())),
            (None, Some(file)) => {
                Ok(std::fs::read_to_string(file)?.lines().next().map(|line| line.trim_end().to_string()))
            }
            (None, None) => Ok(None),
        }
    }
}

impl Config {
    /// A configuration for tests: everything below one folder.
    pub fn for_tests(folder: &std::path::Path, database_url: Option<String>) -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            database_url: database_url.unwrap_or_else(|| format!("sqlite://{}", folder.join("huiyin.db").display())),
            data_dir: folder.to_path_buf(),
            erased_list: Some(folder.join("erased.list")),
            base_url: Some("http://127.0.0.1:3000".to_string()),
            trusted_proxy: Vec::new(),
            log: "off".to_string(),
            site_root: PathBuf::from("target/site"),
            metrics_token: None,
            mail: MailConfig::default(),
            outgoing_loopback: false,
            outgoing_time: Duration::from_secs(10),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_comes_from_its_file_and_no_log_shows_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "geheim 42\nmore").unwrap();
        let mut mail = MailConfig { password_file: Some(file), ..MailConfig::default() };
        assert_eq!(mail.password().unwrap().as_deref(), Some("geheim 42"));
        mail.password = Some(Hidden("offen".into()));
        assert_eq!(mail.password().unwrap().as_deref(), Some("offen"));
        assert!(!format!("{mail:?}").contains("offen"));
        assert_eq!((mail.port(), MailConfig { tls: MailTls::Starttls, ..mail }.port()), (465, 587));
    }
}
