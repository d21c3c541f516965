//! SQL of the list of cases: one page, and how many each view has. Everything here has [`Scope::condition`].

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    cases::{
        list::{Cursor, Filters, GOING_ON, Place, View, due_on, overdue, soon_until},
        model::{Identity, Lane, Person, State},
        store::tags,
        visibility::Scope,
    },
    db::{
        Conn,
        dialect::{self, Search},
    },
    db_all, db_one,
    kernel::{
        ids::{CaseId, DepartmentId, TagId},
        roles::{Channel, Role},
        text::query_tokens,
    },
    ui::time::start_of,
};

/// A case in the list: what the list shows and no more.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Item {
    /// The id.
    pub id: CaseId,
    /// The number.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Its queue.
    pub lane: Lane,
    /// How it came.
    pub channel: Channel,
    /// How the submitter wants to appear.
    pub identity: Identity,
    /// Who the submitter says to be.
    pub person: Person,
    /// The place of the access point.
    pub place: String,
    /// The beginning of the text.
    pub excerpt: String,
    /// The topic in Chinese.
    pub topic: String,
    /// The topic in English; may be empty.
    pub topic_en: String,
    /// The department that has it.
    pub department: Option<String>,
    /// When the next step is due.
    pub due_at: DateTime<Utc>,
    /// When the contribution of the reader's department is due, which assists in it.
    pub assist_due_at: Option<DateTime<Utc>>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When the answer went out.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it was reopened.
    pub reopened: i64,
    /// How many photos and documents came with it.
    pub files: i64,
    /// The words on it 标签.
    #[sqlx(skip)]
    pub tags: Vec<String>,
}

impl Item {
    /// Its place in the lists of a view.
    pub fn cursor(&self, view: View) -> Cursor {
        Cursor { at: if view.newest_first() { self.received_at } else { self.due_at }, id: self.id.0 }
    }
}

/// A stretch of a list.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The cases.
    pub items: Vec<Item>,
    /// Where the next stretch begins; `None` at the end.
    pub next: Option<Cursor>,
}

/// The conditions of the filters. `$6` state, `$7` topic, `$8` channel, `$9` and `$10` department, `$11` words, `$16` and `$17` the days of arrival, `$18` and `$19`
/// those of the limit, `$20` and `$21` the tag.
fn conditions(filters: &Filters, role: Role, search: Option<&Search>) -> String {
    let search = match search {
        Some(search) => Some(search.condition.clone()),
        None if filters.q.is_empty() => None,
        None => Some("1 = 0".to_string()),
    };
    let parts = [
        // Every view but "all" is a part of what is going on, and its index has what decides.
        (filters.view != View::All).then(|| GOING_ON.to_string()),
        filters.view.condition(role).map(str::to_string),
        filters.overdue.then(|| overdue(role).to_string()),
        filters.state.as_ref().map(|_| "c.state = $6".to_string()),
        filters
            .topic
            .as_ref()
            .map(|_| "c.topic_id = (SELECT id FROM topics WHERE organization_id = $1 AND code = $7)".to_string()),
        filters.channel.as_ref().map(|_| "c.channel = $8".to_string()),
        filters.department.as_ref().map(|_| {
            "c.department_id IN (SELECT id FROM departments WHERE organization_id = $1 AND (id = $9 OR name = $10))"
                .to_string()
        }),
        filters.tag.as_ref().map(|_| {
            "c.id IN (SELECT ct.case_id FROM case_tags ct JOIN tags tg ON tg.id = ct.tag_id
             WHERE tg.organization_id = $1 AND (tg.id = $20 OR tg.name = $21))"
                .to_string()
        }),
        filters.counted.map(|c| c.condition().to_string()),
        filters.from.map(|_| "c.received_at >= $16".to_string()),
        filters.to.map(|_| "c.received_at < $17".to_string()),
        filters.due.map(|_| due_on(role).to_string()),
        search,
    ];
    parts.into_iter().flatten().map(|part| format!(" AND {part}")).collect()
}

/// The limit of the department `$3`, when it assists in the case `c` and has still to contribute.
const ASSIST_DUE: &str = "(SELECT MIN(a.due_at) FROM assignments a WHERE a.case_id = c.id AND a.department_id = $3 \
     AND a.kind = 'assist' AND a.ended_at IS NULL AND a.done_at IS NULL)";

/// Which way from a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// What stands after it.
    Onward,
    /// What stands before it, the nearest first.
    Back,
}

/// The statement of a page: `$12` and `$13` or `$15` the cursor, `$14` how many. Which cases, is decided first, by an index
/// as far as one goes; what they show is then read of these alone.
fn page_sql(conditions: &str, scope: &Scope, view: View, search: Option<&Search>, from: bool, way: Way) -> String {
    let (visible, role) = (scope.condition(), scope.role);
    let (tables, arrival) = search.map_or(("cases c", "c.arrival"), |s| (s.from, s.arrival));
    let (cursor, order) = match (view.newest_first(), way) {
        (true, Way::Onward) => (format!(" AND {arrival} < $15"), format!("{arrival} DESC")),
        (true, Way::Back) => (format!(" AND {arrival} > $15"), arrival.to_string()),
        (false, Way::Onward) => (" AND (c.due_at, c.id) > ($12, $13)".to_string(), "c.due_at, c.id".to_string()),
        (false, Way::Back) => {
            (" AND (c.due_at, c.id) < ($12, $13)".to_string(), "c.due_at DESC, c.id DESC".to_string())
        }
    };
    let cursor = if from { cursor } else { String::new() };
    let shown_order = order.replace(arrival, "c.arrival");
    // Others than departments assist in nothing: they need not be asked.
    let assist = if role.has_department() { ASSIST_DUE } else { "NULL" };
    format!(
        "SELECT c.id, c.number, c.state, c.lane, c.channel, c.identity, c.person, c.place, c.excerpt,
                (SELECT t.name FROM topics t WHERE t.id = c.topic_id) AS topic,
                (SELECT t.name_en FROM topics t WHERE t.id = c.topic_id) AS topic_en,
                (SELECT d.name FROM departments d WHERE d.id = c.department_id) AS department,
                c.due_at, {assist} AS assist_due_at, c.received_at, c.answered_at, c.closed_at, c.reopened,
                (SELECT COUNT(*) FROM attachments f WHERE f.case_id = c.id) AS files
         FROM (SELECT c.id AS chosen FROM {tables} WHERE {visible}{conditions}{cursor} ORDER BY {order} LIMIT $14) p
         JOIN cases c ON c.id = p.chosen
         ORDER BY {shown_order}"
    )
}

/// A page of the list, from `cursor` on.
pub async fn page(
    c: &mut Conn,
    scope: &Scope,
    filters: &Filters,
    cursor: Option<Cursor>,
    now: DateTime<Utc>,
    size: usize,
) -> sqlx::Result<Slice> {
    stretch(c, scope, filters, cursor, now, size, Way::Onward).await
}

/// The cases before and after a place in a list. The one that stood there may have moved: it is never its own neighbour.
pub async fn neighbours(
    c: &mut Conn,
    scope: &Scope,
    place: &Place,
    now: DateTime<Utc>,
) -> sqlx::Result<[Option<Item>; 2]> {
    let at = Some(place.at);
    let before = stretch(c, scope, &place.filters, at, now, 2, Way::Back).await?;
    let after = stretch(c, scope, &place.filters, at, now, 2, Way::Onward).await?;
    Ok([before, after].map(|slice| slice.items.into_iter().find(|item| item.id.0 != place.at.id)))
}

/// How many cases a list has; counting ends at `most`.
pub async fn count_up_to(
    c: &mut Conn,
    scope: &Scope,
    filters: &Filters,
    now: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<i64> {
    let words = dialect::search_text(c, &query_tokens(&filters.q));
    let search = words.is_some().then(|| dialect::search(c, 11, filters.reach()));
    let conditions = conditions(filters, scope.role, search.as_ref());
    let tables = search.as_ref().map_or("cases c", |s| s.from);
    let visible = scope.condition();
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 AS one FROM {tables} WHERE {visible}{conditions} LIMIT $14) x");
    let none = None::<DateTime<Utc>>;
    let row = db_one!(
        c,
        (i64,),
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        now,
        soon_until(now),
        filters.state.as_deref(),
        filters.topic.as_deref(),
        filters.channel.as_deref(),
        filters.department.as_deref().and_then(DepartmentId::parse),
        filters.department.as_deref(),
        words.as_deref(),
        none,
        None::<uuid::Uuid>,
        most,
        None::<i64>,
        filters.from.map(start_of),
        filters.to.and_then(|day| day.succ_opt()).map(start_of),
        filters.due.map(|(from, _)| start_of(from)),
        filters.due.and_then(|(_, to)| to.succ_opt()).map(start_of),
        filters.tag.as_deref().and_then(TagId::parse),
        filters.tag.as_deref()
    )?;
    Ok(row.0)
}

async fn stretch(
    c: &mut Conn,
    scope: &Scope,
    filters: &Filters,
    cursor: Option<Cursor>,
    now: DateTime<Utc>,
    size: usize,
    way: Way,
) -> sqlx::Result<Slice> {
    let words = dialect::search_text(c, &query_tokens(&filters.q));
    let search = words.is_some().then(|| dialect::search(c, 11, filters.reach()));
    let conditions = conditions(filters, scope.role, search.as_ref());
    let sql = page_sql(&conditions, scope, filters.view, search.as_ref(), cursor.is_some(), way);
    let mut items = db_all!(
        c,
        Item,
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        now,
        soon_until(now),
        filters.state.as_deref(),
        filters.topic.as_deref(),
        filters.channel.as_deref(),
        filters.department.as_deref().and_then(DepartmentId::parse),
        filters.department.as_deref(),
        words.as_deref(),
        cursor.map(|at| at.at),
        cursor.map(|at| at.id),
        // One more than is shown tells whether there is more.
        i64::try_from(size + 1).unwrap_or(i64::MAX),
        cursor.map(|at| CaseId(at.id).arrival()),
        filters.from.map(start_of),
        filters.to.and_then(|day| day.succ_opt()).map(start_of),
        filters.due.map(|(from, _)| start_of(from)),
        filters.due.and_then(|(_, to)| to.succ_opt()).map(start_of),
        filters.tag.as_deref().and_then(TagId::parse),
        filters.tag.as_deref()
    )?;
    let more = items.len() > size;
    items.truncate(size);
    let ids: Vec<CaseId> = items.iter().map(|item| item.id).collect();
    for (case, name) in tags::of_cases(c, &ids).await? {
        if let Some(item) = items.iter_mut().find(|item| item.id == case) {
            item.tags.push(name);
        }
    }
    let next = items.last().filter(|_| more).map(|last| last.cursor(filters.view));
    Ok(Slice { items, next })
}

/// How many cases each view has; `All` isn't counted: nobody needs the number, and it would read everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    open: i64,
    mine: i64,
    fresh: i64,
    due_soon: i64,
    overdue: i64,
    review: i64,
    answered: i64,
}

impl Counts {
    /// How many a view has.
    pub const fn of(&self, view: View) -> Option<i64> {
        match view {
            View::Open => Some(self.open),
            View::Mine => Some(self.mine),
            View::New => Some(self.fresh),
            View::DueSoon => Some(self.due_soon),
            View::Overdue => Some(self.overdue),
            View::Review => Some(self.review),
            View::Answered => Some(self.answered),
            View::All => None,
        }
    }
}

/// The counts of the views, whatever else is filtered.
pub async fn counts(c: &mut Conn, scope: &Scope, now: DateTime<Utc>) -> sqlx::Result<Counts> {
    let count = |view: View| format!("COUNT(CASE WHEN {} THEN 1 END)", view.condition(scope.role).unwrap_or("1 = 1"));
    let sql = format!(
        "SELECT {} AS open, {} AS mine, {} AS fresh, {} AS due_soon, {} AS overdue, {} AS review, {} AS answered
         FROM cases c
         WHERE {} AND {GOING_ON}",
        count(View::Open),
        count(View::Mine),
        count(View::New),
        count(View::DueSoon),
        count(View::Overdue),
        count(View::Review),
        count(View::Answered),
        scope.condition()
    );
    db_one!(
        c,
        Counts,
        AssertSqlSafe(sql.as_str()),
        scope.organization,
        scope.staff,
        scope.department,
        now,
        soon_until(now)
    )
}
