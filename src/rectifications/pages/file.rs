//! The list of rectifications as a file: `GET /desk/rectifications?format=csv` or `xlsx`. What the list shows to a person,
//! and no more.

use chrono::{DateTime, Utc};

use crate::{
    audit::{self, Entry},
    cases::export::Format,
    error::Result,
    http::{Cx, Req, Response},
    organizations::{self, model::Topic},
    rectifications::model::{Rectification, yuan},
    reports::sheet::{self, Cell, Sheet},
    ui::time,
};

/// The columns.
const HEAD: [&str; 15] = [
    "rectifications.measure",
    "rectifications.place",
    "rectifications.topic",
    "rectifications.department",
    "rectifications.person",
    "rectifications.due",
    "rectifications.state",
    "rectifications.late",
    "rectifications.planned",
    "rectifications.actual",
    "rectifications.case",
    "rectifications.made",
    "rectifications.made_on",
    "rectifications.reported_on",
    "rectifications.withdrawn_because",
];

/// The file. That somebody took it is written down before the first byte leaves.
pub async fn respond(req: &Req, found: &[&Rectification], format: Format) -> Result<Response> {
    let actor = req.actor()?;
    let mut tx = req.app.db.write().await?;
    let entry = Entry::new("rectification.exported", "rectification").actor(&actor).detail(format);
    audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
    let topics = organizations::actions::all_topics(&mut tx, actor.organization_id).await?;
    tx.commit().await?;
    sheet::file("rectifications", vec![sheet_of(&req.cx, &topics, found)], format).await
}

fn sheet_of(cx: &Cx, topics: &[Topic], found: &[&Rectification]) -> Sheet {
    Sheet {
        title: cx.t("rectifications.title").into_owned(),
        head: HEAD.iter().map(|key| cx.t(key).into_owned()).collect(),
        rows: found.iter().map(|one| row(cx, topics, one)).collect(),
    }
}

fn row(cx: &Cx, topics: &[Topic], one: &Rectification) -> Vec<Cell> {
    let words = |words: &str| Cell::Words(words.to_string());
    let maybe = |text: Option<&String>| words(text.map_or("", String::as_str));
    let day = |at: DateTime<Utc>| Cell::Words(time::date(at).to_string());
    let money = |fen: Option<i64>| fen.map_or_else(|| words(""), |fen| Cell::Decimal(yuan(fen)));
    let topic = topics.iter().find(|t| t.id == one.topic_id).map_or("", |t| t.label(cx.lang));
    let late = if one.is_late(cx.now) { cx.t("rectifications.late") } else { "".into() };
    vec![
        words(&one.measure),
        words(&one.place),
        words(topic),
        words(&one.department),
        maybe(one.person.as_ref()),
        day(one.due_at),
        words(&cx.word("rectifications.state", one.state.code())),
        words(&late),
        money(one.planned_fen),
        money(one.actual_fen),
        maybe(one.number.as_ref()),
        words(&one.made_by),
        day(one.made_at),
        one.reported_at.map_or_else(|| words(""), day),
        maybe(one.withdrawn_because.as_ref()),
    ]
}
