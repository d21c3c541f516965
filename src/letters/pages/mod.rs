//! Pages of letters: the desk's list, writing, replies, suggestions, paper; and what readers see.

pub mod codes;
mod comments;
pub mod letter;
pub mod list;
pub mod paper;
pub mod public;
mod public_view;
mod results_view;
pub mod suggestion;
pub mod write;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req},
    i18n::Lang,
    kernel::{ids::LetterId, roles::Role},
    letters::{
        form::last_day,
        markup::{self, Block, Line},
        model::{Content, Decision, Letter, Stage, TableRow},
    },
    ui::time,
};

/// The letter that the address names.
fn asked_for(req: &Req) -> Result<LetterId> {
    LetterId::parse(req.param("id")).ok_or(Error::NotFound)
}

/// Whether this person writes letters and decides about replies.
fn writes(cx: &Cx) -> bool {
    cx.actor.as_ref().is_some_and(|a| matches!(a.role, Role::Office | Role::Admin))
}

/// Where a letter stands, as a pill.
fn stage_pill(cx: &Cx, letter: &Letter) -> AnyView {
    let (class, word) = match letter.stage(cx.now) {
        Stage::Draft => ("pill soft", cx.t("letters.stage.draft").into_owned()),
        Stage::Open(until) => ("pill ok", cx.tf("letters.stage.open", &[("day", &day(cx, last_day(until)))])),
        Stage::Closed(_) => ("pill soft", cx.t("letters.stage.closed").into_owned()),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// A decision as a pill.
fn decision_pill(cx: &Cx, decision: Decision) -> AnyView {
    let class = match decision {
        Decision::Adopted => "pill ok",
        Decision::Partly => "pill warn",
        Decision::Declined => "pill soft",
    };
    view! { <span class=class>{cx.word("letters.decision", decision.code())}</span> }.into_any()
}

/// A day as people read it.
fn day(cx: &Cx, day: NaiveDate) -> String {
    time::day(cx, time::start_of(day))
}

/// A day as it stands under a letter: with the year.
fn day_of_letter(cx: &Cx, day: NaiveDate) -> String {
    match cx.lang {
        Lang::ZhCn => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// The letter itself, from its greeting to its day. Where there is no English body the whole letter stays Chinese.
fn letter_text(cx: &Cx, content: &Content) -> AnyView {
    let lang = language(cx, content);
    let greeting = content.greeting.get(lang).to_string();
    let blocks = markup::parse(content.body.get(lang)).iter().map(block).collect_view();
    let (signature, day) = (content.signature.get(lang).to_string(), day_of_letter(cx, content.day));
    view! {
        <div class="letter" lang=(lang != cx.lang).then(|| lang.code())>
            {(!greeting.is_empty()).then(|| view! { <p class="letter-greeting">{greeting}</p> })}
            {blocks}
            <p class="letter-signature"><b>{signature}</b><span>{day}</span></p>
        </div>
    }
    .into_any()
}

/// The language in which a letter is shown.
fn language(cx: &Cx, content: &Content) -> Lang {
    if content.body.en.is_empty() { Lang::ZhCn } else { cx.lang }
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Heading(text) => view! { <h2>{line(text)}</h2> }.into_any(),
        Block::Paragraph(lines) => {
            let lines = lines
                .iter()
                .enumerate()
                .map(|(i, text)| view! { {(i > 0).then(|| view! { <br/> })}{line(text)} })
                .collect_view();
            view! { <p>{lines}</p> }.into_any()
        }
        Block::Bullets(items) => {
            let items = items.iter().map(|item| view! { <li>{line(item)}</li> }).collect_view();
            view! { <ul>{items}</ul> }.into_any()
        }
        Block::Numbers(items) => {
            let items = items.iter().map(|item| view! { <li>{line(item)}</li> }).collect_view();
            view! { <ol>{items}</ol> }.into_any()
        }
    }
}

fn line(line: &Line) -> AnyView {
    line.iter()
        .map(|span| {
            let text = span.text.clone();
            if span.bold { view! { <b>{text}</b> }.into_any() } else { view! { <span>{text}</span> }.into_any() }
        })
        .collect_view()
        .into_any()
}

/// How many stood behind a suggestion, as the public may know it.
fn voices(cx: &Cx, row: &TableRow) -> String {
    match row.voices {
        Some(n) => cx.tf("letters.voices", &[("count", &n.to_string())]),
        None => cx.t("letters.voices_some").into_owned(),
    }
}

/// Who sees to it, and until when.
fn who_and_when(cx: &Cx, row: &TableRow) -> String {
    let until = row.day.map(|d| cx.tf("letters.until_day", &[("day", &day(cx, d))]));
    let department = Some(row.department.clone()).filter(|d| !d.is_empty());
    [department, until].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a letter may be made of.
    const TAGS: [&str; 17] = [
        "<h2>", "</h2>", "<p>", "</p>", "<br>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<b>", "</b>",
        "<span>", "</span>", "<!>", "<!---->",
    ];

    fn html(text: &str) -> String {
        markup::parse(text).iter().map(|b| block(b).to_html()).collect()
    }

    #[test]
    fn a_tag_is_text() {
        assert!(html("a <b onclick=x>b</b>").contains("&lt;b onclick=x&gt;b&lt;/b&gt;"));
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_becomes_html(text in "([#*\\- 1.\n]|<|>|&|\"|</b>|<img src=x onerror=y>|<!--|[a-c一]){0,40}") {
            let mut rest = html(&text);
            for tag in TAGS {
                rest = rest.replace(tag, "");
            }
            prop_assert!(!rest.contains(['<', '>']), "{rest}");
        }
    }
}
