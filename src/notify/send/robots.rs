//! What each kind of channel wants: the robots' own forms and signatures, and ours for webhooks.
//!
//! A webhook gets a JSON body and three headers. `X-Huiyin-Delivery` is the id of the message, the same at every try: who
//! keeps the ids of a day takes none twice. `X-Huiyin-Timestamp` is the time of the try in seconds. `X-Huiyin-Signature`
//! is `v1=` and the HMAC-SHA256 of `timestamp.id.body` with the channel's secret, in hexadecimal. A receiver compares the
//! signature, refuses what is older than five minutes, and answers 2xx.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::Url;

use crate::{
    kernel::{ids::DeliveryId, keys::hex},
    notify::{
        model::{ChannelKind, DeliveryKind, Target, Trouble},
        send::{guard, web::Post},
    },
};

/// What a message says.
pub struct Words<'a> {
    /// As text, for robots.
    pub text: &'a str,
    /// What kind of message it is.
    pub kind: DeliveryKind,
    /// How many cases it counts.
    pub cases: usize,
    /// Where to sign in.
    pub link: &'a str,
}

/// The POST of a message.
///
/// # Errors
/// `Forbidden` when the address is none that we send to.
pub fn request(
    kind: ChannelKind,
    target: &Target,
    id: DeliveryId,
    words: &Words<'_>,
    now: DateTime<Utc>,
    loopback: bool,
) -> Result<Post, Trouble> {
    let mut url = guard::address(kind, &target.address, loopback).ok_or(Trouble::Forbidden)?;
    let mut headers = vec![("x-huiyin-delivery", id.to_string())];
    let text = serde_json::json!({ "msgtype": "text", "text": { "content": words.text } });
    let body = match kind {
        ChannelKind::Wecom => text,
        ChannelKind::Dingtalk => {
            sign_dingtalk(&mut url, &target.secret, now);
            text
        }
        ChannelKind::Webhook => serde_json::json!({
            "id": id.to_string(), "kind": words.kind.code(), "cases": words.cases, "text": words.text, "link": words.link,
        }),
    };
    let body = body.to_string().into_bytes();
    if kind == ChannelKind::Webhook {
        let timestamp = now.timestamp().to_string();
        let signed = [timestamp.as_bytes(), b".", id.to_string().as_bytes(), b".", &body].concat();
        headers.push(("x-huiyin-signature", format!("v1={}", hex(&hmac(target.secret.as_bytes(), &signed)))));
        headers.push(("x-huiyin-timestamp", timestamp));
    }
    Ok(Post { url, headers, body })
}

/// DingTalk's signature 加签: the milliseconds and the secret, signed with the secret, in the address.
fn sign_dingtalk(url: &mut Url, secret: &str, now: DateTime<Utc>) {
    if secret.is_empty() {
        return;
    }
    let millis = now.timestamp_millis().to_string();
    let sign = STANDARD.encode(hmac(secret.as_bytes(), format!("{millis}\n{secret}").as_bytes()));
    url.query_pairs_mut().append_pair("timestamp", &millis).append_pair("sign", &sign);
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // An HMAC takes keys of every length; the fallback is never reached.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// Whether the answer says yes: robots say no with 200 and a number in the body.
///
/// # Errors
/// Why not.
pub fn judge(kind: ChannelKind, answer: &Bytes) -> Result<(), Trouble> {
    if kind == ChannelKind::Webhook {
        return Ok(());
    }
    let answer: serde_json::Value = serde_json::from_slice(answer).map_err(|_| Trouble::Later)?;
    match answer.get("errcode").and_then(serde_json::Value::as_i64) {
        Some(0) => Ok(()),
        // Too often (WeCom 45009, DingTalk 130101 and 660026), busy (-1): it passes. All else is wrong for good.
        Some(-1 | 45009 | 130_101 | 660_026) | None => Err(Trouble::Later),
        Some(_) => Err(Trouble::Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_the_ones_that_others_compute() {
        // RFC 4231, case 2.
        let mac = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hex(&mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let mut url = Url::parse("https://oapi.dingtalk.com/robot/send?access_token=x").unwrap();
        sign_dingtalk(&mut url, "SEC1", DateTime::from_timestamp(1_700_000_000, 0).unwrap());
        // openssl: printf '1700000000000\nSEC1' | openssl dgst -sha256 -hmac SEC1 -binary | base64
        let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        assert_eq!(query[1], ("timestamp".to_string(), "1700000000000".to_string()));
        assert_eq!(query[2].1, DINGTALK);
    }

    const DINGTALK: &str = "ukR4+WoOOBTGaOauYqugxVrMSFyr92q4hPxJxuOkiio=";

    #[test]
    fn robots_say_no_in_the_body() {
        let says = |text: &'static str| judge(ChannelKind::Wecom, &Bytes::from_static(text.as_bytes()));
        assert_eq!(says(r#"{"errcode":0,"errmsg":"ok"}"#), Ok(()));
        assert_eq!(says(r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#), Err(Trouble::Later));
        assert_eq!(says(r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#), Err(Trouble::Refused));
        assert_eq!(says("<html>"), Err(Trouble::Later));
        assert_eq!(judge(ChannelKind::Webhook, &Bytes::from_static(b"anything")), Ok(()));
    }
}
