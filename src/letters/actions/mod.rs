//! Writing and publishing letters, taking replies, sorting comments, deciding, publishing the table; and reading all of it.

pub mod codes;
pub mod head;
pub mod replies;
pub mod sort;
pub mod table;
pub mod write;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    access_points::{self, model::AccessPoint},
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{LetterId, OrganizationId},
        roles::Channel,
    },
    letters::{
        model::{Content, Decision, Letter, Stage, Table, Version},
        store::{self, letters::Change},
    },
};

/// Letters that the desk lists.
const LISTED: i64 = 200;
/// Letters that the start page lists.
const SHOWN: usize = 6;

fn change(app: &App, actor: &Actor) -> Change {
    Change { organization_id: actor.organization_id, by: actor.staff_id, at: app.now() }
}

async fn record(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    action: &'static str,
    id: LetterId,
    detail: impl std::fmt::Display,
) -> Result<()> {
    let entry = Entry::new(action, "letter").actor(actor).entity(id.0).detail(detail);
    audit::record(app, c, actor.organization_id, entry).await
}

/// One letter.
///
/// # Errors
/// `NotFound` when the organisation has no such letter.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: LetterId) -> Result<Letter> {
    store::letters::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// The newest letters, drafts too.
///
/// # Errors
/// The database's.
pub async fn newest(c: &mut Conn, org: OrganizationId) -> Result<Vec<Letter>> {
    Ok(store::letters::newest(c, org, LISTED).await?)
}

/// The letter behind an access point, when it is one's.
///
/// # Errors
/// The database's.
pub async fn behind(c: &mut Conn, point: &AccessPoint) -> Result<Option<Letter>> {
    if point.channel != Channel::Letter || point.revoked_at.is_some() {
        return Ok(None);
    }
    Ok(store::letters::by_form(c, point.organization_id, point.form_id).await?)
}

/// The published versions of a letter, oldest first.
///
/// # Errors
/// The database's.
pub async fn versions(c: &mut Conn, id: LetterId) -> Result<Vec<Version>> {
    Ok(store::letters::versions(c, id).await?)
}

/// What a published version said.
///
/// # Errors
/// `NotFound` when there is none of this number.
pub async fn version(c: &mut Conn, id: LetterId, number: i64) -> Result<Content> {
    store::letters::version(c, id, number).await?.ok_or(Error::NotFound)
}

/// The newest published adoption table of a letter.
///
/// # Errors
/// The database's.
pub async fn table_of(c: &mut Conn, id: LetterId) -> Result<Option<Table>> {
    Ok(store::tables::newest(c, id).await?)
}

/// What was decided in the newest adoption tables that were published from `from` until `to`: adopted, partly, not.
///
/// # Errors
/// The database's.
pub async fn decisions_between(
    c: &mut Conn,
    org: OrganizationId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<(u64, u64, u64)> {
    let mut sum = (0, 0, 0);
    for letter in newest(c, org).await? {
        let Some(table) = table_of(c, letter.id).await?.filter(|t| t.published_at >= from && t.published_at < to)
        else {
            continue;
        };
        for row in table.rows {
            match row.decision {
                Decision::Adopted => sum.0 += 1,
                Decision::Partly => sum.1 += 1,
                Decision::Declined => sum.2 += 1,
            }
        }
    }
    Ok(sum)
}

/// A letter as the start page lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The code of its access point.
    pub code: String,
    /// What it says.
    pub content: Content,
    /// When replies end, while they come in.
    pub until: Option<DateTime<Utc>>,
    /// The day of its newest adoption table.
    pub table_at: Option<DateTime<Utc>>,
}

/// What the start page says of letters, and which access points it lists with them rather than with the channels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The newest published letters.
    pub letters: Vec<Listed>,
    /// The codes of access points of all letters.
    pub codes: Vec<String>,
}

/// The published letters of an organisation whose access points were not revoked, newest first.
///
/// # Errors
/// The database's.
pub async fn shown(app: &App, c: &mut Conn, org: OrganizationId) -> Result<Shown> {
    let points = access_points::actions::all_of(c, org).await?;
    let mut shown = Shown::default();
    for letter in newest(c, org).await? {
        let mut of_it = points.iter().filter(|p| Some(p.form_id) == letter.form_id && p.revoked_at.is_none());
        shown.codes.extend(of_it.clone().map(|p| p.code.clone()));
        let Some(point) = of_it.next_back() else { continue };
        if shown.letters.len() < SHOWN {
            let until = match letter.stage(app.now()) {
                Stage::Open(until) => Some(until),
                Stage::Draft | Stage::Closed(_) => None,
            };
            let table_at = table_of(c, letter.id).await?.map(|t| t.published_at);
            shown.letters.push(Listed { code: point.code.clone(), content: letter.content, until, table_at });
        }
    }
    Ok(shown)
}

/// What the next letter begins with: the classes and the signature of the newest one, and today's day.
///
/// # Errors
/// The database's.
pub async fn beginning(c: &mut Conn, org: OrganizationId, today: NaiveDate, name: &str) -> Result<Content> {
    let last = store::letters::newest(c, org, 1).await?.into_iter().next();
    let text = crate::forms::model::Text::default;
    let (classes, greeting, signature) = match last {
        Some(letter) => (letter.content.classes, letter.content.greeting, letter.content.signature),
        None => (Vec::new(), text(), crate::forms::model::Text::new(name, "")),
    };
    Ok(Content { title: text(), greeting, body: text(), signature, day: today, classes, statements: Vec::new() })
}
