//! The comments of a letter: in pages, those that wait first, with what becomes of the ones that are ticked.

use leptos::prelude::*;

use crate::{
    http::{Cx, Form},
    letters::{
        model::{CommentId, Mark},
        pages::{letter::Seen, writes},
        results::Comment,
    },
    ui::{
        FormState,
        field::{self, Line},
        pager::Pages,
    },
};

/// Comments on a page.
const ON_A_PAGE: usize = 20;

crate::code_enum! {
    /// Which comments are shown.
    pub enum View {
        /// Those that nobody has sorted yet.
        Waiting = "waiting",
        /// All of them.
        All = "all",
        /// Those that make no suggestion, or became cases.
        Nothing = "nothing",
    }
}

impl View {
    fn shows(self, seen: &Seen, comment: &Comment) -> bool {
        match self {
            Self::Waiting => seen.replies.is_unsorted(comment),
            Self::All => true,
            Self::Nothing => seen.replies.marks.contains_key(&comment.id),
        }
    }
}

/// The section.
pub(super) fn section(cx: &Cx, seen: &Seen, state: &FormState, query: &Form) -> AnyView {
    let asked = if state.values.has("view") { &state.values } else { query };
    let view = View::parse(asked.text("view")).unwrap_or(View::Waiting);
    let comments: Vec<&Comment> = seen.replies.tally.comments.iter().filter(|c| view.shows(seen, c)).collect();
    let pages = Pages::of(query, comments.len(), ON_A_PAGE);
    let here = format!("/desk/letters/{}", seen.letter.id);
    let tabs = View::ALL
        .iter()
        .map(|v| {
            let count = seen.replies.tally.comments.iter().filter(|c| v.shows(seen, c)).count();
            let current = (*v == view).then_some("true");
            let word = cx.word("letters.view", v.code());
            view! { <a class="filter" aria-current=current href=format!("{here}?view={v}#comments")>{word}" "{count}</a> }
        })
        .collect_view();
    let shown = pages.cut(&comments);
    let list = if shown.is_empty() {
        let word = if view == View::Waiting { "letters.all_sorted" } else { "letters.no_comments" };
        view! { <p class="empty">{cx.t(word)}</p> }.into_any()
    } else if writes(cx) {
        sorting(cx, seen, state, view, shown)
    } else {
        shown.iter().map(|c| view! { <div class="card">{words(cx, seen, c)}</div> }).collect_view().into_any()
    };
    view! {
        <div class="section" id="comments">
            <h2>{cx.t("letters.comments")}</h2>
            <nav class="filters" aria-label=cx.t("letters.comments")>{tabs}</nav>
            {list}
            {pages.links(cx, |to| format!("{here}?view={view}&page={to}#comments"))}
        </div>
    }
    .into_any()
}

/// The comments with boxes to tick, and what may become of them.
fn sorting(cx: &Cx, seen: &Seen, state: &FormState, view: View, shown: &[&Comment]) -> AnyView {
    let ticked: Vec<CommentId> = state.values.all("comment").filter_map(CommentId::parse).collect();
    let comments = shown
        .iter()
        .map(|c| {
            let (value, checked) = (c.id.to_string(), ticked.contains(&c.id));
            view! {
                <label class="choice">
                    <input type="checkbox" name="comment" value=value checked=checked/>
                    <span class="choice-body">{words(cx, seen, c)}</span>
                </label>
            }
        })
        .collect_view();
    let blank = (String::new(), cx.t("letters.choose_suggestion").into_owned());
    let suggestions = seen.replies.suggestions.iter().map(|s| (s.id.to_string(), s.title.clone()));
    let options: Vec<(String, String)> = std::iter::once(blank).chain(suggestions).collect();
    let there = (options.len() > 1).then(|| field::select(cx, state, "suggestion", "letters.into", &options, false));
    let line = Line { autocomplete: "off", hint: "letters.into_new_hint", ..Line::default() };
    let back = (view != View::Waiting).then(|| {
        view! { <button class="button quiet" type="submit" name="do" value="back">{cx.t("letters.back_to_waiting")}</button> }
    });
    view! {
        <form method="post" action=format!("/desk/letters/{}/comments", seen.letter.id)>
            {field::token(cx)}
            {field::hidden("view", view.code())}
            <div class="choice-list letter-comments">{comments}</div>
            {there}
            {field::line(cx, state, "new_title", "letters.into_new", line)}
            <p class="button-row">
                <button class="button main" type="submit" name="do" value="group">{cx.t("letters.group")}</button>
                <button class="button quiet" type="submit" name="do" value="nothing">{cx.t("letters.nothing")}</button>
                {back}
            </p>
            <details class="fold">
                <summary>{cx.t("letters.is_complaint")}</summary>
                <p>{cx.t("letters.to_case_hint")}</p>
                <p class="button-row">
                    <button class="button" type="submit" name="do" value="case">{cx.t("letters.to_case")}</button>
                    <button class="button danger" type="submit" name="do" value="danger">{cx.t("letters.to_danger")}</button>
                </p>
            </details>
        </form>
    }
    .into_any()
}

/// A comment: about what, its words, and what became of it. In danger only the safeguarding lead reads on.
pub(super) fn words(cx: &Cx, seen: &Seen, comment: &Comment) -> AnyView {
    let mark = seen.replies.marks.get(&comment.id);
    let about = comment.statement.and_then(|i| seen.letter.content.statements.get(i)).map(|s| {
        let about = cx.tf("letters.about", &[("statement", s.get(cx.lang))]);
        view! { <small>{about}</small> }
    });
    let text = match mark {
        Some((Mark::Danger, _)) => cx.t("letters.handed_over").into_owned(),
        _ => comment.text.clone(),
    };
    let ties = seen.replies.ties.get(&comment.id);
    let mut pills: Vec<String> = seen
        .replies
        .suggestions
        .iter()
        .filter(|s| ties.is_some_and(|ids| ids.contains(&s.id)))
        .map(|s| s.title.clone())
        .collect();
    match mark {
        Some((Mark::Nothing, _)) => pills.push(cx.t("letters.nothing").into_owned()),
        Some((Mark::Case, number)) if seen.visible_cases.contains(number) => {
            pills.push(cx.tf("letters.became_case", &[("number", number)]));
        }
        Some((Mark::Case, _)) => pills.push(cx.t("letters.dealt_with").into_owned()),
        Some((Mark::Danger, _)) | None => {}
    }
    let pills = pills.into_iter().map(|p| view! { <span class="pill soft">{p}</span>" " }).collect_view();
    view! { {about}<span class="letter-comment">{text}</span><span class="letter-marks">{pills}</span> }.into_any()
}
