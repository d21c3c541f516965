//! One POST to a webhook: to the address that was looked at, no redirects, a time limit, a bounded answer.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};
use url::{Position, Url};

use crate::notify::{model::Trouble, send::guard};

/// Most bytes of an answer that are read.
const MOST_BYTES: usize = 16 * 1024;

/// What goes out.
pub struct Post {
    /// The address.
    pub url: Url,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body, as JSON.
    pub body: Vec<u8>,
}

/// Sends it within `time`; gives the body of an answer that says yes.
///
/// # Errors
/// Why it did not arrive.
pub async fn post(post: Post, time: Duration, loopback: bool) -> Result<Bytes, Trouble> {
    tokio::time::timeout(time, exchange(post, loopback)).await.map_err(|_| Trouble::Slow)?
}

async fn exchange(post: Post, loopback: bool) -> Result<Bytes, Trouble> {
    let addresses = guard::resolve(&post.url, loopback).await?;
    let mut stream = Err(Trouble::Unreachable);
    for address in addresses {
        stream = TcpStream::connect(address).await.map_err(|_| Trouble::Unreachable);
        if stream.is_ok() {
            break;
        }
    }
    let stream = stream?;
    if post.url.scheme() == "https" {
        let name = post.url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_string();
        let name = ServerName::try_from(name).map_err(|_| Trouble::Forbidden)?;
        let stream = connector()?.connect(name, stream).await.map_err(|_| Trouble::Tls)?;
        ask(post, stream).await
    } else {
        ask(post, stream).await
    }
}

fn connector() -> Result<TlsConnector, Trouble> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| Trouble::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn ask(post: Post, stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Result<Bytes, Trouble> {
    let broken = |_| Trouble::Broken;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let mut request = Request::post(&post.url[Position::BeforePath..Position::AfterQuery])
        .header(header::HOST, &post.url[Position::BeforeHost..Position::AfterPort])
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, "huiyin");
    for (name, value) in post.headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(post.body))).map_err(|_| Trouble::Forbidden)?;
    // The connection works only while it is polled; it ends with this future.
    let talk = async {
        let response = sender.send_request(request).await.map_err(|_| Trouble::Broken)?;
        judge(response.status())?;
        match Limited::new(response.into_body(), MOST_BYTES).collect().await {
            Ok(body) => Ok(body.to_bytes()),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Trouble::TooLong),
            Err(_) => Err(Trouble::Broken),
        }
    };
    let connection = async {
        drop(connection.await);
        // An answer that was read whole may come after the other side closed.
        std::future::pending::<()>().await;
    };
    tokio::select! {
        answer = talk => answer,
        () = connection => Err(Trouble::Broken),
    }
}

fn judge(status: StatusCode) -> Result<(), Trouble> {
    match status.as_u16() {
        200..=299 => Ok(()),
        300..=399 => Err(Trouble::Moved),
        408 | 425 | 429 => Err(Trouble::Later),
        400..=499 => Err(Trouble::Refused),
        _ => Err(Trouble::Later),
    }
}
