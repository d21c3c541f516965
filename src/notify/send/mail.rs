//! One e-mail by SMTP, each over a connection of its own.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{authentication::Credentials, extension::ClientId},
};

use crate::{
    config::{MailConfig, MailTls},
    http::App,
    kernel::ids::DeliveryId,
    notify::model::Trouble,
};

/// The whole conversation takes no longer than so many steps of it may.
const STEPS: u32 = 3;

/// What goes out.
#[derive(Clone, Debug)]
pub struct Mail {
    /// To which address; no name stands beside it.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

/// Whether this is an address that mail can go to.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<Address>().is_ok_and(|a| a.domain().contains('.'))
}

/// Whether mail can come from this: an address, perhaps with a name before it.
pub fn is_sender(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

/// Sends it. The id is the message's: a second try of the same message carries the same one.
///
/// # Errors
/// Why it did not arrive.
pub async fn send(app: &Arc<App>, id: DeliveryId, mail: Mail, now: DateTime<Utc>) -> Result<(), Trouble> {
    let settings = &app.config.mail;
    let message = message(settings, id, mail, now)?;
    let transport = transport(settings, &app.config.base_url(), app.config.outgoing_time)?;
    let sent = tokio::time::timeout(app.config.outgoing_time * STEPS, transport.send(message))
        .await
        .map_err(|_| Trouble::Slow)?;
    sent.map(drop).map_err(|error| match () {
        () if error.is_permanent() => Trouble::Refused,
        () if error.is_transient() => Trouble::Later,
        () if error.is_timeout() => Trouble::Slow,
        () if error.is_tls() => Trouble::Tls,
        () if error.is_client() || error.is_response() => Trouble::Broken,
        () => Trouble::Unreachable,
    })
}

fn message(settings: &MailConfig, id: DeliveryId, mail: Mail, now: DateTime<Utc>) -> Result<Message, Trouble> {
    let from: Mailbox = settings.from.as_deref().and_then(|from| from.parse().ok()).ok_or(Trouble::NotSet)?;
    let to: Address = mail.to.parse().map_err(|_| Trouble::Refused)?;
    let message_id = format!("<{id}@{}>", from.email.domain());
    let mut message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(mail.subject)
        .date(now.into())
        .message_id(Some(message_id))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text)
        .map_err(|_| Trouble::NotSet)?;
    let ours = [("Auto-Submitted", "auto-generated".to_string()), ("X-Huiyin-Delivery", id.to_string())];
    for (name, value) in ours.into_iter().chain(mail.headers) {
        if let Ok(name) = HeaderName::new_from_ascii(name.to_string()) {
            message.headers_mut().insert_raw(HeaderValue::new(name, value));
        }
    }
    Ok(message)
}

fn transport(
    settings: &MailConfig,
    base_url: &str,
    step: Duration,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, Trouble> {
    let server = settings.server.as_deref().ok_or(Trouble::NotSet)?;
    let builder = match settings.tls {
        MailTls::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(server).map_err(|_| Trouble::Tls)?,
        MailTls::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(server).map_err(|_| Trouble::Tls)?,
        MailTls::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server),
    };
    let our_name = url::Url::parse(base_url).ok().and_then(|url| url.host_str().map(str::to_string));
    let builder = builder
        .port(settings.port())
        .timeout(Some(step))
        .hello_name(ClientId::Domain(our_name.unwrap_or_else(|| "localhost".to_string())));
    let password = settings.password().map_err(|_| Trouble::NotSet)?;
    Ok(match (&settings.user, password) {
        (Some(user), Some(password)) => builder.credentials(Credentials::new(user.clone(), password)).build(),
        _ => builder.build(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_addresses() {
        assert!(is_address("li.xiuying@example.cn") && is_address("a+b@mail.example.cn"));
        for wrong in
            ["", "li", "li@", "@example.cn", "li@example", "a b@example.cn", "a@example.cn\r\nBcc: x@example.cn"]
        {
            assert!(!is_address(wrong), "{wrong:?}");
        }
    }
}
