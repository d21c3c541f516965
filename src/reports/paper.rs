//! The report of a term or a year, with the contents that 信访工作条例 (2022) §41 names: the numbers, the matters and the
//! departments that most was said about; what was passed on, assigned and supervised; what was suggested and adopted; and
//! what else must be said, as the office writes it. Its numbers are frozen with their date and hash when it is issued.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    board::suppress::{self, Count, Published},
    cases::model::Outcome,
    db::Conn,
    error::{Error, Result},
    http::{App, Cx},
    kernel::ids::TermReportId,
    letters, organizations,
    reports::{
        actions,
        measure::{By, Choice, Measure},
        model::{self, Fact},
        pages::Names,
        period::{Period, monday_of},
        store::{self, Change, ReportRow},
    },
    supervision,
};

/// What the office writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// How it went, in general.
    pub overview: String,
    /// Typical problems.
    pub problems: String,
    /// What was suggested to leaders and departments, and what became of it.
    pub proposals: String,
    /// What will be done.
    pub measures: String,
}

/// A line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Received.
    pub received: u64,
    /// Answered.
    pub answered: u64,
    /// Answers owed by then.
    pub due: u64,
    /// Answered within the limit.
    pub on_time: u64,
    /// Open and past the promise.
    pub late: u64,
    /// Judged by the submitters.
    pub judged: u64,
    /// Contacted.
    pub contacted: u64,
    /// Solved.
    pub solved: u64,
    /// Satisfied.
    pub satisfied: u64,
    /// Silent.
    pub silent: u64,
}

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Everything.
    pub all: Line,
    /// By topic, the most first.
    pub topics: Vec<Line>,
    /// By department, the most first.
    pub departments: Vec<Line>,
    /// By channel.
    pub channels: Vec<Line>,
    /// Sent to departments.
    pub assigned: u64,
    /// Not accepted.
    pub declined: u64,
    /// Given to another body.
    #[serde(default)]
    pub transferred: u64,
    /// Reopened after an answer.
    pub reopened: u64,
    /// Returned by departments, and of these upheld.
    pub returned: (u64, u64),
    /// Cases over which an order was issued.
    pub supervised: u64,
    /// Orders by level: the code word, how many.
    pub orders: Vec<(String, u64)>,
    /// Suggestions in answers: adopted, partly, not.
    pub suggestions: (u64, u64, u64),
    /// Suggestions from letters: adopted, partly, not.
    pub letters: (u64, u64, u64),
    /// Hours until half of the answers, and until nine in ten.
    pub hours: (Option<i64>, Option<i64>),
    /// What may be published: topics by their place in `topics`.
    pub public: Option<Published<usize>>,
}

/// A report as it is shown.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The row.
    pub row: ReportRow,
    /// Its days.
    pub period: Period,
    /// What the office wrote.
    pub texts: Texts,
    /// The numbers: frozen, or as of now.
    pub numbers: Numbers,
}

fn line(name: String, choice: &Choice, facts: &[Fact], now: DateTime<Utc>) -> Line {
    let n = |measure| choice.count(measure, facts, now);
    Line {
        name,
        received: n(Measure::Received),
        answered: n(Measure::Answered),
        due: n(Measure::Due),
        on_time: n(Measure::OnTime),
        late: n(Measure::Late),
        judged: n(Measure::Judged),
        contacted: n(Measure::Contacted),
        solved: n(Measure::Solved),
        satisfied: n(Measure::Satisfied),
        silent: n(Measure::Silent),
    }
}

fn lines(by: By, name: impl Fn(&str) -> String, facts: &[Fact], now: DateTime<Utc>) -> Vec<Line> {
    let groups = by.groups(facts);
    let mut all: Vec<Line> =
        groups.iter().map(|g| line(name(g), &by.choice(g, None), facts, now)).filter(|l| l.received > 0).collect();
    all.sort_by(|a, b| b.received.cmp(&a.received).then(a.name.cmp(&b.name)));
    all
}

/// Counts a period, as this person may see it.
///
/// # Errors
/// The database's.
pub async fn count(c: &mut Conn, cx: &Cx, actor: &Actor, period: Period) -> Result<Numbers> {
    let facts = actions::facts(c, actor, period, actions::SHORT).await?;
    let topics = organizations::actions::all_topics(c, actor.organization_id).await?;
    let names = Names::of(cx, &topics, &actor.organization_name);
    let everything = Choice::default();
    let n = |measure| everything.count(measure, &facts, cx.now);
    let dashboard = model::count(&facts, cx.now, monday_of).all;
    let by_topic = lines(By::Topic, |k| names.topic(k), &facts, cx.now);
    let counts: Vec<Count<usize>> = by_topic
        .iter()
        .enumerate()
        .map(|(topic, l)| Count { topic, received: l.received, answered: l.answered, overdue: l.late })
        .collect();
    let outcomes = crate::cases::facts::outcomes_between(c, actor, period.from(), period.to()).await?;
    let with = |wanted: Outcome| outcomes.iter().filter(|o| **o == wanted).count() as u64;
    Ok(Numbers {
        all: line(cx.t("reports.column.all").into_owned(), &everything, &facts, cx.now),
        departments: lines(By::Department, |k| names.department(k), &facts, cx.now),
        channels: lines(By::Channel, |k| names.channel(k), &facts, cx.now),
        assigned: facts.iter().filter(|f| !f.department.is_empty()).count() as u64,
        declined: dashboard.declined,
        transferred: dashboard.transferred,
        reopened: n(Measure::Reopened),
        returned: (n(Measure::Returned), n(Measure::Upheld)),
        supervised: n(Measure::Supervised),
        orders: supervision::actions::by_level(c, actor, period.from(), period.to()).await?,
        suggestions: (with(Outcome::Adopted), with(Outcome::Partly), with(Outcome::NotAdopted)),
        letters: letters::actions::decisions_between(c, actor.organization_id, period.from(), period.to()).await?,
        hours: (dashboard.hours(50), dashboard.hours(90)),
        public: Some(suppress::publish(&counts)),
        topics: by_topic,
    })
}

/// The reports of an organisation, the newest first.
///
/// # Errors
/// The database's.
pub async fn list(c: &mut Conn, actor: &Actor) -> Result<Vec<ReportRow>> {
    Ok(store::reports(c, actor.organization_id).await?)
}

/// One report: with its frozen numbers once it is issued, else as of now.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn one(c: &mut Conn, cx: &Cx, actor: &Actor, id: TermReportId) -> Result<Paper> {
    let row = store::report(c, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    let day = |text: &str| text.parse::<NaiveDate>().map_err(Error::internal);
    let period = Period { first: day(&row.first_day)?, last: day(&row.last_day)? };
    let numbers = match &row.numbers {
        Some(frozen) => serde_json::from_str(frozen).map_err(Error::internal)?,
        None => count(c, cx, actor, period).await?,
    };
    let texts = serde_json::from_str(&row.texts).map_err(Error::internal)?;
    Ok(Paper { row, period, texts, numbers })
}

/// Begins a report.
///
/// # Errors
/// The database's.
pub async fn begin(app: &App, actor: &Actor, title: &str, period: Period) -> Result<TermReportId> {
    let mut tx = app.db.write().await?;
    let id = TermReportId::new(app.now(), &*app.random);
    let texts = serde_json::to_string(&Texts::default()).map_err(Error::internal)?;
    let days = (period.first.to_string(), period.last.to_string());
    let change = Change { by: actor.staff_id, at: app.now() };
    store::insert_report(&mut tx, actor.organization_id, id, title, (&days.0, &days.1), &texts, change).await?;
    record(app, &mut tx, actor, id, "report.begun").await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes at a report.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody else wrote at it, or it is issued.
pub async fn save(app: &App, actor: &Actor, id: TermReportId, version: i64, title: &str, texts: &Texts) -> Result<()> {
    let mut tx = app.db.write().await?;
    store::report(&mut tx, actor.organization_id, id).await?.ok_or(Error::NotFound)?;
    let change = Change { by: actor.staff_id, at: app.now() };
    let words = serde_json::to_string(texts).map_err(Error::internal)?;
    if store::save_report(&mut tx, id, version, title, &words, change).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, id, "report.saved").await?;
    Ok(tx.commit().await?)
}

/// Issues a report: the numbers of this moment are frozen, with a hash over everything that it says.
///
/// # Errors
/// `NotFound`; `Conflict` when somebody else wrote at it, or it is issued.
pub async fn issue(app: &App, cx: &Cx, actor: &Actor, id: TermReportId, version: i64) -> Result<()> {
    let mut tx = app.db.write().await?;
    let paper = one(&mut tx, cx, actor, id).await?;
    let numbers = serde_json::to_string(&paper.numbers).map_err(Error::internal)?;
    let hash = hash(&paper.row, &numbers);
    let change = Change { by: actor.staff_id, at: app.now() };
    if store::issue_report(&mut tx, id, version, &numbers, &hash, change).await? == 0 {
        return Err(Error::Conflict);
    }
    record(app, &mut tx, actor, id, "report.issued").await?;
    Ok(tx.commit().await?)
}

/// SHA-256 over title, days, texts and numbers, each on a line of its own, in hex.
pub fn hash(row: &ReportRow, numbers: &str) -> String {
    let parts = [row.title.as_str(), &row.first_day, &row.last_day, &row.texts, numbers];
    let whole = parts.join("\n");
    Sha256::digest(whole.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether a report still says what was issued.
pub fn is_whole(row: &ReportRow) -> bool {
    row.numbers.as_ref().is_none_or(|numbers| row.hash.as_deref() == Some(&hash(row, numbers)))
}

async fn record(app: &App, c: &mut Conn, actor: &Actor, id: TermReportId, action: &'static str) -> Result<()> {
    let entry = Entry::new(action, "term_report").actor(actor).entity(id.0);
    audit::record(app, c, actor.organization_id, entry).await
}
