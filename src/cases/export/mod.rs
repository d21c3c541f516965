//! The list as a file: `GET /desk?format=csv` or `xlsx`. Same filters, same visibility; read in stretches.

pub mod csv;
mod xlsx;

pub use csv::line as csv_line;

use std::sync::Arc;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        list::{Cursor, Filters},
        store::list::{Item, page},
        visibility::Scope,
    },
    error::Result,
    http::{App, Cx, Req, Response},
    ui::time::ZONE,
};

/// Cases read at once.
const STRETCH: usize = 500;
/// Columns of the file.
const COLUMNS: usize = 16;

crate::code_enum! {
    /// What kind of file.
    pub enum Format {
        /// Comma-separated text.
        Csv = "csv",
        /// A workbook for spreadsheets.
        Xlsx = "xlsx",
    }
}

/// What is left to read of a file.
struct Export {
    app: Arc<App>,
    cx: Cx,
    scope: Scope,
    filters: Filters,
    cursor: Option<Cursor>,
}

/// The file. That somebody took it is written down before the first byte leaves.
pub async fn file(req: &Req, actor: &Actor, filters: Filters, format: Format) -> Result<Response> {
    let mut tx = req.app.db.write().await?;
    let entry = Entry::new("case.exported", "case").actor(actor).detail(format!("{format} {}", filters.view.code()));
    audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    let export = Export { app: req.app.clone(), cx: req.cx.clone(), scope: Scope::of(actor), filters, cursor: None };
    match format {
        Format::Csv => Ok(csv::respond(export)),
        Format::Xlsx => xlsx::respond(export).await,
    }
}

impl Export {
    /// The next rows, and what is left to do.
    async fn stretch(mut self) -> Result<(Vec<[String; COLUMNS]>, Option<Self>)> {
        let mut c = self.app.db.read().await?;
        let slice = page(&mut c, &self.scope, &self.filters, self.cursor, self.cx.now, STRETCH).await?;
        let rows = slice.items.iter().map(|item| row(&self.cx, item)).collect();
        self.cursor = slice.next;
        Ok((rows, self.cursor.is_some().then_some(self)))
    }
}

fn header(cx: &Cx) -> [String; COLUMNS] {
    let names = [
        "number",
        "state",
        "topic",
        "place",
        "channel",
        "person",
        "identity",
        "department",
        "received",
        "due",
        "answered",
        "closed",
        "reopened",
        "files",
        "tags",
        "excerpt",
    ];
    names.map(|name| cx.word("desk_list.column", name).into_owned())
}

fn row(cx: &Cx, item: &Item) -> [String; COLUMNS] {
    let moment = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string();
    [
        item.number.clone(),
        cx.word("cases.state", item.state.code()).into_owned(),
        item.topic.clone(),
        item.place.clone(),
        cx.word("channel", item.channel.code()).into_owned(),
        cx.word("intake.person", item.person.code()).into_owned(),
        cx.word("intake.identity", item.identity.code()).into_owned(),
        item.department.clone().unwrap_or_default(),
        moment(item.received_at),
        moment(item.due_at),
        item.answered_at.map(moment).unwrap_or_default(),
        item.closed_at.map(moment).unwrap_or_default(),
        item.reopened.to_string(),
        item.files.to_string(),
        item.tags.join("、"),
        item.excerpt.clone(),
    ]
}
