//! Counting stages, reading results, choosing the breakdown, making a case of an answer.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    access_points,
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        self,
        model::{Identity, Lane, Person},
    },
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        model::{Answers, FormVersion},
        responses,
    },
    http::App,
    intake::{
        model::NewSubmission,
        submit::{self, Submitted, TakenDown},
    },
    kernel::{
        ids::{CaseId, FormId, OrganizationId, QuestionnaireId, ResponseId},
        keys::hex,
    },
    organizations,
    questionnaires::{
        self,
        model::Questionnaire,
        results::{
            fields::{By, Outline},
            publish::{Stage, publish},
            stages, store,
            tally::{Counter, Token},
        },
    },
};

/// Responses read at once.
const STRETCH: i64 = 1_000;

/// A stage, as it is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StageRow {
    /// 1, 2, 3, …
    pub number: i64,
    /// The newest version of the form when it was counted: later ones change nothing of it.
    pub version_number: i64,
    /// How many answers.
    pub answers: i64,
    /// When it was counted.
    pub counted_at: DateTime<Utc>,
}

/// Everything that results are shown from.
#[derive(Clone, Debug)]
pub struct Results {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Everything that is counted, over all versions.
    pub outline: Outline,
    /// The versions, oldest first.
    pub versions: Vec<FormVersion>,
    /// The stages.
    pub stages: Vec<StageRow>,
    /// Their tables.
    pub tables: Vec<Arc<Stage>>,
    /// By what they are broken down.
    pub by: By,
    /// How many answers came.
    pub received: u64,
}

impl Results {
    /// How many answers were counted.
    pub fn counted(&self) -> u64 {
        self.tables.iter().map(|t| t.answers).sum()
    }

    /// How many wait for the next stage.
    pub fn waiting(&self) -> u64 {
        self.received.saturating_sub(self.counted())
    }
}

/// The results of a questionnaire.
///
/// # Errors
/// `NotFound` when the organisation has no such questionnaire, or nothing of it was published.
pub async fn read(app: &App, c: &mut Conn, org: OrganizationId, id: QuestionnaireId) -> Result<Results> {
    let questionnaire = questionnaires::actions::by_id(c, org, id).await?;
    let form = questionnaire.form_id;
    let versions = forms::actions::versions(c, form).await?;
    if versions.is_empty() {
        return Err(Error::NotFound);
    }
    let outline = Outline::of(&versions);
    let by = By::parse(&store::breakdown(c, form).await?.unwrap_or_default());
    let stages = store::stages(c, form).await?;
    let mut tables = Vec::new();
    for stage in &stages {
        tables.push(tables_of(app, c, &questionnaire, &versions, stage, &by).await?);
    }
    let received = u64::try_from(responses::count(c, org, form).await?).unwrap_or(0);
    Ok(Results { questionnaire, outline, versions, stages, tables, by, received })
}

/// The tables of a stage: those that are kept, or its answers counted in one pass.
async fn tables_of(
    app: &App,
    c: &mut Conn,
    of: &Questionnaire,
    versions: &[FormVersion],
    stage: &StageRow,
    by: &By,
) -> Result<Arc<Stage>> {
    let key = (of.form_id, stage.number, by.code());
    if let Some(kept) = app.results.get(&key) {
        return Ok(kept);
    }
    let known: Vec<FormVersion> = versions.iter().filter(|v| v.number <= stage.version_number).cloned().collect();
    let outline = Outline::of(&known);
    let mut counter = Counter::new(&outline, by);
    let mut after = None;
    loop {
        let page = responses::page_of_stage(c, of.organization_id, of.form_id, stage.number, after, STRETCH).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for response in &page {
            counter.add(response.id, &response.cohort, &response.given()?, |name| token(app, response.id, name));
        }
    }
    let stage = Arc::new(publish(&outline, by, &counter.finish()));
    app.results.put(key, stage.clone());
    Ok(stage)
}

/// What stands for a text outside. Without the key nobody can tell whose it is.
fn token(app: &App, response: ResponseId, name: &str) -> Token {
    let hash = app.keys.content_hash(&[b"answer-text", response.0.as_bytes(), name.as_bytes()]);
    let mut token = Token::default();
    token.iter_mut().zip(hash).for_each(|(t, b)| *t = b);
    token
}

/// Counts the waiting answers when there are enough of them, in the transaction that stores one more.
///
/// # Errors
/// The database's.
pub async fn count_when_due(app: &App, c: &mut Conn, of: &Questionnaire) -> Result<()> {
    let counted: i64 = store::stages(c, of.form_id).await?.iter().map(|s| s.answers).sum();
    let waiting = responses::waiting(c, of.organization_id, of.form_id).await?;
    if stages::is_due(u64::try_from(counted).unwrap_or(0), u64::try_from(waiting).unwrap_or(0)) {
        next_stage(app, c, of).await?;
    }
    Ok(())
}

/// A member of staff has the waiting answers counted now.
///
/// # Errors
/// `NotFound`; `Bad` when fewer than [`stages::SMALLEST`] wait.
pub async fn count_now(app: &App, actor: &Actor, id: QuestionnaireId) -> Result<()> {
    let mut tx = app.db.write().await?;
    let questionnaire = questionnaires::actions::by_id(&mut tx, actor.organization_id, id).await?;
    let waiting = responses::waiting(&mut tx, actor.organization_id, questionnaire.form_id).await?;
    if !stages::may_count(u64::try_from(waiting).unwrap_or(0)) {
        return Err(Error::Bad("results.error.too_few"));
    }
    let number = next_stage(app, &mut tx, &questionnaire).await?;
    let entry = Entry::new("questionnaire.counted", "questionnaire").actor(actor).entity(id.0).detail(number);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn next_stage(app: &App, c: &mut Conn, of: &Questionnaire) -> Result<i64> {
    let number = store::stages(c, of.form_id).await?.last().map_or(0, |s| s.number) + 1;
    let version_number = forms::actions::live_version(c, of.form_id).await?.number;
    let stage = StageRow { number, version_number, answers: 0, counted_at: crate::kernel::clock::hour_of(app.now()) };
    // Two presses at once: the first begins the stage, and the other waits here until it has ended.
    if store::begin_stage(c, of.form_id, &stage).await? == 0 {
        return Ok(number);
    }
    let answers = responses::into_stage(c, of.organization_id, of.form_id, number).await?;
    store::set_answers(c, of.form_id, number, i64::try_from(answers).unwrap_or(0)).await?;
    Ok(number)
}

/// A member of staff chooses by what the results are broken down, once.
///
/// # Errors
/// `NotFound` when there is no such field; `Conflict` when it was chosen before.
pub async fn choose(app: &App, actor: &Actor, id: QuestionnaireId, by: &By) -> Result<()> {
    let mut tx = app.db.write().await?;
    let questionnaire = questionnaires::actions::by_id(&mut tx, actor.organization_id, id).await?;
    let outline = Outline::of(&forms::actions::versions(&mut tx, questionnaire.form_id).await?);
    match by {
        By::Nothing => return Err(Error::NotFound),
        By::Answer(name) if outline.breaks_down(name).is_none() => return Err(Error::NotFound),
        By::Class | By::Answer(_) => {}
    }
    if store::choose(&mut tx, questionnaire.form_id, &by.code(), actor.staff_id, app.now()).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("questionnaire.breakdown", "questionnaire").actor(actor).entity(id.0).detail(by.code());
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// That somebody took the results as a file.
///
/// # Errors
/// The database's.
pub async fn record_export(app: &App, actor: &Actor, id: QuestionnaireId, format: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let entry = Entry::new("questionnaire.exported", "questionnaire").actor(actor).entity(id.0).detail(format);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A text that is told, with the case that it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownText {
    /// What stands for it, in hexadecimal.
    pub token: String,
    /// The words.
    pub words: String,
    /// Whether it became a case.
    pub case: Option<CaseId>,
}

/// The texts of a question that may be told, in an order that says nothing.
pub fn told_texts(results: &Results, name: &str) -> Vec<(Token, ResponseId)> {
    let mut texts: Vec<_> =
        results.tables.iter().filter_map(|t| t.texts.get(name)).flat_map(|t| t.texts.iter().copied()).collect();
    texts.sort_unstable();
    texts
}

/// A page of texts.
///
/// # Errors
/// The database's.
pub async fn texts(c: &mut Conn, of: &Results, name: &str, told: &[(Token, ResponseId)]) -> Result<Vec<ShownText>> {
    let cases: HashMap<Vec<u8>, CaseId> = store::cases(c, of.questionnaire.form_id).await?.into_iter().collect();
    let mut shown = Vec::new();
    for (token, id) in told {
        let response = responses::by_id(c, of.questionnaire.organization_id, *id).await?;
        let words = response.answers.first(name).unwrap_or_default().to_string();
        shown.push(ShownText { token: hex(token), words, case: cases.get(token.as_slice()).copied() });
    }
    Ok(shown)
}

/// The office makes a case of a text. The response does not learn of it; pressing twice makes one.
///
/// # Errors
/// `NotFound` when the text is not told; `Bad` when the same text became a case of another topic, or nothing leads to the
/// questionnaire any more.
pub async fn open_case(
    app: &Arc<App>,
    actor: &Actor,
    id: QuestionnaireId,
    name: &str,
    token: &str,
    topic: &str,
) -> Result<String> {
    let mut c = app.db.read().await?;
    let results = read(app, &mut c, actor.organization_id, id).await?;
    let told = told_texts(&results, name);
    let (token, response) = told.into_iter().find(|(t, _)| hex(t) == token).ok_or(Error::NotFound)?;
    let words = responses::by_id(&mut c, actor.organization_id, response).await?;
    let words = words.answers.first(name).ok_or(Error::NotFound)?.to_string();
    let organization = organizations::actions::organization(&mut c, actor.organization_id).await?;
    let topic = organizations::actions::topic_or_other(&mut c, actor.organization_id, topic, None).await?;
    let form: FormId = results.questionnaire.form_id;
    let points = access_points::actions::all_of(&mut c, actor.organization_id).await?;
    let point = points.into_iter().rfind(|p| p.form_id == form).ok_or(Error::Bad("results.error.no_point"))?;
    drop(c);
    let new = NewSubmission {
        idempotency_key: hex(&token),
        form_version_id: results.versions.last().ok_or(Error::NotFound)?.id,
        person: Person::Public,
        identity: Identity::Anonymous,
        topic,
        body: words,
        answers: Answers::default(),
        contact: None,
        lane: Lane::Ordinary,
        files: Vec::new(),
    };
    let taken_down = TakenDown { by: actor, opening: None, call: None };
    let receipt = match submit::submit(app, &organization, &point, Some(taken_down), new).await? {
        Submitted::Receipt(receipt) => receipt,
        Submitted::KeyUsed => return Err(Error::Bad("results.error.other_topic")),
    };
    let mut tx = app.db.write().await?;
    let case = cases::visibility::case_for(&mut tx, actor, &receipt.case_number).await?;
    store::add_case(&mut tx, form, &token, case.id).await?;
    let entry = Entry::new("questionnaire.answer_opened", "case").actor(actor).entity(case.id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(receipt.case_number)
}

/// Takes the words of answers away that became a case, when the case is erased. That there was an answer stays counted.
///
/// # Errors
/// The database's.
pub async fn forget(app: &App, c: &mut Conn, org: OrganizationId, case: CaseId) -> Result<()> {
    for (hash, form) in store::of_case(c, case).await? {
        // Which response it was is known to nobody: it is looked for by what stands for it.
        let mut after = None;
        loop {
            let page = responses::page(c, org, form, after, STRETCH).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            let names = page.iter().flat_map(|r| r.answers.0.iter().map(|a| (r.id, a.key.as_str())));
            let mine = names.filter(|(id, name)| token(app, *id, name).as_slice() == hash.as_slice());
            let mine: Vec<_> = mine.map(|(id, name)| (id, name.to_string())).collect();
            for (id, name) in mine {
                responses::forget(app, c, org, id, &name, None).await?;
            }
        }
    }
    Ok(())
}
