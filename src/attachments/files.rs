//! Attachments on disk: named by the SHA-256 of their content, written and made durable before the row that names them
//! commits (promise 3). The folder's layout is `attachments/ab/abcd….bin`.

use std::{
    collections::HashSet,
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};

use crate::{
    error::StartError,
    kernel::{
        keys::{Keys, hex, sha256},
        random::Random,
    },
};

/// The folder of attachments.
#[derive(Clone, Debug)]
pub struct FileStore {
    root: PathBuf,
}

impl FileStore {
    /// Opens (and makes) the folder.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn open(data_dir: &Path) -> Result<Self, StartError> {
        let root = data_dir.join("attachments");
        private_folder(&root)
            .map_err(|e| StartError::new(format!("The folder {} can't be made: {e}.", root.display())))?;
        Ok(Self { root })
    }

    fn path(&self, sha: &[u8]) -> PathBuf {
        self.root.join(relative_path(sha))
    }

    /// Writes content durably and gives its SHA-256. The same content is written once. The file's times are set to
    /// the epoch: they would tell when an anonymous person sent it (promise 8).
    ///
    /// # Errors
    /// The disk's.
    pub fn put(&self, bytes: &[u8]) -> std::io::Result<[u8; 32]> {
        let sha = sha256(bytes);
        let path = self.path(&sha);
        let folder = path.parent().unwrap_or(&self.root);
        let lock = self.lock_file()?;
        lock.lock_shared()?;
        if path.exists() {
            // Touched, so that the sweep does not take it for forgotten; durable, even if its first writer is not yet.
            fs::OpenOptions::new().write(true).open(&path)?.set_times(epoch())?;
            fs::File::open(folder)?.sync_all()?;
            return Ok(sha);
        }
        let new_folder = !folder.exists();
        fs::create_dir_all(folder)?;
        let temporary = path.with_extension(format!("{:?}.tmp", std::thread::current().id()).replace(['(', ')'], ""));
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.set_times(epoch())?;
        file.sync_all()?;
        fs::rename(&temporary, &path)?;
        fs::File::open(folder)?.sync_all()?;
        if new_folder {
            fs::File::open(&self.root)?.sync_all()?;
        }
        Ok(sha)
    }

    /// Reads content back.
    ///
    /// # Errors
    /// The disk's; `InvalidData` when it is not the content of this SHA-256 any more.
    pub fn get(&self, sha: &[u8]) -> std::io::Result<Vec<u8>> {
        let bytes = fs::read(self.path(sha))?;
        if sha256(&bytes).as_slice() == sha {
            Ok(bytes)
        } else {
            Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "the attachment was changed on disk"))
        }
    }

    /// Takes content away; nothing happens when it is not there.
    ///
    /// # Errors
    /// The disk's.
    pub fn remove(&self, sha: &[u8]) -> std::io::Result<()> {
        match fs::remove_file(self.path(sha)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }

    /// Takes content away at once and durably. No writer of the same content finds it just going; one that found it a moment
    /// before looks again after its row is written ([`staged`](crate::attachments::staged)).
    ///
    /// # Errors
    /// The disk's.
    pub fn remove_now(&self, sha: &[u8]) -> std::io::Result<()> {
        let lock = self.lock_file()?;
        lock.lock()?;
        self.remove(sha)?;
        match self.path(sha).parent() {
            Some(folder) if folder.exists() => fs::File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }

    /// Whether content is there.
    pub fn has(&self, sha: &[u8]) -> bool {
        self.path(sha).exists()
    }

    /// The SHA-256 of everything in the folder.
    ///
    /// # Errors
    /// The disk's.
    pub fn list(&self) -> std::io::Result<Vec<Vec<u8>>> {
        let mut all = Vec::new();
        for folder in fs::read_dir(&self.root)? {
            let folder = folder?.path();
            if !folder.is_dir() {
                continue;
            }
            for file in fs::read_dir(folder)? {
                let name = file?.file_name().into_string().unwrap_or_default();
                if let Some(sha) = name.strip_suffix(".bin").and_then(unhex) {
                    all.push(sha);
                }
            }
        }
        Ok(all)
    }

    /// Takes away files that are not `named` and that nobody has written or touched since `before`, and what broken
    /// writes left. Gives how many. The inode's change time tells, which no program can set; a lock keeps a writer of
    /// the same content from finding a file that is just going.
    ///
    /// # Errors
    /// The disk's.
    pub fn sweep(&self, before: DateTime<Utc>, named: &HashSet<Vec<u8>>) -> std::io::Result<u64> {
        let mut removed = 0;
        for folder in fs::read_dir(&self.root)? {
            let folder = folder?.path();
            if !folder.is_dir() {
                continue;
            }
            for file in fs::read_dir(folder)? {
                let path = file?.path();
                let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
                let is_named = name.strip_suffix(".bin").and_then(unhex).is_some_and(|sha| named.contains(&sha));
                removed += u64::from(!is_named && self.remove_untouched(&path, before)?);
            }
        }
        Ok(removed)
    }

    fn remove_untouched(&self, path: &Path, before: DateTime<Utc>) -> std::io::Result<bool> {
        let lock = self.lock_file()?;
        lock.lock()?;
        let untouched = fs::metadata(path)?.ctime() < before.timestamp();
        if untouched {
            fs::remove_file(path)?;
        }
        Ok(untouched)
    }

    /// The file by which writers and the sweep keep out of each other's way, in all processes on this folder.
    fn lock_file(&self) -> std::io::Result<fs::File> {
        fs::OpenOptions::new().create(true).truncate(false).write(true).open(self.root.join(".lock"))
    }

    /// Whether files can be written now.
    ///
    /// # Errors
    /// The disk's.
    pub fn check_writable(&self) -> std::io::Result<()> {
        let probe = self.root.join(".probe");
        fs::write(&probe, b"ok")?;
        fs::remove_file(probe)
    }
}

/// Makes a folder, and those above it, for this user alone: they hold what people confided.
fn private_folder(path: &Path) -> std::io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Where the content of a SHA-256 lies below the folder.
pub fn relative_path(sha: &[u8]) -> PathBuf {
    let name = hex(sha);
    Path::new(name.get(..2).unwrap_or("00")).join(format!("{name}.bin"))
}

/// The times that files have: none of the moment in which somebody sent them.
fn epoch() -> fs::FileTimes {
    fs::FileTimes::new().set_modified(std::time::UNIX_EPOCH).set_accessed(std::time::UNIX_EPOCH)
}

/// Bytes of lower-case hexadecimal.
fn unhex(text: &str) -> Option<Vec<u8>> {
    text.len().is_multiple_of(2).then_some(())?;
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok()).collect()
}

/// Reads the installation's keys, or makes them at the first start: 32 bytes a file, readable by the owner alone.
///
/// # Errors
/// A sentence for the operator: unreadable, of the wrong length, or some of them missing.
pub fn load_keys(folder: &Path, random: &dyn Random) -> Result<Keys, StartError> {
    let explain =
        |e: std::io::Error| StartError::new(format!("The keys in {} can't be read or made: {e}.", folder.display()));
    if !folder.exists() {
        private_folder(folder).map_err(explain)?;
        for (name, bytes) in Keys::generate(random).parts() {
            write_key(&folder.join(name), bytes).map_err(explain)?;
        }
        fs::File::open(folder).and_then(|f| f.sync_all()).map_err(explain)?;
    }
    let read = |name: &str| -> Result<[u8; 32], StartError> {
        let bytes = fs::read(folder.join(name)).map_err(explain)?;
        bytes
            .try_into()
            .map_err(|_| StartError::new(format!("The key {name} is not 32 bytes long; restore it from the backup.")))
    };
    Ok(Keys::new(read("pepper")?, read("audit")?, read("sealing")?))
}

fn write_key(path: &Path, bytes: &[u8; 32]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
