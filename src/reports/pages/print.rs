//! `/desk/reports/term/{id}/print`: the report on A4, in official form; with `?public=1` what may be published of it.

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Req, Response},
    kernel::ids::TermReportId,
    organizations,
    reports::{
        document::{self, Block, Document},
        paper::{self, Paper},
    },
    ui::{self, Page},
};

/// The report that the address names, as a document.
pub async fn document_of(req: &Req) -> Result<(Paper, Document)> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let id = TermReportId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let mut c = req.app.db.read().await?;
    let paper = paper::one(&mut c, cx, &actor, id).await?;
    let organization = organizations::actions::organization(&mut c, actor.organization_id).await?;
    let public = req.query.has("public");
    let document = document::of(cx, &organization.name, &organization.office_name, &paper, public);
    Ok((paper, document))
}

/// `GET /desk/reports/term/{id}/print`.
pub async fn page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let (paper, document) = document_of(&req).await?;
    let blocks = document.blocks.iter().map(block).collect_view();
    let signature = document.signature.iter().map(|l| view! { {l.clone()}<br/> }).collect_view();
    let (issuer, title, under) = (document.issuer.clone(), document.title.clone(), document.under.clone());
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("supervision.print.label")>
            <span>{cx.t("supervision.print.hint")}</span>
            <a href=format!("/desk/reports/term/{}", paper.row.id)>{cx.t("reports.papers")}</a>
        </nav>
        <main id="main"><section class="sheet official paper">
            <p class="paper-issuer">{issuer}</p>
            <h1>{title}</h1>
            <p class="official-number">{under}</p>
            {blocks}
            <p class="official-foot">{signature}</p>
        </section></main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(document.title, body)).await)
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2>{text.clone()}</h2> }.into_any(),
        Block::Paragraph(text) => view! { <p class="paper-text">{text.clone()}</p> }.into_any(),
        Block::Table(head, rows) => {
            let head = head.iter().map(|h| view! { <th>{h.clone()}</th> }).collect_view();
            let rows = rows
                .iter()
                .map(|row| {
                    let cells = row.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
                    view! { <tr>{cells}</tr> }
                })
                .collect_view();
            view! { <table class="official-table paper-table" tabindex="0"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
                .into_any()
        }
    }
}
