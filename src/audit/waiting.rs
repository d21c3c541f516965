//! Entries that wait for the end of their hour.
//!
//! Of the moment in which an anonymous person did something, the hour is kept and no more (promise 8). In the chain such an
//! entry would stand between two others with exact times, and their numbers would tell its minute. So it waits beside the
//! chain, in the same transaction as the change, under a random id; when its hour is over ([`settle`], a job), all entries
//! of the hour join the chain together, in the order of their random ids. The chain then tells: in this hour.
//!
//! While they wait, they are guarded as a set: the keyed hashes of the entries of an hour are added up, whatever their order,
//! and the sum is sealed with the number of entries. An edit, a deletion or an addition without the key breaks the seal, which
//! `huiyin audit verify` reports, and the hour does not join the chain. As with a chain, an end that is cut off with its sum
//! (here: a whole hour, or its state of some minutes ago) shows only by what was kept elsewhere.
//!
//! What remains: who watches the database while it is written sees when; SQLite's file keeps the place of new rows within
//! its pages until they are rewritten (its full-text index too), and its write-ahead log the order of the last transactions;
//! PostgreSQL keeps the number of the transaction that wrote a row until the hour is over (`dialect::forget_order`), dead
//! rows until they are vacuumed, and its own log. Backups hold none of it: they are written anew, row by row.

use chrono::{DateTime, Utc};

use crate::{
    audit::{
        self,
        store::{
            self, Row,
            waiting::{Sum, Waiting},
        },
    },
    db::{Conn, dialect},
    error::{Error, Result},
    http::App,
    kernel::{clock::hour_of, keys::Keys, random},
};

/// Whether an entry of this time waits: it is dated to the full hour, which is not now.
pub fn must_wait(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at == hour_of(at) && at != now
}

/// Lets an entry wait, in the caller's transaction.
///
/// # Errors
/// The database's.
pub(super) async fn put(app: &App, c: &mut Conn, row: Row) -> Result<()> {
    let entry = Waiting {
        id: uuid::Builder::from_random_bytes(random::bytes::<16>(&*app.random)).into_uuid(),
        organization_id: row.organization_id,
        hour: row.at,
        actor_id: row.actor_id,
        action: row.action,
        entity: row.entity,
        entity_id: row.entity_id,
        detail: row.detail,
    };
    let empty = Sum {
        organization_id: entry.organization_id,
        hour: entry.hour,
        entries: 0,
        sum: vec![0; 32],
        seal: Vec::new(),
    };
    let mut sum = store::waiting::lock_sum(c, &empty).await?;
    if sum.entries > 0 && sum.seal != seal(&app.keys, &sum) {
        // What is broken stays broken for `verify` to see; nobody is turned away for it.
        tracing::error!(name: "audit.waiting_broken", "entries of the audit log that wait were changed; run `huiyin audit verify`");
    } else {
        add(&mut sum.sum, &hash(&app.keys, &entry));
        sum.entries += 1;
        sum.seal = seal(&app.keys, &sum);
        store::waiting::set_sum(c, &sum).await?;
    }
    store::waiting::insert(c, &entry).await?;
    Ok(())
}

/// Puts the entries of hours that are over into their chains.
///
/// # Errors
/// The database's; `Internal` when entries of an hour were changed: that hour stays where it is.
pub async fn settle(app: &App) -> Result<()> {
    let over = hour_of(app.now());
    for hour in store::waiting::hours_before(&mut app.db.read().await?, over).await? {
        // First, and by itself: when it is interrupted, the hour is still there to do it again.
        let mut tx = app.db.write().await?;
        dialect::forget_order(&mut tx, hour).await?;
        tx.commit().await?;
    }
    let mut tx = app.db.write().await?;
    let mut broken = 0;
    for sum in store::waiting::lock_sums_before(&mut tx, over).await? {
        let entries = store::waiting::of_hour(&mut tx, sum.organization_id, sum.hour).await?;
        if fault(&app.keys, &sum, &entries).is_some() {
            broken += 1;
            continue;
        }
        store::waiting::delete(&mut tx, sum.organization_id, sum.hour).await?;
        for entry in entries {
            let row = Row {
                organization_id: entry.organization_id,
                seq: 0,
                at: entry.hour,
                actor_id: entry.actor_id,
                action: entry.action,
                entity: entry.entity,
                entity_id: entry.entity_id,
                detail: entry.detail,
                hash: Vec::new(),
            };
            audit::append(app, &mut tx, row).await?;
        }
    }
    tx.commit().await?;
    if broken > 0 {
        return Err(Error::internal("entries of the audit log that wait were changed; run `huiyin audit verify`"));
    }
    Ok(())
}

/// What is wrong with entries that wait, one sentence each, and how many there are.
///
/// # Errors
/// The database's.
pub(super) async fn check(c: &mut Conn, keys: &Keys) -> Result<(u64, Vec<String>)> {
    let (mut seen, mut faults) = (0, Vec::new());
    for sum in store::waiting::sums(c).await? {
        let entries = store::waiting::of_hour(c, sum.organization_id, sum.hour).await?;
        seen += entries.len();
        faults.extend(fault(keys, &sum, &entries));
    }
    let all = usize::try_from(store::waiting::count(c).await?).unwrap_or_default();
    if all != seen {
        faults.push(format!("{} waiting entries belong to no hour that is known.", all.abs_diff(seen)));
    }
    Ok((seen as u64, faults))
}

fn fault(keys: &Keys, sum: &Sum, entries: &[Waiting]) -> Option<String> {
    let mut found = vec![0; 32];
    for entry in entries {
        add(&mut found, &hash(keys, entry));
    }
    let holds = sum.seal == seal(keys, sum)
        && sum.sum == found
        && usize::try_from(sum.entries).is_ok_and(|count| count == entries.len());
    let (chain, hour) = (sum.organization_id, sum.hour.format("%Y-%m-%d %H:00"));
    (!holds).then(|| format!("Chain {chain}: waiting entries of {hour} UTC were changed, taken away or added."))
}

/// Adds a hash to a sum: the order of the hashes makes no difference.
fn add(sum: &mut [u8], hash: &[u8]) {
    let mut carry = 0u16;
    for (a, b) in sum.iter_mut().zip(hash) {
        let total = u16::from(*a) + u16::from(*b) + carry;
        *a = (total & 0xFF) as u8;
        carry = total >> 8;
    }
}

fn hash(keys: &Keys, entry: &Waiting) -> Vec<u8> {
    keys.audit_link(&[
        b"waiting",
        entry.id.as_bytes(),
        entry.organization_id.0.as_bytes(),
        &entry.hour.timestamp_millis().to_be_bytes(),
        entry.actor_id.as_ref().map_or(&[][..], |id| id.0.as_bytes()),
        entry.action.as_bytes(),
        entry.entity.as_bytes(),
        entry.entity_id.as_ref().map_or(&[][..], |id| id.as_bytes()),
        entry.detail.as_bytes(),
    ])
}

fn seal(keys: &Keys, sum: &Sum) -> Vec<u8> {
    keys.audit_link(&[
        b"waiting sum",
        sum.organization_id.0.as_bytes(),
        &sum.hour.timestamp_millis().to_be_bytes(),
        &sum.entries.to_be_bytes(),
        &sum.sum,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_dated_to_an_hour_that_is_not_now_waits() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-03-10T02:22:37.123Z");
        assert!(must_wait(at("2026-03-10T02:00:00Z"), now));
        assert!(!must_wait(now, now) && !must_wait(at("2026-03-10T02:22:37Z"), now));
        assert!(!must_wait(at("2026-03-10T02:00:00Z"), at("2026-03-10T02:00:00Z")));
    }

    #[test]
    fn a_sum_does_not_know_the_order_and_carries() {
        let (mut one, mut other) = (vec![0; 4], vec![0; 4]);
        for hash in [[255, 255, 0, 1], [1, 0, 0, 7], [9, 9, 9, 250]] {
            add(&mut one, &hash);
        }
        for hash in [[9, 9, 9, 250], [255, 255, 0, 1], [1, 0, 0, 7]] {
            add(&mut other, &hash);
        }
        assert_eq!(one, other);
        assert_eq!(one, [9, 9, 10, 2]);
    }
}
