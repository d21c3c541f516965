//! Several instances on one PostgreSQL behind nginx, with the settings that the README gives; one of them is killed again
//! and again: sessions, throttles, keys and jobs are of the installation, not of a process.

use std::{
    collections::{HashMap, HashSet},
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use huiyin::{
    cli::demo::{self, Demo},
    config::Config,
    http::App,
    kernel::roles::Role,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sqlx::{Connection, PgConnection, Row};

use super::kill::{Ledger, send, serve_at, serve_over};
use crate::support::{Engine, engines, new_database};

const INSTANCES: usize = 3;
const SENDERS: u64 = 4;
const KILLS: usize = 6;

/// Running instances behind a balancer.
struct Fleet {
    folder: PathBuf,
    database: String,
    running: Vec<(Child, u16)>,
    balancer: Option<(Child, u16)>,
}

impl Fleet {
    fn start(folder: &Path, database: &str) -> Self {
        let running: Vec<_> = (0..INSTANCES).map(|_| serve_over(folder, database)).collect();
        let ports: Vec<u16> = running.iter().map(|(_, port)| *port).collect();
        let (folder, database) = (folder.to_path_buf(), database.to_string());
        let mut fleet = Self { folder, database, running, balancer: None };
        fleet.balancer = Some(balance(&fleet.folder, &ports));
        fleet
    }

    fn port(&self, i: usize) -> u16 {
        self.running[i % INSTANCES].1
    }

    /// The port of the balancer.
    fn front(&self) -> u16 {
        self.balancer.as_ref().unwrap().1
    }

    /// Kills an instance, and starts it again after a while in which it is asked in vain.
    fn replace(&mut self, i: usize) {
        self.running[i].0.kill().unwrap();
        self.running[i].0.wait().unwrap();
        thread::sleep(Duration::from_millis(150));
        self.running[i] = serve_at(&self.folder, &self.database, self.running[i].1);
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for (child, _) in self.running.iter_mut().chain(&mut self.balancer) {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// nginx in front of the instances at these ports, as the README sets it up, but without TLS.
fn balance(folder: &Path, ports: &[u16]) -> (Child, u16) {
    let program = std::env::var("HUIYIN_TEST_NGINX").unwrap_or_default();
    assert!(!program.is_empty(), "nginx is missing; run scripts/setup balancer");
    let readme = include_str!("../../../README.md");
    let settings = readme.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let line = settings.lines().find(|l| l.contains("server 127.0.0.1:3000")).unwrap();
    let lines: Vec<String> = ports.iter().map(|port| line.replace("3000", &port.to_string())).collect();
    let listen = settings.lines().find(|l| l.contains("listen 443 ssl;")).unwrap();
    // A port that is free now; nobody else takes it within the moment.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings =
        settings.replace(line, &lines.join("\n")).replace(listen, &format!("  listen 127.0.0.1:{port} backlog=512;"));
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|what| format!("{what}_temp_path {}/nginx_{what};\n", folder.display()))
        .collect();
    let file = folder.join("nginx.conf");
    let whole = format!(
        "daemon off; master_process off; pid {0}/nginx.pid; error_log {0}/nginx.log;\nevents {{}}\nhttp {{\naccess_log {0}/nginx.access;\n{temporary}{settings}}}\n",
        folder.display()
    );
    std::fs::write(&file, whole).unwrap();
    let mut child = Command::new(program)
        .arg("-e")
        .arg(folder.join("nginx.log"))
        .arg("-p")
        .arg(folder)
        .arg("-c")
        .arg(&file)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let log = || std::fs::read_to_string(folder.join("nginx.log")).unwrap_or_default();
        assert!(child.try_wait().unwrap().is_none(), "nginx did not start: {}", log());
        assert!(begun.elapsed() < Duration::from_secs(20), "nginx does not answer: {}", log());
        thread::sleep(Duration::from_millis(20));
    }
    (child, port)
}

/// Asks one instance: status and head of the answer.
fn ask(port: u16, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_string();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head)
}

fn get(port: u16, path: &str, cookie: &str) -> u16 {
    ask(port, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n")).0
}

fn post(port: u16, path: &str, cookie: &str, body: &str) -> (u16, String) {
    ask(
        port,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
}

/// The session cookie of an answer.
fn session(head: &str) -> Option<String> {
    let cookie =
        head.lines().find_map(|l| l.strip_prefix("set-cookie: ").filter(|c| c.starts_with("__Host-huiyin=")))?;
    Some(cookie.split(';').next()?.to_string())
}

/// A session begun at one instance is known to all, and ended at another it is over for all; wrong passwords add up.
fn people_and_instances(fleet: &Fleet, demo: &Demo) {
    let office = demo.staff.iter().find(|l| l.role == Role::Office).unwrap();
    let login = format!("username={}&password={}", office.username, office.password);
    let (status, head) = post(fleet.front(), "/login", "", &login);
    assert_eq!(status, 303, "{head}");
    let cookie = session(&head).unwrap_or_else(|| panic!("no session in {head}"));
    for i in 0..INSTANCES {
        assert_eq!(get(fleet.port(i), "/desk", &cookie), 200);
        assert_eq!(get(fleet.front(), "/desk", &cookie), 200);
    }
    assert_eq!(post(fleet.port(1), "/logout", &cookie, "").0, 303);
    for i in 0..INSTANCES {
        assert_eq!(get(fleet.port(i), "/desk", &cookie), 303, "a session that is over opens nothing anywhere");
    }
    let guessed = demo.staff.iter().find(|l| l.role == Role::Auditor).unwrap();
    let wrong = format!("username={}&password=wrong", guessed.username);
    let answers: Vec<u16> = (0..9).map(|i| post(fleet.port(i), "/login", "", &wrong).0).collect();
    // Each of them alone has seen three, of which none would be too many.
    assert!(answers.contains(&429), "tries add up across instances: {answers:?}");
}

/// What the database holds: case number by key, and whatever must be there once but is there twice.
async fn stored(database: &str) -> (HashMap<String, String>, Vec<String>) {
    let mut c = PgConnection::connect(database).await.unwrap();
    let rows = sqlx::query("SELECT c.number, s.body FROM cases c JOIN submissions s ON s.case_id = c.id")
        .fetch_all(&mut c)
        .await
        .unwrap();
    let (mut cases, mut twice) = (HashMap::new(), Vec::new());
    for row in rows {
        let (number, body): (String, String) = (row.get(0), row.get(1));
        let key = body.split(' ').next().unwrap().to_string();
        if let Some(earlier) = cases.insert(key, number.clone()) {
            twice.push(format!("{earlier} and {number} are of one key"));
        }
    }
    let notices: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE kind = 'received' GROUP BY case_id, staff_id HAVING count(*) > 1) t",
    )
    .fetch_one(&mut c)
    .await
    .unwrap();
    if notices > 0 {
        twice.push(format!("{notices} people were told twice of one case"));
    }
    let jobs = sqlx::query("SELECT kind FROM jobs GROUP BY kind, once_key HAVING count(*) > 1").fetch_all(&mut c).await;
    twice.extend(jobs.unwrap().iter().map(|row| format!("{} is scheduled twice", row.get::<String, _>(0))));
    (cases, twice)
}

#[test]
fn three_instances_are_one_service_while_they_are_killed() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (database, demo) = runtime.block_on(async {
        let (database, _) = new_database(None).await;
        let app = App::open(Config::for_tests(folder.path(), Some(database.clone()))).await.unwrap();
        let demo = demo::fill(&app).await.unwrap();
        app.db.close().await;
        (database, demo)
    });
    let mut fleet = Fleet::start(folder.path(), &database);
    people_and_instances(&fleet, &demo);

    let ledger = Arc::new(Ledger::default());
    let stop = Arc::new(AtomicBool::new(false));
    let code = &demo.access_points[0].code;
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let port = fleet.front();
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let (ledger, stop, code, photo) = (ledger.clone(), stop.clone(), code.clone(), photo.clone());
            // The balancer asks the next instance in turn: a key whose answer was cut off comes back at another one.
            thread::spawn(move || send(&ledger, || port, &code, &photo, &stop, StdRng::seed_from_u64(sender)))
        })
        .collect();
    let mut random = StdRng::seed_from_u64(7);
    for _ in 0..KILLS {
        thread::sleep(Duration::from_millis(random.random_range(200..600)));
        let victim = random.random_range(0..INSTANCES);
        fleet.replace(victim);
    }
    stop.store(true, Ordering::Relaxed);
    for sender in senders {
        sender.join().unwrap();
    }
    drop(fleet);
    let addresses = std::fs::read_to_string(folder.path().join("nginx.access")).unwrap();
    assert_eq!(addresses, "", "with the README's settings nginx keeps no address");

    let (cases, twice) = runtime.block_on(stored(&database));
    assert_eq!(twice, Vec::<String>::new());
    let tried: HashSet<String> = ledger.tried.lock().unwrap().clone();
    let acknowledged = ledger.acknowledged.lock().unwrap().clone();
    for (key, number) in &acknowledged {
        assert_eq!(cases.get(key), Some(number), "an acknowledged submission is gone");
    }
    assert!(cases.keys().all(|key| tried.contains(key)), "a case that nobody sent");
    assert!(acknowledged.len() > KILLS * 3, "hardly anything was acknowledged: the test proves nothing");
    assert!(ledger.asked_again.load(Ordering::Relaxed) > 0, "no kill met a request: the test proves nothing");
}
