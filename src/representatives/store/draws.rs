//! SQL of draws and second looks. Draws are only added, never changed.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::State,
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{AppointmentId, CaseId, DepartmentId, DrawId, OrganizationId, RecheckId, RectificationId, StaffId},
    rectifications::model::State as RectificationState,
    representatives::model::{Draw, Finding, Recheck, Subject},
};

/// A draw to be added.
pub struct NewDraw<'a> {
    pub id: DrawId,
    pub organization_id: OrganizationId,
    pub appointment_id: AppointmentId,
    pub seed: &'a [u8],
    pub population_hash: &'a [u8],
    pub wanted: i64,
    pub drawn_by: Option<StaffId>,
    pub drawn_at: DateTime<Utc>,
    pub month: Option<&'a str>,
}

/// Adds a draw; 0 when the program has drawn for this appointment in this month.
pub async fn insert(c: &mut Conn, new: &NewDraw<'_>) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO draws (id, organization_id, appointment_id, seed_hash, population_hash, wanted, drawn_by, drawn_at, month)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (appointment_id, month) DO NOTHING",
        new.id,
        new.organization_id,
        new.appointment_id,
        new.seed,
        new.population_hash,
        new.wanted,
        new.drawn_by,
        new.drawn_at,
        new.month
    )
}

/// The two columns of a subject, of which one is empty.
const fn columns(of: Subject) -> (Option<CaseId>, Option<RectificationId>) {
    match of {
        Subject::Case(id) => (Some(id), None),
        Subject::Rectification(id) => (None, Some(id)),
    }
}

/// Adds something to what a draw was made from.
pub async fn insert_population(c: &mut Conn, draw: DrawId, of: Subject) -> sqlx::Result<u64> {
    let (case, rectification) = columns(of);
    db_execute!(
        c,
        "INSERT INTO draw_population (draw_id, case_id, rectification_id) VALUES ($1, $2, $3)",
        draw,
        case,
        rectification
    )
}

/// Adds something that was drawn.
pub async fn insert_recheck(
    c: &mut Conn,
    id: RecheckId,
    draw: DrawId,
    position: i64,
    of: Subject,
) -> sqlx::Result<u64> {
    let (case, rectification) = columns(of);
    db_execute!(
        c,
        "INSERT INTO rechecks (id, draw_id, position, case_id, rectification_id, comment) VALUES ($1, $2, $3, $4, $5, '')",
        id,
        draw,
        position,
        case,
        rectification
    )
}

/// The draws of an organisation, newest first, but for those with a case that this reader may not know of (promise 12):
/// a number or a hash would tell that there is one.
pub async fn draws(
    c: &mut Conn,
    org: OrganizationId,
    staff: StaffId,
    department: Option<DepartmentId>,
    most: i64,
) -> sqlx::Result<Vec<Draw>> {
    db_all!(
        c,
        Draw,
        "SELECT d.id, d.appointment_id, s.display_name AS name, d.seed_hash AS seed, d.population_hash,
                (SELECT COUNT(*) FROM draw_population p WHERE p.draw_id = d.id) AS population,
                d.wanted, b.display_name AS drawn_by, d.drawn_at
         FROM draws d JOIN appointments a ON a.id = d.appointment_id JOIN staff s ON s.id = a.staff_id
              LEFT JOIN staff b ON b.id = d.drawn_by
         WHERE d.organization_id = $1
               AND NOT EXISTS (SELECT 1 FROM draw_population p LEFT JOIN rectifications x ON x.id = p.rectification_id
                               JOIN recusals r ON r.case_id = COALESCE(p.case_id, x.case_id)
                               WHERE p.draw_id = d.id AND r.state <> 'lifted' AND (r.staff_id = $2 OR r.department_id = $3))
               AND NOT EXISTS (SELECT 1 FROM draw_population p LEFT JOIN rectifications x ON x.id = p.rectification_id
                               JOIN cases c ON c.id = COALESCE(p.case_id, x.case_id)
                               WHERE p.draw_id = d.id AND c.lane <> 'ordinary')
         ORDER BY d.drawn_at DESC, d.id DESC LIMIT $4",
        org,
        staff,
        department,
        most
    )
}

/// What a draw was made from, in the order of ids.
pub async fn population(c: &mut Conn, draw: DrawId) -> sqlx::Result<Vec<Subject>> {
    let rows = db_all!(
        c,
        (Option<CaseId>, Option<RectificationId>),
        "SELECT case_id, rectification_id FROM draw_population WHERE draw_id = $1
         ORDER BY COALESCE(case_id, rectification_id)",
        draw
    )?;
    Ok(rows.into_iter().filter_map(|(case, rectification)| Subject::of(case, rectification)).collect())
}

/// A second look with what a list says of its case or rectification.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// The draw.
    pub draw_id: DrawId,
    /// Its place in the draw.
    pub position: i64,
    /// The case, when it is one.
    pub case_id: Option<CaseId>,
    /// The rectification, when it is one.
    pub rectification_id: Option<RectificationId>,
    /// The number of the case.
    pub number: Option<String>,
    /// Where the case stands.
    pub state: Option<State>,
    /// What was to be put in order.
    pub measure: Option<String>,
    /// Where the rectification stands.
    pub rectification_state: Option<RectificationState>,
    /// Where.
    pub place: String,
    /// About what.
    pub topic: String,
    /// About what, in English; may be empty.
    pub topic_en: String,
    /// What was found.
    pub result: Option<Finding>,
    /// What the representative wrote.
    pub comment: String,
    /// When.
    pub checked_at: Option<DateTime<Utc>>,
}

impl Listed {
    /// What is looked at.
    pub fn subject(&self) -> Option<Subject> {
        Subject::of(self.case_id, self.rectification_id)
    }

    /// Whether nobody has to look any more: it was withdrawn before somebody did.
    pub fn is_over(&self) -> bool {
        self.result.is_none() && self.rectification_state == Some(RectificationState::Withdrawn)
    }

    /// The address of its page at the desk, and what it is called there.
    pub fn link(&self) -> (String, String) {
        match (&self.number, self.rectification_id) {
            (Some(number), _) => (format!("/desk/cases/{number}"), number.clone()),
            (None, Some(id)) => (format!("/desk/rectifications/{id}"), self.measure.clone().unwrap_or_default()),
            (None, None) => (String::new(), String::new()),
        }
    }
}

/// The second looks of an organisation, by draw and place.
pub async fn listed(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Listed>> {
    db_all!(
        c,
        Listed,
        "SELECT k.draw_id, k.position, k.case_id, k.rectification_id, c.number, c.state, x.measure,
                x.state AS rectification_state, COALESCE(c.place, x.place) AS place, t.name AS topic, t.name_en AS topic_en,
                k.result, k.comment, k.checked_at
         FROM rechecks k JOIN draws d ON d.id = k.draw_id LEFT JOIN cases c ON c.id = k.case_id
              LEFT JOIN rectifications x ON x.id = k.rectification_id
              JOIN topics t ON t.id = COALESCE(c.topic_id, x.topic_id)
         WHERE d.organization_id = $1 ORDER BY k.draw_id, k.position",
        org
    )
}

/// The second looks of an appointment, newest draw first.
pub async fn of_appointment(c: &mut Conn, id: AppointmentId) -> sqlx::Result<Vec<Recheck>> {
    db_all!(
        c,
        Recheck,
        "SELECT k.id, k.draw_id, k.position, k.case_id, k.rectification_id, k.result, k.comment, k.checked_at
         FROM rechecks k JOIN draws d ON d.id = k.draw_id
         WHERE d.appointment_id = $1 ORDER BY d.drawn_at DESC, d.id, k.position",
        id
    )
}

/// One second look of an appointment.
pub async fn recheck(c: &mut Conn, appointment: AppointmentId, id: RecheckId) -> sqlx::Result<Option<Recheck>> {
    db_optional!(
        c,
        Recheck,
        "SELECT k.id, k.draw_id, k.position, k.case_id, k.rectification_id, k.result, k.comment, k.checked_at
         FROM rechecks k JOIN draws d ON d.id = k.draw_id WHERE d.appointment_id = $1 AND k.id = $2",
        appointment,
        id
    )
}

/// Writes down what was found; 0 when somebody did before.
pub async fn finish(
    c: &mut Conn,
    id: RecheckId,
    result: Finding,
    comment: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE rechecks SET result = $2, comment = $3, checked_at = $4 WHERE id = $1 AND result IS NULL",
        id,
        result,
        comment,
        at
    )
}

/// When each case and rectification was last drawn for an appointment: an answer or a report is looked at once by each
/// representative.
pub async fn last_drawn(c: &mut Conn, of: AppointmentId) -> sqlx::Result<Vec<(Subject, DateTime<Utc>)>> {
    let rows = db_all!(
        c,
        (Option<CaseId>, Option<RectificationId>, DateTime<Utc>),
        "SELECT k.case_id, k.rectification_id, MAX(d.drawn_at) FROM rechecks k JOIN draws d ON d.id = k.draw_id
         WHERE d.appointment_id = $1 GROUP BY k.case_id, k.rectification_id",
        of
    )?;
    let subject = |(case, rectification, at)| Some((Subject::of(case, rectification)?, at));
    Ok(rows.into_iter().filter_map(subject).collect())
}
