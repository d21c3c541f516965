//! Making, changing, publishing, opening and closing questionnaires.

pub mod answer;
pub mod codes;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        model::{Definition, FormVersion},
        problems::{DefinitionProblem, problems},
    },
    http::App,
    kernel::{
        ids::{FormId, OrganizationId, QuestionnaireId},
        text,
    },
    questionnaires::{
        model::{Leavings, Listed, MOST_TITLE, OneAnswer, Questionnaire, Settings, State},
        store,
    },
};

/// One questionnaire.
///
/// # Errors
/// `NotFound` when the organisation has no such questionnaire.
pub async fn by_id(c: &mut Conn, org: OrganizationId, id: QuestionnaireId) -> Result<Questionnaire> {
    store::by_id(c, org, id).await?.ok_or(Error::NotFound)
}

/// The questionnaire of a form.
///
/// # Errors
/// The database's.
pub async fn by_form(c: &mut Conn, form: FormId) -> Result<Option<Questionnaire>> {
    Ok(store::by_form(c, form).await?)
}

/// The questionnaires of an organisation, newest first.
///
/// # Errors
/// The database's.
pub async fn list(c: &mut Conn, org: OrganizationId) -> Result<Vec<Listed>> {
    Ok(store::list(c, org).await?)
}

/// Where people left, over all versions.
///
/// # Errors
/// The database's.
pub async fn leavings(c: &mut Conn, org: OrganizationId, form: FormId) -> Result<Vec<Leavings>> {
    Ok(store::leavings(c, org, form).await?)
}

/// The title for lists: one line, not too long.
fn list_title(draft: &Definition) -> String {
    let title = if draft.title.zh.is_empty() { &draft.title.en } else { &draft.title.zh };
    text::normalize_line(title).chars().take(MOST_TITLE).collect()
}

fn written(draft: &Definition) -> Result<String> {
    serde_json::to_string(draft).map_err(Error::internal)
}

/// A member of staff begins a questionnaire: empty, from a template, as a copy, from a file.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, draft: Definition) -> Result<Questionnaire> {
    let mut tx = app.db.write().await?;
    let now = app.now();
    let title = list_title(&draft);
    let form_id = forms::actions::create_unpublished(app, &mut tx, actor.organization_id, &title).await?;
    let questionnaire = Questionnaire {
        id: QuestionnaireId::new(now, &*app.random),
        organization_id: actor.organization_id,
        form_id,
        title,
        draft,
        can_undo: false,
        draft_version: 1,
        published_draft: 0,
        state: State::Draft,
        settings: Settings { opens_at: None, closes_at: None, one_answer: OneAnswer::Free, kiosk: false },
        created_at: now,
    };
    let draft = written(&questionnaire.draft)?;
    store::insert(&mut tx, &questionnaire, &draft, actor.staff_id).await?;
    record(app, &mut tx, actor, questionnaire.id, "questionnaire.created", "").await?;
    tx.commit().await?;
    Ok(questionnaire)
}

/// A member of staff changes the draft that had this version.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody else changed it meanwhile.
pub async fn save_draft(app: &App, actor: &Actor, id: QuestionnaireId, version: i64, draft: &Definition) -> Result<()> {
    let mut tx = app.db.write().await?;
    let before = by_id(&mut tx, actor.organization_id, id).await?;
    let title = list_title(draft);
    let text = written(draft)?;
    if store::save_draft(&mut tx, actor.organization_id, id, version, &title, &text).await? == 0 {
        return Err(Error::Conflict);
    }
    if title != before.title {
        forms::actions::rename(&mut tx, actor.organization_id, before.form_id, &title).await?;
    }
    record(app, &mut tx, actor, id, "questionnaire.changed", version + 1).await?;
    tx.commit().await?;
    Ok(())
}

/// A member of staff takes back the last change of the draft; doing it again brings the change back.
///
/// # Errors
/// `NotFound`; `Conflict` when there is nothing to take back, or somebody else changed it meanwhile.
pub async fn undo(app: &App, actor: &Actor, id: QuestionnaireId, version: i64) -> Result<()> {
    let before = {
        let mut c = app.db.read().await?;
        by_id(&mut c, actor.organization_id, id).await?;
        store::draft_before(&mut c, actor.organization_id, id).await?.ok_or(Error::Conflict)?
    };
    let draft: Definition = serde_json::from_str(&before).map_err(Error::internal)?;
    save_draft(app, actor, id, version, &draft).await
}

/// What came of publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// A new version.
    Version(Box<FormVersion>),
    /// What is to be mended first.
    Problems(Vec<DefinitionProblem>),
}

/// A member of staff publishes the draft that has this version: it is frozen as the next version of the form.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody else changed it meanwhile.
pub async fn publish(app: &App, actor: &Actor, id: QuestionnaireId, version: i64) -> Result<Published> {
    let mut tx = app.db.write().await?;
    let org = actor.organization_id;
    let questionnaire = by_id(&mut tx, org, id).await?;
    if questionnaire.draft_version != version || !questionnaire.has_changes() {
        return Err(Error::Conflict);
    }
    let found = problems(&questionnaire.draft);
    if !found.is_empty() {
        return Ok(Published::Problems(found));
    }
    // Holds the row until the end, so that two presses make one version.
    if store::published(&mut tx, org, id, version, questionnaire.state.publish()).await? == 0 {
        return Err(Error::Conflict);
    }
    let new = forms::actions::publish_version(app, &mut tx, questionnaire.form_id, questionnaire.draft).await?;
    record(app, &mut tx, actor, id, "questionnaire.published", new.number).await?;
    tx.commit().await?;
    Ok(Published::Version(Box::new(new)))
}

/// A member of staff closes an open questionnaire.
///
/// # Errors
/// `NotFound`; `Conflict` when it is not open.
pub async fn close(app: &App, actor: &Actor, id: QuestionnaireId) -> Result<()> {
    turn(app, actor, id, "questionnaire.closed", |state| state.close().ok()).await
}

/// A member of staff opens a closed questionnaire again.
///
/// # Errors
/// `NotFound`; `Conflict` when it is not closed.
pub async fn open(app: &App, actor: &Actor, id: QuestionnaireId) -> Result<()> {
    turn(app, actor, id, "questionnaire.opened", |state| state.reopen().ok()).await
}

async fn turn(
    app: &App,
    actor: &Actor,
    id: QuestionnaireId,
    action: &'static str,
    to: impl Fn(State) -> Option<State>,
) -> Result<()> {
    let mut tx = app.db.write().await?;
    let from = by_id(&mut tx, actor.organization_id, id).await?.state;
    let to = to(from).ok_or(Error::Conflict)?;
    if store::set_state(&mut tx, actor.organization_id, id, from, to).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, id, action, "").await?;
    tx.commit().await?;
    Ok(())
}

/// A member of staff decides when it is open, and how often and by what device it is answered.
///
/// # Errors
/// `NotFound` when the organisation has no such questionnaire.
pub async fn set_settings(app: &App, actor: &Actor, id: QuestionnaireId, settings: &Settings) -> Result<()> {
    let mut tx = app.db.write().await?;
    if store::set_settings(&mut tx, actor.organization_id, id, settings).await? == 0 {
        return Err(Error::NotFound);
    }
    record(app, &mut tx, actor, id, "questionnaire.settings", settings.one_answer).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    app: &App,
    c: &mut Conn,
    actor: &Actor,
    id: QuestionnaireId,
    action: &'static str,
    detail: impl std::fmt::Display,
) -> Result<()> {
    let entry = Entry::new(action, "questionnaire").actor(actor).entity(id.0).detail(detail);
    audit::record(app, c, actor.organization_id, entry).await
}
