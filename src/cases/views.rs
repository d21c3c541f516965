//! Saved views 常用视图: lists that people come back to, with a name and how many cases are in them. Each person has their
//! own; the office shares some with everybody. A shared one is read by all of the staff, so it names no people, and each
//! reader finds in it what they may see ([`Scope`]) and no more.
//!
//! Counts stay quick at any number of cases: they end at [`MANY`], and a list is counted only where an index leads to its
//! cases ([`Filters::is_countable`]).

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        list::{Filters, View},
        model::State,
        store::{self, list::count_up_to},
        visibility::Scope,
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::SavedViewId,
        roles::Role,
        text::{char_count, normalize_line},
    },
    organizations::{
        self,
        model::{Checked, refusal},
    },
};

pub use store::views::SavedView;

/// Counting ends here: "99+".
pub const MANY: i64 = 100;
/// Views of a person at most, and shared ones.
const MOST: usize = 10;
/// Most characters of a name.
pub const LONGEST: usize = 20;

/// A view with its number.
pub struct Counted {
    /// The view.
    pub view: SavedView,
    /// The list.
    pub filters: Filters,
    /// How many cases are in it, [`MANY`] at most; `None` where counting would read too much.
    pub count: Option<i64>,
}

impl Filters {
    /// Whether an index leads to the cases of this list, so that it can be counted at any number of cases: what is going on,
    /// or, for those who see the whole queue, everything of one topic, department, tag or state.
    pub fn is_countable(&self, role: Role) -> bool {
        let going_on = |state: &String| State::parse(state).is_some_and(|s| s.is_open() || s == State::Answered);
        if self.view != View::All || self.overdue || self.state.as_ref().is_some_and(going_on) {
            return true;
        }
        let by_index = [&self.topic, &self.department, &self.tag, &self.state];
        let one = by_index.iter().filter(|f| f.is_some()).count() == 1;
        let rest = Self { topic: None, department: None, tag: None, state: None, ..self.clone() };
        one && !rest.is_narrowed() && matches!(role, Role::Office | Role::Leader)
    }
}

/// The views of a person, with their numbers.
///
/// # Errors
/// The database's.
pub async fn counted(app: &App, c: &mut Conn, actor: &Actor) -> Result<Vec<Counted>> {
    let mut all = Vec::new();
    for view in mine(c, actor).await? {
        let filters = Filters::of_query(&view.query);
        let count = if filters.is_countable(actor.role) {
            Some(count_up_to(c, &Scope::of(actor), &filters, app.now(), MANY).await?)
        } else {
            None
        };
        all.push(Counted { view, filters, count });
    }
    Ok(all)
}

/// The views of a person and those that are shared.
///
/// # Errors
/// The database's.
pub async fn mine(c: &mut Conn, actor: &Actor) -> Result<Vec<SavedView>> {
    Ok(store::views::of(c, actor.organization_id, actor.staff_id).await?)
}

/// Saves a list under a name; the office may share it. A refusal names the field.
///
/// # Errors
/// The database's.
pub async fn save(app: &App, actor: &Actor, name: &str, filters: &Filters, shared: bool) -> Result<Checked<()>> {
    let (org, shared) = (actor.organization_id, shared && actor.role == Role::Office);
    let name = normalize_line(name);
    if name.is_empty() || char_count(&name) > LONGEST {
        return Ok(Err(refusal("name", "views.error.name")));
    }
    let mut tx = app.db.write().await?;
    store::views::lock(&mut tx, org).await?;
    let before = mine(&mut tx, actor).await?;
    if before.iter().any(|v| v.name == name && v.shared == shared) {
        return Ok(Err(refusal("name", "views.error.double")));
    }
    if before.iter().filter(|v| v.shared == shared).count() >= MOST {
        return Ok(Err(refusal("", "views.error.many")));
    }
    if shared {
        let staff = organizations::actions::staff(&mut tx, org).await?;
        let words = [name.as_str(), filters.q.as_str()];
        let named = |name: &str| char_count(name) > 1 && words.iter().any(|w| w.contains(name));
        if staff.iter().any(|s| named(&s.display_name)) {
            return Ok(Err(refusal("name", "views.error.person")));
        }
    }
    let view = SavedView {
        id: SavedViewId::new(app.now(), &*app.random),
        staff_id: actor.staff_id,
        shared,
        name,
        query: filters.query(),
        created_at: app.now(),
    };
    store::views::insert(&mut tx, org, &view).await?;
    if shared {
        let entry = Entry::new("view.shared", "saved_view").actor(actor).entity(view.id.0);
        audit::record(app, &mut tx, org, entry).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// Whether a view is this person's to take away: their own, and for the office what is shared.
pub fn is_own(actor: &Actor, view: &SavedView) -> bool {
    if view.shared { actor.role == Role::Office } else { view.staff_id == actor.staff_id }
}

/// Takes a view away.
///
/// # Errors
/// `NotFound` when it is not this person's.
pub async fn remove(app: &App, actor: &Actor, id: SavedViewId) -> Result<()> {
    let org = actor.organization_id;
    let mut tx = app.db.write().await?;
    let all = mine(&mut tx, actor).await?;
    let view = all.iter().find(|v| v.id == id && is_own(actor, v)).ok_or(Error::NotFound)?;
    store::views::delete(&mut tx, org, id).await?;
    if view.shared {
        audit::record(app, &mut tx, org, Entry::new("view.removed", "saved_view").actor(actor).entity(id.0)).await?;
    }
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Form;

    #[test]
    fn only_lists_to_which_an_index_leads_are_counted() {
        let of = |pairs: &[(&str, &str)]| Filters::parse(&Form::from_pairs(pairs.iter().copied()));
        for (pairs, office, handler) in [
            (&[("view", "overdue"), ("topic", "canteen")][..], true, true),
            (&[("state", "review")], true, true),
            (&[("topic", "canteen")], true, false),
            (&[("tag", "要复查")], true, false),
            (&[("tag", "要复查"), ("channel", "box")], false, false),
            (&[("q", "汤")], false, false),
            (&[("view", "all")], false, false),
        ] {
            let filters = of(pairs);
            assert_eq!(filters.is_countable(Role::Office), office, "{pairs:?}");
            assert_eq!(filters.is_countable(Role::Handler), handler, "{pairs:?}");
        }
    }
}
