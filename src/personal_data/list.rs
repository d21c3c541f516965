//! The list of what was erased: ids alone, one a line, in a file outside the data folder and its backups. It is what makes
//! an older backup forget again what it still holds (promise 24). `huiyin backup` leaves a copy beside the backup, so that
//! the folder of backups has it when the machine is lost; `huiyin restore` takes that copy in.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use crate::{config::Config, personal_data::model::Erased};

/// What the copy beside backups is called.
const BESIDE: &str = "erased.list";
const HEAD: &str =
    "# Huiyin: what was erased, and is erased again after a restore. Keep this file; it holds ids alone.\n";

/// Where the list of an installation lies: beside the data folder, unless the configuration says otherwise.
pub fn path(config: &Config) -> PathBuf {
    config.erased_list.clone().unwrap_or_else(|| {
        let data = &config.data_dir;
        match data.file_name() {
            Some(name) => data.with_file_name(format!("{}.erased", name.to_string_lossy())),
            None => data.join(BESIDE),
        }
    })
}

/// Where the copy beside a backup lies.
pub fn beside(backup: &Path) -> PathBuf {
    backup.with_file_name(BESIDE)
}

impl Erased {
    fn line(self) -> String {
        match self {
            Self::Case(id) => format!("case {}\n", id.simple()),
            Self::Submission(id) => format!("submission {}\n", id.simple()),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (kind, id) = line.trim().split_once(' ')?;
        let id = uuid::Uuid::parse_str(id).ok()?;
        match kind {
            "case" => Some(Self::Case(id)),
            "submission" => Some(Self::Submission(id)),
            _ => None,
        }
    }
}

/// Reads a list; one that is not there is empty. A line that was cut off by a crash counts for nothing.
///
/// # Errors
/// The disk's.
pub fn read(path: &Path) -> io::Result<BTreeSet<Erased>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().filter_map(Erased::parse).collect()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(e) => Err(e),
    }
}

/// Adds what is not in a list yet, durably.
///
/// # Errors
/// The disk's.
pub fn add(path: &Path, erased: &BTreeSet<Erased>) -> io::Result<()> {
    if erased.is_empty() {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let is_new = !path.exists();
    let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    file.lock()?;
    let known = read(path)?;
    let mut text = String::new();
    if is_new || fs::metadata(path)?.len() == 0 {
        text.push_str(HEAD);
    } else if !fs::read(path)?.ends_with(b"\n") {
        text.push('\n');
    }
    text.extend(erased.difference(&known).map(|e| e.line()));
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_grows_by_what_is_new_and_survives_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.erased");
        assert!(read(&file).unwrap().is_empty());
        let (a, b) = (Erased::Case(uuid::Uuid::from_u128(1)), Erased::Submission(uuid::Uuid::from_u128(2)));
        add(&file, &BTreeSet::from([a])).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{text}case 0000")).unwrap();
        add(&file, &BTreeSet::from([a, b])).unwrap();
        assert_eq!(read(&file).unwrap(), BTreeSet::from([a, b]));
        assert_eq!(fs::read_to_string(&file).unwrap().matches("case 00000000000000000000000000000001").count(), 1);
    }
}
