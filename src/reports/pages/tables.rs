//! Tables by department, topic and channel.

use std::collections::{BTreeMap, HashMap};

use leptos::prelude::*;

use crate::{
    http::Cx,
    kernel::roles::Channel,
    organizations::model::Topic,
    reports::{
        model::{Numbers, Rate, Report},
        pages::list_href,
        period::Period,
    },
};

/// What code words are called.
pub struct Names {
    topics: HashMap<String, String>,
    channels: HashMap<String, String>,
    office: String,
}

impl Names {
    /// The names in the reader's language.
    pub fn of(cx: &Cx, topics: &[Topic], organization: &str) -> Self {
        Self {
            topics: topics.iter().map(|t| (t.code.clone(), t.label(cx.lang).to_string())).collect(),
            channels: Channel::ALL
                .iter()
                .map(|c| (c.code().to_string(), cx.word("channel", c.code()).into_owned()))
                .collect(),
            office: cx.tf("reports.office", &[("organization", organization)]),
        }
    }

    /// The name of a topic.
    pub fn topic(&self, code: &str) -> String {
        self.topics.get(code).cloned().unwrap_or_else(|| code.to_string())
    }

    /// The name of a channel.
    pub fn channel(&self, code: &str) -> String {
        self.channels.get(code).cloned().unwrap_or_else(|| code.to_string())
    }

    /// The name of a department; the office's for an empty one.
    pub fn department(&self, name: &str) -> String {
        if name.is_empty() { self.office.clone() } else { name.to_string() }
    }
}

/// A rate as people read it, with what it is a rate of: `92.5%（37/40）`.
pub fn rate(cx: &Cx, rate: Rate) -> String {
    if rate.all == 0 {
        return percent(rate);
    }
    let (of, all) = (rate.of.to_string(), rate.all.to_string());
    cx.tf("reports.rate", &[("percent", &percent(rate)), ("of", &of), ("all", &all)])
}

/// A rate alone: `92.5%`, a dash when it is a rate of nothing.
pub fn percent(rate: Rate) -> String {
    rate.per_mille().map_or_else(|| "—".to_string(), |n| format!("{}.{}%", n / 10, n % 10))
}

/// All three tables.
pub fn all(cx: &Cx, report: &Report, names: &Names, period: Period) -> AnyView {
    let department = |key: &str| if key.is_empty() { None } else { Some(format!("&department={}", escape(key))) };
    view! {
        {table(cx, "reports.by_department", &report.departments, |k| names.department(k), department, period)}
        {table(cx, "reports.by_topic", &report.topics, |k| names.topic(k), |k| Some(format!("&topic={k}")), period)}
        {table(cx, "reports.by_channel", &report.channels, |k| names.channel(k), |k| Some(format!("&channel={k}")), period)}
    }
    .into_any()
}

fn escape(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

fn table(
    cx: &Cx,
    title: &'static str,
    groups: &BTreeMap<String, Numbers>,
    name: impl Fn(&str) -> String,
    filter: impl Fn(&str) -> Option<String>,
    period: Period,
) -> AnyView {
    let mut groups: Vec<_> = groups.iter().collect();
    groups.sort_by(|a, b| b.1.received.cmp(&a.1.received).then(a.0.cmp(b.0)));
    let rows = groups
        .into_iter()
        .map(|(key, n)| {
            let name = name(key);
            let title = match filter(key) {
                Some(filter) => view! { <a href=list_href(period, &filter)>{name}</a> }.into_any(),
                None => name.into_any(),
            };
            view! {
                <tr>
                    <td class="title">{title}</td>
                    <td class="num" data-label=cx.t("reports.received")>{n.received}</td>
                    <td class="num" data-label=cx.t("reports.open")>{n.open}</td>
                    <td class="num" data-label=cx.t("reports.late")>{n.late}</td>
                    <td class="num" data-label=cx.t("reports.on_time")>{rate(cx, n.on_time)}</td>
                    <td class="num" data-label=cx.t("reports.solved")>{rate(cx, n.solved)}</td>
                    <td class="num" data-label=cx.t("reports.satisfied")>{rate(cx, n.satisfied)}</td>
                    <td class="num" data-label=cx.t("reports.silent")>{n.silent}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.t(title)}</h2>
        <div class="table-scroll" role="region" tabindex="0" aria-label=cx.t(title)>
            <table class="table numbers">
                <thead><tr>
                    <th class="title">{cx.t("reports.group")}</th>
                    <th class="num">{cx.t("reports.received")}</th>
                    <th class="num">{cx.t("reports.open")}</th>
                    <th class="num">{cx.t("reports.late")}</th>
                    <th class="num">{cx.t("reports.on_time")}</th>
                    <th class="num">{cx.t("reports.solved")}</th>
                    <th class="num">{cx.t("reports.satisfied")}</th>
                    <th class="num">{cx.t("reports.silent")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
