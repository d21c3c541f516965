//! Restoring a backup into an empty place.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    backup::{DATABASE, Manifest, Summary, archive},
    config::Config,
    db::{NEWEST_SCHEMA, copy},
    error::StartError,
    personal_data::list,
};

/// Fills the empty folder and database that the configuration names. Everything is checked beside its final place
/// first; a backup that is not whole leaves nothing behind.
///
/// # Errors
/// A sentence for the operator.
pub async fn restore(config: &Config, file: &Path) -> Result<Summary, StartError> {
    let database = copy::sqlite_file(&config.database_url)?;
    refuse_what_is_there(&config.data_dir, database.as_deref())?;
    let partial = config.data_dir.join(".restore");
    archive::create_folder(&partial).map_err(|e| disk(&partial, &e))?;
    let done = unpack(config, file, &partial, database).await;
    let leftovers = if done.is_ok() { &[".restore"][..] } else { &[".restore", "keys", "attachments"] };
    for name in leftovers {
        drop(fs::remove_dir_all(config.data_dir.join(name)));
    }
    let done = done.map_err(|e| StartError::new(format!("NOTHING WAS RESTORED. {e}")))?;
    take_list_in(config, file)?;
    Ok(done)
}

/// What was erased after this backup was made stands in the list beside it: the next start erases it again (promise 24).
fn take_list_in(config: &Config, file: &Path) -> Result<(), StartError> {
    let (listed, beside) = (list::path(config), list::beside(file));
    list::read(&beside).and_then(|erased| list::add(&listed, &erased)).map_err(|e| {
        StartError::new(format!(
            "Everything was restored, but the list of what was erased ({}) could not be taken over: {e}. Copy it to {} before you start the server.",
            beside.display(),
            listed.display()
        ))
    })
}

fn refuse_what_is_there(data_dir: &Path, database: Option<&Path>) -> Result<(), StartError> {
    let refuse = |path: &Path| {
        Err(StartError::new(format!(
            "{} is not empty; a restore never writes over anything. Name an empty place with --data-dir and --database-url.",
            path.display()
        )))
    };
    match fs::read_dir(data_dir).map(|mut entries| entries.next().is_some()) {
        Ok(true) => return refuse(data_dir),
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(disk(data_dir, &e)),
        _ => {}
    }
    for end in ["", "-wal", "-shm"] {
        let Some(path) = database else { break };
        let path = PathBuf::from(format!("{}{end}", path.display()));
        if path.exists() {
            return refuse(&path);
        }
    }
    Ok(())
}

async fn unpack(
    config: &Config,
    file: &Path,
    partial: &Path,
    database: Option<PathBuf>,
) -> Result<Summary, StartError> {
    let (source, target) = (file.to_path_buf(), partial.to_path_buf());
    let manifest = tokio::task::spawn_blocking(move || archive::read(&source, Some(&target)))
        .await
        .map_err(|e| StartError::new(format!("It stopped inside: {e}.")))?
        .map_err(|e| disk(file, &e))?;
    check(&manifest, database.is_some())?;
    if manifest.has_database {
        check_copy(&partial.join(DATABASE)).await?;
    }
    let attachments = partial.join("attachments");
    archive::create_folder(&attachments).map_err(|e| disk(&attachments, &e))?;

    let moved = |from: &Path, to: &Path| fs::rename(from, to).map_err(|e| disk(to, &e));
    moved(&partial.join("keys"), &config.data_dir.join("keys"))?;
    moved(&attachments, &config.data_dir.join("attachments"))?;
    archive::sync_folder(&config.data_dir).map_err(|e| disk(&config.data_dir, &e))?;
    // The database last: without it, nothing looks restored.
    if let (Some(path), true) = (database, manifest.has_database) {
        place_database(&partial.join(DATABASE), &path).map_err(|e| disk(&path, &e))?;
    }
    Ok(manifest.summary())
}

fn check(manifest: &Manifest, is_sqlite: bool) -> Result<(), StartError> {
    if manifest.schema > NEWEST_SCHEMA {
        return Err(StartError::new(format!(
            "The backup has schema {}, made by a newer Huiyin; this program knows {NEWEST_SCHEMA}. Use the newer program.",
            manifest.schema
        )));
    }
    if manifest.has_database != is_sqlite {
        return Err(StartError::new(
            "The backup is of another kind of database. Restore it with a --database-url of the kind it was made with.",
        ));
    }
    for name in ["keys/pepper", "keys/audit", "keys/sealing"] {
        if !manifest.entries.iter().any(|e| e.name == name && e.size == 32) {
            return Err(StartError::new(format!("The backup has no {name}.")));
        }
    }
    Ok(())
}

async fn check_copy(path: &Path) -> Result<(), StartError> {
    let db = copy::open_copy(path).await?;
    let faults = copy::faults(&mut db.read().await?).await?;
    db.close().await;
    match faults.first() {
        None => Ok(()),
        Some(first) => Err(StartError::new(format!("The database in the backup is damaged: {first}."))),
    }
}

/// Moves the database to its place; copies it when that is on another disk.
fn place_database(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    archive::create_folder(folder)?;
    let beside = to.with_extension("restoring");
    fs::rename(from, &beside).or_else(|_| fs::copy(from, &beside).map(drop))?;
    fs::File::open(&beside)?.sync_all()?;
    fs::rename(&beside, to)?;
    archive::sync_folder(folder)
}

fn disk(path: &Path, error: &io::Error) -> StartError {
    StartError::new(format!("{}: {error}.", path.display()))
}
