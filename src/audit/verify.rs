//! Checking the chains: finds edits, deletions and swaps; with a checkpoint kept elsewhere, truncation too.

use std::collections::HashMap;

use crate::{
    audit::{
        store::{self, Row},
        waiting,
    },
    db::Conn,
    error::Result,
    kernel::{
        ids::OrganizationId,
        keys::{self, Keys},
    },
};

/// The link of an entry: an HMAC over the link before and everything in the entry.
pub fn link(keys: &Keys, previous: &[u8], row: &Row) -> Vec<u8> {
    keys.audit_link(&[
        previous,
        row.organization_id.0.as_bytes(),
        &row.seq.to_be_bytes(),
        &row.at.timestamp_millis().to_be_bytes(),
        row.actor_id.as_ref().map_or(&[][..], |id| id.0.as_bytes()),
        row.action.as_bytes(),
        row.entity.as_bytes(),
        row.entity_id.as_ref().map_or(&[][..], |id| id.as_bytes()),
        row.detail.as_bytes(),
    ])
}

/// Ends of chains that were seen before: (chain, number) → link as hex.
pub type Checkpoint = HashMap<(OrganizationId, i64), String>;

/// A checkpoint as text: a line a chain, its id, number and link.
pub fn checkpoint_text(ends: &[(OrganizationId, i64, String)]) -> String {
    ends.iter().map(|(org, seq, link)| format!("{org} {seq} {link}\n")).collect()
}

/// Reads a checkpoint; several after one another are fine. `None` when a line is not one of a checkpoint.
pub fn parse_checkpoint(text: &str) -> Option<Checkpoint> {
    let mut seen = Checkpoint::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let org = OrganizationId::parse(words.next()?)?;
        let seq = words.next()?.parse().ok()?;
        let link = words.next()?;
        seen.insert((org, seq), link.to_string());
    }
    Some(seen)
}

/// What the check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries that were checked.
    pub entries: u64,
    /// Entries that wait for the end of their hour; they were checked too.
    pub waiting: u64,
    /// What is wrong, one sentence each; empty when every chain holds.
    pub faults: Vec<String>,
    /// The end of each chain: a checkpoint to keep elsewhere.
    pub ends: Vec<(OrganizationId, i64, String)>,
}

/// Checks every chain, against a checkpoint too.
///
/// # Errors
/// The database's.
pub async fn verify(c: &mut Conn, keys: &Keys, checkpoint: &Checkpoint) -> Result<Report> {
    let mut report = Report::default();
    let chains = store::chains(c).await?;
    for (org, end, end_hash) in &chains {
        let (mut seq, mut previous) = (0i64, Vec::new());
        loop {
            let rows = store::after(c, *org, seq, 1000).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                report.entries += 1;
                if row.seq != seq + 1 {
                    report.faults.push(format!("Chain {org}: entries {} to {} are missing.", seq + 1, row.seq - 1));
                }
                if link(keys, &previous, &row) != row.hash {
                    report
                        .faults
                        .push(format!("Chain {org}: entry {} was changed, or the one before it was.", row.seq));
                }
                if let Some(seen) = checkpoint.get(&(*org, row.seq))
                    && *seen != keys::hex(&row.hash)
                {
                    report.faults.push(format!("Chain {org}: entry {} is not the one of the checkpoint.", row.seq));
                }
                seq = row.seq;
                previous = row.hash;
            }
        }
        if seq != *end || previous != *end_hash {
            report.faults.push(format!("Chain {org}: it ends at entry {seq}, and should end at {end}."));
        }
        report.ends.push((*org, seq, keys::hex(&previous)));
    }
    let (waiting, faults) = waiting::check(c, keys).await?;
    report.waiting = waiting;
    report.faults.extend(faults);
    for org in store::without_chain(c).await? {
        report.faults.push(format!("Chain {org}: the organisation is there, and its log is gone."));
    }
    for (org, number) in checkpoint.keys() {
        if !report.ends.iter().any(|(o, end, _)| o == org && end >= number) {
            report.faults.push(format!("Chain {org}: entry {number} of the checkpoint is gone; the log was cut off."));
        }
    }
    Ok(report)
}
