//! Transfer to another body 转办: what is another school's, an authority's or a public hotline's to deal with goes there,
//! within 15 days of its coming (信访工作条例 §22). The submitter is told to whom and why. It ends here without an answer of
//! ours, so nothing counts it as answered; the office can take it up again.
//!
//! The letter 函 that goes along says what the office writes of the matter, and nothing of who sent it: no name, no number
//! to call, no place, no hour.

use chrono::{DateTime, Datelike, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        clocks::model::{FIRST_DAYS, Stage},
        model::{Case, EventKind, State, Verb},
        store, visibility,
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{calendar::WorkCalendar, ids::TransferId},
    ui::time,
};

pub use store::transfers::Transfer;

/// To whom a case is given, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The other body's name.
    pub body: String,
    /// How its submitter reaches it; may be empty.
    pub contact: String,
    /// What the submitter reads.
    pub reason: String,
    /// What the letter says of the matter.
    pub summary: String,
}

impl Handed {
    /// What the submitter reads: to whom, why, and how to reach them.
    fn notice(&self) -> String {
        match self.contact.is_empty() {
            true => format!("{}：{}", self.body, self.reason),
            false => format!("{}（{}）：{}", self.body, self.contact, self.reason),
        }
    }
}

/// Digits in a row that look like a number to call.
const CALLABLE: usize = 7;

/// Whether a text has what looks like a telephone number: a letter must not tell how a submitter is reached.
fn has_number_to_call(text: &str) -> bool {
    let dense: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{3000}')).collect();
    dense.split(|c: char| !c.is_numeric()).any(|run| run.chars().count() >= CALLABLE)
}

/// Until when a case should be passed on: 15 days from its coming, or from its return to the office (§22).
pub(super) async fn limit(c: &mut Conn, case: &Case, calendar: &WorkCalendar) -> Result<DateTime<Utc>> {
    let running = store::clocks::running(c, case.id).await?;
    let since = running.iter().find(|clock| clock.stage == Stage::Answer).map_or(case.received_at, |c| c.started_at);
    Ok(calendar.add_calendar_days(since, u16::try_from(FIRST_DAYS).unwrap_or(u16::MAX)))
}

/// Gives a case to another body.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when the letter would tell how somebody is reached.
pub async fn transfer(app: &App, actor: &Actor, seen: Seen<'_>, to: &Handed) -> Result<()> {
    let mut work = Work::begin(app, actor, seen, Verb::Transfer).await?;
    if has_number_to_call(&to.summary) {
        return Err(Error::Bad("transfers.error.contact"));
    }
    let late_at = limit(&mut work.tx, &work.case, &work.organization.calendar).await?;
    work.tell_department(EventKind::Transferred).await?;
    work.tell_assisting(EventKind::Transferred).await?;
    work.case.state = work.case.state.transfer().map_err(|_| Error::Conflict)?;
    work.case.closed_at = Some(work.at);
    work.case.department_id = None;
    work.case.handler_id = None;
    work.save().await?;
    store::replies::drop_unsent(&mut work.tx, work.case.id, work.at).await?;
    work.end_assignment(EventKind::Transferred).await?;
    // The audit log's head is locked by this: numbers are drawn one after the other.
    let notice = to.notice();
    work.record(work.happening(EventKind::Transferred).reason(&notice)).await?;
    let year = i64::from(time::date(work.at).year());
    let new = Transfer {
        year,
        number: store::transfers::next_number(&mut work.tx, work.case.organization_id, year).await?,
        body: to.body.clone(),
        contact: to.contact.clone(),
        reason: to.reason.clone(),
        summary: to.summary.clone(),
        late_at,
        transferred_at: work.at,
    };
    let id = TransferId::new(work.at, &*app.random);
    let org = work.case.organization_id;
    store::transfers::insert(&mut work.tx, id, org, work.case.id, &new, actor.staff_id).await?;
    work.done().await
}

/// Where a case went, while another body deals with it.
pub(super) async fn of_case(c: &mut Conn, case: &Case) -> Result<Option<Transfer>> {
    match case.state {
        State::Transferred => Ok(store::transfers::last(c, case.id).await?),
        _ => Ok(None),
    }
}

/// The letter of a case; that somebody read it is written down.
///
/// # Errors
/// `NotFound` when this person may not see the case, or it went nowhere.
pub(super) async fn letter(app: &App, actor: &Actor, number: &str) -> Result<(Case, Transfer)> {
    let mut tx = app.db.write().await?;
    let case = visibility::case_for(&mut tx, actor, number).await?;
    let transfer = of_case(&mut tx, &case).await?.ok_or(Error::NotFound)?;
    let entry = Entry::new("case.letter_read", "case").actor(actor).entity(case.id.0);
    audit::record(app, &mut tx, case.organization_id, entry).await?;
    tx.commit().await?;
    Ok((case, transfer))
}

#[cfg(test)]
mod tests {
    use super::has_number_to_call;

    #[test]
    fn what_looks_like_a_telephone_number_is_found_also_with_blanks() {
        for text in ["请回电 13912345678", "139 1234 5678", "0991-1234567 找王女士", "号码１３９１２３４５６７８"]
        {
            assert!(has_number_to_call(text), "{text}");
        }
        for text in ["2026 年 3 月 10 日，三楼 302 室", "共 128 人，3500 元", "没有数字"] {
            assert!(!has_number_to_call(text), "{text}");
        }
    }
}
