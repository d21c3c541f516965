//! The public form: submissions acknowledged durably, and pages rendered.

use std::time::{Duration, Instant};

use huiyin::kernel::random::{SystemRandom, secret};
use sqlx::{
    Executor,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::net::TcpListener;

use crate::{client::Client, line, world::World};

const WHILE: Duration = Duration::from_secs(4);

/// How many times a second something is done by so many at once.
async fn rate<F, Fut>(clients: usize, act: F) -> f64
where
    F: Fn(usize, Instant) -> Fut,
    Fut: Future<Output = usize> + Send + 'static,
{
    let start = Instant::now();
    let tasks: Vec<_> = (0..clients).map(|i| tokio::spawn(act(i, start + WHILE))).collect();
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

/// Submissions per second against bare inserts of the same text with the same durability.
pub async fn submissions() {
    let body = "三楼的汤是凉的，孩子说最近常这样。希望能看一下保温台。".repeat(3);
    let escaped: String = body.bytes().map(|b| format!("%{b:02X}")).collect();
    for clients in [1, 16, 64] {
        let world = World::start().await;
        let (port, path) = (world.port, world.form());
        let ours = rate(clients, |_, until| {
            let (path, escaped) = (path.clone(), escaped.clone());
            async move {
                let mut client = Client::to(port).await;
                let mut done = 0;
                while Instant::now() < until {
                    let key = secret(&SystemRandom);
                    let form = format!("idempotency_key={key}&role=parent&identity=anonymous&body={escaped}");
                    assert_eq!(client.post(&path, &form).await.status, 201);
                    done += 1;
                }
                done
            }
        })
        .await;

        let options = SqliteConnectOptions::new()
            .filename(world.folder.path().join("plain.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        pool.execute("CREATE TABLE plain (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT").await.unwrap();
        let plain = rate(clients, |_, until| {
            let (pool, body) = (pool.clone(), body.clone());
            async move {
                let mut done = 0;
                while Instant::now() < until {
                    let insert =
                        sqlx::query("INSERT INTO plain VALUES ($1, $2)").bind(secret(&SystemRandom)).bind(&body);
                    insert.execute(&pool).await.unwrap();
                    done += 1;
                }
                done
            }
        })
        .await;
        let what = format!("submissions/s, {clients} clients, against inserts");
        line(&what, format!("{ours:.0}"), format!("{plain:.0}"), Some(ours / plain));
    }
}

/// Forms per second against a bare page of the same size.
pub async fn forms() {
    let world = World::start().await;
    let (port, path) = (world.port, world.form());
    let page = Client::to(port).await.get(&path, "").await.body;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let bare_port = listener.local_addr().unwrap().port();
    let html = String::from_utf8(page).unwrap();
    let router = axum::Router::new().route("/", axum::routing::get(move || async move { axum::response::Html(html) }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let renders = async |port: u16, path: String| {
        rate(16, |_, until| {
            let path = path.clone();
            async move {
                let mut client = Client::to(port).await;
                let mut done = 0;
                while Instant::now() < until {
                    assert_eq!(client.get(&path, "").await.status, 200);
                    done += 1;
                }
                done
            }
        })
        .await
    };
    let ours = renders(port, path).await;
    let plain = renders(bare_port, "/".to_string()).await;
    line("forms/s, 16 clients, against a bare page", format!("{ours:.0}"), format!("{plain:.0}"), Some(ours / plain));
}
