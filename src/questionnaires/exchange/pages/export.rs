//! A questionnaire goes into a file: the formats, what each can't carry, and the files.

use leptos::prelude::*;

use crate::{
    audit::{self, Entry},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::QuestionnaireId,
    questionnaires::{
        actions,
        exchange::{self, Format, pages::losses},
        model::Questionnaire,
    },
    ui::{self, Page, back, desk_page},
};

async fn asked_for(req: &Req) -> Result<Questionnaire> {
    let id = QuestionnaireId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await
}

/// `GET /desk/questionnaires/{id}/export`, and with `?format=` the file.
pub async fn export_page(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    if req.query.text("format").is_empty() {
        let page = view_of(&req.cx, &questionnaire);
        return Ok(ui::respond(&req.app, &req.cx, page).await);
    }
    let format = Format::parse(req.query.text("format")).ok_or(Error::NotFound)?;
    let text = exchange::write(format, &questionnaire.draft).text;
    let mut tx = req.app.db.write().await?;
    let actor = req.actor()?;
    let entry = Entry::new("questionnaire.exported", "questionnaire").actor(&actor).entity(questionnaire.id.0);
    audit::record(&req.app, &mut tx, actor.organization_id, entry.detail(format)).await?;
    tx.commit().await?;
    Ok(respond::download(format.mime(), &format!("questionnaire.{}", format.extension()), text))
}

fn view_of(cx: &Cx, q: &Questionnaire) -> Page {
    let here = format!("/desk/questionnaires/{}", q.id);
    let cards = Format::ALL.iter().map(|format| card(cx, q, *format)).collect_view();
    let title = cx.tf("exchange.export.title", &[("title", &q.title)]);
    let main = view! {
        {back::link(here, q.title.clone())}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{cx.t("exchange.export.lead")}</p>
        {cards}
    };
    desk_page::admin_page(cx, title, main)
}

fn card(cx: &Cx, q: &Questionnaire, format: Format) -> AnyView {
    let lost = exchange::write(format, &q.draft).losses;
    let href = format!("/desk/questionnaires/{}/export?format={format}", q.id);
    let name = cx.word("exchange.format", format.code());
    let label = cx.tf("exchange.export.get", &[("format", &name)]);
    let about = cx.word("exchange.format_about", format.code());
    let body = if lost.is_empty() {
        view! { <p>{cx.t("exchange.export.whole")}</p> }.into_any()
    } else {
        view! { <p>{cx.t("exchange.export.losses")}</p>{losses(cx, &lost)} }.into_any()
    };
    view! {
        <section class="card">
            <h2>{name}</h2>
            <p class="hint">{about}</p>
            {body}
            <p class="button-row"><a class="button" href=href aria-label=label download>{cx.t("exchange.export.file")}</a></p>
        </section>
    }
    .into_any()
}
