//! Recusal of who is named: at once, before anybody has read the text; the office confirms or lifts it afterwards.

use chrono::{DateTime, Utc};

use crate::{
    cases::{
        history::{Happening, record},
        model::{Case, EventKind, RecusalState, named_in},
        store::{self, recusals::NewRecusal},
    },
    db::Conn,
    error::Result,
    http::App,
    kernel::ids::RecusalId,
    organizations,
};

/// Recuses every person of the staff whom a text names, and who has the submitter's name. Who was judged for this case
/// before is left as they are.
pub(super) async fn recuse_named(
    app: &App,
    c: &mut Conn,
    case: &Case,
    text: &str,
    sender_name: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let known = store::recusals::of_case(c, case.id).await?;
    let staff = organizations::actions::staff(c, case.organization_id).await?;
    let named = staff.into_iter().filter(|person| {
        let is_sender = !sender_name.is_empty() && person.display_name.trim() == sender_name.trim();
        (is_sender || named_in(text, &person.display_name)) && known.iter().all(|r| r.staff_id != Some(person.id))
    });
    let mut found = false;
    for person in named {
        let new = NewRecusal {
            id: RecusalId::new(at, &*app.random),
            case_id: case.id,
            staff_id: Some(person.id),
            department_id: None,
            state: RecusalState::Provisional,
            reason: "",
            created_by: None,
            at,
        };
        store::recusals::insert(c, &new).await?;
        found = true;
    }
    if found {
        record(app, c, case, Happening::of(EventKind::Recused, at)).await?;
    }
    Ok(())
}
