//! A submitter may leave an e-mail address to hear that there is something new. Nobody of the staff sees it; it is sealed
//! like other contacts, confirmed by a link before anything is sent, taken away at any time with the code or by the link,
//! and forgotten [`KEEP`] after the case ended, long before its retention ends; one that was not confirmed after two days.
//! A message has no word of the case and no code.
//!
//! Who wrote anonymously becomes reachable by it, which the page says plainly. Students who wrote anonymously are not asked
//! at all: most are under 14, and the anonymous path collects no personal field of theirs (PIPL §31).

use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    cases::model::{Identity, Person},
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    kernel::{
        clock::hour_of,
        crockford,
        ids::{CaseId, DeliveryId, OrganizationId, SubmissionId, SubmitterMailId},
    },
    notify::{
        model::DeliveryKind,
        send::mail::{Mail, is_address},
        store::{
            self,
            deliveries::Delivery,
            submitters::{Row, Wish},
        },
        words,
    },
};

/// An address is kept so long after the case ended: in this time a submitter may ask for a review (信访工作条例 §35).
pub const KEEP: TimeDelta = TimeDelta::days(30);
/// An address that was not confirmed is kept so long.
const UNCONFIRMED: TimeDelta = TimeDelta::days(2);
/// A submission may ask for so many confirmations.
const MOST_ASKED: i64 = 3;
/// An address may be named so often a day, by whomever.
const MOST_NAMED: i64 = 5;

/// Whether somebody is asked for an address, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Not at all.
    No,
    /// Plainly.
    Plain,
    /// With the warning that they become reachable.
    Warned,
    /// When they are 14, or a guardian agrees.
    Guardian,
}

/// Whether somebody is asked for an address.
pub fn offer(app: &App, person: Person, identity: Identity) -> Offer {
    match (person, identity) {
        _ if !app.config.mail.is_set() => Offer::No,
        (Person::Student, Identity::Anonymous) => Offer::No,
        (Person::Student, _) => Offer::Guardian,
        (_, Identity::Anonymous) => Offer::Warned,
        _ => Offer::Plain,
    }
}

/// Where a wish stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    None,
    /// The link was not opened yet.
    Asked,
    /// They hear.
    Confirmed,
}

/// Where the wish of a submission stands.
///
/// # Errors
/// The database's.
pub async fn standing(c: &mut Conn, submission: SubmissionId) -> Result<Standing> {
    Ok(match store::submitters::of_submission(c, submission).await? {
        None => Standing::None,
        Some(wish) if wish.confirmed_at.is_none() => Standing::Asked,
        Some(_) => Standing::Confirmed,
    })
}

/// The address of a submission's wish, for the copy that its submitter asks for.
///
/// # Errors
/// The database's.
pub async fn address(app: &App, c: &mut Conn, submission: SubmissionId) -> Result<Option<String>> {
    let Some(wish) = store::submitters::of_submission(c, submission).await? else { return Ok(None) };
    let bytes = app.keys.open(&wish.address_sealed, wish.id.0.as_bytes()).map_err(Error::internal)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// A submitter names an address: it is asked whether it is theirs. Another one takes the place of an earlier one.
///
/// # Errors
/// `Bad` when it is no address; `TooMany` when they asked too often.
pub async fn ask(app: &App, submission: SubmissionId, org: OrganizationId, address: &str, lang: Lang) -> Result<()> {
    let address = address.trim();
    if !is_address(address) {
        return Err(Error::Bad("notify.error.email"));
    }
    let hour = hour_of(app.now());
    let mut tx = app.db.write().await?;
    let earlier = store::submitters::of_submission(&mut tx, submission).await?;
    let asked = earlier.as_ref().map_or(0, |wish| wish.asked);
    let hash = app.keys.address_hash(address);
    let named = store::submitters::count_of_address(&mut tx, &hash, hour - TimeDelta::days(1)).await?;
    if asked >= MOST_ASKED || named >= MOST_NAMED {
        return Err(Error::TooMany(3600));
    }
    if let Some(earlier) = earlier {
        store::submitters::delete(&mut tx, earlier.id).await?;
    }
    let id = SubmitterMailId::new(hour, &*app.random);
    let sealed = app.keys.seal(address.as_bytes(), id.0.as_bytes(), &*app.random).map_err(Error::internal)?;
    let row = Row { id, submission, sealed: &sealed, hash: &hash, lang, asked: asked + 1, hour };
    store::submitters::save(&mut tx, &row).await?;
    deliver(app, &mut tx, org, id, DeliveryKind::Confirm).await?;
    Ok(tx.commit().await?)
}

async fn deliver(app: &App, c: &mut Conn, org: OrganizationId, id: SubmitterMailId, kind: DeliveryKind) -> Result<()> {
    let hour = hour_of(app.now());
    let new = Delivery {
        id: DeliveryId::new(hour, &*app.random),
        organization_id: org,
        kind,
        staff_id: None,
        channel_id: None,
        submitter_mail_id: Some(id),
        facts: "{}".to_string(),
        attempts: 0,
    };
    store::deliveries::insert(c, &new, hour).await?;
    Ok(())
}

/// A submitter wants to hear no more.
///
/// # Errors
/// The database's.
pub async fn stop(app: &App, submission: SubmissionId) -> Result<()> {
    let mut tx = app.db.write().await?;
    if let Some(wish) = store::submitters::of_submission(&mut tx, submission).await? {
        store::submitters::delete(&mut tx, wish.id).await?;
    }
    Ok(tx.commit().await?)
}

/// The secret of a wish's link: its id and what only we can compute from it.
fn token(app: &App, id: SubmitterMailId) -> String {
    crockford::encode(&[id.0.as_bytes().as_slice(), &app.keys.mail_link(id.0)].concat())
}

/// The wish of a link.
///
/// # Errors
/// `NotFound` when the link is none of ours, or the address was forgotten.
pub async fn by_token(app: &App, c: &mut Conn, typed: &str) -> Result<Wish> {
    let bytes = decode(typed).ok_or(Error::NotFound)?;
    let id = SubmitterMailId(Uuid::from_slice(&bytes[..16]).map_err(|_| Error::NotFound)?);
    let right = subtle::ConstantTimeEq::ct_eq(app.keys.mail_link(id.0).as_slice(), &bytes[16..]);
    if !bool::from(right) {
        return Err(Error::NotFound);
    }
    store::submitters::by_id(c, id).await?.ok_or(Error::NotFound)
}

/// 52 symbols are 32 bytes and four bits of nothing.
fn decode(typed: &str) -> Option<[u8; 32]> {
    if typed.len() != 52 {
        return None;
    }
    let (mut out, mut at, mut buffer, mut bits) = ([0u8; 32], 0, 0u32, 0u32);
    for symbol in typed.chars() {
        buffer = (buffer << 5) | crockford::value(symbol)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            *out.get_mut(at)? = u8::try_from((buffer >> bits) & 0xFF).ok()?;
            at += 1;
        }
        buffer &= (1 << bits) - 1;
    }
    (at == 32 && buffer == 0).then_some(out)
}

/// The link was opened and the button pressed.
///
/// # Errors
/// `NotFound` as for [`by_token`].
pub async fn confirm(app: &App, typed: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let wish = by_token(app, &mut tx, typed).await?;
    store::submitters::confirm(&mut tx, wish.id, hour_of(app.now())).await?;
    Ok(tx.commit().await?)
}

/// The link was opened, and they want to hear no more.
///
/// # Errors
/// `NotFound` as for [`by_token`].
pub async fn stop_by_link(app: &App, typed: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let wish = by_token(app, &mut tx, typed).await?;
    store::submitters::delete(&mut tx, wish.id).await?;
    Ok(tx.commit().await?)
}

/// There is something new for everybody who spoke of a case, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn tell(app: &App, c: &mut Conn, org: OrganizationId, case: CaseId) -> Result<()> {
    for (id,) in store::submitters::confirmed_of_case(c, case).await? {
        if !store::submitters::has_waiting_answer(c, id).await? {
            deliver(app, c, org, id, DeliveryKind::Answer).await?;
        }
    }
    Ok(())
}

/// The e-mail of a message to a submitter; `None` when they want to hear no more.
///
/// # Errors
/// The database's.
pub(super) async fn mail_of(app: &App, c: &mut Conn, id: SubmitterMailId, kind: DeliveryKind) -> Result<Option<Mail>> {
    let Some(wish) = store::submitters::by_id(c, id).await? else { return Ok(None) };
    let to = app.keys.open(&wish.address_sealed, id.0.as_bytes()).map_err(Error::internal)?;
    let to = String::from_utf8(to).map_err(Error::internal)?;
    let base_url = app.config.base_url();
    let link = format!("{base_url}/mail/{}", token(app, id));
    let (worded, headers) = match kind {
        DeliveryKind::Confirm if wish.confirmed_at.is_some() => return Ok(None),
        DeliveryKind::Confirm => (words::confirm(wish.lang, &link), Vec::new()),
        _ => {
            // RFC 8058: mail programs offer a button.
            let headers = vec![
                ("List-Unsubscribe", format!("<{link}>")),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_string()),
            ];
            (words::answer(wish.lang, &base_url, &link), headers)
        }
    };
    Ok(Some(Mail { to, subject: worded.subject, text: worded.text, headers }))
}

/// Forgets addresses that were not confirmed, and those of cases that ended long ago.
///
/// # Errors
/// The database's.
pub async fn forget_old(app: &App) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    store::submitters::forget(&mut tx, now - UNCONFIRMED, now - KEEP).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_back_and_nothing_else_is_one() {
        let bytes: Vec<u8> = (0..32).map(|n| n * 7 + 3).collect();
        let text = crockford::encode(&bytes);
        assert_eq!(decode(&text).unwrap().as_slice(), bytes);
        for wrong in [text[..51].to_string(), format!("{text}0"), "U".repeat(52), format!("{}1", &text[..51])] {
            assert_eq!(decode(&wrong), None, "{wrong}");
        }
        assert_eq!(decode(&"0".repeat(52)), Some([0; 32]));
    }
}
