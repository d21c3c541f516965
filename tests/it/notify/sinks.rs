//! A mail server and a web server of the tests' own: they take, refuse, keep silent, or hang up in the middle.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What was sent.
type Taken = Arc<Mutex<Vec<Vec<u8>>>>;
/// Serves one connection.
type Serve = fn(TcpStream, Mood, Taken) -> futures::future::BoxFuture<'static, Option<()>>;

/// How a sink behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything.
    Takes,
    /// Says no with this line or status (and body).
    Says(&'static str),
    /// Takes the connection and never says a word.
    Silent,
    /// Hangs up in the middle of the message.
    HangsUp,
}

/// A server on this machine with what it was sent.
pub struct Sink {
    pub addr: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    got: Taken,
}

impl Sink {
    pub async fn mail() -> Self {
        Self::start(|stream, mood, got| Box::pin(smtp(stream, mood, got))).await
    }

    pub async fn web() -> Self {
        Self::start(|stream, mood, got| Box::pin(http(stream, mood, got))).await
    }

    async fn start(serve: Serve) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (mood, got) = (Arc::new(Mutex::new(Mood::Takes)), Arc::new(Mutex::new(Vec::new())));
        let (moods, taken) = (mood.clone(), got.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = moods.lock().unwrap().clone();
                tokio::spawn(serve(stream, mood, taken.clone()));
            }
        });
        Self { addr, mood, got }
    }

    pub fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Everything that was taken whole, as sent.
    pub fn got(&self) -> Vec<Vec<u8>> {
        self.got.lock().unwrap().clone()
    }

    /// The same, decoded, and forgotten here.
    pub fn letters(&self) -> Vec<Letter> {
        self.got.lock().unwrap().drain(..).map(|raw| Letter::read(&raw)).collect()
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook?key=geheim-4711", self.addr)
    }
}

/// A message in the clear.
#[derive(Clone, Debug)]
pub struct Letter {
    pub raw: String,
    pub head: String,
    pub subject: String,
    pub text: String,
}

impl Letter {
    fn read(raw: &[u8]) -> Self {
        let raw = String::from_utf8_lossy(raw).into_owned();
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ");
        let field = |name: &str| {
            unfolded
                .lines()
                .find_map(|l| {
                    l.to_lowercase()
                        .starts_with(&format!("{}:", name.to_lowercase()))
                        .then(|| l[name.len() + 1..].trim().to_string())
                })
                .unwrap_or_default()
        };
        let text = match field("Content-Transfer-Encoding").as_str() {
            "base64" => {
                let packed: String = body.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
                String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap()
            }
            "quoted-printable" => unquote(body),
            _ => body.to_string(),
        };
        let subject = words(&field("Subject"));
        Self { head: unfolded, subject, text, raw }
    }

    pub fn field(&self, name: &str) -> String {
        let start = format!("{}:", name.to_lowercase());
        let line = self.head.lines().find(|l| l.to_lowercase().starts_with(&start));
        line.map(|l| l[start.len()..].trim().to_string()).unwrap_or_default()
    }
}

/// Encoded words (RFC 2047): the blanks between two of them are none.
fn words(field: &str) -> String {
    let (mut out, mut rest) = (String::new(), field.to_string());
    rest = rest.replace("?= =?", "?==?");
    while let Some((before, after)) = rest.split_once("=?utf-8?b?") {
        let (packed, tail) = after.split_once("?=").unwrap();
        out.push_str(before);
        out.push_str(&String::from_utf8_lossy(&STANDARD.decode(packed).unwrap()));
        rest = tail.to_string();
    }
    out + &rest
}

fn unquote(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let (mut out, bytes) = (Vec::new(), joined.as_bytes());
    let mut i = 0;
    while i < bytes.len() {
        let hex = (bytes[i] == b'=').then(|| joined.get(i + 1..i + 3)).flatten();
        if let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            out.push(byte);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).unwrap()
}

async fn smtp(stream: TcpStream, mood: Mood, got: Taken) -> Option<()> {
    let mut stream = BufReader::new(stream);
    if mood == Mood::Silent {
        std::future::pending::<()>().await;
    }
    stream.write_all(b"220 sink\r\n").await.ok()?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let answer = match line.get(..4).unwrap_or_default() {
            "RCPT" => match &mood {
                Mood::Says(no) => no,
                _ => "250 ok",
            },
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                let mut message = Vec::new();
                loop {
                    let mut piece = Vec::new();
                    stream.read_until(b'\n', &mut piece).await.ok()?;
                    if mood == Mood::HangsUp {
                        return None;
                    }
                    if piece == b".\r\n" || piece.is_empty() {
                        break;
                    }
                    message.extend(piece);
                }
                got.lock().unwrap().push(message);
                "250 taken"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await.ok()?;
                return None;
            }
            _ => "250 sink",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}

async fn http(stream: TcpStream, mood: Mood, got: Taken) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut request = Vec::new();
    let mut length = 0;
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&line).to_lowercase();
        if let Some(value) = text.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        request.extend(&line);
        if line == b"\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    request.extend(body);
    got.lock().unwrap().push(request);
    match mood {
        Mood::Silent => std::future::pending::<()>().await,
        Mood::HangsUp => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nhalf").await.ok()?;
        }
        Mood::Says(whole) => stream.write_all(whole.as_bytes()).await.ok()?,
        Mood::Takes => {
            let body = r#"{"errcode":0,"errmsg":"ok"}"#;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
            stream.write_all(head.as_bytes()).await.ok()?;
        }
    }
    stream.shutdown().await.ok()
}
