//! A copy of what is stored about a submitter's case 查阅复制 (PIPL §45): a ZIP with a page to read, the same as JSON, and the
//! files. It holds what they sent and what was said to them, and nothing of anybody else.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    accounts::model::Actor,
    attachments::{self, model::Attachment},
    cases::{
        erase,
        model::{Case, EventKind, Identity, Lane, Source},
        submitter,
    },
    db::Conn,
    error::{Error, Result},
    http::{App, Cx},
    intake::{self, model::Contact},
    kernel::ids::{CaseId, SubmissionId},
    notify, organizations,
    ui::{field::escape, time},
};

/// The type of the file.
pub const KIND: &str = "application/zip";

/// A copy.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The number of the case.
    pub number: String,
    /// The file.
    pub zip: Vec<u8>,
}

/// For the submitter, who gave the code. That it was taken is written down by the hour (promise 8).
///
/// # Errors
/// `Bad` in danger, where whoever holds the code may be the one who must not read what was said: there the safeguarding lead
/// hands it out.
pub async fn by_code(app: &App, cx: &Cx, case: CaseId, mine: SubmissionId) -> Result<Copy> {
    let mut tx = app.db.write().await?;
    let case = erase::lock(&mut tx, case).await?;
    if case.lane == Lane::Safeguarding {
        return Err(Error::Bad("personal_data.error.danger"));
    }
    let at = crate::kernel::clock::hour_of(app.now());
    let copy = make(app, &mut tx, cx, &case, mine, true).await?;
    erase::note(app, &mut tx, &case, EventKind::DataCopied, None, at).await?;
    tx.commit().await?;
    Ok(copy)
}

/// For the office, which hands it to the submitter; the reason says how they were known. What is sealed stays sealed.
///
/// # Errors
/// `NotFound` when the person does not keep the case; `Bad` when the submitter is anonymous: then the code alone can tell.
pub async fn by_office(app: &App, actor: &Actor, cx: &Cx, number: &str, mine: SubmissionId, why: &str) -> Result<Copy> {
    let mut tx = app.db.write().await?;
    let case = erase::kept_by(&mut tx, actor, number).await?;
    let all = intake::actions::submissions_of_case(app, &mut tx, case.organization_id, case.id, cx.lang).await?;
    let said = all.iter().find(|s| s.id == mine).ok_or(Error::NotFound)?;
    if said.identity == Identity::Anonymous {
        return Err(Error::Bad("personal_data.error.anonymous"));
    }
    let copy = make(app, &mut tx, cx, &case, mine, said.identity == Identity::Named).await?;
    erase::note_why(app, &mut tx, &case, EventKind::DataCopied, actor, why).await?;
    tx.commit().await?;
    Ok(copy)
}

async fn make(app: &App, c: &mut Conn, cx: &Cx, case: &Case, mine: SubmissionId, with_contact: bool) -> Result<Copy> {
    let all = intake::actions::submissions_of_case(app, c, case.organization_id, case.id, cx.lang).await?;
    let alone = all.len() == 1;
    let said = all.into_iter().find(|s| s.id == mine).ok_or(Error::NotFound)?;
    let track = submitter::view(c, case.id, mine, app.now()).await?;
    let topics = organizations::actions::all_topics(c, case.organization_id).await?;
    let topic = topics.iter().find(|t| t.id == case.topic_id).map_or("", |t| t.label(cx.lang)).to_string();
    let contact = match &said.contact {
        _ if !with_contact => None,
        Some(contact) => Some(contact.clone()),
        None if said.has_sealed => Some(intake::actions::open_sealed(app, c, mine).await?),
        None => None,
    };
    let email = if with_contact { notify::submitters::address(app, c, mine).await? } else { None };
    let with_messages = track.messages.iter().flat_map(|m| m.files.iter().copied());
    let shown: Vec<_> = with_messages.chain(track.reply.iter().flat_map(|r| r.files.iter().copied())).collect();
    let mut files = attachments::actions::of_case(c, case.id).await?;
    files.retain(|f| f.case_id == case.id && (f.submission_id == Some(mine) || shown.contains(&f.id)));
    let judged = if alone { erase::judgements(c, case.id).await? } else { Vec::new() };
    let when = time::machine;
    let value = json!({
        "case_number": track.number,
        "channel": case.channel.code(),
        "topic": topic,
        "place": case.place,
        "state": track.state.code(),
        "received_at": when(track.received_at),
        "promised_at": when(case.promised_at),
        "answered_at": case.answered_at.map(when),
        "closed_at": case.closed_at.map(when),
        "role": said.person.code(),
        "identity": said.identity.code(),
        "contact": contact.as_ref().map(|c| json!({ "name": c.name, "contact": c.contact })),
        "contact_is_sealed": said.has_sealed && contact.is_none(),
        "email": email,
        "body": said.body,
        "answers": said.answers.iter().map(|(label, answer)| json!({ "question": label, "answer": answer })).collect::<Vec<_>>(),
        "timeline": track.timeline.iter().map(|t| json!({ "at": when(t.at), "step": t.kind.code(), "text": t.text })).collect::<Vec<_>>(),
        "messages": track.messages.iter().map(|m| json!({
            "at": when(m.at), "from": if m.from_office { "office" } else { "submitter" }, "text": m.text,
        })).collect::<Vec<_>>(),
        "replies": track.reply.iter().map(|r| json!({ "at": when(r.at), "text": r.text, "outcome": r.outcome.map(|o| o.code()) })).collect::<Vec<_>>(),
        "judgements": judged.iter().filter(|j| j.source == Source::Own).map(|j| json!({
            "at": when(j.created_at), "contacted": j.contacted, "solved": j.solved, "satisfied": j.satisfied, "comment": j.comment,
        })).collect::<Vec<_>>(),
        "files": files.iter().map(file_name).collect::<Vec<_>>(),
    });
    let page = page(cx, &value, contact.as_ref());
    let store = app.files.clone();
    let number = track.number.clone();
    let zip =
        tokio::task::spawn_blocking(move || pack(&value, &page, &files, &store)).await.map_err(Error::internal)??;
    Ok(Copy { number, zip })
}

fn file_name(file: &Attachment) -> String {
    format!("files/{}.{}", file.position, file.kind)
}

fn pack(value: &Value, page: &str, files: &[Attachment], store: &attachments::files::FileStore) -> Result<Vec<u8>> {
    let wrong = |e: ZipError| Error::internal(e);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let text = serde_json::to_vec_pretty(value).map_err(Error::internal)?;
    for (name, bytes) in [("index.html", page.as_bytes()), ("data.json", &text)] {
        zip.start_file(name, SimpleFileOptions::default()).map_err(wrong)?;
        zip.write_all(bytes)?;
    }
    for file in files {
        zip.start_file(file_name(file), SimpleFileOptions::default()).map_err(wrong)?;
        zip.write_all(&store.get(&file.sha256)?)?;
    }
    Ok(zip.finish().map_err(wrong)?.into_inner())
}

/// The page to read: headings and text, no script, nothing from elsewhere (promise 23).
fn page(cx: &Cx, value: &Value, contact: Option<&Contact>) -> String {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_string();
    let mut html = String::new();
    let mut fact = |label: &str, words: String| {
        if !words.is_empty() {
            html.push_str(&format!("<dt>{}</dt><dd>{}</dd>", escape(&cx.t(label)), escape(&words)));
        }
    };
    fact("personal_data.copy.number", text("case_number"));
    fact("personal_data.copy.channel", cx.word("channel", &text("channel")).into_owned());
    fact("personal_data.copy.topic", [text("topic"), text("place")].join(" "));
    fact("personal_data.copy.state", cx.word("cases.state", &text("state")).into_owned());
    fact("personal_data.copy.received", text("received_at"));
    fact("personal_data.copy.who", cx.word("intake.person", &text("role")).into_owned());
    fact("personal_data.copy.identity", cx.word("intake.identity", &text("identity")).into_owned());
    fact("personal_data.copy.contact", contact.map_or(String::new(), |c| format!("{} {}", c.name, c.contact)));
    if value["contact_is_sealed"] == json!(true) {
        fact("personal_data.copy.contact", cx.t("personal_data.copy.sealed").into_owned());
    }
    fact("personal_data.copy.email", text("email"));
    fact("personal_data.copy.body", text("body"));
    for answer in value["answers"].as_array().into_iter().flatten() {
        let (label, words) = (&answer["question"], &answer["answer"]);
        html.push_str(&format!(
            "<dt>{}</dt><dd>{}</dd>",
            escape(label.as_str().unwrap_or_default()),
            escape(words.as_str().unwrap_or_default())
        ));
    }
    let mut body = format!("<dl>{html}</dl>");
    let list = |key: &str, line: &dyn Fn(&Value) -> String| -> String {
        let items = value[key].as_array().into_iter().flatten();
        items.map(|item| format!("<li>{}</li>", escape(&line(item)))).collect()
    };
    let word = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_string();
    let said = |item: &Value| {
        let who = if item["from"] == "submitter" { "personal_data.copy.you" } else { "personal_data.copy.office" };
        format!("{} {}：{}", word(item, "at"), cx.t(who), word(item, "text"))
    };
    let step = |item: &Value| {
        format!("{} {} {}", word(item, "at"), cx.word("track.step", &word(item, "step")), word(item, "text"))
    };
    let reply = |item: &Value| format!("{}：{}", word(item, "at"), word(item, "text"));
    let judged = |item: &Value| format!("{} {}", word(item, "at"), word(item, "comment"));
    let file = |item: &Value| item.as_str().unwrap_or_default().to_string();
    let lists: [(&str, String); 5] = [
        ("personal_data.copy.timeline", list("timeline", &step)),
        ("personal_data.copy.messages", list("messages", &said)),
        ("personal_data.copy.replies", list("replies", &reply)),
        ("personal_data.copy.judgements", list("judgements", &judged)),
        ("personal_data.copy.files", list("files", &file)),
    ];
    for (label, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
        body.push_str(&format!("<h2>{}</h2><ul>{items}</ul>", escape(&cx.t(label))));
    }
    let title = escape(&cx.t("personal_data.copy.title"));
    format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>body{{font:17px/1.6 sans-serif;max-width:42em;margin:1em auto;padding:0 1em}}\
         dt{{font-weight:bold}}dd,li{{white-space:pre-wrap}}</style><h1>{title}</h1>{body}</html>",
        cx.lang.code()
    )
}
