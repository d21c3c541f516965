//! The archive: writing entries while hashing them, and reading it back against its manifest.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Component, Path},
};

use sha2::{Digest, Sha256};

use crate::{
    backup::{Entry, FORMAT, MANIFEST, Manifest},
    kernel::keys::hex,
};

/// A manifest is never larger than this.
const MOST_MANIFEST: u64 = 256 * 1024 * 1024;

/// A file that only its owner reads.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

/// Makes a folder and those above it, for its owner alone.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Makes names in a folder durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Counts and hashes what passes.
struct Hashed<T> {
    inner: T,
    hash: Sha256,
    size: u64,
}

impl<T> Hashed<T> {
    fn new(inner: T) -> Self {
        Self { inner, hash: Sha256::new(), size: 0 }
    }

    fn entry(self, name: String) -> Entry {
        Entry { name, size: self.size, sha256: hex(&self.hash.finalize()) }
    }
}

impl<T: Read> Read for Hashed<T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..n).unwrap_or_default());
        self.size += n as u64;
        Ok(n)
    }
}

/// An archive that is being written.
pub(super) struct Writer {
    tar: tar::Builder<BufWriter<File>>,
    manifest: Manifest,
}

impl Writer {
    /// Starts an archive in a new file.
    pub(super) fn create(path: &Path, schema: i64, has_database: bool) -> io::Result<Self> {
        let tar = tar::Builder::new(BufWriter::new(create_private(path)?));
        Ok(Self { tar, manifest: Manifest { format: FORMAT, schema, has_database, entries: Vec::new() } })
    }

    /// Adds a file; gives its SHA-256 as hexadecimal.
    pub(super) fn add(&mut self, name: &str, path: &Path) -> io::Result<&str> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut source = Hashed::new(file);
        self.tar.append_data(&mut header(size), name, &mut source)?;
        self.manifest.entries.push(source.entry(name.to_string()));
        Ok(self.manifest.entries.last().map_or("", |e| e.sha256.as_str()))
    }

    /// Writes the manifest and makes everything durable.
    pub(super) fn finish(mut self) -> io::Result<Manifest> {
        let text = serde_json::to_vec(&self.manifest)?;
        self.tar.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
        let file = self.tar.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(self.manifest)
    }
}

/// No times, no owner: they would tell when an anonymous person sent something (promise 8).
fn header(size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header
}

/// Reads an archive to its end and compares every entry with the manifest; with a folder, leaves the entries there,
/// durable.
pub(super) fn read(path: &Path, into: Option<&Path>) -> io::Result<Manifest> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(path)?));
    let (mut found, mut manifest) = (Vec::new(), None);
    for entry in archive.entries()? {
        let entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let is_plain = Path::new(&name).components().all(|c| matches!(c, Component::Normal(_)));
        if !is_plain || !entry.header().entry_type().is_file() || manifest.is_some() {
            return Err(broken(&format!("the entry {name:?} does not belong there")));
        }
        if name == MANIFEST {
            let text: &mut dyn Read = &mut entry.take(MOST_MANIFEST);
            manifest = Some(serde_json::from_reader::<_, Manifest>(BufReader::new(text))?);
            continue;
        }
        let mut source = Hashed::new(entry);
        match into {
            Some(folder) => extract(&mut source, &folder.join(&name))?,
            None => drop(io::copy(&mut source, &mut io::sink())?),
        }
        found.push(source.entry(name));
    }
    let manifest: Manifest = manifest.ok_or_else(|| broken("it has no manifest at its end: it was cut off"))?;
    if manifest.format != FORMAT {
        return Err(broken(&format!("it has layout {}, and this program knows {FORMAT}", manifest.format)));
    }
    if manifest.entries != found {
        return Err(broken("its entries are not the ones of its manifest"));
    }
    Ok(manifest)
}

fn extract(source: &mut impl Read, path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    create_folder(folder)?;
    let mut file = create_private(path)?;
    io::copy(source, &mut file)?;
    file.flush()?;
    file.set_times(fs::FileTimes::new().set_modified(std::time::UNIX_EPOCH).set_accessed(std::time::UNIX_EPOCH))?;
    file.sync_all()?;
    sync_folder(folder)
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_string())
}
