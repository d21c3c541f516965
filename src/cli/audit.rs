//! `huiyin audit verify`.

use std::{fs, path::Path, process::ExitCode};

use crate::{
    attachments::files,
    audit::verify::{self, Checkpoint},
    config::Config,
    db::copy,
    error::StartError,
    kernel::random::SystemRandom,
};

/// Checks every chain; the exit code is 1 when one does not hold.
pub async fn verify(
    config: Config,
    checkpoint: Option<&Path>,
    write_checkpoint: Option<&Path>,
) -> Result<ExitCode, StartError> {
    let seen = match checkpoint {
        Some(path) => read(path)?,
        None => Checkpoint::new(),
    };
    let folder = config.data_dir.join("keys");
    if !folder.exists() {
        return Err(StartError::new(format!("There are no keys in {}. Check HUIYIN_DATA_DIR.", folder.display())));
    }
    let keys = files::load_keys(&folder, &SystemRandom)?;
    let db = copy::open_to_read(&config.database_url).await?;
    let report = verify::verify(&mut db.read().await?, &keys, &seen).await?;
    db.close().await;
    for fault in &report.faults {
        println!("{fault}");
    }
    if !report.faults.is_empty() {
        println!("The audit log does not hold: {} faults in {} entries.", report.faults.len(), report.entries);
        return Ok(ExitCode::FAILURE);
    }
    println!("The audit log holds. Entries: {}, chains: {}.", report.entries, report.ends.len());
    if report.waiting > 0 {
        println!("Entries that join it when their hour is over: {}.", report.waiting);
    }
    if let Some(path) = write_checkpoint {
        fs::write(path, verify::checkpoint_text(&report.ends)).map_err(|e| disk(path, &e))?;
        println!("Checkpoint written to {}; keep it elsewhere.", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Checkpoint, StartError> {
    let text = fs::read_to_string(path).map_err(|e| disk(path, &e))?;
    verify::parse_checkpoint(&text)
        .ok_or_else(|| StartError::new(format!("{} is not a checkpoint of audit verify.", path.display())))
}

fn disk(path: &Path, error: &std::io::Error) -> StartError {
    StartError::new(format!("{}: {error}.", path.display()))
}
