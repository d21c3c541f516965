//! Macros 组合操作: steps that are always taken together, under a name. The office keeps them; everybody who handles cases
//! may use them, each step by their own right. On one case they are one transaction: all of them or none.
//!
//! The steps stand in one order, in which each leaves the next possible: words, a note, then either an order to a
//! department and a message to the submitter, or an answer and the end of the case.

use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        bulk::{Kind, Plan},
        deeds::{self, Deed, why_not},
        handle::AnswerText,
        store::{self, macros::Row},
        tags,
        triage::Order,
        visibility,
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::ids::{DepartmentId, MacroId, OrganizationId, TagId, TemplateId},
    organizations::{
        self,
        model::{Checked, refusal},
    },
    templates::{self, model::Template},
};

/// Most macros of an organisation.
const MOST: usize = 50;

/// What a macro does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Steps {
    /// Words to put on the case.
    pub tags: Vec<TagId>,
    /// A note for colleagues; may be empty.
    pub note: String,
    /// The department that gets it.
    pub department: Option<DepartmentId>,
    /// What the department should look at; may be empty.
    pub instruction: String,
    /// A template that goes to the submitter: as a message when a department gets the case, as the answer otherwise.
    pub template: Option<TemplateId>,
    /// Whether the case is closed after the answer.
    pub close: bool,
}

impl Steps {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the template is the answer, and not a message beside the order.
    pub const fn answers(&self) -> bool {
        self.template.is_some() && self.department.is_none()
    }

    /// The deeds; `None` when the template is gone.
    fn deeds(&self, templates: &[Template]) -> Option<Vec<Deed>> {
        let mut deeds = Vec::new();
        if !self.tags.is_empty() {
            deeds.push(Deed::Tag(self.tags.clone()));
        }
        if !self.note.is_empty() {
            deeds.push(Deed::Note(self.note.clone()));
        }
        if let Some(department) = self.department {
            let order = Order { department, due_on: None, instruction: self.instruction.clone() };
            deeds.push(Deed::Assign(order, self.instruction.clone()));
        }
        if let Some(id) = self.template {
            let body = templates.iter().find(|t| t.id == id && t.disabled_at.is_none())?.body.clone();
            deeds.push(if self.answers() { Deed::Answer(AnswerText::of(body)) } else { Deed::Message(body) });
        }
        if self.close {
            deeds.push(Deed::Close);
        }
        Some(deeds)
    }
}

/// A macro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// What is stored of it.
    pub row: Row,
    /// What it does.
    pub steps: Steps,
}

/// The macros of an organisation, those out of use too.
///
/// # Errors
/// The database's.
pub async fn all(c: &mut Conn, org: OrganizationId) -> Result<Vec<Macro>> {
    let rows = store::macros::all(c, org).await?;
    rows.into_iter()
        .map(|row| Ok(Macro { steps: serde_json::from_str(&row.steps).map_err(Error::internal)?, row }))
        .collect()
}

/// The macros that can be used.
///
/// # Errors
/// The database's.
pub async fn in_use(c: &mut Conn, org: OrganizationId) -> Result<Vec<Macro>> {
    Ok(all(c, org).await?.into_iter().filter(|m| m.row.disabled_at.is_none()).collect())
}

/// One of them.
///
/// # Errors
/// `NotFound` when the organisation has none of this id.
pub async fn one(c: &mut Conn, org: OrganizationId, id: MacroId) -> Result<Macro> {
    all(c, org).await?.into_iter().find(|m| m.row.id == id).ok_or(Error::NotFound)
}

/// Adds a macro. A refusal names the field.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, actor: &Actor, name: String, steps: &Steps) -> Result<Checked<()>> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    if let Some((field, key)) = wrong(&mut tx, actor, steps).await? {
        return Ok(Err(refusal(field, key)));
    }
    if all(&mut tx, org).await?.len() >= MOST {
        return Ok(Err(refusal("", "macros.error.many")));
    }
    let row = Row {
        id: MacroId::new(now, &*app.random),
        name,
        steps: serde_json::to_string(steps).map_err(Error::internal)?,
        version: 1,
        changed_at: now,
        disabled_at: None,
    };
    if store::macros::insert(&mut tx, org, &row, actor.staff_id).await? == 0 {
        return Ok(Err(refusal("name", "macros.error.double")));
    }
    let entry = Entry::new("macro.created", "macro").actor(actor).entity(row.id.0);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// A macro as somebody wants it to be.
pub struct Change {
    /// The version that was seen.
    pub seen: i64,
    /// What it is called.
    pub name: String,
    /// Whether it is offered.
    pub in_use: bool,
}

/// Changes a macro as of the version that was seen.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody was faster.
pub async fn change(app: &App, actor: &Actor, id: MacroId, change: Change, steps: &Steps) -> Result<Checked<()>> {
    let (org, now) = (actor.organization_id, app.now());
    let mut tx = app.db.write().await?;
    let known = all(&mut tx, org).await?;
    let before = known.iter().find(|m| m.row.id == id).ok_or(Error::NotFound)?;
    if known.iter().any(|m| m.row.id != id && m.row.name == change.name) {
        return Ok(Err(refusal("name", "macros.error.double")));
    }
    if let Some((field, key)) = wrong(&mut tx, actor, steps).await? {
        return Ok(Err(refusal(field, key)));
    }
    let row = Row {
        id,
        name: change.name,
        steps: serde_json::to_string(steps).map_err(Error::internal)?,
        version: change.seen,
        changed_at: now,
        disabled_at: if change.in_use { None } else { before.row.disabled_at.or(Some(now)) },
    };
    if store::macros::update(&mut tx, org, &row, actor.staff_id).await? == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("macro.changed", "macro").actor(actor).entity(id.0);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// What can't be together, or names what is not there: the field and why.
async fn wrong(c: &mut Conn, actor: &Actor, steps: &Steps) -> Result<Option<(&'static str, &'static str)>> {
    let org = actor.organization_id;
    if steps.is_empty() {
        return Ok(Some(("", "macros.error.empty")));
    }
    if steps.close && !steps.answers() {
        return Ok(Some(("close", "macros.error.close")));
    }
    let tags = tags::in_use(c, org).await?;
    if steps.tags.iter().any(|id| tags.iter().all(|t| t.id != *id)) {
        return Ok(Some(("tag", "tags.error.unknown")));
    }
    if let Some(id) = steps.department
        && organizations::actions::departments(c, org).await?.iter().all(|d| d.id != id)
    {
        return Ok(Some(("department", "cases.error.department_unknown")));
    }
    if let Some(id) = steps.template
        && templates::actions::of_everybody(c, org).await?.iter().all(|t| t.id != id)
    {
        return Ok(Some(("template", "templates.error.gone")));
    }
    Ok(None)
}

/// What a macro does, as a plan for one case or many.
///
/// # Errors
/// `Bad` when it is out of use, or its template is gone.
pub async fn plan(c: &mut Conn, actor: &Actor, id: Option<MacroId>) -> Result<Plan> {
    let org = actor.organization_id;
    let found = in_use(c, org).await?.into_iter().find(|m| Some(m.row.id) == id);
    let found = found.ok_or(Error::Bad("macros.error.gone"))?;
    let templates = templates::actions::of_everybody(c, org).await?;
    let deeds = found.steps.deeds(&templates).ok_or(Error::Bad("templates.error.gone"))?;
    Ok(Plan { kind: Kind::Macro, deeds, words: found.row.name })
}

/// Uses a macro on one case as of the version that was seen: all of its steps or none.
///
/// # Errors
/// As [`Work::begin`]; `Bad` when a step can't be taken, with the reason.
pub async fn use_on(app: &App, actor: &Actor, seen: Seen<'_>, id: Option<MacroId>) -> Result<()> {
    let mut tx = app.db.write().await?;
    let plan = plan(&mut tx, actor, id).await?;
    let case = visibility::case_to_change(&mut tx, actor, seen.number).await?;
    let first = plan.deeds.first().ok_or(Error::Bad("macros.error.gone"))?.verb(actor, &case);
    if seen.version.is_none_or(|version| version == case.version)
        && let Some(why) = why_not(actor, &case, first)
    {
        return Err(Error::Bad(why));
    }
    let mut work = Work::begin_in(app, actor, tx, seen, first).await?;
    deeds::perform(&mut work, &plan.deeds).await?;
    work.done().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_a_message_beside_an_order_and_the_answer_otherwise() {
        let template = Template {
            id: TemplateId(uuid::Uuid::nil()),
            department_id: None,
            topic_id: None,
            state: None,
            title: String::new(),
            body: "{编号}".into(),
            version: 1,
            changed_at: chrono::DateTime::UNIX_EPOCH,
            disabled_at: None,
        };
        let steps = Steps { template: Some(template.id), close: true, ..Steps::default() };
        let deeds = steps.deeds(std::slice::from_ref(&template)).unwrap();
        assert!(matches!(deeds[..], [Deed::Answer(_), Deed::Close]));
        let steps =
            Steps { department: Some(DepartmentId(uuid::Uuid::nil())), close: false, note: "看过".into(), ..steps };
        let deeds = steps.deeds(&[template]).unwrap();
        assert!(matches!(deeds[..], [Deed::Note(_), Deed::Assign(..), Deed::Message(_)]));
        assert_eq!(steps.deeds(&[]), None, "a template that is gone");
        assert_eq!(serde_json::from_str::<Steps>("{}").unwrap(), Steps::default());
    }
}
