//! The cases of the list, with a box before each to choose it, and what to do with those that are chosen. A form without
//! scripts: it leads to a page that asks and shows what it would do ([`crate::cases::pages::bulk`]).

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        bulk::Kind,
        pages::list::{Listing, item_view},
        store::list::Item,
    },
    http::Cx,
    ui::field::hidden,
};

/// The cases; with boxes for those who can do something to many at once.
pub fn items(cx: &Cx, actor: &Actor, listing: &Listing) -> AnyView {
    let kinds = Kind::of(actor.role);
    let cases = &listing.slice.items;
    if kinds.is_empty() || cases.is_empty() {
        return cases.iter().map(|item| item_view(cx, &listing.filters, item)).collect_view().into_any();
    }
    let rows = cases.iter().map(|item| row(cx, item, listing)).collect_view();
    view! {
        <form class="picks" method="get" action="/desk/bulk">
            {hidden("back", listing.filters.query())}
            {rows}
            {bar(cx, kinds, listing)}
        </form>
    }
    .into_any()
}

fn row(cx: &Cx, item: &Item, listing: &Listing) -> AnyView {
    let label = cx.tf("bulk.pick", &[("number", &item.number)]);
    let (number, picked) = (item.number.clone(), listing.all_picked);
    view! {
        <div class="pick-row">
            <label class="pick"><input type="checkbox" name="case" value=number checked=picked aria-label=label/></label>
            {item_view(cx, &listing.filters, item)}
        </div>
    }
    .into_any()
}

fn bar(cx: &Cx, kinds: &[Kind], listing: &Listing) -> AnyView {
    let options = kinds
        .iter()
        .map(|kind| view! { <option value=kind.code()>{cx.word("bulk.kind", kind.code())}</option> })
        .collect_view();
    let here = listing.filters.href(listing.cursor.as_ref());
    let (href, words) = match listing.all_picked {
        true => (here, "bulk.pick_none"),
        false => (format!("{here}&pick=all"), "bulk.pick_all"),
    };
    view! {
        <div class="pick-bar">
            <a class="button quiet small" href=href>{cx.t(words)}</a>
            <small id="chosen" role="status" data-words=cx.tf("bulk.chosen", &[("count", "0")])></small>
            <select name="deed" data-key="c" aria-label=cx.t("bulk.deed")>{options}</select>
            <button class="button small" type="submit">{cx.t("bulk.next")}</button>
        </div>
    }
    .into_any()
}
