//! What went to another body 转办: the question before it, where it went, and the letter 函 on A4.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        model::{Identity, Side},
        transfer::{self, Transfer},
    },
    error::Result,
    http::{Cx, Req, Response},
    organizations,
    ui::{
        self, FormState, Page,
        field::{self, Line},
        icon, time,
    },
};

const TEXT: Line = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };
const NAME: Line = Line { kind: "text", autocomplete: "off", max: 80, required: true, hint: "" };

/// To whom, why, and what the letter says.
pub fn transfer_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let until = time::day(cx, data.transfer_until);
    let late = data.transfer_until < cx.now;
    let limit = cx.tf(if late { "transfers.limit_passed" } else { "transfers.limit" }, &[("day", &until)]);
    let named = data.all_submissions().all(|(_, s)| s.identity == Identity::Named);
    let letter = if named { "transfers.summary_hint" } else { "transfers.summary_hint_hidden" };
    view! {
        <p class="hint">{limit}</p>
        {field::line(cx, state, "transfer_to", "transfers.body", Line { hint: "transfers.body_hint", ..NAME })}
        {field::line(cx, state, "transfer_contact", "transfers.contact", Line { required: false, hint: "transfers.contact_hint", ..NAME })}
        {field::text_area(cx, state, "transfer_reason", "cases.reason", Line { hint: "transfers.reason_hint", ..TEXT })}
        {field::text_area(cx, state, "transfer_summary", "transfers.summary", Line { hint: letter, ..TEXT })}
    }
    .into_any()
}

fn number_of(cx: &Cx, transfer: &Transfer) -> String {
    cx.tf("transfers.number", &[("year", &transfer.year.to_string()), ("number", &transfer.number.to_string())])
}

/// Where a case went, with the way to its letter.
pub fn banner(cx: &Cx, actor: &Actor, data: &CaseData) -> Option<AnyView> {
    let transfer = data.transfer.as_ref()?;
    let facts = [("body", transfer.body.clone()), ("day", time::day(cx, transfer.transferred_at))];
    let words = cx.tf("transfers.is_transferred", &[("body", &facts[0].1), ("day", &facts[1].1)]);
    let late = (transfer.transferred_at > transfer.late_at)
        .then(|| view! { " "<span class="pill late">{cx.t("transfers.late")}</span> });
    let letter = matches!(Side::of(actor, &data.case), Some(Side::Office | Side::Leader)).then(|| {
        let href = format!("/desk/cases/{}/letter", data.case.number);
        view! { " "<a href=href>{cx.t("transfers.letter")}" "{number_of(cx, transfer)}</a> }
    });
    Some(
        view! { <div class="banner">{icon::icon(icon::ROUTE)}<div><p>{words}{late}{letter}</p></div></div> }.into_any(),
    )
}

/// `GET /desk/cases/{number}/letter`. Of who sent it, it says only whether they gave their name to us.
pub async fn letter(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let (case, transfer) = transfer::letter(&req.app, &actor, req.param("number")).await?;
    let org = organizations::actions::organization(&mut req.app.db.read().await?, actor.organization_id).await?;
    let title = cx.t("transfers.letter_title");
    let facts = [("day", time::full_day(cx, case.received_at)), ("number", case.number.clone())];
    let opening = cx.tf("transfers.letter_opening", &[("day", &facts[0].1), ("number", &facts[1].1)]);
    let who = match case.identity {
        Identity::Named => "transfers.letter_named",
        Identity::Anonymous | Identity::Sealed => "transfers.letter_hidden",
    };
    let phone = (!org.hotline.is_empty()).then(|| format!("{} ", org.hotline));
    let (number, summary) = (case.number.clone(), transfer.summary.clone());
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("supervision.print.label")>
            <span>{cx.t("supervision.print.hint")}</span>
            <a href=format!("/desk/cases/{number}")>{number.clone()}</a>
        </nav>
        <main id="main"><article class="sheet official">
            <h1>{org.name.clone()}{title.clone()}</h1>
            <p class="official-number">{number_of(cx, &transfer)}</p>
            <p>{transfer.body.clone()}"："</p>
            <p class="official-text">{opening}</p>
            <p class="official-text">{summary}</p>
            <p class="official-text">{cx.t("transfers.letter_request")}</p>
            <p class="official-text">{cx.t(who)}</p>
            <p class="official-foot">{org.office_name.clone()}<br/>{phone}<br/>{time::full_day(cx, transfer.transferred_at)}</p>
        </article></main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}
