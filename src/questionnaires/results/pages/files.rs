//! Results as files.

use std::collections::HashMap;

use crate::{
    error::{Error, Result},
    http::{Req, Response, respond},
    questionnaires::results::{
        actions,
        pages::asked_id,
        table_files::{self, Sheets},
    },
};

/// `?format=csv|xlsx`. That somebody took it is written down first.
pub async fn respond(req: &Req, format: &str) -> Result<Response> {
    let (id, actor, cx) = (asked_id(req)?, req.actor()?, &req.cx);
    if !matches!(format, "csv" | "xlsx") {
        return Err(Error::NotFound);
    }
    let mut c = req.app.db.read().await?;
    let results = actions::read(&req.app, &mut c, actor.organization_id, id).await?;
    let mut texts: HashMap<String, Vec<String>> = HashMap::new();
    for field in &results.outline.fields {
        let told = actions::told_texts(&results, &field.name);
        let shown = actions::texts(&mut c, &results, &field.name, &told).await?;
        if !shown.is_empty() {
            texts.insert(field.name.clone(), shown.into_iter().map(|t| t.words).collect());
        }
    }
    drop(c);
    actions::record_export(&req.app, &actor, id, format).await?;
    let of = |name: &str| texts.get(name).cloned().unwrap_or_default();
    let columns = table_files::columns(cx, &results, &*req.app.random, of);
    if format == "csv" {
        return Ok(respond::download("text/csv; charset=utf-8", "results.csv", table_files::csv(&columns)));
    }
    let sheets = Sheets {
        names: ["results.file.labels", "results.file.codes", "results.file.book"].map(|key| cx.t(key).into_owned()),
        headings: ["results.file.column", "results.file.question", "results.file.code", "results.file.label"]
            .map(|key| cx.t(key).into_owned()),
    };
    let book =
        tokio::task::spawn_blocking(move || table_files::xlsx(&columns, &sheets)).await.map_err(Error::internal)??;
    Ok(respond::download("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "results.xlsx", book))
}
