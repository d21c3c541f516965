//! Acknowledged means durable (promise 1): the real program is killed at random moments under load, twenty times over one
//! database. A ledger on the sender's side says what was tried and what was acknowledged; in the end, acknowledged ⊆
//! stored ⊆ tried, at most one case a key, files whole, the database sound. More rounds: `HUIYIN_KILLS=200`.

use std::{
    collections::{HashMap, HashSet},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use huiyin::{config::Config, http::App, kernel::keys::sha256};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use sqlx::{Connection, Row, SqliteConnection};

use crate::support::Multipart;

const SENDERS: usize = 4;

/// What the senders know.
#[derive(Default)]
pub(super) struct Ledger {
    pub tried: Mutex<HashSet<String>>,
    pub acknowledged: Mutex<HashMap<String, String>>,
    pub asked_again: AtomicU64,
}

/// The program over SQLite in this folder.
fn serve(folder: &Path) -> (Child, u16) {
    serve_over(folder, &format!("sqlite://{}/huiyin.db", folder.display()))
}

/// The program, listening on a port of its own choice.
pub(super) fn serve_over(folder: &Path, database: &str) -> (Child, u16) {
    serve_at(folder, database, 0)
}

/// The program, listening on this port, behind a proxy of this machine.
pub(super) fn serve_at(folder: &Path, database: &str, port: u16) -> (Child, u16) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huiyin"))
        .arg("serve")
        .env("HUIYIN_ADDR", format!("127.0.0.1:{port}"))
        .env("HUIYIN_DATA_DIR", folder)
        .env("HUIYIN_DATABASE_URL", database)
        .env("HUIYIN_BASE_URL", "http://127.0.0.1:3000")
        .env("HUIYIN_TRUSTED_PROXY", "127.0.0.1")
        .env("HUIYIN_LOG", "off")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port =
        line.split("http://127.0.0.1:").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|p| p.parse().ok());
    (child, port.unwrap_or_else(|| panic!("the program did not start: {line}")))
}

/// One request; `None` when the whole answer did not come.
fn post(mut stream: TcpStream, path: &str, kind: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let length: usize = head.split("content-length: ").nth(1)?.lines().next()?.trim().parse().ok()?;
    let body = answer[end..].to_vec();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    (body.len() == length).then_some((status, body))
}

/// Sends until told to stop, each time to the port that is next; a key without an answer is tried again, as a phone would.
pub(super) fn send(
    ledger: &Ledger,
    port: impl Fn() -> u16,
    code: &str,
    photo: &[u8],
    stop: &AtomicBool,
    mut random: StdRng,
) {
    let mut pending: Option<String> = None;
    while !stop.load(Ordering::Relaxed) {
        let key = pending.take().unwrap_or_else(|| format!("kill-{:016x}", random.next_u64()));
        ledger.tried.lock().unwrap().insert(key.clone());
        // Everything follows from the key, so that a repeat is the same press.
        let has_photo = key.ends_with(['0', '1']);
        let body = format!("{key} 食堂的汤是凉的，𠮷野家的不是 🍲");
        let mut form = Multipart::new().texts(&[
            ("idempotency_key", &key),
            ("role", "parent"),
            ("identity", "anonymous"),
            ("body", &body),
        ]);
        if has_photo {
            form = form.file("files", "汤.jpg", "image/jpeg", photo);
        }
        let Ok(stream) = TcpStream::connect(("127.0.0.1", port())) else {
            pending = Some(key);
            thread::sleep(Duration::from_millis(5));
            continue;
        };
        match post(stream, &format!("/q/{code}"), &Multipart::content_type(), &form.body()) {
            Some((201, answer)) => {
                let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
                let number = answer["case_number"].as_str().unwrap().to_string();
                if let Some(earlier) = ledger.acknowledged.lock().unwrap().insert(key, number.clone()) {
                    assert_eq!(earlier, number, "the same press got two receipts");
                }
            }
            Some((503, _)) => {}
            // 502: a balancer says that the instance went away in the middle.
            Some((502, _)) | None => {
                ledger.asked_again.fetch_add(1, Ordering::Relaxed);
                pending = Some(key);
            }
            Some((status, answer)) => panic!("{status} {}", String::from_utf8_lossy(&answer)),
        }
    }
}

async fn demo(folder: &Path) -> String {
    let app = App::open(Config::for_tests(folder, None)).await.unwrap();
    let code = huiyin::cli::demo::fill(&app).await.unwrap().access_points[0].code.clone();
    app.db.close().await;
    code
}

/// Everything that the database holds now: by case number, the text and the hashes of the files.
async fn stored(folder: &Path) -> HashMap<String, (String, Vec<Vec<u8>>)> {
    let url = format!("sqlite://{}/huiyin.db", folder.display());
    let mut c = SqliteConnection::connect(&url).await.unwrap();
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut c).await.unwrap();
    assert_eq!(sound, "ok");
    let rows = sqlx::query("SELECT c.number, s.body, c.id FROM cases c JOIN submissions s ON s.case_id = c.id")
        .fetch_all(&mut c)
        .await
        .unwrap();
    let mut cases = HashMap::new();
    for row in rows {
        let id: Vec<u8> = row.get(2);
        let files = sqlx::query_scalar("SELECT sha256 FROM attachments WHERE case_id = $1")
            .bind(id)
            .fetch_all(&mut c)
            .await
            .unwrap();
        let twice = cases.insert(row.get::<String, _>(0), (row.get::<String, _>(1), files));
        assert!(twice.is_none(), "a case with two submissions");
    }
    cases
}

#[test]
fn what_was_acknowledged_survives_twenty_kills() {
    let rounds: u64 = std::env::var("HUIYIN_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let code = runtime.block_on(demo(folder.path()));
    let photo = std::fs::read("end2end/fixtures/canteen.jpg").unwrap();
    let ledger = Arc::new(Ledger::default());
    let mut random = StdRng::seed_from_u64(20_260_310);
    for round in 0..rounds {
        let (mut child, port) = serve(folder.path());
        let stop = Arc::new(AtomicBool::new(false));
        let senders: Vec<_> = (0..SENDERS as u64)
            .map(|sender| {
                let (ledger, stop, code, photo) = (ledger.clone(), stop.clone(), code.clone(), photo.clone());
                let random = StdRng::seed_from_u64(round * 1000 + sender);
                thread::spawn(move || send(&ledger, || port, &code, &photo, &stop, random))
            })
            .collect();
        thread::sleep(Duration::from_millis(random.random_range(100..900)));
        child.kill().unwrap();
        child.wait().unwrap();
        stop.store(true, Ordering::Relaxed);
        for sender in senders {
            sender.join().unwrap();
        }
    }
    let tried = ledger.tried.lock().unwrap().clone();
    let acknowledged = ledger.acknowledged.lock().unwrap().clone();

    let cases = runtime.block_on(stored(folder.path()));
    let key_of = |body: &str| body.split(' ').next().unwrap().to_string();
    let mut by_key = HashMap::new();
    for (number, (body, _)) in &cases {
        let earlier = by_key.insert(key_of(body), number.clone());
        assert!(earlier.is_none(), "two cases of one key");
    }
    for (key, number) in &acknowledged {
        assert_eq!(by_key.get(key), Some(number), "an acknowledged submission is gone");
    }
    for key in by_key.keys() {
        assert!(tried.contains(key), "a case that nobody sent");
    }
    let mut photos = 0;
    for (body, files) in cases.values() {
        let wants_photo = key_of(body).ends_with(['0', '1']);
        assert_eq!(files.len(), usize::from(wants_photo), "{body}");
        for sha in files {
            let whole = all_files(folder.path())
                .any(|path| std::fs::read(path).is_ok_and(|bytes| sha256(&bytes).as_slice() == sha.as_slice()));
            assert!(whole, "a file is missing or damaged");
            photos += 1;
        }
    }
    let interrupted = ledger.asked_again.load(Ordering::Relaxed);
    println!(
        "{rounds} kills: {} tried, {} acknowledged, {} stored, {photos} photos, {interrupted} answers cut off",
        tried.len(),
        acknowledged.len(),
        cases.len()
    );
    assert!(acknowledged.len() as u64 > rounds, "hardly anything was acknowledged: the test proves nothing");
    assert!(interrupted > 0, "no kill met a request: the test proves nothing");
}

fn all_files(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> + use<> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.into_iter()
}
