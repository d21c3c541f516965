//! The control of each kind of question.

use leptos::prelude::*;

use crate::{
    forms::{
        form::{self, Photos},
        model::{Choice, OTHER, Question, QuestionKind, sub_name},
    },
    http::Cx,
    ui::{
        FormState,
        field::{self, Line},
    },
};

/// Whether the control is several inputs under one heading.
pub(super) const fn is_group(kind: QuestionKind) -> bool {
    !matches!(
        kind,
        QuestionKind::ShortText
            | QuestionKind::LongText
            | QuestionKind::Number
            | QuestionKind::Date
            | QuestionKind::Time
            | QuestionKind::Photo
    )
}

pub(super) fn control(
    cx: &Cx,
    state: &FormState,
    q: &Question,
    photos: &[Photos],
    id: &str,
    invalid: bool,
    described: Option<String>,
) -> AnyView {
    match q.kind {
        QuestionKind::ShortText => line(state, q, "text", id, invalid, described),
        QuestionKind::Number => line(state, q, "number", id, invalid, described),
        QuestionKind::Date => line(state, q, "date", id, invalid, described),
        QuestionKind::Time => line(state, q, "time", id, invalid, described),
        QuestionKind::LongText => {
            let name = form::field(&q.key);
            let settings = Line { required: q.required && q.show_if.is_none(), ..Line::default() };
            field::text_area_control(id, &name, state.values.text(&name), settings, invalid, described)
        }
        QuestionKind::Single => choices(cx, state, q, "radio", id),
        QuestionKind::Multiple => choices(cx, state, q, "checkbox", id),
        QuestionKind::Scale | QuestionKind::Rating => scale(cx, state, q, id),
        QuestionKind::Matrix => matrix(cx, state, q, id),
        QuestionKind::Ranking => ranking(cx, state, q, id),
        QuestionKind::Photo => photo(cx, q, photos, id, invalid, described),
        QuestionKind::Consent => consent(cx, state, q, id),
        QuestionKind::Notice => ().into_any(),
    }
}

/// A required question may be hidden by its conditions, and a browser would then refuse to send without a word: it is told
/// only where the question always shows. The server and the island check all of them.
fn line(
    state: &FormState,
    q: &Question,
    kind: &'static str,
    id: &str,
    invalid: bool,
    described: Option<String>,
) -> AnyView {
    let name = form::field(&q.key);
    let value = state.values.text(&name).to_string();
    let number = kind == "number";
    let step = number.then(|| match q.decimals {
        0 => "1".to_string(),
        n => format!("0.{}1", "0".repeat(usize::from(n) - 1)),
    });
    view! {
        <input
            id=id.to_string()
            name=name
            type=kind
            value=value
            step=step
            min=q.min.filter(|_| number).map(|n| n.to_string())
            max=q.max.filter(|_| number).map(|n| n.to_string())
            inputmode=number.then_some(if q.decimals == 0 { "numeric" } else { "decimal" })
            autocomplete="off"
            aria-invalid=invalid.then_some("true")
            aria-required=q.required.then_some("true")
            aria-describedby=described
        />
    }
    .into_any()
}

fn chip(kind: &'static str, name: &str, code: &str, text: String, checked: bool, id: Option<String>) -> AnyView {
    let (name, code) = (name.to_string(), code.to_string());
    view! {
        <label class="chip"><input type=kind id=id name=name value=code checked=checked/><span>{text}</span></label>
    }
    .into_any()
}

/// Few short choices are chips, many or long ones a list, which is easier to read with one thumb.
fn choices(cx: &Cx, state: &FormState, q: &Question, kind: &'static str, id: &str) -> AnyView {
    let name = form::field(&q.key);
    let chosen: Vec<String> = state.values.all(&name).map(str::to_string).collect();
    let long = q.choices.len() > 8 || q.choices.iter().any(|c| c.label.get(cx.lang).chars().count() > 12);
    let other = q.other.then(|| Choice { code: OTHER.to_string(), label: crate::forms::model::Text::default() });
    let items = q
        .choices
        .iter()
        .chain(other.as_ref())
        .enumerate()
        .map(|(i, c)| {
            let text = match c.label.get(cx.lang) {
                "" => cx.t("forms.other").into_owned(),
                text => text.to_string(),
            };
            let (checked, item_id) = (chosen.contains(&c.code), (i == 0).then(|| id.to_string()));
            if long {
                let (name, code) = (name.clone(), c.code.clone());
                view! {
                    <label class="choice">
                        <input type=kind id=item_id name=name value=code checked=checked/>
                        <span class="choice-body"><b>{text}</b></span>
                    </label>
                }
                .into_any()
            } else {
                chip(kind, &name, &c.code, text, checked, item_id)
            }
        })
        .collect_view();
    let other_line = q.other.then(|| {
        let field_name = form::field(&sub_name(&q.key, OTHER));
        let value = state.values.text(&field_name).to_string();
        let label = cx.tf("forms.other_words", &[("question", q.label.get(cx.lang))]);
        view! {
            <input class="other-words" type="text" name=field_name value=value maxlength="200" autocomplete="off"
                placeholder=cx.t("forms.other_hint") aria-label=label/>
        }
    });
    view! { <div class=if long { "choice-list" } else { "chips" }>{items}</div>{other_line} }.into_any()
}

fn scale(cx: &Cx, state: &FormState, q: &Question, id: &str) -> AnyView {
    let name = form::field(&q.key);
    let chosen = state.values.text(&name).to_string();
    let (low, high) = q.range();
    let stars = q.kind == QuestionKind::Rating;
    let items = (low..=high)
        .map(|n| {
            let value = n.to_string();
            let (checked, item_id, name) = (chosen == value, (n == low).then(|| id.to_string()), name.clone());
            let shown = if stars { format!("{n}★") } else { value.clone() };
            let spoken = stars.then(|| cx.tf("forms.stars", &[("count", &value)]));
            view! {
                <label><input type="radio" id=item_id name=name value=value checked=checked aria-label=spoken/><span>{shown}</span></label>
            }
        })
        .collect_view();
    let (low, high) = (q.low.get(cx.lang).to_string(), q.high.get(cx.lang).to_string());
    let ends = (!low.is_empty() || !high.is_empty())
        .then(|| view! { <p class="scale-ends"><span>{low}</span><span>{high}</span></p> });
    view! { <div class="scale">{items}</div>{ends} }.into_any()
}

/// Each row a card of its own: a table does not fit a phone.
fn matrix(cx: &Cx, state: &FormState, q: &Question, id: &str) -> AnyView {
    q.rows
        .iter()
        .enumerate()
        .map(|(r, row)| {
            let name = form::field(&sub_name(&q.key, &row.code));
            let chosen = state.values.text(&name).to_string();
            let row_id = format!("{id}-{}", row.code);
            let items = q
                .choices
                .iter()
                .enumerate()
                .map(|(i, c)| {
                    let item_id = (r == 0 && i == 0).then(|| id.to_string());
                    chip("radio", &name, &c.code, c.label.get(cx.lang).to_string(), chosen == c.code, item_id)
                })
                .collect_view();
            let label = row.label.get(cx.lang).to_string();
            view! {
                <div class="matrix-row" role="radiogroup" aria-labelledby=row_id.clone()>
                    <p class="matrix-label" id=row_id.clone()>{label}</p>
                    <div class="chips">{items}</div>
                </div>
            }
        })
        .collect_view()
        .into_any()
}

fn ranking(cx: &Cx, state: &FormState, q: &Question, id: &str) -> AnyView {
    let in_order: Vec<String> = state.values.all(&form::field(&q.key)).map(str::to_string).collect();
    let most = q.max.unwrap_or(q.choices.len() as i64).min(q.choices.len() as i64);
    let items = q
        .choices
        .iter()
        .enumerate()
        .map(|(i, c)| {
            let name = form::field(&sub_name(&q.key, &c.code));
            let chosen = match in_order.iter().position(|code| *code == c.code) {
                Some(at) => (at + 1).to_string(),
                None => state.values.text(&name).to_string(),
            };
            let options = (1..=most)
                .map(|n| {
                    let value = n.to_string();
                    let selected = value == chosen;
                    view! { <option value=value.clone() selected=selected>{value.clone()}</option> }
                })
                .collect_view();
            let item_id = if i == 0 { id.to_string() } else { format!("{id}-{}", c.code) };
            let label = c.label.get(cx.lang).to_string();
            view! {
                <div class="ranking-row">
                    <select id=item_id.clone() name=name><option value="">"–"</option>{options}</select>
                    <label for=item_id.clone()>{label}</label>
                </div>
            }
        })
        .collect_view();
    view! { <div class="ranking">{items}</div> }.into_any()
}

fn photo(cx: &Cx, q: &Question, photos: &[Photos], id: &str, invalid: bool, described: Option<String>) -> AnyView {
    let tokens = form::token_field(&q.key);
    let several = q.most_photos() > 1;
    let kept = photos
        .iter()
        .filter(|p| p.question == q.key)
        .flat_map(|p| &p.files)
        .enumerate()
        .map(|(i, file)| {
            let (name, token, number) = (tokens.clone(), file.token.clone(), (i + 1).to_string());
            view! {
                <label class="choice">
                    <input type="checkbox" name=name value=token checked/>
                    <span class="choice-body"><b>{cx.tf("forms.photo_kept", &[("number", &number)])}</b></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="choice-list kept-photos">{kept}</div>
        <input type="file" id=id.to_string() name=form::field(&q.key) multiple=several
            accept="image/jpeg,image/png,image/webp,image/heic" aria-invalid=invalid.then_some("true")
            aria-describedby=described/>
    }
    .into_any()
}

fn consent(cx: &Cx, state: &FormState, q: &Question, id: &str) -> AnyView {
    let name = form::field(&q.key);
    let checked = state.values.has(&name);
    view! {
        <div class="choice-list"><label class="choice">
            <input type="checkbox" id=id.to_string() name=name value="1" checked=checked/>
            <span class="choice-body"><b>{cx.t("forms.agree")}</b></span>
        </label></div>
    }
    .into_any()
}
