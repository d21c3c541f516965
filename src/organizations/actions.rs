//! What other slices ask of organisations, and what the command line founds.

use crate::{
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    forms::{self, model::Definition},
    http::App,
    i18n::Lang,
    kernel::{
        calendar::WorkCalendar,
        ids::{DepartmentId, OrganizationId, StaffId, TopicId},
    },
    organizations::{
        departments, form,
        model::{Department, OTHER_TOPIC, Organization, Staff, TimeLimits, Topic},
        staff::{self, NewStaffDetails},
        store,
    },
    visits,
};

/// The organisation of an id.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn organization(c: &mut Conn, id: OrganizationId) -> Result<Organization> {
    store::organization(c, id).await?.ok_or(Error::NotFound)
}

/// The organisation of a slug.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn organization_by_slug(c: &mut Conn, slug: &str) -> Result<Organization> {
    store::organization_by_slug(c, slug).await?.ok_or(Error::NotFound)
}

/// Whether there is any organisation: without one, the installation is new.
///
/// # Errors
/// The database's.
pub async fn any_organization(c: &mut Conn) -> Result<bool> {
    Ok(store::count_organizations(c).await? > 0)
}

/// Slugs of organisations whose calendar or limits can't be read (edited by hand), so that the defaults hold.
///
/// # Errors
/// The database's.
pub async fn unreadable_settings(c: &mut Conn) -> Result<Vec<String>> {
    let readable = |calendar: &str, limits: &str| {
        serde_json::from_str::<WorkCalendar>(calendar).is_ok() && serde_json::from_str::<TimeLimits>(limits).is_ok()
    };
    let all = store::raw_settings(c).await?;
    Ok(all.into_iter().filter(|(_, calendar, limits)| !readable(calendar, limits)).map(|(slug, _, _)| slug).collect())
}

/// Every organisation of the installation, by name: public, like their start pages.
///
/// # Errors
/// The database's.
pub async fn organizations(c: &mut Conn) -> Result<Vec<Organization>> {
    Ok(store::organizations(c).await?)
}

/// Departments in use, in their order.
///
/// # Errors
/// The database's.
pub async fn departments(c: &mut Conn, org: OrganizationId) -> Result<Vec<Department>> {
    Ok(store::departments(c, org).await?.into_iter().filter(|d| d.disabled_at.is_none()).collect())
}

/// Topics in their order, those out of use too: old cases have them.
///
/// # Errors
/// The database's.
pub async fn all_topics(c: &mut Conn, org: OrganizationId) -> Result<Vec<Topic>> {
    Ok(store::topics(c, org).await?)
}

/// Topics in use, in their order.
///
/// # Errors
/// The database's.
pub async fn topics(c: &mut Conn, org: OrganizationId) -> Result<Vec<Topic>> {
    Ok(store::topics(c, org).await?.into_iter().filter(|t| t.disabled_at.is_none()).collect())
}

/// People with access, by name.
///
/// # Errors
/// The database's.
pub async fn staff(c: &mut Conn, org: OrganizationId) -> Result<Vec<Staff>> {
    Ok(store::staff(c, org).await?.into_iter().filter(|s| s.disabled_at.is_none()).collect())
}

/// The topic that a form names, or else the preset, or else "other".
///
/// # Errors
/// The database's; internal when the organisation has no topic "other".
pub async fn topic_or_other(c: &mut Conn, org: OrganizationId, code: &str, preset: Option<TopicId>) -> Result<Topic> {
    if let Some(topic) = store::topic_by_code(c, org, code).await?.filter(|t| t.disabled_at.is_none()) {
        return Ok(topic);
    }
    if let Some(id) = preset
        && let Some(topic) = store::topic(c, org, id).await?
    {
        return Ok(topic);
    }
    store::topic_by_code(c, org, OTHER_TOPIC).await?.ok_or_else(|| Error::internal("organisation without topic other"))
}

/// A new organisation, as the command line or the demo names it.
#[derive(Clone, Debug, Default)]
pub struct NewOrganization {
    /// The name.
    pub name: String,
    /// The short name in addresses.
    pub slug: String,
    /// One or two characters for the emblem.
    pub emblem: String,
    /// The hotline's number; empty when there is none.
    pub hotline: String,
    /// What the office calls itself.
    pub office_name: String,
    /// A sentence on the start page; may be empty.
    pub welcome: String,
}

/// The topics that an organisation starts with: code word, Chinese, English.
const FIRST_TOPICS: [(&str, &str, &str); 7] = [
    ("canteen", "食堂", "Canteen"),
    ("teaching", "教学", "Teaching"),
    ("safety", "安全", "Safety"),
    ("conduct", "师德师风", "Conduct of staff"),
    ("facilities", "设施", "Facilities"),
    ("fees", "收费", "Fees"),
    (OTHER_TOPIC, "其他", "Other"),
];

/// The one of them that is about people.
const ABOUT_PEOPLE: &str = "conduct";

/// Founds an organisation with the usual calendar, limits and topics, in the caller's transaction.
///
/// # Errors
/// `Bad` when slug or name can't be, or the slug is taken; the database's.
pub async fn create_organization(app: &App, c: &mut Conn, new: NewOrganization) -> Result<Organization> {
    let now = app.now();
    let organization = Organization {
        id: OrganizationId::new(now, &*app.random),
        slug: form::slug(&new.slug).ok_or(Error::Bad("organizations.error.slug"))?,
        name: form::name(&new.name).ok_or(Error::Bad("organizations.error.missing"))?,
        emblem: new.emblem,
        hotline: new.hotline,
        office_name: form::name(&new.office_name).ok_or(Error::Bad("organizations.error.missing"))?,
        welcome: new.welcome,
        calendar: WorkCalendar::default(),
        limits: TimeLimits::default(),
    };
    match store::insert_organization(c, &organization, now).await {
        Err(e) if store::slug_taken(&e) => return Err(Error::Bad("organizations.error.slug_taken")),
        other => other?,
    };
    for (position, (code, name, name_en)) in (1..).zip(FIRST_TOPICS) {
        let topic = Topic {
            id: TopicId::new(now, &*app.random),
            code: code.to_string(),
            name: name.to_string(),
            name_en: name_en.to_string(),
            default_department_id: None,
            position,
            about_people: code == ABOUT_PEOPLE,
            disabled_at: None,
        };
        store::insert_topic(c, organization.id, &topic).await?;
    }
    let entry = Entry::new("organization.created", "organization").entity(organization.id.0);
    audit::record(app, c, organization.id, entry).await?;
    // Without a form no access point could be made.
    let title = Lang::ZhCn.t("organizations.first_form");
    let form = forms::actions::create(app, c, organization.id, &title, Definition::standard()).await?;
    audit::record(app, c, organization.id, Entry::new("form.created", "form").entity(form.form_id.0)).await?;
    visits::checklists::ship(app, c, organization.id).await?;
    Ok(organization)
}

/// Adds a department from the command line, in the caller's transaction.
///
/// # Errors
/// `Bad` when the name can't be or is taken; the database's.
pub async fn create_department(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    name: &str,
    leader: Option<StaffId>,
) -> Result<DepartmentId> {
    let name = form::name(name).ok_or(Error::Bad("organizations.error.missing"))?;
    departments::add(app, c, org, None, name, leader).await?.map_err(|e| Error::Bad(e.key))
}

/// Makes a department the default of a topic, in the caller's transaction.
///
/// # Errors
/// `NotFound` when there is no such topic; the database's.
pub async fn set_default_department(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    code: &str,
    department: DepartmentId,
) -> Result<()> {
    let topic = store::topic_by_code(c, org, code).await?.ok_or(Error::NotFound)?;
    let topic = Topic { default_department_id: Some(department), ..topic };
    store::update_topic(c, org, &topic).await?;
    audit::record(app, c, org, Entry::new("topic.changed", "topic").entity(topic.id.0)).await
}

/// Adds a person from the command line, in the caller's transaction; without a password yet.
///
/// # Errors
/// `Bad` when a detail can't be or the sign-in name is taken; the database's.
pub async fn create_staff(app: &App, c: &mut Conn, org: OrganizationId, new: NewStaffDetails) -> Result<StaffId> {
    let details = NewStaffDetails {
        username: form::username(&new.username).ok_or(Error::Bad("organizations.error.username"))?,
        display_name: form::name(&new.display_name).ok_or(Error::Bad("organizations.error.missing"))?,
        ..new
    };
    if details.role.has_department() && details.department_id.is_none() {
        return Err(Error::Bad("organizations.error.department_missing"));
    }
    staff::add(app, c, org, None, details).await?.map_err(|e| Error::Bad(e.key))
}
