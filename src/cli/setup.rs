//! `huiyin org create` and `huiyin staff create`: the first organisation, the first administrator.

use crate::{
    accounts::{actions as accounts, second},
    config::Config,
    db::Conn,
    error::{Error, StartError},
    http::App,
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, OrganizationId},
        random,
        roles::Role,
    },
    organizations::actions::{self, NewOrganization},
    organizations::staff::NewStaffDetails,
};

/// Who gets an account.
pub struct Person {
    /// The sign-in name.
    pub username: String,
    /// The name shown.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The department's name.
    pub department: Option<String>,
    /// The language of their pages.
    pub lang: Lang,
}

/// Makes an organisation.
pub async fn create_organization(config: Config, name: &str, slug: &str) -> Result<(), StartError> {
    let app = App::open(config).await?;
    let new = NewOrganization {
        name: name.to_string(),
        slug: slug.to_string(),
        emblem: name.trim().chars().take(1).collect(),
        office_name: Lang::ZhCn.t("role.office").into_owned(),
        ..NewOrganization::default()
    };
    let mut tx = app.db.write().await?;
    let organization = actions::create_organization(&app, &mut tx, new).await.map_err(explain)?;
    tx.commit().await?;
    app.db.close().await;
    println!("{}: {}/{}", organization.name, app.config.base_url(), organization.slug);
    println!("Next: huiyin staff create --org {} --username admin --name … --role admin", organization.slug);
    Ok(())
}

/// Makes an account and prints its password, once.
pub async fn create_staff(config: Config, slug: &str, person: Person) -> Result<(), StartError> {
    let app = App::open(config).await?;
    let mut tx = app.db.write().await?;
    let org = match actions::organization_by_slug(&mut tx, slug).await {
        Err(Error::NotFound) => {
            return Err(StartError::new(format!("There is no organisation {slug}; huiyin org create makes one.")));
        }
        found => found?,
    };
    let department_id = match &person.department {
        Some(name) => Some(department(&mut tx, org.id, name).await?),
        None => None,
    };
    let Person { username, name, role, lang, .. } = person;
    let new = NewStaffDetails { username: username.clone(), display_name: name, role, department_id, lang };
    let staff = actions::create_staff(&app, &mut tx, org.id, new).await.map_err(explain)?;
    let password = random::password(&*app.random);
    accounts::set_password(&app, &mut tx, org.id, staff, &password).await.map_err(explain)?;
    tx.commit().await?;
    app.db.close().await;
    println!("{}/login", app.config.base_url());
    println!("{}  {password}", username.trim().to_lowercase());
    println!("The password is shown this once; they can change it under \"My account\".");
    Ok(())
}

/// Takes the second step of signing in off an account.
pub async fn reset_second_factor(config: Config, username: &str) -> Result<(), StartError> {
    let app = App::open(config).await?;
    let found = second::reset_by_operator(&app, username).await.map_err(explain)?;
    app.db.close().await;
    if !found {
        return Err(StartError::new(format!("There is no account {username}.")));
    }
    println!("{username} signs in with the password alone now, and can set the second step up again.");
    Ok(())
}

async fn department(c: &mut Conn, org: OrganizationId, name: &str) -> Result<DepartmentId, StartError> {
    let departments = actions::departments(c, org).await?;
    departments.iter().find(|d| d.name == name).map(|d| d.id).ok_or_else(|| {
        let known = departments.iter().map(|d| d.name.as_str()).collect::<Vec<_>>().join(", ");
        StartError::new(format!("There is no department {name}; there are: {known}."))
    })
}

/// What an action refuses, it says by the key of a sentence.
pub fn explain(error: Error) -> StartError {
    match error {
        Error::Bad(key) => StartError::new(Lang::En.t(key)),
        other => other.into(),
    }
}
