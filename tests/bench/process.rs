//! The program as a process: from start to the first answer, and its memory.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

use crate::{client::Client, line};

fn memory(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let kb = status
        .lines()
        .find_map(|l| l.strip_prefix("VmRSS:"))
        .and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok());
    kb.unwrap_or(f64::NAN) / 1024.0
}

/// Start, rest, load.
pub fn measure() {
    let folder = tempfile::tempdir().unwrap();
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huiyin"));
        command
            .env("HUIYIN_ADDR", "127.0.0.1:0")
            .env("HUIYIN_DATA_DIR", folder.path())
            .env("HUIYIN_DATABASE_URL", format!("sqlite://{}/huiyin.db", folder.path().display()))
            .env("HUIYIN_LOG", "off")
            .stdout(Stdio::piped());
        command
    };
    let demo: serde_json::Value =
        serde_json::from_slice(&program().args(["demo", "--json"]).output().unwrap().stdout).unwrap();
    let path = format!("/q/{}", demo["access_points"][0]["code"].as_str().unwrap());
    let start = Instant::now();
    let mut server = program().arg("serve").spawn().unwrap();
    let mut said = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let port: u16 = said.split("127.0.0.1:").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        assert_eq!(Client::to(port).await.get(&path, "").await.status, 200);
        println!();
        line("start to first answer", format!("{:.0} ms", start.elapsed().as_secs_f64() * 1000.0), String::new(), None);
        let rest = memory(server.id());
        let tasks: Vec<_> = (0..64)
            .map(|sender| {
                let path = path.clone();
                tokio::spawn(async move {
                    let mut client = Client::to(port).await;
                    for i in 0..30 {
                        client.get(&path, "").await;
                        let body = format!(
                            "idempotency_key=bench-{sender}-{i}&role=parent&identity=anonymous&body=%E6%B1%A4%E5%87%89"
                        );
                        assert_eq!(client.post(&path, &body).await.status, 201);
                    }
                })
            })
            .collect();
        let mut most = rest;
        for task in tasks {
            most = most.max(memory(server.id()));
            task.await.unwrap();
        }
        most = most.max(memory(server.id()));
        line(
            "memory under 64 senders, against at rest",
            format!("{most:.0} MB"),
            format!("{rest:.0} MB"),
            Some(most / rest),
        );
    });
    server.kill().unwrap();
    server.wait().unwrap();
}
