//! The list as a file: `GET /desk?format=csv`. Same filters, same visibility; read and sent in stretches.
//!
//! Our own writer: a dozen columns in one place need no crate, and the rule against formulas stands beside the quoting.

use std::sync::Arc;

use axum::body::Body;
use futures::stream;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        list::{Cursor, Filters},
        store::list::{Item, page},
        visibility::Scope,
    },
    error::{Error, Result},
    http::{App, Cx, Req, Response, respond},
    ui::time::ZONE,
};

/// Cases read at once.
const STRETCH: usize = 500;

/// The mark by which Excel knows that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

struct Export {
    app: Arc<App>,
    cx: Cx,
    scope: Scope,
    filters: Filters,
    cursor: Option<Cursor>,
}

/// The file. That somebody took it is written down before the first byte leaves.
pub async fn csv(req: &Req, actor: &Actor, filters: Filters) -> Result<Response> {
    let mut tx = req.app.db.write().await?;
    let entry = Entry::new("case.exported", "case").actor(actor).detail(format!("csv {}", filters.view.code()));
    audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    let export = Export { app: req.app.clone(), cx: req.cx.clone(), scope: Scope::of(actor), filters, cursor: None };
    let head = format!("{BYTE_ORDER_MARK}{}", header(&req.cx));
    let stretches = stream::try_unfold((Some(export), Some(head)), |(export, head)| async move {
        let Some(export) = export else { return Ok::<_, std::io::Error>(None) };
        let (text, rest) = stretch(export).await.map_err(broken_off)?;
        Ok(Some((head.unwrap_or_default() + &text, (rest, None))))
    });
    Ok(respond::download("text/csv; charset=utf-8", "cases.csv", Body::from_stream(stretches)))
}

/// The connection is cut, so that a half file is not taken for a whole one.
fn broken_off(error: Error) -> std::io::Error {
    tracing::error!(name: "export.broken_off", ?error);
    std::io::Error::other("export broken off")
}

/// The next rows, and what is left to do.
async fn stretch(mut export: Export) -> Result<(String, Option<Export>)> {
    let mut c = export.app.db.read().await?;
    let slice = page(&mut c, &export.scope, &export.filters, export.cursor, export.cx.now, STRETCH).await?;
    let text = slice.items.iter().map(|item| row(&export.cx, item)).collect();
    export.cursor = slice.next;
    Ok((text, export.cursor.is_some().then_some(export)))
}

fn header(cx: &Cx) -> String {
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
        "excerpt",
    ];
    line(names.map(|name| cx.word("desk_list.column", name).into_owned()))
}

fn row(cx: &Cx, item: &Item) -> String {
    let moment = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string();
    line([
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
        item.excerpt.clone(),
    ])
}

fn line<const N: usize>(cells: [String; N]) -> String {
    cells.map(|text| cell(&text)).join(",") + "\r\n"
}

/// A cell that is text and stays text: what a spreadsheet would take for a formula gets an apostrophe before it, also
/// behind blanks (promise 23; OWASP, CSV Injection). Always quoted, so that nothing in it ends it.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{3000}', '\u{FEFF}']).chars().next();
    let defused = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n'));
    format!("\"{}{}\"", if defused { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_sent_becomes_a_formula() {
        for text in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\u{3000}=1"] {
            assert_eq!(cell(text), format!("\"'{text}\""));
        }
        assert_eq!(cell("汤 = 凉"), "\"汤 = 凉\"");
    }

    #[test]
    fn quotes_commas_and_line_ends_stay_in_their_cell() {
        assert_eq!(line(["a\"b".to_string(), "c,d\ne".to_string()]), "\"a\"\"b\",\"c,d\ne\"\r\n");
        assert_eq!(cell("\",=1"), "\"\"\",=1\"");
    }
}
