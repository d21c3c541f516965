//! Paper: the letter on A4 with a reply slip to cut off, and the adoption table.

use leptos::prelude::*;

use crate::{
    access_points,
    error::{Error, Result},
    http::{Cx, Req, Response},
    letters::{
        actions,
        form::last_day,
        model::{Letter, Stage, Stance, Table, TableRow},
        pages::{asked_for, day, day_of_letter, letter_text, voices, who_and_when},
    },
    organizations::{self, model::Organization},
    ui::{self, Page, qr, time},
};

/// Dotted lines for a comment.
const LINES: usize = 3;

/// `GET /desk/letters/{id}/print`.
pub async fn letter_paper(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let org_id = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let letter = actions::by_id(&mut c, org_id, asked_for(&req)?).await?;
    let org = organizations::actions::organization(&mut c, org_id).await?;
    let point = match letter.access_point_id {
        Some(id) => Some(access_points::actions::by_id(&mut c, org_id, id).await?),
        None => None,
    };
    drop(c);
    let address = point.map(|p| p.address(&req.app.config.base_url()));
    let title = letter.content.title.zh.clone();
    let body = view! {
        {toolbar(cx, &letter)}
        <main id="main">
            <article class="sheet letter-paper">
                {head(&org)}
                <h1>{title.clone()}</h1>
                {letter_text(cx, &letter.content)}
                {slip(cx, &letter, address.as_deref())?}
            </article>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}

/// `GET /desk/letters/{id}/table`.
pub async fn table_paper(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let org_id = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let letter = actions::by_id(&mut c, org_id, asked_for(&req)?).await?;
    let org = organizations::actions::organization(&mut c, org_id).await?;
    let table = actions::table_of(&mut c, letter.id).await?.ok_or(Error::NotFound)?;
    drop(c);
    let title = cx.t("letters.table.title");
    let about = format!(
        "{} · {}",
        letter.content.title.zh,
        cx.tf(
            "letters.table.version",
            &[("number", &table.number.to_string()), ("day", &time::day(cx, table.published_at))],
        )
    );
    let signature = letter.content.signature.zh.clone();
    let signed = day_of_letter(cx, time::date(table.published_at));
    let body = view! {
        {toolbar(cx, &letter)}
        <main id="main">
            <article class="sheet letter-paper">
                {head(&org)}
                <h1>{title.clone()}</h1>
                <p class="letter-about">{about}</p>
                {table_rows(cx, &table)}
                <p class="letter-signature"><b>{signature}</b><span>{signed}</span></p>
            </article>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}

fn toolbar(cx: &Cx, letter: &Letter) -> AnyView {
    let back = format!("/desk/letters/{}", letter.id);
    view! {
        <nav class="print-toolbar" aria-label=cx.t("access_points.print.label")>
            <span>{cx.t("letters.print_how")}</span>
            <a href=back>{cx.t("access_points.back")}</a>
        </nav>
    }
    .into_any()
}

fn head(org: &Organization) -> AnyView {
    let (emblem, name) = (org.emblem.clone(), org.name.clone());
    view! { <header class="letter-head"><span class="emblem" aria-hidden="true">{emblem}</span><b>{name}</b></header> }
        .into_any()
}

/// The reply slip: scanned, or filled in with a pen.
fn slip(cx: &Cx, letter: &Letter, address: Option<&str>) -> Result<AnyView> {
    let until = match letter.stage(cx.now) {
        Stage::Draft => String::new(),
        Stage::Open(until) | Stage::Closed(until) => {
            cx.tf("letters.paper_until", &[("day", &day(cx, last_day(until)))])
        }
    };
    let code = match address {
        Some(address) => {
            let typed = address.split_once("://").map_or(address, |(_, rest)| rest).to_string();
            let code = qr::svg(address, cx.tf("access_points.qr_label", &[("address", address)]))?;
            view! { <figure class="slip-qr">{code}<figcaption>{cx.t("letters.paper_scan")}<b>{typed}</b></figcaption></figure> }
                .into_any()
        }
        None => view! { <p class="slip-qr">{cx.t("letters.paper_draft")}</p> }.into_any(),
    };
    let statements = letter
        .content
        .statements
        .iter()
        .map(|s| {
            let boxes = Stance::ALL
                .iter()
                .map(|stance| view! { <span>"☐ "{cx.word("letters.stance", stance.code())}</span> })
                .collect_view();
            view! { <li><p>{s.zh.clone()}</p><p class="slip-boxes">{boxes}</p></li> }
        })
        .collect_view();
    let lines = (0..LINES).map(|_| view! { <div class="slip-line"></div> }).collect_view();
    let class = (!letter.content.classes.is_empty()).then(|| {
        let word = if letter.with_codes { "forms.code.label" } else { "letters.reply.your_class" };
        view! { <p class="slip-class">{cx.t(word)}<span class="slip-dots"></span></p> }
    });
    Ok(view! {
        <section class="reply-slip">
            <p class="slip-cut">{cx.t("letters.paper_cut")}</p>
            <div class="slip-top">
                <div>
                    <h2>{cx.t("letters.paper_slip")}</h2>
                    <p>{letter.content.title.zh.clone()}</p>
                    <p>{cx.t("letters.paper_how")}" "{until}</p>
                    {class}
                </div>
                {code}
            </div>
            <ol class="slip-statements">{statements}</ol>
            <p>{cx.t("letters.slip.comment")}</p>
            {lines}
        </section>
    }
    .into_any())
}

fn table_rows(cx: &Cx, table: &Table) -> AnyView {
    let rows = table.rows.iter().enumerate().map(|(i, row)| table_row(cx, i + 1, row)).collect_view();
    view! {
        <table class="adoption-table" tabindex="0">
            <thead><tr>
                <th>"#"</th>
                <th>{cx.t("letters.suggestion")}</th>
                <th>{cx.t("letters.decision_title")}</th>
                <th>{cx.t("letters.reason")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(cx: &Cx, number: usize, row: &TableRow) -> AnyView {
    let (title, reason, voices, who) = (row.title.clone(), row.reason.clone(), voices(cx, row), who_and_when(cx, row));
    view! {
        <tr>
            <td>{number}</td>
            <td><b>{title}</b><small>{voices}</small></td>
            <td>{cx.word("letters.decision", row.decision.code())}</td>
            <td>{reason}<small>{who}</small></td>
        </tr>
    }
    .into_any()
}
