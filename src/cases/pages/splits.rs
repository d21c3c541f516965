//! A case with several matters 分案: the question before one is taken from it, its parts, and the way back from a part.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        model::Verb,
        pages::{
            case_page::{hidden_fields, kept},
            verbs::target,
        },
    },
    http::Cx,
    ui::{
        FormState,
        field::{self, Line},
        icon,
    },
};

/// The form that takes a matter from the case. Parts are not split again.
pub fn offer(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> Option<AnyView> {
    if data.origin.is_some() || !Verb::Split.offered(actor, &data.case) {
        return None;
    }
    let state = kept(state, Verb::Split);
    let open = !state.values.text("form").is_empty();
    let mut options = vec![(String::new(), cx.t("splits.choose").into_owned())];
    let topics = data.topics.iter().filter(|t| t.disabled_at.is_none());
    options.extend(topics.map(|t| (t.id.to_string(), t.label(cx.lang).to_string())));
    let words = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "splits.matter_hint" };
    let verb = cx.word("cases.verb", Verb::Split.code());
    Some(
        view! {
            <details class="fold" id="split" open=open>
                <summary>{verb.clone()}</summary>
                <form method="post" action=target(&data.case.number, Verb::Split)>
                    {hidden_fields(cx, data, Verb::Split)}
                    <p class="hint">{cx.t("splits.what")}</p>
                    {field::select(cx, &state, "matter_topic", "splits.topic", &options, true)}
                    {field::text_area(cx, &state, "matter", "splits.matter", words)}
                    <p><button class="button main" type="submit">{verb}</button></p>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// What a part is about, and the way to the case that it was taken from.
pub fn origin(cx: &Cx, data: &CaseData) -> Option<AnyView> {
    let origin = data.origin.as_ref()?;
    let link = origin.seen.as_ref().map(|case| {
        let (href, number) = (format!("/desk/cases/{}", case.number), case.number.clone());
        view! { " "<a href=href>{cx.tf("splits.to_origin", &[("number", &number)])}</a> }
    });
    let hidden = origin.seen.is_none().then(|| view! { " "{cx.t("splits.hidden")} });
    let matter = origin.matter.clone();
    Some(
        view! {
            <div class="banner">{icon::icon(icon::ROUTE)}<div><p>{cx.t("splits.is_part")}{link}{hidden}</p></div></div>
            <blockquote class="quote" aria-label=cx.t("splits.matter")><p>{matter}</p></blockquote>
        }
        .into_any(),
    )
}

/// The parts that were taken from the case.
pub fn parts(cx: &Cx, data: &CaseData) -> Option<AnyView> {
    let items = data
        .parts
        .iter()
        .map(|part| {
            let (href, number, matter) = (format!("/desk/cases/{}", part.number), part.number.clone(), part.matter.clone());
            let state = cx.word("cases.state", part.state.code());
            view! {
                <li><a href=href><span class="case-number">{number}</span></a>" "<span class="pill">{state}</span>" "{matter}</li>
            }
        })
        .collect_view();
    (!data.parts.is_empty()).then(|| {
        view! { <section id="parts"><h2>{cx.t("splits.parts")}</h2><ul class="plain-list">{items}</ul></section> }
            .into_any()
    })
}
