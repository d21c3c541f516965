//! `/desk/routing/import`: a file becomes a draft; lines that can't be used are told of.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    routing::{
        actions::{self, Imported},
        pages::list,
        table::Unusable,
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

const FILE: Line = Line { kind: "file", autocomplete: "off", max: 0, required: true, hint: "routing.import.hint" };

/// The form, folded away.
pub fn form(cx: &Cx, state: &FormState) -> AnyView {
    let open = !state.is_ok();
    view! {
        <details class="fold" open=open>
            <summary>{cx.t("routing.import")}</summary>
            {field::error_summary(cx, state)}
            <form method="post" action="/desk/routing/import" enctype="multipart/form-data">
                {field::token(cx)}
                {field::line(cx, state, "file", "routing.import.file", FILE)}
                <p class="button-row"><button class="button" type="submit">{cx.t("routing.import.take")}</button></p>
            </form>
        </details>
    }
    .into_any()
}

/// `POST /desk/routing/import`.
pub async fn take(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let Some(file) = req.form.files.iter().find(|f| f.field == "file") else {
        state.error("file", "routing.import.nothing");
        return list::show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match actions::import(&req.app, &*req.actor()?, &file.bytes).await {
        Ok(Ok(Imported { draft: Some(id), table })) if table.unusable.is_empty() => {
            Ok(respond::see_other(&format!("/desk/routing/{id}")))
        }
        Ok(Ok(imported)) => {
            let status = if imported.draft.is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(ui::respond(&req.app, &req.cx, outcome(&req.cx, &imported).status(status)).await)
        }
        Ok(Err(refusal)) => {
            state.errors.push(refusal);
            list::show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Conflict) => {
            state.error("file", "routing.import.draft");
            list::show(&req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

fn outcome(cx: &Cx, imported: &Imported) -> Page {
    let table = &imported.table;
    let counts = [table.rows.len(), table.unusable.len() + table.more].map(|n| n.to_string());
    let counts = cx.tf("routing.import.counts", &[("used", &counts[0]), ("unused", &counts[1])]);
    let way = match imported.draft {
        Some(id) => {
            let href = format!("/desk/routing/{id}");
            view! { <a class="button main" href=href>{cx.t("routing.to_draft")}</a> }.into_any()
        }
        None => view! { <a class="button main" href="/desk/routing">{cx.t("routing.import.again")}</a> }.into_any(),
    };
    let lines = table.unusable.iter().map(|line| unusable(cx, line)).collect_view();
    let more = (table.more > 0).then(|| {
        view! { <p class="soft">{cx.tf("routing.import.more", &[("count", &table.more.to_string())])}</p> }
    });
    let main = view! {
        {back::link("/desk/routing", cx.t("routing.title"))}
        <header class="page-head"><h1>{cx.t("routing.import")}</h1>{way}</header>
        <p class="banner warn" role="status">{counts}</p>
        <h2>{cx.t("routing.import.unused")}</h2>
        <table class="table">
            <thead><tr><th>{cx.t("routing.import.line")}</th><th>{cx.t("routing.import.why")}</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
        {more}
    };
    desk_page::admin_page(cx, cx.t("routing.import"), main)
}

fn unusable(cx: &Cx, line: &Unusable) -> AnyView {
    let number = cx.tf("routing.import.line_number", &[("number", &line.line.to_string())]);
    let why = cx.tf(line.key, &[("what", &line.what)]);
    view! { <tr><td class="title">{number}</td><td data-label=cx.t("routing.import.why")>{why}</td></tr> }.into_any()
}
