//! SQL of tags 标签: the words of an organisation, and which of them stand on which case.

use chrono::{DateTime, Utc};
use sqlx::AssertSqlSafe;

use crate::{
    db::Conn,
    db_all, db_execute, db_query,
    kernel::ids::{CaseId, OrganizationId, StaffId, TagId},
};

/// A word.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tag {
    /// The id.
    pub id: TagId,
    /// The word.
    pub name: String,
    /// Set when it is put on nothing any more.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// The words of an organisation by name, those out of use too.
pub async fn of_organization(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Tag>> {
    db_all!(c, Tag, "SELECT id, name, disabled_at FROM tags WHERE organization_id = $1 ORDER BY name", org)
}

/// Adds a word; 0 when the organisation has it already.
pub async fn insert(c: &mut Conn, id: TagId, org: OrganizationId, name: &str, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO tags (id, organization_id, name, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, name) DO NOTHING",
        id,
        org,
        name,
        at
    )
}

/// Changes a word, or takes it out of use; 0 when there is none of this id, or another one is called so.
pub async fn update(c: &mut Conn, org: OrganizationId, tag: &Tag) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE tags SET name = $3, disabled_at = $4 WHERE organization_id = $1 AND id = $2
           AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.organization_id = $1 AND t.name = $3 AND t.id <> $2)",
        org,
        tag.id,
        &tag.name,
        tag.disabled_at
    )
}

/// The words on a case by name.
pub async fn of_case(c: &mut Conn, case: CaseId) -> sqlx::Result<Vec<Tag>> {
    db_all!(
        c,
        Tag,
        "SELECT t.id, t.name, t.disabled_at FROM case_tags ct JOIN tags t ON t.id = ct.tag_id
         WHERE ct.case_id = $1 ORDER BY t.name",
        case
    )
}

/// The words on several cases by name.
pub async fn of_cases(c: &mut Conn, cases: &[CaseId]) -> sqlx::Result<Vec<(CaseId, String)>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=cases.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT ct.case_id, t.name FROM case_tags ct JOIN tags t ON t.id = ct.tag_id
         WHERE ct.case_id IN ({}) ORDER BY t.name",
        places.join(", ")
    );
    db_query!(c, |c| {
        let mut query = sqlx::query_as::<_, (CaseId, String)>(AssertSqlSafe(sql.as_str()));
        for case in cases {
            query = query.bind(*case);
        }
        query.fetch_all(c).await
    })
}

/// Puts a word on a case; 0 when it is there already.
pub async fn add(c: &mut Conn, case: CaseId, tag: TagId, by: StaffId, at: DateTime<Utc>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO case_tags (case_id, tag_id, added_by, added_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (case_id, tag_id) DO NOTHING",
        case,
        tag,
        by,
        at
    )
}

/// Takes a word off a case; 0 when it is not there.
pub async fn remove(c: &mut Conn, case: CaseId, tag: TagId) -> sqlx::Result<u64> {
    db_execute!(c, "DELETE FROM case_tags WHERE case_id = $1 AND tag_id = $2", case, tag)
}
