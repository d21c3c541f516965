//! One case, for somebody who may see it. Whoever else asks gets `None`, as for a case that does not exist.

use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::Case, store::assignments, visibility::Scope},
    db::{Conn, dialect},
    db_optional,
    kernel::ids::CaseId,
};

/// The case of a number.
pub async fn by_number(c: &mut Conn, scope: &Scope, number: &str) -> sqlx::Result<Option<Case>> {
    let sql = format!("SELECT c.* FROM cases c WHERE {} AND c.number = $4", scope.condition());
    let case =
        db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, number)?;
    with_side(c, scope, case).await
}

/// The case of a number, locked for the rest of the transaction.
pub async fn by_number_locked(c: &mut Conn, scope: &Scope, number: &str) -> sqlx::Result<Option<Case>> {
    let (visible, lock) = (scope.condition(), dialect::for_update(c));
    let sql = format!("SELECT c.* FROM cases c WHERE {visible} AND c.number = $4{lock}");
    let case =
        db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, number)?;
    with_side(c, scope, case).await
}

/// The case of an id.
pub async fn by_id(c: &mut Conn, scope: &Scope, id: CaseId) -> sqlx::Result<Option<Case>> {
    let sql = format!("SELECT c.* FROM cases c WHERE {} AND c.id = $4", scope.condition());
    let case =
        db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, id)?;
    with_side(c, scope, case).await
}

/// Notes whether the person stands in for the office in this case, or their department assists in it.
async fn with_side(c: &mut Conn, scope: &Scope, case: Option<Case>) -> sqlx::Result<Option<Case>> {
    let Some(mut case) = case else { return Ok(None) };
    if let (true, Some(department)) = (scope.role.has_department(), scope.department) {
        case.assisted = assignments::assisting(c, case.id, department).await?.is_some();
    }
    let Some(condition) = scope.stand_in() else { return Ok(Some(case)) };
    let sql = format!("SELECT 1 FROM cases c WHERE c.id = $1 AND {condition}");
    case.stood_in_for = db_optional!(c, (i32,), AssertSqlSafe(sql.as_str()), case.id)?.is_some();
    Ok(Some(case))
}
