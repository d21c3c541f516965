//! The log as a file: `GET /admin/audit?format=csv`, with the same filters; read in stretches.

use std::sync::Arc;

use axum::body::Body;
use futures::stream;

use crate::{
    accounts::model::Actor,
    audit::{
        self, Entry, Listed,
        list::Filter,
        words::{detail_words, thing_words, what_words},
    },
    cases::export::csv_line,
    error::Result,
    http::{App, Cx, Req, Response, respond::download},
    ui::time::ZONE,
};

/// Entries read at once.
const STRETCH: i64 = 500;
/// Columns of the file.
const COLUMNS: usize = 7;
/// The mark by which Excel knows that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// What is left to read of a file.
struct Export {
    app: Arc<App>,
    cx: Cx,
    actor: Arc<Actor>,
    filter: Filter,
    before: i64,
}

/// The file. That somebody took it is written down before the first byte leaves.
pub async fn file(req: &Req, filter: Filter) -> Result<Response> {
    let actor = req.actor()?;
    let mut tx = req.app.db.write().await?;
    let entry = Entry::new("audit.exported", "organization").actor(&actor).entity(actor.organization_id.0);
    audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    let head = ["number", "at", "who", "what", "thing", "detail", "code"];
    let head = csv_line(head.map(|name| req.cx.word("audit.column", name).into_owned()));
    let export = Export { app: req.app.clone(), cx: req.cx.clone(), actor, filter, before: i64::MAX };
    let stretches =
        stream::try_unfold((Some(export), Some(format!("{BYTE_ORDER_MARK}{head}"))), |(export, head)| async move {
            let Some(export) = export else { return Ok::<_, std::io::Error>(None) };
            // The connection is cut, so that a half file is not taken for a whole one.
            let (text, rest) = export.stretch().await.map_err(|error| {
                tracing::error!(name: "export.broken_off", ?error);
                std::io::Error::other("export broken off")
            })?;
            Ok(Some((head.unwrap_or_default() + &text, (rest, None))))
        });
    Ok(download("text/csv; charset=utf-8", "audit.csv", Body::from_stream(stretches)))
}

impl Export {
    /// The next lines, and what is left to do.
    async fn stretch(mut self) -> Result<(String, Option<Self>)> {
        let mut c = self.app.db.read().await?;
        let rows = audit::page_before(&mut c, &self.actor, &self.filter, self.before, STRETCH).await?;
        drop(c);
        let text = rows.iter().map(|r| csv_line(row(&self.cx, r))).collect();
        let is_last = (rows.len() as i64) < STRETCH;
        self.before = rows.last().map_or(0, |r| r.seq);
        Ok((text, (!is_last).then_some(self)))
    }
}

fn row(cx: &Cx, row: &Listed) -> [String; COLUMNS] {
    [
        row.seq.to_string(),
        row.at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M:%S").to_string(),
        row.actor_name.clone().unwrap_or_else(|| cx.t("audit.nobody").into_owned()),
        what_words(cx, &row.action),
        thing_words(cx, row),
        detail_words(cx, row),
        row.action.clone(),
    ]
}
