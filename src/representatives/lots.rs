//! Drawing cases and rectifications for a second look, by the office or each month by the program, and drawing again to
//! check.

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases,
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::{
        ids::{AppointmentId, DrawId, OrganizationId, RecheckId, StaffId},
        random,
    },
    organizations, rectifications,
    representatives::{
        actions, draw,
        model::{Appointment, Area, Draw, Standing, Subject},
        store::draws::{self as store, Listed, NewDraw},
    },
    ui::time,
    visits,
};

/// Most cases of one draw.
pub const MOST: i64 = 10;
/// How many the program draws each month.
const MONTHLY: i64 = 3;
/// Draws that the table shows.
const SHOWN: i64 = 60;

/// What became of a wish to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A draw.
    Drawn(DrawId),
    /// There is nothing that could be drawn, or this month's draw was made.
    Nothing,
}

/// The office draws for a representative.
///
/// # Errors
/// `NotFound` when the organisation has no such appointment in its term.
pub async fn draw_for(app: &App, actor: &Actor, id: AppointmentId, wanted: i64) -> Result<Outcome> {
    let mut tx = app.db.write().await?;
    let (appointment, area) = actions::by_id(&mut tx, actor.organization_id, id).await?;
    if appointment.standing(app.now()) != Standing::Active {
        return Err(Error::NotFound);
    }
    let plan =
        Plan { org: actor.organization_id, by: Some(actor.staff_id), wanted: wanted.clamp(1, MOST), month: None };
    let outcome = make(app, &mut tx, &appointment, &area, plan).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Who draws, and how many.
struct Plan {
    org: OrganizationId,
    by: Option<StaffId>,
    wanted: i64,
    month: Option<String>,
}

/// Every representative in office gets the draw of this month, once.
///
/// # Errors
/// The database's.
pub async fn monthly(app: &App) -> Result<()> {
    let now = app.now();
    let month = time::date(now).format("%Y-%m").to_string();
    let organizations = organizations::actions::organizations(&mut app.db.read().await?).await?;
    for organization in organizations {
        let all = actions::all(&mut app.db.read().await?, organization.id).await?;
        for (appointment, area) in all.into_iter().filter(|(a, _)| a.standing(now) == Standing::Active) {
            let mut tx = app.db.write().await?;
            let plan = Plan { org: organization.id, by: None, wanted: MONTHLY, month: Some(month.clone()) };
            make(app, &mut tx, &appointment, &area, plan).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

async fn make(app: &App, c: &mut Conn, of: &Appointment, area: &Area, plan: Plan) -> Result<Outcome> {
    let population = population(app, c, plan.org, of, area).await?;
    if population.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let ids: Vec<draw::Id> = population.iter().map(|one| one.bytes()).collect();
    let now = app.now();
    let seed: draw::Seed = random::bytes(&*app.random);
    let id = DrawId::new(now, &*app.random);
    let new = NewDraw {
        id,
        organization_id: plan.org,
        appointment_id: of.id,
        seed: &seed,
        population_hash: &draw::population_hash(&ids),
        wanted: plan.wanted,
        drawn_by: plan.by,
        drawn_at: now,
        month: plan.month.as_deref(),
    };
    if store::insert(c, &new).await? == 0 {
        return Ok(Outcome::Nothing);
    }
    for one in &population {
        store::insert_population(c, id, *one).await?;
    }
    for (position, one) in (1..).zip(drawn(&seed, &population, plan.wanted)) {
        store::insert_recheck(c, RecheckId::new(now, &*app.random), id, position, one).await?;
    }
    let entry = Entry::new("recheck.drawn", "draw").entity(id.0).detail(plan.wanted);
    audit::record(app, c, plan.org, plan.by.into_iter().fold(entry, Entry::by)).await?;
    Ok(Outcome::Drawn(id))
}

/// What there is to draw from: answered cases and reported rectifications of the area that may be shown, that no
/// representative in office named or brought, and that were not drawn for this representative since. Two who watch the
/// same place may both be asked about one answer: each says what they saw.
async fn population(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    of: &Appointment,
    area: &Area,
) -> Result<Vec<Subject>> {
    let now = app.now();
    let serving =
        actions::all(c, org).await?.into_iter().map(|(a, _)| a).filter(|a| a.standing(now) == Standing::Active);
    let serving: Vec<Appointment> = serving.chain([of.clone()]).collect();
    let people: Vec<String> = serving.iter().map(|a| a.name.clone()).collect();
    // Nobody judges what representatives reported themselves.
    let mut theirs = Vec::new();
    for one in &serving {
        theirs.extend(visits::actions::cases_of(c, org, one.staff_id).await?);
    }
    let drawn = store::last_drawn(c, of.id).await?;
    let is_fresh = |one: Subject, since| !drawn.iter().any(|(of, at)| *of == one && *at >= since);
    let covers = |place: &str, topic| area.covers(place, topic);
    let cases = cases::rechecks::candidates(app, c, org, covers, &people).await?.into_iter();
    let cases = cases.filter(|(id, _)| !theirs.contains(id)).map(|(id, at)| (Subject::Case(id), at));
    let done = rectifications::looks::candidates(app, c, org, covers, &people).await?.into_iter();
    let done = done
        .filter(|one| one.case_id.is_none_or(|id| !theirs.contains(&id)))
        .map(|one| (Subject::Rectification(one.id), one.reported_at));
    Ok(cases.chain(done).filter(|(one, since)| is_fresh(*one, *since)).map(|(one, _)| one).collect())
}

/// What a seed draws from a population.
fn drawn(seed: &draw::Seed, population: &[Subject], wanted: i64) -> Vec<Subject> {
    let ids: Vec<draw::Id> = population.iter().map(|one| one.bytes()).collect();
    let of = |id: draw::Id| population.iter().find(|one| one.bytes() == id).copied();
    draw::draw(seed, &ids, count(wanted)).into_iter().filter_map(of).collect()
}

fn count(wanted: i64) -> usize {
    usize::try_from(wanted).unwrap_or(0)
}

/// The draws that a reader may know of, newest first, each with its cases.
///
/// # Errors
/// The database's.
pub async fn table(c: &mut Conn, actor: &Actor) -> Result<Vec<(Draw, Vec<Listed>)>> {
    let org = actor.organization_id;
    let draws = store::draws(c, org, actor.staff_id, actor.department_id, SHOWN).await?;
    let mut listed = store::listed(c, org).await?;
    let mut table = Vec::new();
    for one in draws {
        let (mine, others) = listed.into_iter().partition(|l| l.draw_id == one.id);
        listed = others;
        table.push((one, mine));
    }
    Ok(table)
}

/// A draw that was made again.
pub struct Again {
    /// As it is recorded.
    pub draw: Draw,
    /// Its cases.
    pub cases: Vec<Listed>,
    /// What it was made from, in the order of ids.
    pub population: Vec<Subject>,
    /// The hash of that, computed now.
    pub hash: [u8; 32],
    /// What the seed draws from it now.
    pub drawn: Vec<Subject>,
}

impl Again {
    /// Whether hash and cases are as they are recorded.
    pub fn is_equal(&self) -> bool {
        let recorded = self.cases.iter().map(Listed::subject);
        self.hash.as_slice() == self.draw.population_hash && self.drawn.iter().map(|one| Some(*one)).eq(recorded)
    }
}

/// Draws again from the recorded seed and population.
///
/// # Errors
/// `NotFound` when there is no such draw for this reader.
pub async fn again(c: &mut Conn, actor: &Actor, id: DrawId) -> Result<Again> {
    let (draw, cases) = table(c, actor).await?.into_iter().find(|(d, _)| d.id == id).ok_or(Error::NotFound)?;
    let population = store::population(c, id).await?;
    let ids: Vec<draw::Id> = population.iter().map(|one| one.bytes()).collect();
    let seed = draw::Seed::try_from(draw.seed.as_slice()).map_err(|_| Error::internal("a seed of another length"))?;
    let drawn = drawn(&seed, &population, draw.wanted);
    Ok(Again { hash: draw::population_hash(&ids), drawn, population, cases, draw })
}
