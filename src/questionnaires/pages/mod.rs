//! Pages of questionnaires: the public one, and those of the people who ask.

pub mod answer;
mod answer_view;
pub mod left;

use leptos::prelude::*;

use crate::{http::Cx, organizations::model::Organization};

/// The foot of public pages: notice on data, other ways to say something, the office.
fn footer(cx: &Cx, org: &Organization) -> AnyView {
    let start = cx.href(&format!("/{}", org.slug));
    let (name, office) = (org.name.clone(), org.office_name.clone());
    view! {
        <footer class="footer">
            <p>
                <a href=cx.href("/privacy")>{cx.t("intake.footer.privacy")}</a>
                <a href=start>{cx.t("questionnaires.answer.start")}</a>
            </p>
            <p>{name}" "{office}</p>
        </footer>
    }
    .into_any()
}
