//! The demo organisation behind a real listener, with as many cases as wanted.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use huiyin::{
    cli::demo::{self, Demo},
    config::Config,
    db::{Db, dialect},
    http::{App, serve},
    jobs,
    kernel::{
        clock::{Clock, SystemClock},
        crockford,
        ids::{CaseId, new_uuid},
        random::SystemRandom,
        roles::Role,
        text::search_tokens,
    },
};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};

use crate::client::Client;

/// A running program.
pub struct World {
    pub app: Arc<App>,
    pub demo: Demo,
    pub port: u16,
    pub folder: TempDir,
    _stop: oneshot::Sender<()>,
}

/// What people write about; a two-character word of the search is in one text of five hundred.
const WORDS: [&str; 10] = [
    "食堂的汤",
    "走廊的灯",
    "操场跑道",
    "作业太多",
    "校门口堵车",
    "厕所门锁",
    "暖气不热",
    "校服价格",
    "课间时间",
    "图书角",
];

impl World {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(Config::for_tests(folder.path(), None)).await.unwrap();
        let demo = demo::fill(&app).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = app.clone();
        tokio::spawn(async move { serve::serve(served, listener, async { drop(stopped.await) }).await });
        // As in the real program: what is counted in advance is counted.
        tokio::spawn(jobs::run(app.clone(), std::future::pending()));
        Self { app, demo, port, folder, _stop: stop }
    }

    /// The first access point.
    pub fn form(&self) -> String {
        format!("/q/{}", self.demo.access_points[0].code)
    }

    /// The session cookie of the office.
    pub async fn office(&self) -> String {
        let login = self.demo.staff.iter().find(|l| l.role == Role::Office).unwrap();
        let body = format!("username={}&password={}", login.username, login.password);
        let answer = Client::to(self.port).await.post("/login", &body).await;
        assert_eq!(answer.status, 303);
        answer.head.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_string()
    }

    /// Gives the office five saved views, as many as people keep, so that each list counts them.
    pub async fn save_views(&self) {
        let (org, ..) = self.ids().await;
        let Db::Sqlite { writer, .. } = &self.app.db else { panic!("SQLite only") };
        let now = SystemClock.now();
        let login = self.demo.staff.iter().find(|l| l.role == Role::Office).unwrap();
        let office = "SELECT id FROM staff WHERE organization_id = $1 AND username = $2";
        let staff: uuid::Uuid =
            sqlx::query_scalar(office).bind(org).bind(&login.username).fetch_one(writer).await.unwrap();
        let queries = [
            "view=all&topic=canteen",
            "view=all&state=closed",
            "view=open&q=食堂",
            "view=overdue",
            "view=due_soon&topic=canteen",
        ];
        for (i, query) in queries.iter().enumerate() {
            sqlx::query("INSERT INTO saved_views (id, organization_id, staff_id, shared, name, query, created_at) VALUES ($1, $2, $3, 0, $4, $5, $6)")
                .bind(new_uuid(now, &SystemRandom))
                .bind(org)
                .bind(staff)
                .bind(format!("常用{i}"))
                .bind(query)
                .bind(now)
                .execute(writer)
                .await
                .unwrap();
        }
    }

    /// Adds cases by copying rows, as years of work would leave them: most of them closed, some hundred open.
    pub async fn seed(&self, cases: usize) {
        let Db::Sqlite { writer, .. } = &self.app.db else { panic!("SQLite only") };
        let now = SystemClock.now();
        let (org, topics, departments, point) = self.ids().await;
        let mut made = 0;
        while made < cases {
            let mut tx = self.app.db.write().await.unwrap();
            for i in made..(made + 5_000).min(cases) {
                let id = new_uuid(now - TimeDelta::minutes(i as i64 * 5), &SystemRandom);
                let received = now - TimeDelta::minutes(i as i64 * 5);
                let open = i % 250 == 0 || i < 200;
                let special = if i % 500 == 7 { "保温台坏了" } else { "" };
                let text = format!("{}，第{i}件，{special}希望学校看一看，孩子们每天都要用。", WORDS[i % 10]);
                insert(
                    &mut tx,
                    Row {
                        id,
                        i,
                        org,
                        topic: topics[i % topics.len()],
                        department: departments[i % departments.len()],
                        point,
                        text: &text,
                        received,
                        open,
                    },
                )
                .await;
                dialect::index_case(&mut tx, CaseId(id), &search_tokens(&text)).await.unwrap();
            }
            tx.commit().await.unwrap();
            made += 5_000;
        }
        sqlx::query("ANALYZE").execute(writer).await.unwrap();
    }

    async fn ids(&self) -> (uuid::Uuid, Vec<uuid::Uuid>, Vec<uuid::Uuid>, uuid::Uuid) {
        let Db::Sqlite { readers, .. } = &self.app.db else { panic!("SQLite only") };
        let all = async |sql: &'static str| sqlx::query_scalar::<_, uuid::Uuid>(sql).fetch_all(readers).await.unwrap();
        (
            all("SELECT id FROM organizations").await[0],
            all("SELECT id FROM topics").await,
            all("SELECT id FROM departments").await,
            all("SELECT id FROM access_points").await[0],
        )
    }
}

struct Row<'a> {
    id: uuid::Uuid,
    i: usize,
    org: uuid::Uuid,
    topic: uuid::Uuid,
    department: uuid::Uuid,
    point: uuid::Uuid,
    text: &'a str,
    received: DateTime<Utc>,
    open: bool,
}

async fn insert(tx: &mut huiyin::db::Conn, row: Row<'_>) {
    let state = if row.open { ["received", "assigned", "in_progress", "review"][row.i % 4] } else { "closed" };
    let closed = (!row.open).then(|| row.received + TimeDelta::days(3));
    let (of, letter) = (u32::try_from(row.i / 100).unwrap(), |place: u32| crockford::symbol(of >> (5 * place) & 31));
    let letters: String = (0..4).rev().map(letter).collect();
    let huiyin::db::Raw::Sqlite(c) = tx.raw() else { panic!("SQLite only") };
    sqlx::query(
        "INSERT INTO cases (id, organization_id, number, state, lane, channel, identity, person, topic_id, access_point_id, place,
                            excerpt, department_id, handler_id, due_at, promised_at, received_at, answered_at, closed_at, urged_at,
                            reopened, version, arrival)
         VALUES ($1, $2, $3, $4, 'ordinary', 'box', 'anonymous', 'parent', $5, $6, '校门口', $7, $8, NULL, $9, $9, $10, $11, $11, NULL, 0, 1, $12)",
    )
    .bind(row.id)
    .bind(row.org)
    .bind(format!("HY-{letters}-{:02}", row.i % 100))
    .bind(state)
    .bind(row.topic)
    .bind(row.point)
    .bind(row.text)
    .bind((state != "received").then_some(row.department))
    .bind(row.received + TimeDelta::days(7))
    .bind(row.received)
    .bind(closed)
    .bind(CaseId(row.id).arrival())
    .execute(c)
    .await
    .unwrap();
}
