//! Pages of the public side.

mod form_view;
mod gone;
pub mod letter;
mod mail;
pub mod privacy;
mod receipt_view;
pub mod show;
pub mod taken;
pub mod track;
mod track_parts;
mod track_view;

use leptos::prelude::*;

use crate::{
    attachments::staged::{Place, Staged},
    http::Cx,
    intake::rules::MAX_FILES,
    organizations::model::Organization,
};

/// Where the forms of this slice have their files.
const FILES: Place<'static> = Place { field: "files", tokens: "staged", most: MAX_FILES };

/// The foot of public pages: tracking, board, notice on data, how to call.
fn footer(cx: &Cx, org: &Organization) -> AnyView {
    let board = cx.href(&format!("/{}/board", org.slug));
    let (name, hotline) = (org.office_name.clone(), org.hotline.clone());
    view! {
        <footer class="footer">
            <p>
                <a href=cx.href("/track")>{cx.t("intake.footer.track")}</a>
                <a href=board>{cx.t("intake.footer.board")}</a>
                <a href=cx.href("/privacy")>{cx.t("intake.footer.privacy")}</a>
            </p>
            <p>{name}" "{(!hotline.is_empty()).then(|| cx.tf("intake.footer.hotline", &[("number", &hotline)]))}</p>
        </footer>
    }
    .into_any()
}

/// The files that were accepted before: each can be left out by its box.
fn kept_files(cx: &Cx, staged: &[Staged]) -> AnyView {
    staged
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let number = (i + 1).to_string();
            let token = s.token.clone();
            view! {
                <label class="choice">
                    <input type="checkbox" name="staged" value=token checked/>
                    <span class="choice-body"><b>{cx.tf("intake.files.kept", &[("number", &number)])}</b>
                    <small>{cx.t("intake.files.kept.hint")}</small></span>
                </label>
            }
        })
        .collect_view()
        .into_any()
}

/// The emergency numbers (promise: shown before and after sending).
pub fn emergency_numbers(cx: &Cx) -> AnyView {
    [("110", "intake.danger.police"), ("120", "intake.danger.ambulance"), ("12355", "intake.danger.youth")]
        .map(|(number, label)| {
            view! { <a class="tel" href=format!("tel:{number}")><b>{number}</b><span>{cx.t(label)}</span></a> }
        })
        .collect_view()
        .into_any()
}
