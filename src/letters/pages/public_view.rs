//! The letter as families read it: the letter, the adoption table when there is one, the reply slip while replies come in.

use leptos::prelude::*;

use crate::{
    forms::{
        self,
        islands::server::{self, Behaviour},
    },
    http::Cx,
    letters::{
        form::last_day,
        model::{COMMENT, Class, Stage, Table, TableRow},
        pages::{day, decision_pill, language, letter_text, public::Open, voices, who_and_when},
    },
    ui::{
        FormState, Page, field, icon,
        page::{self, Bundle},
        time,
    },
};

/// A check mark.
const DONE: &str = "M5 12.5l4.5 4.5L19 7";

/// What the page shows.
pub(super) struct Shown<'a> {
    /// The letter.
    pub open: &'a Open,
    /// What was typed and what is wrong with it.
    pub state: &'a FormState,
}

/// Under which name the browser keeps what is not sent yet.
fn draft(open: &Open) -> String {
    format!("letter-{}", open.point.code)
}

/// The letter.
pub(super) fn letter(cx: &Cx, shown: &Shown<'_>) -> Page {
    let open = shown.open;
    let content = &open.letter.content;
    let title = content.title.get(language(cx, content)).to_string();
    let slip = match open.letter.stage(cx.now) {
        Stage::Open(until) => slip(cx, shown, &day(cx, last_day(until))),
        Stage::Draft | Stage::Closed(_) => ended(cx, shown),
    };
    let body = view! {
        <main class="page" id="main">
            {masthead(cx, shown)}
            {forms::view::error_summary(cx, shown.state, &open.slip.definition)}
            <article class="letter-page">
                <h1>{title.clone()}</h1>
                {corrections(cx, open)}
                {letter_text(cx, content)}
            </article>
            {open.table.as_ref().map(|t| table(cx, t))}
            {slip}
        </main>
        {footer(cx, open)}
    };
    Page::public(format!("{title} · {}", open.org.name), body).with_questions().with_islands(Bundle::Forms)
}

/// The head; while there is a slip to fill in, its switches keep what was typed.
fn masthead(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let (org, channel) = (&shown.open.org, cx.word("channel", "letter"));
    match shown.open.letter.stage(cx.now) {
        Stage::Open(_) => {
            let path = format!("/q/{}", shown.open.point.code);
            page::masthead_of_form(cx, [&org.emblem, &org.name, &channel], "answers", &path)
        }
        _ => page::masthead(cx, &org.emblem, &org.name, &channel),
    }
}

/// What was corrected since the letter first went out, with the way to what it said before.
fn corrections(cx: &Cx, open: &Open) -> Option<AnyView> {
    if open.earlier {
        let newest = cx.href(&format!("/q/{}", open.point.code));
        let link = view! { <a href=newest>{cx.t("letters.newest")}</a> };
        return Some(
            view! { <div class="banner warn"><div><p>{cx.t("letters.earlier")}" "{link}</p></div></div> }.into_any(),
        );
    }
    let corrected: Vec<_> = open.versions.iter().filter(|v| !v.note.is_empty()).collect();
    if corrected.is_empty() {
        return None;
    }
    let lines = corrected
        .into_iter()
        .map(|v| {
            let (at, before) = (time::day(cx, v.published_at), (v.number - 1).to_string());
            let href = cx.href(&format!("/q/{}?version={before}", open.point.code));
            let sentence = cx.tf("letters.corrected", &[("day", &at), ("note", &v.note)]);
            view! { <p>{sentence}" "<a href=href>{cx.t("letters.before")}</a></p> }
        })
        .collect_view();
    Some(view! { <div class="notice"><div>{lines}</div></div> }.into_any())
}

fn slip(cx: &Cx, shown: &Shown<'_>, last_day: &str) -> AnyView {
    let (open, state) = (shown.open, shown.state);
    let action = cx.href(&format!("/q/{}", open.point.code));
    let start = cx.href(&format!("/{}", open.org.slug));
    let classes = &open.letter.content.classes;
    let class = if open.letter.with_codes {
        let code = forms::codes::code_field(cx, state);
        Some(view! { {code}<p class="soft">{cx.t("letters.reply.code_text")}</p> }.into_any())
    } else {
        (!classes.is_empty()).then(|| class(cx, state, classes))
    };
    let definition = &open.slip.definition;
    let behaviour = Behaviour { draft: &draft(open), ..Behaviour::default() };
    view! {
        <section class="reply" id="reply">
            <h2>{cx.t("letters.reply.title")}</h2>
            <p class="soft">{cx.tf("letters.reply.lead", &[("day", last_day), ("office", &open.org.office_name)])}</p>
            <form id="answers" method="post" enctype="multipart/form-data" action=action>
                {field::hidden("idempotency_key", state.values.text("idempotency_key"))}
                {field::hidden("form_version", open.slip.id.to_string())}
                {class}
                {forms::view::sections(cx, state, definition, &[])}
                <div class="notice"><div>
                    <p>{cx.t("letters.reply.privacy")}</p>
                    <p>{cx.t("letters.reply.complaint")}" "<a href=start>{cx.t("letters.reply.other_ways")}</a></p>
                </div></div>
                {server::logic(cx, definition, behaviour)}
                <div class="bar"><div class="bar-inner">
                    <button class="button main" id="send" type="submit">{cx.t("letters.reply.send")}</button>
                </div></div>
            </form>
        </section>
    }
    .into_any()
}

/// The choice of one's class.
fn class(cx: &Cx, state: &FormState, classes: &[Class]) -> AnyView {
    let blank = (String::new(), cx.t("letters.reply.choose").into_owned());
    let options: Vec<(String, String)> =
        std::iter::once(blank).chain(classes.iter().map(|c| (c.name.clone(), c.name.clone()))).collect();
    field::select(cx, state, "class", "letters.reply.your_class", &options, true)
}

/// Replies have ended; whoever was writing gets the words back.
fn ended(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let typed = shown.state.values.text(&forms::form::field(COMMENT)).to_string();
    let kept = (!typed.trim().is_empty()).then(|| {
        view! { <p class="label">{cx.t("letters.reply.yours")}</p><blockquote class="letter-kept">{typed}</blockquote> }
    });
    let waiting = shown.open.table.is_none().then(|| view! { <p>{cx.t("letters.reply.waiting")}</p> });
    let start = cx.href(&format!("/{}", shown.open.org.slug));
    view! {
        <section class="reply" id="reply">
            <h2>{cx.t("letters.reply.ended_title")}</h2>
            {waiting}
            {kept}
            <p class="button-row"><a class="button" href=start>{cx.t("letters.reply.other_ways")}</a></p>
        </section>
    }
    .into_any()
}

/// The adoption table, for the screen: a card a suggestion.
pub(super) fn table(cx: &Cx, table: &Table) -> AnyView {
    let at = time::day(cx, table.published_at);
    let version = cx.tf("letters.table.version", &[("number", &table.number.to_string()), ("day", &at)]);
    let cards = table.rows.iter().map(|row| card(cx, row)).collect_view();
    view! {
        <section class="section adoption" id="table">
            <h2>{cx.t("letters.table.title")}</h2>
            <p class="soft">{version}</p>
            {cards}
        </section>
    }
    .into_any()
}

fn card(cx: &Cx, row: &TableRow) -> AnyView {
    let (title, reason, voices, who) = (row.title.clone(), row.reason.clone(), voices(cx, row), who_and_when(cx, row));
    view! {
        <article class="card board-item">
            {decision_pill(cx, row.decision)}
            <h3>{title}</h3>
            <p class="soft">{voices}</p>
            <div class="board-answer"><p class="form-text">{reason}</p></div>
            {(!who.is_empty()).then(|| view! { <p class="soft">{who}</p> })}
        </article>
    }
    .into_any()
}

/// The answer to the POST: thanks, and what comes next.
pub(super) fn thanks(cx: &Cx, open: &Open) -> Page {
    let title = cx.t("letters.thanks.title");
    let again = cx.href(&format!("/q/{}", open.point.code));
    let start = cx.href(&format!("/{}", open.org.slug));
    let next = match open.letter.stage(cx.now) {
        Stage::Open(until) => {
            cx.tf("letters.thanks.next", &[("office", &open.org.office_name), ("day", &day(cx, last_day(until)))])
        }
        Stage::Draft | Stage::Closed(_) => String::new(),
    };
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &open.org.emblem, &open.org.name, &cx.word("channel", "letter"))}
            <section class="receipt" id="receipt" tabindex="-1">
                <span class="receipt-mark">{icon::icon(DONE)}</span>
                <h1>{title.clone()}</h1>
                <p class="lead">{cx.t("letters.thanks.lead")}</p>
                <p>{next}</p>
            </section>
            <p class="button-row">
                <a class="button main" href=again>{cx.t("letters.thanks.back")}</a>
                <a class="button quiet" href=start>{cx.t("letters.reply.other_ways")}</a>
            </p>
            {server::sent(&draft(open))}
        </main>
        {footer(cx, open)}
    };
    Page::public(format!("{title} · {}", open.org.name), body).with_questions().with_islands(Bundle::Forms)
}

fn footer(cx: &Cx, open: &Open) -> AnyView {
    let (name, hotline) = (open.org.office_name.clone(), open.org.hotline.clone());
    let start = cx.href(&format!("/{}", open.org.slug));
    view! {
        <footer class="footer">
            <p><a href=start>{cx.t("letters.to_start")}</a><a href=cx.href("/privacy")>{cx.t("board.privacy")}</a></p>
            <p>{name}" "{(!hotline.is_empty()).then(|| cx.tf("letters.hotline", &[("number", &hotline)]))}</p>
        </footer>
    }
    .into_any()
}
