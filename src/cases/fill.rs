//! What the variables of reply templates stand for in a case ([`crate::templates`]).

use chrono::{DateTime, Datelike, Utc};

use crate::{
    accounts::model::Actor,
    cases::model::Case,
    db::Conn,
    error::Result,
    http::App,
    kernel::ids::TemplateId,
    organizations::{
        self,
        model::{Department, Organization, Topic},
    },
    templates::{
        self,
        model::{Facts, fill},
    },
    ui::time::ZONE,
};

/// The facts of a case; names are looked up among those of the organisation.
pub fn facts(
    case: &Case,
    organization: &Organization,
    topics: &[Topic],
    departments: &[Department],
    now: DateTime<Utc>,
) -> Facts {
    let topic = topics.iter().find(|t| t.id == case.topic_id);
    let chinese = topic.map(|t| t.name.clone()).unwrap_or_default();
    let english = topic.map(|t| t.name_en.clone()).filter(|name| !name.is_empty());
    let department = departments.iter().find(|d| Some(d.id) == case.department_id).map(|d| d.name.clone());
    Facts {
        number: case.number.clone(),
        topic: (chinese.clone(), english.unwrap_or(chinese)),
        department: department.unwrap_or_else(|| organization.office_name.clone()),
        due: days(case.promised_at, now),
        organization: organization.name.clone(),
        hotline: organization.hotline.clone(),
        place: case.place.clone(),
        today: days(now, now),
    }
}

/// As [`facts`], reading the names.
///
/// # Errors
/// The database's.
pub async fn facts_of(c: &mut Conn, case: &Case, organization: &Organization, now: DateTime<Utc>) -> Result<Facts> {
    let topics = organizations::actions::all_topics(c, case.organization_id).await?;
    let departments = organizations::actions::departments(c, case.organization_id).await?;
    Ok(facts(case, organization, &topics, &departments, now))
}

/// The text of a template filled in, when it is one of those that are offered to the person for this case.
///
/// # Errors
/// The database's.
pub async fn chosen(app: &App, c: &mut Conn, actor: &Actor, case: &Case, id: &str) -> Result<Option<String>> {
    let offered = templates::actions::for_case(c, actor, case).await?;
    let Some(template) = offered.into_iter().find(|t| TemplateId::parse(id) == Some(t.id)) else { return Ok(None) };
    let organization = organizations::actions::organization(c, case.organization_id).await?;
    let facts = facts_of(c, case, &organization, app.now()).await?;
    Ok(Some(fill(&template.body, &facts).text))
}

/// A day in Chinese and in English; with the year when it is not this one.
fn days(at: DateTime<Utc>, now: DateTime<Utc>) -> (String, String) {
    let local = at.with_timezone(&ZONE);
    let (chinese, english) = match local.year() == now.with_timezone(&ZONE).year() {
        true => ("%-m月%-d日", "%-d %B"),
        false => ("%Y年%-m月%-d日", "%-d %B %Y"),
    };
    (local.format(chinese).to_string(), local.format(english).to_string())
}
