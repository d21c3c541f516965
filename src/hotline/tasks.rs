//! Call-backs: promised, tried, done. The number is sealed, bound to its task, and forgotten when the task ends.

use chrono::{DateTime, Utc};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    hotline::{
        model::{MOST_TRIES, Readers, Task, TaskState, Tried},
        store::tasks,
    },
    http::App,
    kernel::ids::{CallId, TaskId},
};

/// Call-backs that a page shows.
const SHOWN: i64 = 100;

/// A call-back that somebody is promised.
#[derive(Clone, Copy, Debug)]
pub struct Promise<'a> {
    /// The call in which it was.
    pub call: CallId,
    /// Who may read it.
    pub readers: Readers,
    /// When.
    pub due_at: DateTime<Utc>,
    /// The number.
    pub number: &'a str,
}

/// Promises a call-back, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn promise(app: &App, c: &mut Conn, actor: &Actor, promise: Promise<'_>) -> Result<()> {
    let id = TaskId::new(app.now(), &*app.random);
    let sealed = app.keys.seal(promise.number.as_bytes(), id.0.as_bytes(), &*app.random).map_err(Error::internal)?;
    let row = tasks::NewRow {
        id,
        organization_id: actor.organization_id,
        call_id: promise.call,
        promised_by: actor.staff_id,
        readers: promise.readers,
        due_at: promise.due_at,
        number_sealed: &sealed,
    };
    tasks::insert(c, &row).await?;
    let entry = Entry::new("call_back.promised", "call_back").actor(actor).entity(id.0);
    audit::record(app, c, actor.organization_id, entry).await
}

/// A call-back as it is shown.
pub struct Shown {
    /// The task.
    pub task: Task,
    /// The number to call.
    pub number: String,
}

/// The call-backs that this person may do, the most pressing first.
///
/// # Errors
/// The database's.
pub async fn open(app: &App, c: &mut Conn, actor: &Actor) -> Result<Vec<Shown>> {
    let rows = tasks::open(c, actor.organization_id, actor.staff_id, SHOWN).await?;
    rows.into_iter().map(|task| Ok(Shown { number: number(app, &task)?, task })).collect()
}

/// One of them.
///
/// # Errors
/// `NotFound` when it has ended, or is not this person's to know of.
pub async fn one(app: &App, c: &mut Conn, actor: &Actor, id: TaskId) -> Result<Shown> {
    let task = tasks::one(c, actor.organization_id, actor.staff_id, id).await?.ok_or(Error::NotFound)?;
    Ok(Shown { number: number(app, &task)?, task })
}

fn number(app: &App, task: &Task) -> Result<String> {
    let Some(sealed) = &task.number_sealed else { return Ok(String::new()) };
    let plain = app.keys.open(sealed, task.id.0.as_bytes()).map_err(Error::internal)?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// Writes down what came of a try. After the last one the task ends by itself.
///
/// # Errors
/// `NotFound` as for [`one`]; `Conflict` when somebody else tried meanwhile.
pub async fn tried(app: &App, actor: &Actor, id: TaskId, outcome: &Tried, note: &str) -> Result<()> {
    let mut tx = app.db.write().await?;
    let task = tasks::one(&mut tx, actor.organization_id, actor.staff_id, id).await?.ok_or(Error::NotFound)?;
    let (changed, word) = match outcome {
        Tried::Again(at) if task.tries + 1 < MOST_TRIES => (tasks::put_off(&mut tx, &task, *at, note).await?, "again"),
        Tried::Reached => (tasks::end(&mut tx, &task, TaskState::Done, note, app.now()).await?, "reached"),
        Tried::Again(_) | Tried::Dropped => {
            (tasks::end(&mut tx, &task, TaskState::Dropped, note, app.now()).await?, "dropped")
        }
    };
    if changed == 0 {
        return Err(Error::Conflict);
    }
    let entry = Entry::new("call_back.tried", "call_back").actor(actor).entity(id.0).detail(word);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    tx.commit().await?;
    Ok(())
}
