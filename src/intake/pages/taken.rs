//! What the pages on which staff write something down have in common: the field with the words, and the receipt, which is
//! read aloud or printed as a slip.

use leptos::prelude::*;

use crate::{
    cases::model::Lane,
    hotline::{islands::server::print_button, spelling::spelled},
    http::Cx,
    intake::{model::Receipt, pages::emergency_numbers, rules::MAX_BODY_CHARS},
    kernel::roles::Role,
    organizations::model::Organization,
    ui::{FormState, Page, desk_page, field, icon, page::Bundle, qr, time},
};

/// What was said: the first field, with the focus, because the other person is talking already.
pub fn said(cx: &Cx, kind: &'static str, state: &FormState) -> AnyView {
    let error = state.message(cx, "body");
    // leptos writes the content of a textarea unescaped (promise 23).
    let content = format!("\n{}", field::escape(state.values.text("body")));
    let max = MAX_BODY_CHARS.to_string();
    let autofocus = state.is_ok();
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for="f-body">{field::label_words(&cx.word("intake.taken.said", kind))}</label>
            {error.clone().map(|e| view! { <p class="error" id="f-body-error">{e}</p> })}
            <textarea id="f-body" name="body" rows="7" required maxlength=max autofocus=autofocus
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then_some("f-body-error")>{content}</textarea>
        </div>
    }
    .into_any()
}

/// What the page of a receipt shows.
pub struct Given<'a> {
    /// Whose it is.
    pub org: &'a Organization,
    /// What the person gets.
    pub receipt: &'a Receipt,
    /// `hotline`, `walk_in`, `letter`.
    pub kind: &'static str,
    /// Where to go on.
    pub another: String,
    /// Who wrote it down.
    pub role: Role,
    /// The key of what became of it, when that is not "an answer will come".
    pub instead: Option<&'static str>,
    /// Where the tracking page is.
    pub base_url: String,
}

/// The answer to the POST itself, so that the code stands in no address. Loading it again shows it again.
pub fn receipt_page(cx: &Cx, given: &Given<'_>) -> Page {
    let receipt = given.receipt;
    let danger = (receipt.lane == Lane::Safeguarding).then(|| {
        view! {
            <div class="danger-panel"><h2>{cx.t("intake.taken.danger.say")}</h2>
                <p>{cx.t("intake.taken.danger.words")}</p>{emergency_numbers(cx)}</div>
        }
    });
    let case = (given.role == Role::Office && receipt.lane == Lane::Ordinary).then(|| {
        let href = format!("/desk/cases/{}", receipt.case_number);
        view! { <a class="button" href=href>{cx.t("intake.taken.open")}</a> }
    });
    let (number, due) = (receipt.case_number.clone(), time::day(cx, receipt.due_at));
    let promise = match given.instead {
        Some(key) => view! { <p class="promise"><b>{cx.t(key)}</b></p> }.into_any(),
        None => {
            view! { <p class="promise"><small>{cx.t("intake.receipt.due")}</small><b id="due">{due}</b></p> }.into_any()
        }
    };
    let main = view! {
        {danger}
        <section class="receipt" id="receipt">
            <span class="receipt-mark">{icon::icon("M5 12.5l4.5 4.5L19 7")}</span>
            <h1>{cx.t("intake.taken.done")}</h1>
            <p class="lead">{cx.t("intake.receipt.number")}" "<span class="case-number" id="case-number">{number}</span></p>
            <p class="label">{cx.word("intake.taken.read", given.kind)}</p>
            {code(cx, receipt)}
            <p class="hint">{cx.t("intake.taken.read_hint")}</p>
            {promise}
            <p class="button-row">
                <a class="button main" href=given.another.clone()>{cx.word("intake.taken.another", given.kind)}</a>
                {print_button(cx)}{case}
            </p>
        </section>
        {slip(cx, given)}
    };
    desk_page::admin_page(cx, cx.t("intake.taken.done"), main).with_islands(Bundle::Desk)
}

/// The code: large, in groups, and below it how each symbol is said.
fn code(cx: &Cx, receipt: &Receipt) -> AnyView {
    let groups = receipt.tracking_code.groups();
    let spans = groups.map(|g| view! { <span>{g.to_string()}</span>" " }).collect_view();
    let lines = groups.map(|group| {
        let words = spelled(cx, group).join(" ");
        view! { <li><b>{group.to_string()}</b><span>{words}</span></li> }
    });
    view! { <p class="code read-aloud" id="code">{spans}</p><ol class="spelled">{lines.collect_view()}</ol> }.into_any()
}

/// What comes out of the printer: an A5 slip for the person.
fn slip(cx: &Cx, given: &Given<'_>) -> AnyView {
    let receipt = given.receipt;
    let groups = receipt.tracking_code.groups().map(|g| view! { <span>{g.to_string()}</span>" " }).collect_view();
    let address = format!("{}/track", given.base_url);
    let picture = qr::svg(&address, cx.t("intake.receipt.qr")).ok();
    let (name, office, hotline) = (given.org.name.clone(), given.org.office_name.clone(), given.org.hotline.clone());
    view! {
        <section class="paper-slip" aria-hidden="true">
            <p class="paper-slip-head"><b>{name}</b><span>{office}</span></p>
            <h2>{cx.t("intake.slip.title")}</h2>
            <p>{cx.t("intake.slip.text")}</p>
            <p class="paper-slip-code">{groups}</p>
            <dl class="facts">
                <dt>{cx.t("intake.receipt.number")}</dt><dd>{receipt.case_number.clone()}</dd>
                <dt>{cx.t("intake.slip.received")}</dt><dd>{time::day(cx, receipt.received_at)}</dd>
                <dt>{cx.t("intake.receipt.due")}</dt><dd>{time::day(cx, receipt.due_at)}</dd>
                <dt>{cx.t("intake.slip.where")}</dt><dd>{address}</dd>
                {(!hotline.is_empty()).then(|| view! { <dt>{cx.t("intake.slip.call")}</dt><dd>{hotline}</dd> })}
            </dl>
            <div class="paper-slip-qr">{picture}</div>
        </section>
    }
    .into_any()
}
