//! Notices leave the house: who is told what, when, how often, and what becomes of what does not arrive.

mod admin;
mod mail;
mod reports;
mod retries;
mod sinks;
mod submitters;
mod web;

use chrono::TimeDelta;
use huiyin::{
    config::{Config, MailConfig, MailTls},
    kernel::roles::Role,
    notify::{gather, send},
};

use crate::support::{Client, Engine, TestApp};
use sinks::Sink;

/// Words that stand in cases and must never leave the house.
const WORDS: [&str; 6] = ["哨兵", "SENTINEL", "汤是凉的", "食堂三楼", "13912345678", "王建国"];

/// The program with a mail server.
async fn with_mail(engine: Engine, sink: &Sink) -> TestApp {
    let t = TestApp::with(engine, |config| mailing(config, sink)).await;
    // Away from the full hour, at which what is noted looks as if it were noted by the hour.
    t.clock.advance(TimeDelta::seconds(61));
    t
}

fn mailing(config: &mut Config, sink: &Sink) {
    config.mail = MailConfig {
        server: Some(sink.addr.ip().to_string()),
        port: Some(sink.addr.port()),
        tls: MailTls::None,
        from: Some("回音 <huiyin@school.example>".into()),
        ..MailConfig::default()
    };
    config.outgoing_loopback = true;
}

/// Somebody gives an address, and chooses.
async fn wants_mail(client: &Client<'_>, email: &str, pace: &str, news: &[&str]) {
    let fields: Vec<(String, &str)> = news.iter().map(|n| (format!("news.{n}"), "1")).collect();
    let mut all: Vec<(&str, &str)> = vec![("email", email), ("pace", pace)];
    all.extend(fields.iter().map(|(k, v)| (k.as_str(), *v)));
    client.post("/account/notices", &all).await.expect(303);
}

const ALL: [&str; 6] = ["fresh", "progress", "due", "supervision", "submitter", "summary"];

/// A named person writes; the number of the case.
async fn named_case(t: &TestApp, body: &str) -> String {
    let fields = [("identity", "named"), ("contact_name", "哨兵王建国"), ("contact", "13912345678"), ("body", body)];
    t.visitor().submit(t.point("食堂三楼"), &fields).await.expect(201).word("case_number")
}

/// One look of the runner.
async fn look(t: &TestApp) -> usize {
    gather::gather(&t.app).await.unwrap();
    send::send_due(&t.app).await.unwrap()
}

fn minutes(n: i64) -> TimeDelta {
    TimeDelta::minutes(n)
}

async fn office(t: &TestApp) -> Client<'_> {
    t.staff(Role::Office).await
}

async fn states(t: &TestApp) -> Vec<String> {
    t.column("SELECT state FROM deliveries ORDER BY state").await
}
