//! School terms 学期: their days are the organisation's own. Where it keeps none, September to January and February to August.

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    http::{App, Cx, Form},
    kernel::{
        ids::TermId,
        text::{char_count, normalize_line},
    },
    reports::{
        period::{Period, term_start},
        store::{self, TermRow},
    },
    ui::{FormState, time},
};

/// Most characters of a name.
pub const MAX_NAME: usize = 30;
/// Terms that are shown where none are kept.
const USUAL: usize = 4;

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The id; `None` for one that is only usual.
    pub id: Option<TermId>,
    /// Its name.
    pub name: String,
    /// Its days.
    pub period: Period,
}

/// The terms of the person's organisation, the newest first.
///
/// # Errors
/// The database's.
pub async fn kept(c: &mut Conn, cx: &Cx, actor: &Actor) -> Result<Vec<Term>> {
    let kept: Vec<Term> = store::terms(c, actor.organization_id).await?.into_iter().filter_map(read).collect();
    Ok(if kept.is_empty() { usual(cx, time::date(cx.now)) } else { kept })
}

fn read(row: TermRow) -> Option<Term> {
    let period = Period { first: row.first_day.parse().ok()?, last: row.last_day.parse().ok()? };
    Some(Term { id: Some(row.id), name: row.name, period })
}

/// The last terms as they usually are.
fn usual(cx: &Cx, today: NaiveDate) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut first = term_start(today);
    let mut next = term_start(first.checked_add_days(Days::new(250)).unwrap_or(first));
    while terms.len() < USUAL {
        let last = next.pred_opt().unwrap_or(next);
        let key = if first.month() == 9 { "reports.term.autumn" } else { "reports.term.spring" };
        let name = cx.tf(key, &[("year", &first.year().to_string())]);
        terms.push(Term { id: None, name, period: Period { first, last } });
        next = first;
        first = term_start(first.pred_opt().unwrap_or(first));
    }
    terms
}

/// The posted term: `name`, `first_day`, `last_day`; it may not overlap with another one.
pub fn form(posted: &Form, others: &[Term]) -> std::result::Result<Term, FormState> {
    let mut state = FormState::of(posted.clone());
    let name = normalize_line(posted.text("name"));
    if name.is_empty() || char_count(&name) > MAX_NAME {
        state.error_with("name", "reports.error.term_name", &[("max", MAX_NAME.to_string())]);
    }
    if others.iter().any(|t| t.id.is_some() && t.name == name) {
        state.error("name", "reports.error.term_twice");
    }
    let day = |field: &str| posted.text(field).trim().parse::<NaiveDate>().ok();
    let (first, last) = (day("first_day"), day("last_day"));
    if first.is_none() {
        state.error("first_day", "reports.error.day");
    }
    match (first, last) {
        (_, None) => state.error("last_day", "reports.error.day"),
        (Some(first), Some(last)) if last <= first || (last - first).num_days() > 366 => {
            state.error("last_day", "reports.error.term_days");
        }
        (Some(first), Some(last)) => {
            let overlaps = |t: &&Term| t.id.is_some() && t.period.first <= last && first <= t.period.last;
            if let Some(other) = others.iter().find(overlaps) {
                state.error_with("first_day", "reports.error.term_overlaps", &[("name", other.name.clone())]);
            }
        }
        _ => {}
    }
    match (first, last) {
        (Some(first), Some(last)) if state.is_ok() => Ok(Term { id: None, name, period: Period { first, last } }),
        _ => Err(state),
    }
}

/// Adds a term.
///
/// # Errors
/// The database's.
pub async fn add(app: &App, actor: &Actor, term: &Term) -> Result<()> {
    let mut tx = app.db.write().await?;
    let id = TermId::new(app.now(), &*app.random);
    let row = TermRow {
        id,
        name: term.name.clone(),
        first_day: term.period.first.to_string(),
        last_day: term.period.last.to_string(),
    };
    store::insert_term(&mut tx, actor.organization_id, &row).await?;
    let entry = Entry::new("term.added", "term").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

/// Takes a term away.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn remove(app: &App, actor: &Actor, id: TermId) -> Result<()> {
    let mut tx = app.db.write().await?;
    if store::remove_term(&mut tx, actor.organization_id, id).await? == 0 {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("term.removed", "term").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(first: &str, last: &str) -> Term {
        Term {
            id: Some(TermId(uuid::Uuid::from_u128(1))),
            name: "秋季".into(),
            period: Period { first: first.parse().unwrap(), last: last.parse().unwrap() },
        }
    }

    fn fields(name: &str, first: &str, last: &str, others: &[Term]) -> Vec<String> {
        let posted = Form::from_pairs([("name", name), ("first_day", first), ("last_day", last)]);
        form(&posted, others).map_or_else(|s| s.errors.into_iter().map(|e| e.field).collect(), |_| Vec::new())
    }

    #[test]
    fn terms_have_a_name_and_days_of_their_own() {
        let others = [term("2026-09-01", "2027-01-20")];
        assert_eq!(fields("春季", "2027-02-20", "2027-07-10", &others), Vec::<String>::new());
        assert_eq!(fields("秋季", "2027-02-20", "2027-07-10", &others), ["name"]);
        assert_eq!(fields("春季", "2027-01-20", "2027-07-10", &others), ["first_day"]);
        assert_eq!(fields("", "", "昨天", &others), ["name", "first_day", "last_day"]);
        assert_eq!(fields("春季", "2027-07-10", "2027-02-20", &others), ["last_day"]);
    }
}
