//! `huiyin doctor`: looks at everything that an installation stands on, changes nothing, and says what to do.

use std::{fs, path::Path, process::ExitCode};

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use crate::{
    attachments::files::FileStore,
    audit,
    config::{Config, MailTls},
    db::{Conn, Db, NEWEST_SCHEMA, copy, dialect},
    error::StartError,
    http::assets::Assets,
    jobs,
    kernel::{
        calendar::holidays,
        clock::{Clock, SystemClock},
    },
    notify, organizations,
};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Ok,
    Warn,
    Fail,
}

/// One line of the answer.
struct Line(Mark, String);

fn ok(text: impl Into<String>) -> Line {
    Line(Mark::Ok, text.into())
}

fn warn(text: impl Into<String>) -> Line {
    Line(Mark::Warn, text.into())
}

fn fail(text: impl Into<String>) -> Line {
    Line(Mark::Fail, text.into())
}

/// Prints a line a check; the exit code is 1 when one failed.
pub async fn run(config: Config) -> Result<ExitCode, StartError> {
    let now = SystemClock.now();
    let mut lines = vec![address(&config), proxy(&config), mail(&config)];
    lines.extend(database(&config, now).await);
    lines.push(keys(&config.data_dir));
    lines.extend(disk(&config.data_dir, now));
    lines.push(site(&config.site_root));
    lines.push(holiday_table(now.year(), holidays::is_known_year));
    let worst = lines.iter().map(|line| line.0).max().unwrap_or(Mark::Ok);
    for Line(mark, text) in lines {
        let word = match mark {
            Mark::Ok => "ok  ",
            Mark::Warn => "warn",
            Mark::Fail => "FAIL",
        };
        println!("{word}  {text}");
    }
    Ok(if worst == Mark::Fail { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn address(config: &Config) -> Line {
    let url = config.base_url();
    match () {
        () if config.base_url.is_none() => warn(format!(
            "address: QR codes will carry {url}. Set HUIYIN_BASE_URL to the address that phones use before printing."
        )),
        () if config.is_https() => ok(format!("address: {url}, listening on {}", config.addr)),
        () => warn(format!(
            "address: {url} is not encrypted. Put a proxy with TLS before it and set an https:// address."
        )),
    }
}

fn proxy(config: &Config) -> Line {
    match (config.trusted_proxy.is_empty(), config.addr.ip().is_loopback() && config.is_https()) {
        (true, true) => warn(
            "proxy: none is trusted, so limits see every phone as one. Set HUIYIN_TRUSTED_PROXY to the proxy's address.",
        ),
        (true, false) => ok("proxy: none"),
        (false, _) => ok(format!("proxy: {} trusted", config.trusted_proxy.len())),
    }
}

fn mail(config: &Config) -> Line {
    let mail = &config.mail;
    let (Some(server), Some(from)) = (&mail.server, &mail.from) else {
        return match (&mail.server, &mail.from) {
            (None, None) => ok("mail: no server, so nobody gets e-mail"),
            _ => warn("mail: it needs both a server and a sender. Set HUIYIN_SMTP_SERVER and HUIYIN_SMTP_FROM."),
        };
    };
    let local = matches!(server.as_str(), "localhost" | "127.0.0.1" | "::1");
    match mail.password() {
        _ if !notify::send::mail::is_sender(from) => {
            fail(format!("mail: {from} is no address to send from. Set HUIYIN_SMTP_FROM."))
        }
        Err(error) => fail(format!("mail: the file of the password can't be read: {error}.")),
        Ok(None) if mail.user.is_some() => warn("mail: a name but no password. Set HUIYIN_SMTP_PASSWORD_FILE."),
        Ok(_) if mail.tls == MailTls::None && !local => {
            warn(format!("mail: {server} is reached without encryption. Set HUIYIN_SMTP_TLS to tls or starttls."))
        }
        Ok(_) => ok(format!("mail: by {server}:{}, from {from}", mail.port())),
    }
}

async fn database(config: &Config, now: DateTime<Utc>) -> Vec<Line> {
    if let Ok(Some(file)) = copy::sqlite_file(&config.database_url)
        && !file.exists()
    {
        return vec![warn(format!("database: {} does not exist yet; the first start makes it.", file.display()))];
    }
    match copy::open_to_read(&config.database_url).await {
        Err(error) => vec![fail(format!("database: {error}"))],
        Ok(db) => {
            let lines = inside(&db, now).await;
            db.close().await;
            lines.unwrap_or_else(|error| vec![fail(format!("database: it does not answer: {error}."))])
        }
    }
}

async fn inside(db: &Db, now: DateTime<Utc>) -> Result<Vec<Line>, sqlx::Error> {
    let mut c = db.read().await?;
    let mut lines = vec![version(&mut c).await?];
    let schema = copy::schema(&mut c).await;
    lines.push(match schema {
        NEWEST_SCHEMA => ok(format!("schema: {schema}")),
        newer if newer > NEWEST_SCHEMA => {
            fail(format!("schema: {newer}, made by a newer Huiyin than this ({NEWEST_SCHEMA}). Start the newer one."))
        }
        older => warn(format!(
            "schema: {older}; `huiyin migrate` or the next start brings it to {NEWEST_SCHEMA}. Back up first."
        )),
    });
    if schema == NEWEST_SCHEMA {
        lines.extend(content(&mut c, now).await);
    }
    Ok(lines)
}

async fn version(c: &mut Conn) -> Result<Line, sqlx::Error> {
    let name = copy::version(c).await?;
    Ok(match dialect::sqlite_version(c).await? {
        Some(found) if found < (3, 51, 3) => {
            fail(format!("database: {name} can lose data in WAL mode; build Huiyin with its bundled SQLite."))
        }
        _ => ok(format!("database: {name}")),
    })
}

async fn content(c: &mut Conn, now: DateTime<Utc>) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.push(match organizations::actions::any_organization(c).await {
        Ok(true) => ok("organisations: there are some"),
        Ok(false) => {
            warn("organisations: none yet. `huiyin org create`, then `huiyin staff create`; or `huiyin demo` to look.")
        }
        Err(error) => fail(format!("organisations: {error:?}")),
    });
    match organizations::actions::unreadable_settings(c).await {
        Ok(slugs) if slugs.is_empty() => {}
        Ok(slugs) => lines.push(fail(format!(
            "settings: calendar or limits of {} can't be read, so the defaults hold. Save them again under /admin.",
            slugs.join(", ")
        ))),
        Err(error) => lines.push(fail(format!("settings: {error:?}"))),
    }
    lines.push(match jobs::actions::count_dead(c).await {
        Ok(0) => ok("jobs: none was given up"),
        Ok(dead) => warn(format!("jobs: {dead} were given up after {} tries; the log says why.", jobs::MAX_ATTEMPTS)),
        Err(error) => fail(format!("jobs: {error:?}")),
    });
    lines.push(match notify::deliveries::count_dead(c).await {
        Ok(0) => ok("messages: none was given up"),
        Ok(dead) => warn(format!(
            "messages: {dead} were given up after {} tries; /admin/notices says why and tries again.",
            notify::model::MOST_ATTEMPTS
        )),
        Err(error) => fail(format!("messages: {error:?}")),
    });
    lines.push(match audit::newest_entry(c).await {
        Ok(Some(newest)) if newest > now + TimeDelta::minutes(2) => fail(format!(
            "clock: it says {}, but the newest entry of the audit log is of {} UTC. Set the clock (chrony, systemd-timesyncd).", shown(now), shown(newest)
        )),
        Ok(_) => ok(format!("clock: {} UTC, not before the newest entry of the audit log", shown(now))),
        Err(error) => fail(format!("clock: {error:?}")),
    });
    lines
}

fn shown(at: DateTime<Utc>) -> String {
    at.format("%F %T").to_string()
}

fn keys(data_dir: &Path) -> Line {
    let folder = data_dir.join("keys");
    for name in ["pepper", "audit", "sealing"] {
        match fs::metadata(folder.join(name)) {
            Err(_) if !folder.exists() => return warn("keys: none yet; the first start makes them."),
            Err(error) => return fail(format!("keys: {name} can't be read ({error}). Restore it from the backup.")),
            Ok(found) if found.len() != 32 => {
                return fail(format!("keys: {name} is not 32 bytes long. Restore it from the backup."));
            }
            Ok(found) if others_may_read(&found) => {
                return warn(format!("keys: others may read {name}. chmod 600 {}/*", folder.display()));
            }
            Ok(_) => {}
        }
    }
    ok("keys: three, for this user alone")
}

fn others_may_read(found: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o077 != 0
}

fn disk(data_dir: &Path, now: DateTime<Utc>) -> Vec<Line> {
    if !data_dir.exists() {
        return vec![warn(format!("disk: {} does not exist yet; the first start makes it.", data_dir.display()))];
    }
    let store = match FileStore::open(data_dir) {
        Ok(store) => store,
        Err(error) => return vec![fail(format!("disk: {error}"))],
    };
    if let Err(error) = store.check_writable() {
        return vec![fail(format!("disk: {} can't be written ({error}). Check owner and space.", data_dir.display()))];
    }
    vec![space(free_megabytes(data_dir)), file_clock(data_dir, now)]
}

/// Free space by `df`, which every system has; the standard library has no such question.
fn free_megabytes(folder: &Path) -> Option<u64> {
    let answer = std::process::Command::new("df").arg("-Pm").arg(folder).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

fn space(free: Option<u64>) -> Line {
    match free {
        None => warn("disk: writable; how much is free is not known (no df)."),
        Some(mb) if mb < 200 => fail(format!("disk: only {mb} MB free. Make room now: submissions will be refused.")),
        Some(mb) if mb < 2000 => warn(format!("disk: {mb} MB free. Make room soon.")),
        Some(mb) => ok(format!("disk: writable, {} GB free", mb / 1024)),
    }
}

/// The time that the disk's machine gives a file against ours: they differ on network disks.
fn file_clock(data_dir: &Path, now: DateTime<Utc>) -> Line {
    let probe = data_dir.join(".clock");
    let written = fs::write(&probe, b"").and_then(|()| fs::metadata(&probe)?.modified());
    drop(fs::remove_file(&probe));
    match written.map(DateTime::<Utc>::from) {
        Ok(at) if (at - now).abs() < TimeDelta::minutes(1) => ok("file times: the same clock"),
        Ok(at) => warn(format!(
            "file times: {} seconds off. Let both machines ask the same time server.",
            (at - now).num_seconds()
        )),
        Err(error) => fail(format!("file times: {error}")),
    }
}

fn site(root: &Path) -> Line {
    match (Assets::is_built(root), Assets::load(root).has_bundle("intake")) {
        (true, true) => ok("site: styles and browser code are there"),
        (true, false) => warn("site: no browser code; pages work without it. `make build` makes it."),
        (false, _) => fail(format!(
            "site: nothing in {}. `make build` makes it; HUIYIN_SITE_ROOT says where it lies.",
            root.display()
        )),
    }
}

fn holiday_table(year: i32, known: impl Fn(i32) -> bool) -> Line {
    match (known(year), known(year + 1)) {
        (false, _) => fail(format!(
            "holidays: those of {year} are not known, so only weekends count. Upgrade, or enter them under /admin."
        )),
        // The State Council's notice comes in November.
        (true, false) => {
            warn(format!("holidays: those of {} are not known yet. Upgrade after the notice is out.", year + 1))
        }
        (true, true) => ok(format!("holidays: known to {}", holidays::last_known_year().unwrap_or(year + 1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_space_is_a_warning_and_next_to_none_a_failure() {
        assert_eq!(space(Some(100)).0, Mark::Fail);
        assert_eq!(space(Some(1000)).0, Mark::Warn);
        assert_eq!(space(Some(100_000)).0, Mark::Ok);
        assert_eq!(space(None).0, Mark::Warn);
    }

    #[test]
    fn an_unknown_year_of_holidays_is_told() {
        assert_eq!(holiday_table(2026, |y| y <= 2027).0, Mark::Ok);
        assert_eq!(holiday_table(2026, |y| y <= 2026).0, Mark::Warn);
        assert_eq!(holiday_table(2026, |_| false).0, Mark::Fail);
    }

    #[test]
    fn missing_keys_of_a_used_folder_are_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(keys(folder.path()).0, Mark::Warn);
        fs::create_dir(folder.path().join("keys")).unwrap();
        assert_eq!(keys(folder.path()).0, Mark::Fail);
        for name in ["pepper", "audit", "sealing"] {
            fs::write(folder.path().join("keys").join(name), [0u8; 32]).unwrap();
        }
        assert_eq!(keys(folder.path()).0, Mark::Warn, "readable by others");
    }
}
