//! The letter to the head 校长信箱: an access point with an intake form of its own. What comes in is a case like any other,
//! with the channel of letters; leaders see it in their list.

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Audience, NewAccessPoint},
    },
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    forms::{
        self,
        model::{Definition, Question, QuestionKind},
    },
    http::App,
    i18n::Lang,
    kernel::{ids::OrganizationId, roles::Channel},
    letters::{actions::write::words, store},
};

/// The access point of the letter to the head that is not revoked; `None` when there is none.
///
/// # Errors
/// The database's.
pub async fn point(c: &mut Conn, org: OrganizationId) -> Result<Option<AccessPoint>> {
    let Some(form) = store::letters::head_form(c, org).await? else { return Ok(None) };
    let points = access_points::actions::all_of(c, org).await?;
    Ok(points.into_iter().rfind(|p| p.form_id == form && p.revoked_at.is_none()))
}

/// What it asks beside the core of every intake form.
fn form() -> Definition {
    let mut wish = Question::new("wish", QuestionKind::LongText, words("letters.head.wish"));
    wish.hint = words("letters.head.wish_hint");
    wish.max = Some(500);
    let mut form = Definition::of(words("letters.head.form_title"), vec![wish]);
    form.intro = words("letters.head.intro");
    form
}

/// Opens the letter to the head. Its form is made once; when its access point was revoked, it gets a new one.
///
/// # Errors
/// `Conflict` when it is open already.
pub async fn open(app: &App, actor: &Actor) -> Result<AccessPoint> {
    let mut tx = app.db.write().await?;
    let org = actor.organization_id;
    if point(&mut tx, org).await?.is_some() {
        return Err(Error::Conflict);
    }
    let title = Lang::ZhCn.t("letters.head.title").into_owned();
    let form_id = match store::letters::head_form(&mut tx, org).await? {
        Some(form_id) => form_id,
        None => {
            let form_id = forms::actions::create(app, &mut tx, org, &title, form()).await?.form_id;
            if store::letters::insert_head_form(&mut tx, org, form_id).await? == 0 {
                return Err(Error::Conflict);
            }
            form_id
        }
    };
    let new = NewAccessPoint {
        channel: Channel::Letter,
        title: title.clone(),
        place: title,
        keeper: actor.display_name.clone(),
        audience: Audience::Everyone,
        form_id,
        topic_id: None,
        valid_from: None,
        valid_to: None,
    };
    let point = access_points::actions::create(app, &mut tx, org, new).await?;
    let entry = Entry::new("access_point.created", "access_point").actor(actor).entity(point.id.0).detail(&point.code);
    audit::record(app, &mut tx, org, entry).await?;
    tx.commit().await?;
    Ok(point)
}
