//! One case, for somebody who may see it. Whoever else asks gets `None`, as for a case that does not exist.

use sqlx::AssertSqlSafe;

use crate::{
    cases::{model::Case, visibility::Scope},
    db::{Conn, dialect},
    db_optional,
    kernel::ids::CaseId,
};

/// The case of a number.
pub async fn by_number(c: &mut Conn, scope: &Scope, number: &str) -> sqlx::Result<Option<Case>> {
    let sql = format!("SELECT c.* FROM cases c WHERE {} AND c.number = $4", scope.condition());
    db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, number)
}

/// The case of a number, locked for the rest of the transaction.
pub async fn by_number_locked(c: &mut Conn, scope: &Scope, number: &str) -> sqlx::Result<Option<Case>> {
    let (visible, lock) = (scope.condition(), dialect::for_update(c));
    let sql = format!("SELECT c.* FROM cases c WHERE {visible} AND c.number = $4{lock}");
    db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, number)
}

/// The case of an id.
pub async fn by_id(c: &mut Conn, scope: &Scope, id: CaseId) -> sqlx::Result<Option<Case>> {
    let sql = format!("SELECT c.* FROM cases c WHERE {} AND c.id = $4", scope.condition());
    db_optional!(c, Case, AssertSqlSafe(sql.as_str()), scope.organization, scope.staff, scope.department, id)
}
