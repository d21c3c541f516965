//! The middle of the page: what was sent, what happened, what was answered and written.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    attachments::model::Attachment,
    cases::{
        case_data::CaseData,
        model::{Identity, ReplyState},
        pages::merged,
        store::{events::Event, messages::Message, notes::Note, replies::Reply},
    },
    http::Cx,
    intake::model::SubmissionView,
    kernel::ids::SubmissionId,
    ui::time,
};

/// What was sent, as it came (promise 19), with its files.
pub fn submissions(cx: &Cx, data: &CaseData) -> AnyView {
    let all = data.submissions.iter().map(|s| submission(cx, s)).collect_view();
    let merged = data
        .merged
        .iter()
        .map(|m| {
            let said = m.submissions.iter().map(|s| submission(cx, s)).collect_view();
            let of_it = files(cx, data, |f| f.submission_id.is_some() && f.case_id == m.id);
            view! { {merged::heading(cx, m)}{said}{of_it} }
        })
        .collect_view();
    let own = files(cx, data, |f| f.submission_id.is_some() && f.case_id == data.case.id);
    view! { {all}{own}{merged} }.into_any()
}

fn submission(cx: &Cx, submission: &SubmissionView) -> AnyView {
    let body = submission.body.clone();
    let answers = submission
        .answers
        .iter()
        .map(|(label, value)| {
            let (label, value) = (label.clone(), value.clone());
            view! { <dt>{label}</dt><dd>{value}</dd> }
        })
        .collect_view();
    let has_answers = !submission.answers.is_empty();
    view! {
        <blockquote class="quote" aria-label=cx.t("cases.submission")><p>{body}</p></blockquote>
        {has_answers.then(|| view! { <dl class="facts">{answers}</dl> })}
    }
    .into_any()
}

/// Photos of second looks: with neither the submission nor a message; and redacted copies that were kept.
pub fn later_files(cx: &Cx, data: &CaseData) -> AnyView {
    let alone = |f: &Attachment| f.submission_id.is_none() && f.message_id.is_none();
    let section = |title: &str, of: &dyn Fn(&Attachment) -> bool| {
        data.files.iter().any(of).then(|| {
            view! { <section><h2>{cx.t(title)}</h2>{files(cx, data, of)}</section> }
        })
    };
    view! {
        {section("cases.later_files", &|f| alone(f) && !f.is_copy())}
        {section("redact.copies", &|f| alone(f) && f.is_copy())}
    }
    .into_any()
}

/// Files of the submission, of a message, of a second look: pictures are shown, everything can be kept.
fn files(cx: &Cx, data: &CaseData, of: impl Fn(&Attachment) -> bool) -> AnyView {
    let mine: Vec<&Attachment> = data.files.iter().filter(|f| of(f)).collect();
    let href = |f: &Attachment| format!("/desk/cases/{}/files/{}", data.case.number, f.id);
    let pictures: Vec<AnyView> = mine
        .iter()
        .filter(|f| f.is_picture())
        .map(|f| {
            let (to, shown) = (href(f), format!("{}?inline=1", href(f)));
            let name = cx.tf("cases.file", &[("n", &f.position.to_string())]);
            view! { <li class="photo"><a href=to><img src=shown alt=name loading="lazy"/></a></li> }.into_any()
        })
        .collect();
    let hide: Vec<AnyView> = mine
        .iter()
        .filter(|f| f.is_picture() && !f.is_copy() && data.may_write)
        .map(|f| {
            let to = format!("/desk/cases/{}/redact/{}", data.case.number, f.id);
            let name = format!("{} {}", cx.t("redact.photo"), f.position);
            view! { <a class="button small quiet" href=to>{name}</a> }.into_any()
        })
        .collect();
    let others: Vec<AnyView> = mine
        .iter()
        .filter(|f| !f.is_picture())
        .map(|f| {
            let to = href(f);
            let name = cx.tf("cases.file", &[("n", &f.position.to_string())]);
            let size = format!("{} KB", (f.size + 1023) / 1024);
            let kind = f.kind.to_uppercase();
            view! {
                <li><span>{name}" · "{kind}</span><small>{size}</small>
                    <a class="button small quiet" href=to>{cx.t("cases.download")}</a></li>
            }
            .into_any()
        })
        .collect();
    view! {
        {(!pictures.is_empty()).then(|| view! { <ul class="photos">{pictures}</ul> })}
        {(!hide.is_empty()).then(|| view! { <p class="button-row">{hide}</p> })}
        {(!others.is_empty()).then(|| view! { <ul class="file-list">{others}</ul> })}
    }
    .into_any()
}

/// What happened, with the notes of colleagues between.
pub fn events(cx: &Cx, data: &CaseData) -> AnyView {
    let anonymous = is_anonymous(data);
    let mut of_all: Vec<(Option<&str>, &Event)> = data.events.iter().map(|e| (None, e)).collect();
    if !data.merged.is_empty() {
        let theirs = data.merged.iter().flat_map(|m| m.events.iter().map(|e| (Some(m.number.as_str()), e)));
        of_all.extend(theirs);
        of_all.sort_by_key(|(_, e)| e.at);
    }
    let mut notes = data.notes.iter().peekable();
    let mut items: Vec<AnyView> = Vec::new();
    for (whose, one) in of_all {
        while let Some(earlier) = notes.next_if(|n| n.created_at < one.at) {
            items.push(note(cx, earlier));
        }
        items.push(event(cx, one, whose, anonymous));
    }
    items.extend(notes.map(|n| note(cx, n)));
    view! { <ol class="events" aria-label=cx.t("cases.events")>{items}</ol> }.into_any()
}

/// Whether anybody who speaks of it wants to stay anonymous.
fn is_anonymous(data: &CaseData) -> bool {
    data.case.identity == Identity::Anonymous || data.all_submissions().any(|(_, s)| s.identity == Identity::Anonymous)
}

fn event(cx: &Cx, event: &Event, whose: Option<&str>, anonymous: bool) -> AnyView {
    let what = cx.word("cases.event", event.kind.code());
    // The hour of an anonymous person's step is no moment to show.
    let coarse = anonymous && event.actor_name.is_none();
    let when = if coarse { time::day(cx, event.at) } else { time::moment(cx, event.at) };
    let details = [
        whose.map(str::to_string),
        event.department_name.clone(),
        event.actor_name.clone(),
        event.due_at.map(|due| cx.tf("cases.until", &[("when", &time::moment(cx, due))])),
    ];
    let details = details.into_iter().flatten().map(|d| format!(" · {d}")).collect::<String>();
    let reason = (!event.reason.is_empty()).then(|| event.reason.clone());
    view! {
        <li class="event">
            <time datetime=machine(event.at, coarse)>{when}</time>
            <span><b>{what}</b>{details}{reason.map(|r| view! { <br/>{r} })}</span>
        </li>
    }
    .into_any()
}

fn machine(at: DateTime<Utc>, coarse: bool) -> String {
    if coarse { at.with_timezone(&time::ZONE).format("%Y-%m-%d").to_string() } else { time::machine(at) }
}

fn note(cx: &Cx, note: &Note) -> AnyView {
    let (who, body) = (note.author_name.clone(), note.body.clone());
    view! {
        <li class="event note">
            <time datetime=time::machine(note.created_at)>{time::moment(cx, note.created_at)}</time>
            <span><b>{cx.t("cases.note")}</b>" · "{who}<br/>{body}</span>
        </li>
    }
    .into_any()
}

/// Answers: those that are out, and the one that is being worked on; and how they were judged.
pub fn replies(cx: &Cx, data: &CaseData) -> AnyView {
    let shown: Vec<AnyView> =
        data.replies.iter().filter(|r| r.state != ReplyState::Dropped).map(|r| reply(cx, data, r)).collect();
    let own = data.callbacks.iter().map(|c| (None, c));
    let theirs = data.merged.iter().flat_map(|m| m.callbacks.iter().map(|c| (Some(m.number.clone()), c)));
    let judged: Vec<AnyView> = own
        .chain(theirs)
        .map(|(whose, c)| {
            let whose = whose.map(|number| format!(" · {number}"));
            let words = [
                cx.t(if c.contacted { "cases.rated.contacted" } else { "cases.rated.not_contacted" }),
                cx.t(if c.solved { "cases.rated.solved" } else { "cases.rated.not_solved" }),
                cx.t(if c.satisfied { "cases.rated.satisfied" } else { "cases.rated.not_satisfied" }),
            ]
            .join(" · ");
            let comment = (!c.comment.is_empty()).then(|| c.comment.clone());
            view! {
                <li class="message from-you">
                    <span class="message-head"><b>{cx.t("cases.rated")}{whose}</b>{cx.word("cases.rated.source", c.source.code())}" · "{time::day(cx, c.created_at)}</span>
                    <p>{words}</p>{comment.map(|c| view! { <p>{c}</p> })}
                </li>
            }
            .into_any()
        })
        .collect();
    let any = !(shown.is_empty() && judged.is_empty());
    any.then(|| view! { <section><h2>{cx.t("cases.replies")}</h2><ul class="messages">{shown}{judged}</ul></section> })
        .into_any()
}

fn reply(cx: &Cx, data: &CaseData, reply: &Reply) -> AnyView {
    let (who, body) = (reply.author_name.clone(), reply.body.clone());
    let at = reply.sent_at.unwrap_or(reply.created_at);
    let pill = if reply.state == ReplyState::Sent { "pill ok" } else { "pill warn" };
    let outcome = reply.outcome.map(|o| view! { " "<span class="pill">{cx.word("cases.outcome", o.code())}</span> });
    let comment = reply.review_comment.clone().filter(|_| reply.state != ReplyState::Sent);
    view! {
        <li class="message from-office">
            <span class="message-head"><b>{who}</b>{time::moment(cx, at)}" "
                <span class=pill>{cx.word("cases.reply", reply.state.code())}</span>{outcome}</span>
            <p>{body}</p>
            {files(cx, data, |f| data.reply_files.contains(&(reply.id, f.id)))}
            {comment.map(|c| view! { <p class="error">{c}</p> })}
        </li>
    }
    .into_any()
}

/// What the submitters and the office wrote to each other, each with whose it is when there are several.
pub fn messages(cx: &Cx, data: &CaseData) -> AnyView {
    let anonymous = is_anonymous(data);
    let mut all: Vec<(Option<&str>, &Message)> = data.messages.iter().map(|m| (None, m)).collect();
    if !data.merged.is_empty() {
        all.extend(data.merged.iter().flat_map(|of| of.messages.iter().map(|m| (Some(of.number.as_str()), m))));
        all.sort_by_key(|(_, m)| m.created_at);
    }
    let items: Vec<AnyView> = all
        .into_iter()
        .map(|(number, m)| {
            let from_office = m.author_id.is_some();
            let class = if from_office { "message from-office" } else { "message from-you" };
            let who = m.author_name.clone().unwrap_or_else(|| submitter(cx, data, m.submission_id));
            let whose = number.map(|number| format!(" · {number}"));
            let coarse = anonymous && !from_office;
            let when = if coarse { time::day(cx, m.created_at) } else { time::moment(cx, m.created_at) };
            let body = m.body.clone();
            view! {
                <li class=class>
                    <span class="message-head"><b>{who}{whose}</b>{when}</span><p>{body}</p>{files(cx, data, |f| f.message_id == Some(m.id))}
                </li>
            }
            .into_any()
        })
        .collect();
    (!items.is_empty())
        .then(|| view! { <section><h2>{cx.t("cases.messages")}</h2><ul class="messages">{items}</ul></section> })
        .into_any()
}

/// The submitter, with their place when several people speak of the case itself.
fn submitter(cx: &Cx, data: &CaseData, of: Option<SubmissionId>) -> String {
    let place = data.submissions.iter().position(|s| Some(s.id) == of);
    match place {
        Some(at) if data.submissions.len() > 1 => cx.tf("merges.whose", &[("n", &(at + 1).to_string())]),
        _ => cx.t("cases.submitter").into_owned(),
    }
}
