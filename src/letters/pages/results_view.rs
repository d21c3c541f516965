//! Numbers of replies: confirmations by class, opinions, suggestions and the state of the table.

use leptos::prelude::*;

use crate::{
    board::suppress::Cell,
    http::Cx,
    letters::{
        actions::table as decided,
        model::{Stage, Stance, Suggestion},
        pages::{decision_pill, letter::Seen, writes},
        results::{ClassCount, Opinion},
    },
    ui::{field, time},
};

/// The numbers above everything.
pub(super) fn stats(cx: &Cx, seen: &Seen) -> AnyView {
    let (tally, suggestions) = (&seen.replies.tally, &seen.replies.suggestions);
    let rate = tally.rate().map(|(read, pupils)| {
        let percent = format!("{}%", read * 100 / pupils);
        let of = cx.tf("letters.rate_of", &[("read", &read.to_string()), ("pupils", &pupils.to_string())]);
        view! { <div class="stat"><b>{percent}</b><span>{cx.t("letters.rate")}</span><small>{of}</small></div> }
    });
    let answered = suggestions.iter().filter(|s| s.is_answered()).count();
    let of = format!("{answered}/{}", suggestions.len());
    let unsorted = seen.replies.unsorted();
    view! {
        <div class="stat-row">
            <div class="stat"><b>{tally.replies}</b><span>{cx.t("letters.replies")}</span></div>
            {rate}
            <div class="stat"><b>{unsorted}</b><span>{cx.t("letters.unsorted")}</span></div>
            <div class="stat"><b>{of}</b><span>{cx.t("letters.answered")}</span></div>
        </div>
    }
    .into_any()
}

/// Who confirmed, class by class; classes without any stand out.
pub(super) fn classes(cx: &Cx, seen: &Seen) -> Option<AnyView> {
    let classes = &seen.replies.tally.classes;
    if classes.is_empty() {
        return None;
    }
    let open = matches!(seen.letter.stage(cx.now), Stage::Open(_));
    let address = seen.point.as_ref().filter(|_| open && !seen.letter.with_codes).map(|p| p.address(&seen.base_url));
    let rows = classes.iter().map(|c| class(cx, seen, c, address.as_deref())).collect_view();
    let links = address.as_ref().map(|_| view! { <p class="soft">{cx.t("letters.class_links")}</p> });
    Some(
        view! {
            <div class="section">
                <h2>{cx.t("letters.by_class")}</h2>
                {links}
                <table class="table">
                    <thead><tr>
                        <th>{cx.t("letters.class")}</th>
                        <th class="num">{cx.t("letters.confirmed")}</th>
                        {seen.letter.with_codes.then(|| view! { <th class="num">{cx.t("letters.codes.made")}</th> })}
                        <th class="num">{cx.t("letters.pupils")}</th>
                        <th class="num">{cx.t("letters.rate")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

/// A class; its name is the link for its group, in which the class is chosen already.
fn class(cx: &Cx, seen: &Seen, c: &ClassCount, address: Option<&str>) -> AnyView {
    let rate = c.pupils.map(|n| format!("{}%", c.read * 100 / n.max(1))).unwrap_or_default();
    let name = match address {
        Some(address) => {
            let href = format!("{address}?class={}", in_address(&c.name));
            view! { <a href=href>{c.name.clone()}</a> }.into_any()
        }
        None => c.name.clone().into_any(),
    };
    let (name, pupils) = (name, c.pupils.map(|n| n.to_string()).unwrap_or_default());
    let made = seen.letter.with_codes.then(|| {
        let total = seen.codes.iter().find(|k| k.cohort == c.name).map_or(0, |k| k.total);
        view! { <td class="num" data-label=cx.t("letters.codes.made")>{total}</td> }
    });
    let none = (c.read == 0).then(|| view! { <span class="pill late">{cx.t("letters.nobody_yet")}</span> });
    view! {
        <tr>
            <td class="title">{name}" "{none}</td>
            <td class="num" data-label=cx.t("letters.confirmed")>{c.read}</td>
            {made}
            <td class="num" data-label=cx.t("letters.pupils")>{pupils}</td>
            <td class="num" data-label=cx.t("letters.rate")>{rate}</td>
        </tr>
    }
    .into_any()
}

/// A text as it stands in an address.
fn in_address(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// What people say to the statements: when replies have ended, and no earlier.
pub(super) fn opinions(cx: &Cx, seen: &Seen) -> Option<AnyView> {
    let statements = &seen.letter.content.statements;
    if statements.is_empty() {
        return None;
    }
    let whole = seen.replies.tally.replies;
    let inside = if matches!(seen.letter.stage(cx.now), Stage::Closed(_)) {
        let each = statements.iter().zip(&seen.replies.tally.opinions);
        each.map(|(s, o)| opinion(cx, s.get(cx.lang).to_string(), o, whole)).collect_view().into_any()
    } else {
        view! { <p>{cx.t("letters.opinions_later")}</p> }.into_any()
    };
    Some(
        view! {
            <div class="section">
                <h2>{cx.t("letters.opinions")}</h2>
                {inside}
                <p class="soft">{cx.t("letters.opinions_hint")}</p>
            </div>
        }
        .into_any(),
    )
}

fn opinion(cx: &Cx, statement: String, o: &Opinion, whole: i64) -> AnyView {
    let rows = [(Stance::Agree, o.agree), (Stance::Disagree, o.disagree), (Stance::None, o.none)]
        .map(|(stance, cell)| {
            let word = cx.word("letters.stance", stance.code());
            let label = format!("{word} {}", told(cx, cell));
            let bar = match cell {
                Cell::Exact(n) | Cell::AtLeast(n) => Some(n.to_string()),
                Cell::Few | Cell::Untold => None,
            };
            let bar = bar.map(|n| view! { <progress value=n max=whole.to_string() aria-label=label></progress> });
            view! { <li><span>{word}</span><b>{told(cx, cell)}</b>{bar}</li> }
        })
        .collect_view();
    view! { <div class="card"><h3>{statement}</h3><ul class="rank">{rows}</ul></div> }.into_any()
}

fn told(cx: &Cx, cell: Cell) -> String {
    match cell {
        Cell::Exact(n) => n.to_string(),
        Cell::Few => cx.t("board.few").into_owned(),
        Cell::AtLeast(n) => cx.tf("board.at_least", &[("number", &n.to_string())]),
        Cell::Untold => "—".to_string(),
    }
}

/// The suggestions, what was decided about each, and whether the public knows.
pub(super) fn table(cx: &Cx, seen: &Seen) -> AnyView {
    let suggestions = &seen.replies.suggestions;
    let rows = suggestions.iter().map(|s| suggestion(cx, seen, s)).collect_view();
    let list = if suggestions.is_empty() {
        view! { <p class="empty">{cx.t("letters.no_suggestions")}</p> }.into_any()
    } else {
        view! {
            <table class="table">
                <thead><tr>
                    <th>{cx.t("letters.suggestion")}</th>
                    <th class="num">{cx.t("letters.voices_title")}</th>
                    <th>{cx.t("letters.decision_title")}</th>
                    <th>{cx.t("letters.department")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="section" id="table">
            <h2>{cx.t("letters.table.title")}</h2>
            {list}
            {publication(cx, seen)}
        </div>
    }
    .into_any()
}

fn suggestion(cx: &Cx, seen: &Seen, s: &Suggestion) -> AnyView {
    let title = s.title.clone();
    let title = if writes(cx) {
        view! { <a href=format!("/desk/letter-suggestions/{}", s.id)>{title}</a> }.into_any()
    } else {
        title.into_any()
    };
    let pill = match s.decision {
        Some(decision) => decision_pill(cx, decision),
        None => view! { <span class="pill warn">{cx.t("letters.undecided")}</span> }.into_any(),
    };
    let department = seen.departments.iter().find(|d| Some(d.id) == s.department_id).map(|d| d.name.clone());
    view! {
        <tr>
            <td class="title">{title}<small>{s.reason.clone()}</small></td>
            <td class="num" data-label=cx.t("letters.voices_title")>{seen.replies.voices(s.id)}</td>
            <td data-label=cx.t("letters.decision_title")><span>{pill}</span></td>
            <td data-label=cx.t("letters.department")>{department}</td>
        </tr>
    }
    .into_any()
}

fn publication(cx: &Cx, seen: &Seen) -> AnyView {
    let current = decided::is_current(seen.table.as_ref(), &seen.replies, &seen.departments);
    let state = match &seen.table {
        None => cx.t("letters.table.never").into_owned(),
        Some(t) => {
            let at = time::day(cx, t.published_at);
            let key = if current { "letters.table.current" } else { "letters.table.behind" };
            cx.tf(key, &[("number", &t.number.to_string()), ("day", &at)])
        }
    };
    let unsorted = seen.replies.unsorted();
    let waiting = (unsorted > 0).then(|| {
        view! { <p class="banner warn"><span>{cx.tf("letters.table.unsorted", &[("count", &unsorted.to_string())])}</span></p> }
    });
    let here = format!("/desk/letters/{}/table", seen.letter.id);
    let print =
        seen.table.as_ref().map(|_| view! { <a class="button quiet" href=here.clone()>{cx.t("letters.paper")}</a> });
    let button = (writes(cx) && !current && !seen.replies.suggestions.is_empty()).then(|| {
        let word = if seen.table.is_some() { "letters.table.publish_again" } else { "letters.table.publish" };
        view! {
            <form method="post" action=here.clone()>
                {field::token(cx)}
                <p class="button-row"><button class="button main" type="submit">{cx.t(word)}</button></p>
            </form>
        }
    });
    view! { <p>{state}</p>{waiting}{button}<p class="button-row">{print}</p> }.into_any()
}
