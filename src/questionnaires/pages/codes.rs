//! `POST /desk/questionnaires/{id}/codes`: one-time codes on a sheet of slips. The sheet is the answer itself: only hashes
//! are kept, so it can't be shown again later. A reload repeats the press and shows the same sheet.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Liveness},
    },
    error::Result,
    http::{Cx, Req, Response, respond},
    kernel::{response_code::ResponseCode, roles::Channel},
    organizations::{self, model::Organization},
    questionnaires::{
        actions, form,
        model::Questionnaire,
        pages::{asked_for, decide},
    },
    ui::{self, FormState, Page, qr},
};

/// Slips on a sheet.
const A_SHEET: usize = 24;

/// Characters of a title that fit a slip above its code.
const A_SLIP: usize = 20;

/// Makes the codes and shows the sheets.
pub async fn make(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let mut c = req.app.db.read().await?;
    let organization = organizations::actions::organization(&mut c, questionnaire.organization_id).await?;
    let points = access_points::actions::all_of(&mut c, organization.id).await?;
    drop(c);
    let opens = |p: &AccessPoint| p.form_id == questionnaire.form_id && p.channel == Channel::Questionnaire;
    let live = points.into_iter().find(|p| opens(p) && p.liveness(req.now()) == Liveness::Live);
    let new = match (form::codes(&req.form), live) {
        (Ok(new), Some(point)) => (new, point),
        (Ok(_), None) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", "questionnaires.codes.no_point");
            return decide::refused(&req, &questionnaire, state, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        (Err(state), _) => {
            return decide::refused(&req, &questionnaire, state, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (new, point) = new;
    let codes = actions::codes::make(&req.app, &*req.actor()?, questionnaire.id, &new).await?;
    let sheets = Sheets {
        cx: &req.cx,
        organization,
        questionnaire,
        address: point.address(&req.app.config.base_url()),
        point,
        cohort: new.cohort,
    };
    let page = sheets.page(&codes)?.status(StatusCode::CREATED);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// Everything that stands on the slips of one class.
struct Sheets<'a> {
    cx: &'a Cx,
    organization: Organization,
    questionnaire: Questionnaire,
    address: String,
    point: AccessPoint,
    cohort: String,
}

impl Sheets<'_> {
    fn page(&self, codes: &[ResponseCode]) -> Result<Page> {
        let cx = self.cx;
        let sheets = codes
            .chunks(A_SHEET)
            .map(|codes| {
                let slips = codes.iter().map(|code| self.slip(code)).collect::<Result<Vec<_>>>()?;
                Ok(view! { <section class="sheet stickers">{slips}</section> })
            })
            .collect::<Result<Vec<_>>>()?;
        let title = format!("{} · {}", self.questionnaire.title, self.cohort);
        let href = format!("/desk/questionnaires/{}#codes", self.questionnaire.id);
        let body = view! {
            <nav class="print-toolbar" aria-label=cx.t("questionnaires.slips.label")>
                <b>{title.clone()}</b>
                <span>{cx.t("questionnaires.slips.now")}</span>
                <a href=href>{cx.t("questionnaires.slips.back")}</a>
            </nav>
            <main id="main">{sheets}</main>
        };
        Ok(Page::print(title, body))
    }

    fn slip(&self, code: &ResponseCode) -> Result<AnyView> {
        let cx = self.cx;
        // Behind the `#`: browsers send it to nobody, so it lands in no log.
        let address = format!("{}#c={}", self.address, code.plain());
        let label = cx.tf("questionnaires.slips.qr", &[("code", &code.grouped())]);
        let qr = qr::svg(&address, label)?;
        let (name, cohort) = (self.organization.name.clone(), self.cohort.clone());
        let title: String = self.questionnaire.title.chars().take(A_SLIP).collect();
        let host = self.address.split_once("://").map_or(&*self.address, |(_, rest)| rest);
        let typed = host.rsplit_once('/').map_or(host, |(before, _)| before);
        let how = cx.tf("questionnaires.slips.how", &[("address", typed), ("point", &self.point.code)]);
        Ok(view! {
            <div class="sticker">
                <div class="sticker-qr">{qr}</div>
                <div><small>{name}" "{cohort}</small><b>{title}</b><p>{how}</p><p class="sticker-code">{code.grouped()}</p></div>
            </div>
        }
        .into_any())
    }
}

/// `GET /desk/questionnaires/{id}/codes`: a sheet can't be read back; the way leads to where new ones are made.
pub async fn no_sheet(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    Ok(respond::see_other(&format!("/desk/questionnaires/{}#codes", questionnaire.id)))
}
