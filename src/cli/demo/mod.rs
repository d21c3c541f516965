//! `huiyin demo`: fills an empty database with 雪莲小学, a primary school, through the same actions as production.

mod boxes;
mod cases;
mod hotline;
mod letter_texts;
mod letters;
mod many;
mod matters;
mod people;
mod points;
mod questionnaires;
mod questions;
mod rectifications;
mod representatives;
mod results;
mod routing;
mod stage;
mod stories;
mod visits;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::{
    config::Config,
    db::Conn,
    error::{Result, StartError},
    forms,
    http::App,
    kernel::{
        clock::{Clock, ManualClock, SystemClock},
        random::SystemRandom,
        roles::{Channel, Role},
    },
    organizations::{self, actions::NewOrganization},
};

/// What the demo says of itself: everything that is needed to try it.
#[derive(Clone, Debug, Serialize)]
pub struct Demo {
    /// The address from outside.
    pub base_url: String,
    /// The organisation.
    pub organization: Named,
    /// Everybody who signs in.
    pub staff: Vec<Login>,
    /// Every access point.
    pub access_points: Vec<Point>,
}

/// The organisation.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: String,
}

/// A person who signs in.
#[derive(Clone, Debug, Serialize)]
pub struct Login {
    /// The sign-in name.
    pub username: String,
    /// The generated password.
    pub password: String,
    /// The role.
    pub role: Role,
    /// The department, for handlers and heads.
    pub department: Option<String>,
    /// The name shown.
    #[serde(skip)]
    pub name: String,
}

/// An access point.
#[derive(Clone, Debug, Serialize)]
pub struct Point {
    /// The code in the QR code.
    pub code: String,
    /// The channel.
    pub channel: Channel,
    /// Where it hangs.
    pub place: String,
    /// The topic that it presets.
    pub topic: Option<String>,
}

/// Fills the database that the configuration names, and prints what it made; `more` cases beside those of the story.
pub async fn run(config: Config, json: bool, more: usize) -> Result<(), StartError> {
    let demo = make(config, SystemClock.now(), more).await?;
    if json {
        let text = serde_json::to_string(&demo).map_err(|e| StartError::new(format!("No JSON: {e}.")))?;
        println!("{text}");
    } else {
        print(&demo);
    }
    Ok(())
}

/// Fills the database that the configuration names with a school that has been at it for some weeks, with many cases for
/// years, up to `now`; `more` cases beside those of the story.
///
/// # Errors
/// A sentence for the operator; it refuses a database that has an organisation.
pub async fn make(config: Config, now: DateTime<Utc>, more: usize) -> Result<Demo, StartError> {
    let clock = ManualClock::at(now - TimeDelta::days(many::days(more) + 2));
    let app = App::open_with(config, Arc::new(clock.clone()), Arc::new(SystemRandom)).await?;
    let mut demo = fill(&app).await?;
    let letters = cases::tell(&app, &clock, &demo.organization.slug, now, more).await?;
    demo.access_points.extend(letters);
    app.db.close().await;
    Ok(demo)
}

/// Fills an empty database with the school, its people and access points; without cases.
///
/// # Errors
/// A sentence for the operator; it refuses a database that has an organisation.
pub async fn fill(app: &App) -> Result<Demo, StartError> {
    let mut tx = app.db.write().await?;
    if organizations::actions::any_organization(&mut tx).await? {
        return Err(StartError::new(
            "The database has data already; the demo only fills an empty one. Name another with --database-url and --data-dir.",
        ));
    }
    let demo = found(app, &mut tx).await?;
    tx.commit().await?;
    Ok(demo)
}

async fn found(app: &App, c: &mut Conn) -> Result<Demo> {
    let new = NewOrganization {
        name: "雪莲小学".to_string(),
        slug: "xuelian".to_string(),
        emblem: "雪".to_string(),
        hotline: "0991-5550123".to_string(),
        office_name: "文明办".to_string(),
        welcome: "食堂、教学、安全、收费、校园环境，看到的、想到的，都可以告诉我们。件件有回音。".to_string(),
    };
    let organization = organizations::actions::create_organization(app, c, new).await?;
    let leaders = people::leaders(app, c, &organization).await?;
    let departments = people::departments(app, c, &organization, &leaders).await?;
    let staff = people::staff(app, c, &organization, &departments, leaders).await?;
    let forms = forms::actions::list(c, organization.id).await?;
    let (form, _) = forms.into_iter().next().ok_or(crate::error::Error::NotFound)?;
    let access_points = points::create(app, c, &organization, form).await?;
    representatives::appoint(app, c, &organization).await?;
    Ok(Demo {
        base_url: app.config.base_url(),
        organization: Named { name: organization.name, slug: organization.slug },
        staff,
        access_points,
    })
}

fn print(demo: &Demo) {
    let Demo { base_url, organization, staff, access_points } = demo;
    println!("{}  {base_url}/{}", organization.name, organization.slug);
    println!("Track a case        {base_url}/track");
    println!("Sign in             {base_url}/login\n");
    for login in staff {
        let department = login.department.as_deref().unwrap_or_default();
        println!("{:<18} {:<12} {}  {} {department}", login.role.code(), login.username, login.password, login.name);
    }
    println!();
    for point in access_points {
        println!("{:<16} {base_url}/q/{}  {}", point.channel.code(), point.code, point.place);
    }
}
