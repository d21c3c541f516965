//! Connections: slow ones are given up, idle ones closed, running requests finish when the program stops (promise 21).

use std::{net::SocketAddr, time::Duration};

use huiyin::http::serve;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

use crate::support::{TestApp, key};

struct Running {
    t: TestApp,
    addr: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

async fn running() -> Running {
    let t = TestApp::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(serve::serve(t.app.clone(), listener, async { drop(stopped.await) }));
    Running { t, addr, stop, served }
}

/// Everything until the other side closes; it must do so within half a minute.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    timeout(Duration::from_secs(30), stream.read_to_end(&mut bytes)).await.unwrap().ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn who_never_ends_the_headers_is_let_go_and_others_are_served_meanwhile() {
    let r = running().await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(r.addr).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").await.unwrap();
        slow.push(stream);
    }
    let mut quick = TcpStream::connect(r.addr).await.unwrap();
    quick.write_all(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").await.unwrap();
    assert!(rest(&mut quick).await.starts_with("HTTP/1.1 200"));
    for stream in &mut slow {
        let answer = rest(stream).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let r = running().await;
    let mut stream = TcpStream::connect(r.addr).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").await.unwrap();
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_submission_under_way_is_finished_when_the_program_stops() {
    let r = running().await;
    let body = format!(
        "role=parent&identity=anonymous&topic=canteen&body=%E6%B1%A4%E6%98%AF%E5%87%89%E7%9A%84&idempotency_key={}",
        key()
    );
    let (first, second) = body.split_at(body.len() / 2);
    let mut stream = TcpStream::connect(r.addr).await.unwrap();
    let head = format!(
        "POST /q/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{first}",
        r.t.point("校门口"),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = r.t.count("cases").await;
    r.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(TcpStream::connect(r.addr).await.is_err(), "a stopping program takes no new connections");
    stream.write_all(second.as_bytes()).await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    timeout(Duration::from_secs(5), r.served).await.unwrap().unwrap();
    assert_eq!(r.t.count("cases").await, before + 1);
}
