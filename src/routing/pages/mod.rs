//! Pages of the matrix.

pub mod import;
pub mod list;
pub mod trial;
pub mod version;

use leptos::prelude::*;

use crate::{
    http::Cx,
    kernel::ids::OrganizationId,
    organizations::{
        self,
        model::{Department, Topic},
    },
    routing::{
        model::{Row, Standing, Version},
        words,
    },
    ui::time,
};

/// The names that the pages speak of.
struct Names {
    topics: Vec<Topic>,
    departments: Vec<Department>,
}

impl Names {
    async fn read(c: &mut crate::db::Conn, org: OrganizationId) -> crate::error::Result<Self> {
        Ok(Self {
            topics: organizations::actions::all_topics(c, org).await?,
            departments: organizations::actions::departments(c, org).await?,
        })
    }
}

/// `第 3 版`.
fn title(cx: &Cx, version: &Version) -> String {
    cx.tf("routing.version", &[("number", &version.number.to_string())])
}

/// The way to its rows as a file.
fn file_of(cx: &Cx, version: &Version) -> AnyView {
    let href = format!("/desk/routing/{}?format=csv", version.id);
    view! { <a class="button small quiet" href=href>{cx.t("routing.file")}</a> }.into_any()
}

/// Where a version stands, as a pill with its day.
fn pill(cx: &Cx, version: &Version, standing: Standing) -> AnyView {
    let class = match standing {
        Standing::Live => "pill",
        Standing::Draft | Standing::Coming => "pill warn",
        Standing::Past => "pill soft",
    };
    let since = version.starts_at.map(|at| cx.tf("routing.since", &[("day", &time::full_day(cx, at))]));
    view! { <span class=class>{cx.word("routing.standing", standing.code())}</span>" "{since} }.into_any()
}

/// The rows as a table; `act` makes what stands at the end of each.
fn table(cx: &Cx, names: &Names, rows: &[Row], act: impl Fn(&Row) -> Option<AnyView>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{cx.t("routing.no_rows")}</p> }.into_any();
    }
    let mut acts = false;
    let items: Vec<AnyView> = rows
        .iter()
        .map(|r| {
            let act = act(r);
            acts |= act.is_some();
            view! {
                <tr>
                    <td class="title">{words::topic(cx, &names.topics, r.names.topic)}</td>
                    <td data-label=cx.t("routing.place")>{words::place(cx, &r.names.place)}</td>
                    <td data-label=cx.t("routing.person")>{words::person(cx, r.names.person)}</td>
                    <td data-label=cx.t("routing.department")><b>{words::department(cx, &names.departments, Some(r.department))}</b></td>
                    {act.map(|a| view! { <td class="actions">{a}</td> })}
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("routing.topic")}</th>
                <th>{cx.t("routing.place")}</th>
                <th>{cx.t("routing.person")}</th>
                <th>{cx.t("routing.department")}</th>
                {acts.then(|| view! { <th><span class="visually-hidden">{cx.t("routing.remove")}</span></th> })}
            </tr></thead>
            <tbody>{items}</tbody>
        </table>
    }
    .into_any()
}
