//! Pages of supervision orders.

pub mod list;
pub mod new;
pub mod order;
pub mod paper;

use leptos::prelude::*;

use crate::{
    http::Cx,
    supervision::model::{Order, OrderState},
};

/// The number as it stands on paper: 督〔2026〕12 号.
fn number_of(cx: &Cx, order: &Order) -> String {
    cx.tf("supervision.number", &[("year", &order.year.to_string()), ("number", &order.number.to_string())])
}

/// Where an order stands, as a pill.
fn state_pill(cx: &Cx, order: &Order) -> AnyView {
    let (class, word) = match order.state {
        OrderState::Open if order.is_late(cx.now) => ("pill late", cx.t("supervision.late")),
        OrderState::Open => ("pill warn", cx.word("supervision.state", order.state.code())),
        OrderState::Replied => ("pill", cx.word("supervision.state", order.state.code())),
        OrderState::Accepted => ("pill ok", cx.word("supervision.state", order.state.code())),
    };
    view! { <span class=class>{word}</span> }.into_any()
}
