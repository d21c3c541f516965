//! One visit that was sent: to who made it, and to the office.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases,
    error::{Error, Result},
    forms,
    http::{Cx, Req, Response},
    kernel::{
        ids::{FindingId, ResponseFileId, VisitId},
        roles::Role,
    },
    organizations,
    ui::{self, Page, back, desk_page, time},
    visits::{
        actions::{self, Fate, Outward, Whole, label},
        drawing,
        model::{Finding, FindingState, Visit, VisitKind},
        pages::{findings_pill, served, walk_page},
        rules,
    },
};

/// The visit that was asked for: the office and leaders read all, who walks their own.
async fn asked_for(req: &Req) -> Result<Visit> {
    let actor = req.actor()?;
    let id = VisitId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let visit = actions::by_id(&mut req.app.db.read().await?, actor.organization_id, id).await?;
    if may_read(&actor, &visit) { Ok(visit) } else { Err(Error::NotFound) }
}

fn may_read(actor: &Actor, visit: &Visit) -> bool {
    match actor.role {
        Role::Office | Role::Leader => true,
        _ => visit.author_id == actor.staff_id,
    }
}

/// `GET /rep/visits/{id}`, `GET /patrol/visits/{id}`.
pub async fn own_page(req: Req) -> Result<Response> {
    let visit = asked_for(&req).await?;
    let cx = &req.cx;
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let whole = actions::whole(&mut c, actor.organization_id, visit.id).await?;
    let fates = match visit.kind {
        VisitKind::Representative => {
            actions::findings_of(&req.app, &mut c, actor.organization_id, actor.staff_id, cx.lang).await?
        }
        VisitKind::Patrol => Vec::new(),
    };
    drop(c);
    let beside = Beside { author: None, numbers: &[], fates: &fates, rectifies: false };
    let back = visit.kind.address();
    let sent = req.query.has("sent").then(|| {
        let words = match (visit.kind, visit.findings) {
            (_, 0) => "visits.sent.clean",
            (VisitKind::Representative, _) => "visits.sent.cases",
            (VisitKind::Patrol, _) => "visits.sent.office",
        };
        view! { <p class="banner ok" role="status">{cx.t(words)}</p> }
    });
    let main = view! {
        {sent}
        {story(cx, &whole, &format!("{back}/{}", visit.id), &beside)}
        <p class="button-row"><a class="button main" href=back>{cx.t("visits.another")}</a>
            <a class="button" href=home(visit.kind)>{cx.t("visits.home")}</a></p>
    };
    Ok(ui::respond(&req.app, cx, walk_page(cx, visit.label(cx.lang).to_string(), main)).await)
}

const fn home(kind: VisitKind) -> &'static str {
    kind.role().home()
}

/// `GET /desk/visits/{id}`. That somebody read it is written down.
pub async fn desk_visit(req: Req) -> Result<Response> {
    let visit = asked_for(&req).await?;
    let actor = req.actor()?;
    let cx = &req.cx;
    let mut tx = req.app.db.write().await?;
    let whole = actions::whole(&mut tx, actor.organization_id, visit.id).await?;
    let staff = organizations::actions::staff(&mut tx, actor.organization_id).await?;
    let mut numbers = Vec::new();
    for finding in &whole.findings {
        // Who may not see the case does not see its number.
        if let Some(id) = finding.case_id
            && let Ok(case) = cases::visibility::case_of_id(&mut tx, &actor, id).await
        {
            numbers.push((finding.id, case.number));
        }
    }
    let entry = Entry::new("visit.read", "visit").actor(&actor).entity(visit.id.0);
    audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    let author = staff.into_iter().find(|s| s.id == visit.author_id).map(|s| s.display_name);
    let beside = Beside { author, numbers: &numbers, fates: &[], rectifies: actor.role == Role::Office };
    let back = if visit.kind == VisitKind::Patrol { "/desk/patrols" } else { "/desk/visits" };
    let main = view! {
        {back::link(back, cx.word("visits.desk", visit.kind.code()))}
        {story(cx, &whole, &format!("/desk/visits/{}", visit.id), &beside)}
    };
    let page: Page = desk_page::admin_page(cx, visit.label(cx.lang).to_string(), main);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// `GET …/visits/{id}/files/{file}`. That somebody else than who took it looks at it is written down.
pub async fn photo(req: Req) -> Result<Response> {
    let visit = asked_for(&req).await?;
    let actor = req.actor()?;
    let id = ResponseFileId::parse(req.param("file")).ok_or(Error::NotFound)?;
    let file = actions::photo(&mut req.app.db.read().await?, &visit, id).await?;
    if visit.author_id != actor.staff_id {
        let mut tx = req.app.db.write().await?;
        let entry = Entry::new("visit.photo_read", "visit").actor(&actor).entity(visit.id.0).detail(file.id);
        audit::record(&req.app, &mut tx, actor.organization_id, entry).await?;
        tx.commit().await?;
    }
    served(&req.app, file).await
}

/// What stands beside a visit: for the office who made it and the cases of its findings, for who made it their fates.
struct Beside<'a> {
    author: Option<String>,
    numbers: &'a [(FindingId, String)],
    fates: &'a [Fate],
    /// Whether the reader may have something put in order.
    rectifies: bool,
}

fn story(cx: &Cx, whole: &Whole, address: &str, beside: &Beside<'_>) -> AnyView {
    let visit = &whole.visit;
    let span = format!("{} – {}", time::moment(cx, visit.started_at), time::moment(cx, visit.ended_at));
    let (place, signature) = (visit.place.clone(), visit.signature.clone());
    let later = visit.was_sent_later().then(|| {
        let at = time::moment(cx, visit.received_at);
        view! { <p class="hint">{cx.tf("visits.sent_later", &[("moment", &at)])}</p> }
    });
    let by = beside.author.as_ref().map(|name| cx.tf("visits.by", &[("name", name)]));
    let findings = whole.findings.iter().map(|f| finding(cx, whole, f, address, beside)).collect_view();
    let answers = forms::view::in_words(&only_items(whole), &whole.response.answers, cx.lang)
        .into_iter()
        .map(|(item, answer)| view! { <tr><td class="title">{item}</td><td class="num">{answer}</td></tr> })
        .collect_view();
    view! {
        <header class="page-head"><h1>{format!("{} · {place}", visit.label(cx.lang))}</h1></header>
        <p>{span}" "{by}</p>
        {later}
        <p>{findings_pill(cx, visit)}</p>
        {findings}
        <details class="fold">
            <summary>{cx.t("visits.all_items")}</summary>
            <table class="table"><tbody>{answers}</tbody></table>
        </details>
        {drawn(cx, visit)}
        <p class="hint">{cx.tf("visits.signed", &[("name", &signature)])}</p>
    }
    .into_any()
}

/// The signature as it was drawn.
fn drawn(cx: &Cx, visit: &Visit) -> Option<AnyView> {
    let path = drawing::path(&visit.drawing)?;
    let label = cx.tf("visits.drawn", &[("name", &visit.signature)]);
    let size = format!("0 0 {} {}", drawing::WIDTH, drawing::HEIGHT);
    let view = view! { <svg class="signature" role="img" aria-label=label viewBox=size><path d=path></path></svg> };
    Some(view.into_any())
}

/// The checklist without comments and photos, which stand with their findings.
fn only_items(whole: &Whole) -> forms::model::Definition {
    let mut definition = whole.version.definition.clone();
    for section in &mut definition.sections {
        section.questions.retain(rules::is_item);
    }
    definition
}

fn finding(cx: &Cx, whole: &Whole, finding: &Finding, address: &str, beside: &Beside<'_>) -> AnyView {
    let item = label(&whole.version, &finding.item, cx.lang);
    let comment = finding.comment.clone();
    let photo = finding.file_id.map(|id| {
        let src = format!("{address}/files/{id}");
        view! { <a class="walk-photo" href=src.clone()><img src=src.clone() alt=cx.t("visits.photo")/></a> }
    });
    let outward = beside.fates.iter().find(|fate| fate.finding.id == finding.id).and_then(|fate| fate.case.as_ref());
    let fate = outward.map(|outward| became(cx, outward));
    let case = beside.numbers.iter().find(|(id, _)| *id == finding.id).map(|(_, number)| {
        let (href, number) = (format!("/desk/cases/{number}"), number.clone());
        view! { " "<a class="case-number" href=href>{number}</a> }
    });
    // Of a case that may not be seen, nothing is made.
    let may = beside.rectifies && (finding.case_id.is_none() || case.is_some());
    let rectify = may.then(|| {
        let href = format!("/desk/rectifications/new?finding={}", finding.id);
        view! { <p class="button-row"><a class="button small quiet" href=href>{cx.t("rectifications.new")}</a></p> }
    });
    let class = if finding.state == FindingState::SetAside { "pill soft" } else { "pill warn" };
    view! {
        <section class="card walk-finding">
            <h2>{item}</h2>
            <p><span class=class>{cx.word("visits.state", finding.state.code())}</span>{case}</p>
            {(!comment.is_empty()).then(|| view! { <p>{comment}</p> })}
            {photo}
            {fate}
            {rectify}
        </section>
    }
    .into_any()
}

/// What became of a finding: where its case stands, who has it, and what was answered.
fn became(cx: &Cx, outward: &Outward) -> AnyView {
    let (number, department) = (outward.number.clone(), outward.department.clone());
    let replies = outward
        .replies
        .iter()
        .map(|answer| {
            let text = answer.text.clone();
            view! { <blockquote class="quote"><p>{text}</p><small>{time::moment(cx, answer.at)}</small></blockquote> }
        })
        .collect_view();
    view! {
        <p><span class="pill">{cx.word("track.state", outward.state.code())}</span>" "{department}" "<span class="case-number">{number}</span></p>
        {replies}
    }
    .into_any()
}
