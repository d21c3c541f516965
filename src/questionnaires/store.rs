//! SQL of questionnaires.

mod leavings;

pub use leavings::{add_leaving, leavings};

use chrono::{DateTime, Utc};

use crate::{
    db::Conn,
    db_all, db_execute, db_optional,
    kernel::ids::{FormId, OrganizationId, QuestionnaireId, StaffId},
    questionnaires::model::{Listed, OneAnswer, Questionnaire, Settings, State},
};

#[derive(sqlx::FromRow)]
struct Row {
    id: QuestionnaireId,
    organization_id: OrganizationId,
    form_id: FormId,
    title: String,
    draft: String,
    draft_before: String,
    draft_version: i64,
    published_draft: i64,
    state: State,
    opens_at: Option<DateTime<Utc>>,
    closes_at: Option<DateTime<Utc>>,
    one_answer: OneAnswer,
    kiosk: bool,
    created_at: DateTime<Utc>,
}

impl Row {
    fn into_model(self) -> sqlx::Result<Questionnaire> {
        let draft = serde_json::from_str(&self.draft).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        let Self { opens_at, closes_at, one_answer, kiosk, .. } = self;
        Ok(Questionnaire {
            id: self.id,
            organization_id: self.organization_id,
            form_id: self.form_id,
            title: self.title,
            draft,
            can_undo: !self.draft_before.is_empty(),
            draft_version: self.draft_version,
            published_draft: self.published_draft,
            state: self.state,
            settings: Settings { opens_at, closes_at, one_answer, kiosk },
            created_at: self.created_at,
        })
    }
}

/// Adds a questionnaire.
pub async fn insert(c: &mut Conn, q: &Questionnaire, draft: &str, created_by: StaffId) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "INSERT INTO questionnaires (id, organization_id, form_id, title, draft, draft_before, draft_version, published_draft,
                state, opens_at, closes_at, one_answer, kiosk, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        q.id,
        q.organization_id,
        q.form_id,
        &q.title,
        draft,
        q.draft_version,
        q.published_draft,
        q.state,
        q.settings.opens_at,
        q.settings.closes_at,
        q.settings.one_answer,
        q.settings.kiosk,
        created_by,
        q.created_at
    )
}

/// One questionnaire.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: QuestionnaireId) -> sqlx::Result<Option<Questionnaire>> {
    db_optional!(
        c,
        Row,
        "SELECT id, organization_id, form_id, title, draft, draft_before, draft_version, published_draft, state, opens_at,
                closes_at, one_answer, kiosk, created_at
         FROM questionnaires WHERE organization_id = $1 AND id = $2",
        org,
        id
    )?
    .map(Row::into_model)
    .transpose()
}

/// The questionnaire of a form, in any organisation.
pub async fn by_form(c: &mut Conn, form: FormId) -> sqlx::Result<Option<Questionnaire>> {
    db_optional!(
        c,
        Row,
        "SELECT id, organization_id, form_id, title, draft, draft_before, draft_version, published_draft, state, opens_at,
                closes_at, one_answer, kiosk, created_at
         FROM questionnaires WHERE form_id = $1",
        form
    )?
    .map(Row::into_model)
    .transpose()
}

/// The questionnaires of an organisation, newest first.
pub async fn list(c: &mut Conn, org: OrganizationId) -> sqlx::Result<Vec<Listed>> {
    db_all!(
        c,
        Listed,
        "SELECT q.id, q.title, q.state, q.opens_at, q.closes_at,
                (SELECT COUNT(*) FROM responses r WHERE r.form_id = q.form_id) AS responses, q.created_at
         FROM questionnaires q WHERE q.organization_id = $1 ORDER BY q.created_at DESC, q.id DESC",
        org
    )
}

/// Replaces the draft that has this version; 0 when somebody was faster.
pub async fn save_draft(
    c: &mut Conn,
    org: OrganizationId,
    id: QuestionnaireId,
    version: i64,
    title: &str,
    draft: &str,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE questionnaires SET title = $4, draft_before = draft, draft = $5, draft_version = draft_version + 1
         WHERE organization_id = $1 AND id = $2 AND draft_version = $3",
        org,
        id,
        version,
        title,
        draft
    )
}

/// The draft before the last change; `None` when there is none.
pub async fn draft_before(c: &mut Conn, org: OrganizationId, id: QuestionnaireId) -> sqlx::Result<Option<String>> {
    let row: Option<(String,)> = db_optional!(
        c,
        (String,),
        "SELECT draft_before FROM questionnaires WHERE organization_id = $1 AND id = $2 AND draft_before <> ''",
        org,
        id
    )?;
    Ok(row.map(|(draft,)| draft))
}

/// The draft of this version was published; 0 when somebody changed or published it meanwhile.
pub async fn published(
    c: &mut Conn,
    org: OrganizationId,
    id: QuestionnaireId,
    version: i64,
    state: State,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE questionnaires SET published_draft = draft_version, state = $4
         WHERE organization_id = $1 AND id = $2 AND draft_version = $3 AND published_draft <> $3",
        org,
        id,
        version,
        state
    )
}

/// Moves it from one state to another; 0 when somebody was faster.
pub async fn set_state(
    c: &mut Conn,
    org: OrganizationId,
    id: QuestionnaireId,
    from: State,
    to: State,
) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE questionnaires SET state = $4 WHERE organization_id = $1 AND id = $2 AND state = $3",
        org,
        id,
        from,
        to
    )
}

/// Changes what is decided besides its questions.
pub async fn set_settings(c: &mut Conn, org: OrganizationId, id: QuestionnaireId, s: &Settings) -> sqlx::Result<u64> {
    db_execute!(
        c,
        "UPDATE questionnaires SET opens_at = $3, closes_at = $4, one_answer = $5, kiosk = $6
         WHERE organization_id = $1 AND id = $2",
        org,
        id,
        s.opens_at,
        s.closes_at,
        s.one_answer,
        s.kiosk
    )
}
