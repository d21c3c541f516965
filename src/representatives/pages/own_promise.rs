//! `/rep/promise`: the promise of confidentiality, read and accepted before anything else opens.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    organizations,
    representatives::{
        actions,
        model::Standing,
        pages::{paper::POINTS, phone, term},
    },
    ui::{self, FormState, field},
};

/// `GET /rep/promise`.
pub async fn page(req: Req) -> Result<Response> {
    answer(&req, &FormState::default(), StatusCode::OK).await
}

/// `POST /rep/promise`.
pub async fn accept(req: Req) -> Result<Response> {
    if !req.form.has("accept") {
        let mut state = FormState::of(req.form.clone());
        state.error("accept", "representatives.error.accept");
        return answer(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    actions::accept(&req.app, &*req.actor()?, req.form.has("visible")).await?;
    Ok(respond::see_other("/rep"))
}

/// `POST /rep/naming`.
pub async fn naming(req: Req) -> Result<Response> {
    actions::set_visible(&req.app, &*req.actor()?, req.form.has("visible")).await?;
    Ok(respond::see_other("/rep"))
}

async fn answer(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let (a, _) = actions::own(&mut c, &actor, cx.now).await?.ok_or(Error::NotFound)?;
    let standing = a.standing(cx.now);
    if !matches!(standing, Standing::Promise | Standing::Active) {
        return Err(Error::NotFound);
    }
    let organization = organizations::actions::organization(&mut c, actor.organization_id).await?;
    let kind = cx.word("representatives.kind", a.kind.code());
    let lead = cx.tf("representatives.promise.lead", &[("organization", &organization.name), ("kind", &kind)]);
    let points = POINTS.iter().map(|key| view! { <li>{cx.t(key)}</li> }).collect_view();
    let form = (standing == Standing::Promise).then(|| form(cx, state));
    let back = (standing == Standing::Active).then_some("/rep");
    let main = view! {
        <p class="hint">{term(cx, &a)}</p>
        {field::error_summary(cx, state)}
        <p>{lead}</p>
        <ol class="points">{points}</ol>
        {form}
    };
    let page = phone(cx, &cx.t("representatives.promise"), back, main.into_any()).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn form(cx: &Cx, state: &FormState) -> AnyView {
    let error = state.message(cx, "accept");
    let (accepted, visible) = (state.values.has("accept"), state.values.has("visible"));
    view! {
        <form method="post" action="/rep/promise">
            {field::token(cx)}
            <div class=if error.is_some() { "field has-error" } else { "field" }>
                {error.clone().map(|e| view! { <p class="error" id="f-accept-error">{e}</p> })}
                <div class="choice-list">
                    <label class="choice">
                        <input type="checkbox" id="f-accept" name="accept" value="1" checked=accepted required/>
                        <span class="choice-body"><b>{cx.t("representatives.own.accept")}</b></span>
                    </label>
                    <label class="choice">
                        <input type="checkbox" name="visible" value="1" checked=visible/>
                        <span class="choice-body">
                            <b>{cx.t("representatives.own.name")}</b><small>{cx.t("representatives.own.name_hint")}</small>
                        </span>
                    </label>
                </div>
            </div>
            <p>
                <button class="button main wide" type="submit">{cx.t("representatives.own.begin")}</button>
            </p>
        </form>
    }
    .into_any()
}
