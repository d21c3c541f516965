//! Making a backup.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    attachments::{self, files::relative_path},
    backup::{DATABASE, Summary, archive},
    config::Config,
    db::{Db, copy},
    error::StartError,
    kernel::keys::hex,
    personal_data::list,
};

/// Writes a backup of a running or standing installation to `file`. What stood there before is replaced only by a
/// backup that was checked.
///
/// # Errors
/// A sentence for the operator; nothing is left behind then.
pub async fn backup(config: &Config, file: &Path) -> Result<Summary, StartError> {
    let temporary = Temporary::beside(file)?;
    let done = write(config, file, &temporary).await;
    if done.is_err() {
        temporary.remove();
    }
    done.map_err(|e| StartError::new(format!("NO BACKUP WAS MADE. {e}")))
}

/// The files that a backup needs while it is made, beside the finished one (so that the last rename is atomic).
struct Temporary {
    folder: PathBuf,
    archive: PathBuf,
    database: PathBuf,
}

impl Temporary {
    fn beside(file: &Path) -> Result<Self, StartError> {
        let name = file.file_name().and_then(|n| n.to_str()).ok_or_else(|| {
            StartError::new(format!("{} is not the name of a file. Say where the backup goes.", file.display()))
        })?;
        let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        let beside = |end: &str| folder.join(format!(".{name}.{}.{end}", std::process::id()));
        Ok(Self { archive: beside("partial"), database: beside("db"), folder })
    }

    fn remove(&self) {
        for path in [&self.archive, &self.database] {
            drop(fs::remove_file(path));
        }
    }
}

async fn write(config: &Config, file: &Path, temporary: &Temporary) -> Result<Summary, StartError> {
    let has_database = copy::sqlite_file(&config.database_url)?.is_some();
    let db = if has_database {
        // Opened first: a wrong address must not make an empty database.
        copy::open_to_read(&config.database_url).await?.close().await;
        archive::create_private(&temporary.database).map_err(|e| disk(&temporary.database, &e))?;
        copy::vacuum_into(&config.database_url, &temporary.database).await?;
        copy::open_copy(&temporary.database).await?
    } else {
        copy::open_to_read(&config.database_url).await?
    };
    let (schema, named) = checked(&db).await?;
    db.close().await;

    let (data_dir, target) = (config.data_dir.clone(), temporary.archive.clone());
    let database = has_database.then(|| temporary.database.clone());
    let pack = move || pack(&data_dir, database.as_deref(), schema, &named, &target);
    let summary =
        tokio::task::spawn_blocking(pack).await.map_err(|e| StartError::new(format!("It stopped inside: {e}.")))??;
    drop(fs::remove_file(&temporary.database));
    let (listed, beside) = (list::path(config), list::beside(file));
    list::read(&listed).and_then(|erased| list::add(&beside, &erased)).map_err(|e| disk(&beside, &e))?;
    fs::rename(&temporary.archive, file).map_err(|e| disk(file, &e))?;
    archive::sync_folder(&temporary.folder).map_err(|e| disk(&temporary.folder, &e))?;
    Ok(summary)
}

/// Checks the database, and reads which attachments it names.
async fn checked(db: &Db) -> Result<(i64, Vec<Vec<u8>>), StartError> {
    let mut c = db.read().await?;
    let faults = copy::faults(&mut c).await?;
    if let Some(first) = faults.first() {
        return Err(StartError::new(format!(
            "The database is damaged ({} faults; the first: {first}). Keep the older backups, stop the server, and get help.",
            faults.len()
        )));
    }
    let schema = copy::schema(&mut c).await;
    if schema == 0 {
        return Err(StartError::new("The database is empty: there is nothing to back up. Check HUIYIN_DATABASE_URL."));
    }
    Ok((schema, attachments::actions::named_files(&mut c).await?))
}

fn pack(
    data_dir: &Path,
    database: Option<&Path>,
    schema: i64,
    named: &[Vec<u8>],
    target: &Path,
) -> Result<Summary, StartError> {
    let mut writer = archive::Writer::create(target, schema, database.is_some()).map_err(|e| disk(target, &e))?;
    if let Some(path) = database {
        writer.add(DATABASE, path).map_err(|e| disk(path, &e))?;
    }
    for name in ["pepper", "audit", "sealing"] {
        let path = data_dir.join("keys").join(name);
        writer.add(&format!("keys/{name}"), &path).map_err(|e| disk(&path, &e))?;
    }
    for sha in named {
        let name = format!("attachments/{}", relative_path(sha).display());
        let path = data_dir.join(&name);
        let found = writer.add(&name, &path).map_err(|e| disk(&path, &e))?;
        if found != hex(sha) {
            return Err(StartError::new(format!(
                "The attachment {} was changed on disk. Restore it from an older backup.",
                path.display()
            )));
        }
    }
    let written = writer.finish().map_err(|e| disk(target, &e))?;
    let read_back = archive::read(target, None).map_err(|e| disk(target, &e))?;
    if read_back != written {
        return Err(StartError::new("What was read back is not what was written. Check the disk."));
    }
    Ok(written.summary())
}

fn disk(path: &Path, error: &io::Error) -> StartError {
    StartError::new(format!("{}: {error}.", path.display()))
}
