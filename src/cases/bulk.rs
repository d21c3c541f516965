//! Many cases at once 批量: each is done by itself, as if somebody had opened it and pressed: with its own right, its own
//! event and entry in the audit log, in a transaction of its own. What can't be done is refused with its reason, and the
//! rest is done all the same.
//!
//! A press is one run (promise 2): sent again, it goes on where it was broken off and does nothing twice. Each case is done
//! as of the version that was seen (promise 7): one that was changed in between is refused, not overwritten.

use crate::{
    accounts::model::Actor,
    cases::{
        deeds::{Deed, answering, perform, why_not},
        model::{Case, Verb},
        store::{
            self,
            bulk::{Done, Run},
        },
        visibility::{self, Scope},
        work::{Seen, Work},
    },
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{case_number, ids::BulkRunId, roles::Role},
};

/// Cases of a run at most.
pub const MOST: usize = 100;
/// The outcome of what was done.
pub const DONE: &str = "done";
/// Most characters of a press's key.
const LONGEST_KEY: usize = 100;

crate::code_enum! {
    /// What is done to each case of a run.
    pub enum Kind {
        /// Send it to a department 交办.
        Assign = "assign",
        /// Put words on it 标签.
        Tag = "tag",
        /// Close it 办结.
        Close = "close",
        /// Answer with a text in which variables are filled in 答复.
        Answer = "answer",
    }
}

impl Kind {
    /// What people of a role can do to many cases at once.
    pub const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Office => &[Self::Assign, Self::Tag, Self::Answer, Self::Close],
            // Danger is assigned to nobody.
            Role::SafeguardingLead => &[Self::Tag, Self::Answer, Self::Close],
            Role::Handler | Role::DepartmentHead => &[Self::Tag, Self::Answer],
            _ => &[],
        }
    }

    /// The verb that a case takes.
    pub fn verb(self, actor: &Actor, case: &Case) -> Verb {
        match self {
            Self::Assign => Verb::Assign,
            Self::Tag => Verb::Tag,
            Self::Close => Verb::Close,
            Self::Answer => answering(actor, case),
        }
    }
}

/// A case that was chosen, as of the version that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The number.
    pub number: String,
    /// The version.
    pub version: i64,
}

/// What is done, and in which words the result says so.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What kind.
    pub kind: Kind,
    /// To each case.
    pub deeds: Vec<Deed>,
    /// What was said with it: the department, the words.
    pub words: String,
}

/// Does the same to each of the chosen cases; gives the run, whose result can be read.
///
/// # Errors
/// `Bad` when nothing or too much was chosen, or the form is none of ours; the database's.
pub async fn run(app: &App, actor: &Actor, press: &str, chosen: &[Chosen], plan: &Plan) -> Result<BulkRunId> {
    if press.is_empty() || press.chars().count() > LONGEST_KEY {
        return Err(Error::Bad("error.bad_form"));
    }
    if chosen.is_empty() {
        return Err(Error::Bad("bulk.error.none"));
    }
    if chosen.len() > MOST {
        return Err(Error::Bad("bulk.error.many"));
    }
    let id = begin(app, actor, press, plan).await?;
    for (position, one) in (0..).zip(chosen) {
        one_case(app, actor, id, position, one, plan).await?;
    }
    Ok(id)
}

/// The run of this press: a new one, or the one that it began before.
async fn begin(app: &App, actor: &Actor, press: &str, plan: &Plan) -> Result<BulkRunId> {
    let hash = app.keys.idempotency_hash(&format!("bulk {}", actor.staff_id), press);
    let run = Run {
        id: BulkRunId::new(app.now(), &*app.random),
        deed: plan.kind.code().to_string(),
        words: plan.words.clone(),
        created_at: app.now(),
    };
    let mut tx = app.db.write().await?;
    let id = match store::bulk::insert(&mut tx, &run, actor.organization_id, actor.staff_id, &hash).await? {
        0 => store::bulk::of_press(&mut tx, &hash).await?.ok_or(Error::Conflict)?.0,
        _ => run.id,
    };
    tx.commit().await?;
    Ok(id)
}

async fn one_case(app: &App, actor: &Actor, run: BulkRunId, position: i64, one: &Chosen, plan: &Plan) -> Result<()> {
    let Some(number) = case_number::parse(&one.number) else { return Ok(()) };
    let why = match attempt(app, actor, run, position, &number, one.version, plan).await {
        Ok(()) => return Ok(()),
        Err(Error::NotFound) => "bulk.why.not_found",
        Err(Error::Conflict) => "bulk.why.changed",
        Err(Error::Bad(key)) => key,
        Err(other) => return Err(other),
    };
    let mut tx = app.db.write().await?;
    store::bulk::insert_item(&mut tx, run, &number, position, why).await?;
    Ok(tx.commit().await?)
}

/// Does it to one case, and writes down that it was done, or neither.
async fn attempt(
    app: &App,
    actor: &Actor,
    run: BulkRunId,
    position: i64,
    number: &str,
    version: i64,
    plan: &Plan,
) -> Result<()> {
    let mut tx = app.db.write().await?;
    if store::bulk::insert_item(&mut tx, run, number, position, DONE).await? == 0 {
        return Ok(());
    }
    let case = visibility::case_to_change(&mut tx, actor, number).await?;
    if case.version != version {
        return Err(Error::Conflict);
    }
    let Some(first) = plan.deeds.first() else { return Err(Error::Bad("error.bad_form")) };
    if let Some(why) = why_not(actor, &case, first.verb(actor, &case)) {
        return Err(Error::Bad(why));
    }
    let seen = Seen { number, version: Some(version) };
    let mut work = Work::begin_in(app, actor, tx, seen, first.verb(actor, &case)).await?;
    perform(&mut work, &plan.deeds).await?;
    work.done().await
}

/// The cases of these numbers that a person may see, as they are now.
///
/// # Errors
/// The database's.
pub async fn chosen_cases<'a>(
    c: &mut Conn,
    actor: &Actor,
    numbers: impl Iterator<Item = &'a str>,
) -> Result<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    for number in numbers.take(MOST) {
        match visibility::case_for(c, actor, number).await {
            Ok(case) if cases.iter().all(|known| known.id != case.id) => cases.push(case),
            Ok(_) | Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(cases)
}

/// What became of a run of this person. Cases that they may not see by now come without anything but the outcome.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn result(c: &mut Conn, actor: &Actor, id: BulkRunId) -> Result<(Run, Vec<Done>)> {
    let run = store::bulk::run_of(c, actor.organization_id, actor.staff_id, id).await?.ok_or(Error::NotFound)?;
    let items = store::bulk::items(c, &Scope::of(actor), id).await?;
    Ok((run, items))
}
