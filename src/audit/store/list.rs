//! SQL of reading the log.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    audit::list::{By, Filter},
    db::Conn,
    db_all,
    kernel::ids::{OrganizationId, StaffId},
};

/// An entry with the names of who did it and of what it was done to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// The number.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor_name: Option<String>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub entity: String,
    /// To which one.
    pub entity_id: Option<uuid::Uuid>,
    /// The name of the thing, or the number of the case.
    pub label: Option<String>,
    /// Code words that say more.
    pub detail: String,
}

/// What things are called. Cases of the safeguarding lead have no number here.
const LABEL: &str =
    "COALESCE(CASE WHEN k.lane = 'safeguarding' THEN NULL ELSE k.number END, t.display_name, p.place, d.name,
    o.name, q.title)";

/// The tables of things that have a name.
const THINGS: &str = "LEFT JOIN cases k ON k.id = a.entity_id LEFT JOIN staff t ON t.id = a.entity_id
    LEFT JOIN access_points p ON p.id = a.entity_id LEFT JOIN departments d ON d.id = a.entity_id
    LEFT JOIN topics o ON o.id = a.entity_id LEFT JOIN questionnaires q ON q.id = a.entity_id";

/// Entries of a chain before a number, newest first, as `viewer` may read them: nothing of cases from which they are
/// recused (promise 12), no numbers of danger cases.
pub async fn page_before(
    c: &mut Conn,
    org: OrganizationId,
    viewer: StaffId,
    filter: &Filter,
    before: i64,
    limit: i64,
) -> sqlx::Result<Vec<Listed>> {
    let patterns = filter.kind.map_or(&[][..], |k| k.patterns());
    let pattern = |n: usize| patterns.get(n).copied();
    let words = filter.words();
    let person = if let By::Person(id) = filter.by { Some(id) } else { None };
    let sql = format!(
        "SELECT a.seq, a.at, s.display_name AS actor_name, a.action, a.entity, a.entity_id, {LABEL} AS label, a.detail
         FROM audit_log a LEFT JOIN staff s ON s.id = a.actor_id {THINGS}
         WHERE a.organization_id = $1 AND a.seq < $2
           AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = a.entity_id AND r.staff_id = $3 AND r.state <> 'lifted')
           {}
         ORDER BY a.seq DESC LIMIT $4",
        conditions(filter)
    );
    db_all!(
        c,
        Listed,
        AssertSqlSafe(sql.as_str()),
        org,
        before,
        viewer,
        limit,
        person,
        filter.from_time(),
        filter.to_time(),
        filter.thing,
        words.as_deref(),
        pattern(0),
        pattern(1),
        pattern(2),
        pattern(3),
        pattern(4)
    )
}

/// The conditions of the filter. `$5` the person, `$6` and `$7` the period, `$8` the thing, `$9` the words, `$10` to `$14`
/// the actions of the kind.
fn conditions(filter: &Filter) -> String {
    let by = match filter.by {
        By::Anybody => None,
        By::Nobody => Some("a.actor_id IS NULL".to_string()),
        By::Person(_) => Some("a.actor_id = $5".to_string()),
    };
    let kind = filter.kind.map(|k| {
        let any: Vec<String> =
            (10..).zip(k.patterns()).map(|(n, _)| format!("a.action LIKE ${n} ESCAPE '\\'")).collect();
        format!("({})", any.join(" OR "))
    });
    let words = (!filter.q.is_empty()).then(|| {
        let columns = ["s.display_name", LABEL, "a.detail", "a.action"];
        let any = columns.map(|column| format!("LOWER({column}) LIKE $9 ESCAPE '\\'"));
        format!("({})", any.join(" OR "))
    });
    let parts = [
        by,
        filter.from.map(|_| "a.at >= $6".to_string()),
        filter.to.map(|_| "a.at < $7".to_string()),
        filter.thing.map(|_| "a.entity_id = $8".to_string()),
        words,
        kind,
    ];
    parts.into_iter().flatten().map(|part| format!(" AND {part}")).collect()
}

/// Entries about one thing, newest first: who saw it, who did what.
pub async fn of_entity(c: &mut Conn, org: OrganizationId, entity: uuid::Uuid, limit: i64) -> sqlx::Result<Vec<Listed>> {
    db_all!(
        c,
        Listed,
        "SELECT a.seq, a.at, s.display_name AS actor_name, a.action, a.entity, a.entity_id, CAST(NULL AS TEXT) AS label, a.detail
         FROM audit_log a LEFT JOIN staff s ON s.id = a.actor_id
         WHERE a.organization_id = $1 AND a.entity_id = $2 ORDER BY a.seq DESC LIMIT $3",
        org,
        entity,
        limit
    )
}

/// What a person did with their own account, newest first.
pub async fn account_of(c: &mut Conn, org: OrganizationId, staff: StaffId, limit: i64) -> sqlx::Result<Vec<Listed>> {
    db_all!(
        c,
        Listed,
        "SELECT a.seq, a.at, CAST(NULL AS TEXT) AS actor_name, a.action, a.entity, a.entity_id, CAST(NULL AS TEXT) AS label,
                a.detail
         FROM audit_log a
         WHERE a.organization_id = $1 AND a.actor_id = $2 AND a.action LIKE 'account.%' ORDER BY a.seq DESC LIMIT $3",
        org,
        staff,
        limit
    )
}
