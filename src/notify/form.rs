//! What people type about notices → types of ours, with an error beside each field.

use crate::{
    http::Form,
    kernel::text::{char_count, normalize_line},
    notify::{
        model::{ChannelKind, Muted, News, Pace},
        send::{guard, mail},
        settings::Settings,
    },
    ui::FormState,
};

/// Most characters of a channel's name.
pub const NAME_CHARS: usize = 40;
/// Characters of a webhook's secret: it must not be guessed.
pub const SECRET_CHARS: (usize, usize) = (16, 200);

/// The kinds of news that were ticked: fields `news.<code>`.
fn wanted(values: &Form) -> Muted {
    let ticked: Vec<News> = News::ALL.iter().copied().filter(|n| values.has(&format!("news.{}", n.code()))).collect();
    Muted::all_but(&ticked)
}

/// The ticks of a form as it is.
pub fn ticks(muted: &Muted) -> impl Iterator<Item = (String, String)> {
    News::ALL.iter().filter(|n| !muted.has(**n)).map(|n| (format!("news.{}", n.code()), "1".to_string()))
}

/// Reads a person's settings.
pub fn settings(values: Form) -> Result<Settings, FormState> {
    let mut state = FormState::of(values);
    let typed = state.values.text("email").trim().to_string();
    let email = (!typed.is_empty()).then_some(typed);
    if email.as_deref().is_some_and(|e| !mail::is_address(e)) {
        state.error("email", "notify.error.email");
    }
    let pace = Pace::parse(state.values.text("pace"));
    if pace.is_none() {
        state.error("pace", "notify.error.choose");
    }
    let muted = wanted(&state.values);
    match pace {
        Some(pace) if state.is_ok() => Ok(Settings { email, pace, muted }),
        _ => Err(state),
    }
}

/// A channel as an administrator wants it.
#[derive(Clone, Debug)]
pub struct ChannelInput {
    /// What it is.
    pub kind: ChannelKind,
    /// Its name.
    pub name: String,
    /// The address; `None` when the old one stays.
    pub address: Option<String>,
    /// The host of the address.
    pub host: String,
    /// The secret; `None` when the old one stays.
    pub secret: Option<String>,
    /// What it does not carry.
    pub muted: Muted,
    /// Whether it is used.
    pub in_use: bool,
}

/// Reads a channel. `known` is the kind of one that exists: its address and secret may stay untyped.
pub fn channel(values: Form, known: Option<ChannelKind>, loopback: bool) -> Result<ChannelInput, FormState> {
    let mut state = FormState::of(values);
    let kind = known.or_else(|| ChannelKind::parse(state.values.text("kind")));
    let name = normalize_line(state.values.text("name"));
    if name.is_empty() || char_count(&name) > NAME_CHARS {
        state.error_with("name", "notify.error.name", &[("max", NAME_CHARS.to_string())]);
    }
    let typed = |state: &FormState, field: &str| state.values.optional(field).map(str::to_string);
    let (address, secret) = (typed(&state, "address"), typed(&state, "secret"));
    let Some(kind) = kind else {
        state.error("kind", "notify.error.choose");
        return Err(state);
    };
    let url = address.as_deref().and_then(|text| guard::address(kind, text, loopback));
    let needed = known.is_none() || address.is_some();
    if needed && url.is_none() {
        state.error(
            "address",
            match kind {
                ChannelKind::Wecom => "notify.error.wecom",
                ChannelKind::Dingtalk => "notify.error.dingtalk",
                ChannelKind::Webhook => "notify.error.webhook",
            },
        );
    }
    let (least, most) = SECRET_CHARS;
    let long_enough = secret.as_deref().is_none_or(|s| (least..=most).contains(&s.len()));
    if kind.has_secret() && (!long_enough || (known.is_none() && secret.is_none())) {
        state.error_with("secret", "notify.error.secret", &[("min", least.to_string()), ("max", most.to_string())]);
    }
    let host = url.and_then(|u| u.host_str().map(str::to_string)).unwrap_or_default();
    let (muted, in_use) = (wanted(&state.values), known.is_none() || state.values.has("in_use"));
    if state.is_ok() { Ok(ChannelInput { kind, name, address, host, secret, muted, in_use }) } else { Err(state) }
}
