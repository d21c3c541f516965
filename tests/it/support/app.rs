//! The program over the demo organisation, on SQLite or PostgreSQL.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use chrono::{DateTime, Utc};
use huiyin::{
    accounts,
    cli::demo::{self, Demo, Login},
    config::Config,
    http::App,
    i18n::Lang,
    kernel::{clock::ManualClock, random::SystemRandom, roles::Role},
    organizations::{self, actions::NewOrganization, staff::NewStaffDetails},
};
use sqlx::{Connection, Executor, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::Client;

/// A database product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where `scripts/postgres` says that a server is.
fn postgres_url() -> Option<String> {
    std::env::var("HUIYIN_TEST_POSTGRES_URL").ok()
}

/// The databases that this run can test.
pub fn engines() -> Vec<Engine> {
    let mut engines = vec![Engine::Sqlite];
    if postgres_url().is_some() {
        engines.push(Engine::Postgres);
    } else {
        assert!(
            std::env::var("HUIYIN_REQUIRE_POSTGRES").is_err(),
            "there is no PostgreSQL; run scripts/postgres cargo test"
        );
    }
    engines
}

/// The demo organisation, made once for all tests of an engine; each test works on a copy.
struct Template {
    folder: TempDir,
    demo: Demo,
    database: Option<String>,
}

static SQLITE: OnceCell<Template> = OnceCell::const_new();
static POSTGRES: OnceCell<Template> = OnceCell::const_new();

/// A Tuesday morning in term time, in Shanghai.
pub fn tuesday() -> DateTime<Utc> {
    "2026-03-10T02:00:00Z".parse().unwrap()
}

/// Makes a database on the server of `scripts/postgres`: its address and its name.
pub async fn new_database(template: Option<&str>) -> (String, String) {
    let url = postgres_url().unwrap();
    let name = format!("t{}", super::key().to_lowercase());
    let mut server = PgConnection::connect(&url).await.unwrap();
    let from = template.map(|t| format!(" TEMPLATE {t}")).unwrap_or_default();
    server.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}{from}"))).await.unwrap();
    server.close().await.unwrap();
    (format!("{}/{name}", url.rsplit_once('/').unwrap().0), name)
}

async fn template(engine: Engine) -> &'static Template {
    let make = async || {
        let folder = tempfile::tempdir().unwrap();
        let (url, database) = match engine {
            Engine::Sqlite => (None, None),
            Engine::Postgres => {
                let (url, name) = new_database(None).await;
                (Some(url), Some(name))
            }
        };
        let config = Config::for_tests(folder.path(), url);
        let app = App::open_with(config, Arc::new(ManualClock::at(tuesday())), Arc::new(SystemRandom)).await.unwrap();
        let demo = demo::fill(&app).await.unwrap();
        app.db.close().await;
        Template { folder, demo, database }
    };
    match engine {
        Engine::Sqlite => SQLITE.get_or_init(make).await,
        Engine::Postgres => POSTGRES.get_or_init(make).await,
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The running program of one test.
pub struct TestApp {
    pub app: Arc<App>,
    pub router: axum::Router,
    pub clock: ManualClock,
    pub demo: Demo,
    pub engine: Engine,
    pub folder: TempDir,
    config: Config,
    desks: AtomicU8,
}

impl TestApp {
    /// On SQLite, which most tests are content with.
    pub async fn start() -> Self {
        Self::on(Engine::Sqlite).await
    }

    /// On a given database.
    pub async fn on(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// With changes to the configuration.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Config)) -> Self {
        let template = template(engine).await;
        let folder = tempfile::tempdir().unwrap();
        copy_folder(template.folder.path(), folder.path());
        let url = match &template.database {
            None => None,
            Some(name) => Some(new_database(Some(name)).await.0),
        };
        let mut config = Config::for_tests(folder.path(), url);
        change(&mut config);
        let clock = ManualClock::at(tuesday());
        let app = App::open_with(config.clone(), Arc::new(clock.clone()), Arc::new(SystemRandom)).await.unwrap();
        let router = huiyin::http::router::router(&app);
        Self { app, router, clock, demo: template.demo.clone(), engine, folder, config, desks: AtomicU8::new(0) }
    }

    /// Stops the program and starts it anew over the same data.
    pub async fn restart(self) -> Self {
        self.app.db.close().await;
        let app =
            App::open_with(self.config.clone(), Arc::new(self.clock.clone()), Arc::new(SystemRandom)).await.unwrap();
        let router = huiyin::http::router::router(&app);
        Self { app, router, ..self }
    }

    /// The same people before another program.
    pub fn over(self, app: Arc<App>) -> Self {
        Self { router: huiyin::http::router::router(&app), app, ..self }
    }

    /// Somebody without an account.
    pub fn visitor(&self) -> Client<'_> {
        Client::new(self)
    }

    /// A member of staff, signed in at a desk of their own: an address may try only so many passwords a minute.
    pub async fn signed_in(&self, login: &Login) -> Client<'_> {
        let desk = self.desks.fetch_add(1, Ordering::Relaxed);
        Client::new(self).from([10, 0, 0, desk]).sign_in(&login.username, &login.password).await
    }

    /// The first person of a role, signed in.
    pub async fn staff(&self, role: Role) -> Client<'_> {
        self.signed_in(self.login(role, None)).await
    }

    /// The login of the first person of a role, of a department when one is named.
    pub fn login(&self, role: Role, department: Option<&str>) -> &Login {
        let fits = |l: &&Login| l.role == role && department.is_none_or(|d| l.department.as_deref() == Some(d));
        self.demo.staff.iter().find(fits).unwrap()
    }

    /// The code of the access point at a place.
    pub fn point(&self, place: &str) -> &str {
        &self.demo.access_points.iter().find(|p| p.place == place).unwrap().code
    }

    /// A second organisation with one person of each of these roles; their sign-in names are `other_<role>`.
    pub async fn another_school(&self, roles: &[Role]) -> Vec<Login> {
        let mut tx = self.app.db.write().await.unwrap();
        let new = NewOrganization {
            name: "龙水实验中学".into(),
            slug: "longshui".into(),
            emblem: "龙".into(),
            hotline: String::new(),
            office_name: "文明办".into(),
            welcome: String::new(),
        };
        let school = organizations::actions::create_organization(&self.app, &mut tx, new).await.unwrap();
        let department =
            organizations::actions::create_department(&self.app, &mut tx, school.id, "教科室", None).await.unwrap();
        let mut logins = Vec::new();
        for role in roles {
            let details = NewStaffDetails {
                username: format!("other_{role}"),
                display_name: "外校人员".into(),
                role: *role,
                department_id: role.has_department().then_some(department),
                lang: Lang::ZhCn,
            };
            let id = organizations::actions::create_staff(&self.app, &mut tx, school.id, details).await.unwrap();
            let password = "correct horse battery".to_string();
            accounts::actions::set_password(&self.app, &mut tx, school.id, id, &password).await.unwrap();
            logins.push(Login {
                username: format!("other_{role}"),
                password,
                role: *role,
                department: None,
                name: "外校人员".into(),
            });
        }
        tx.commit().await.unwrap();
        logins
    }

    /// Everything below the data folder, for raw searches.
    pub fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(self.folder.path(), &mut found);
        found
    }
}
