//! Reading patrols by day, and deciding about what they found.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    attachments::model::StoredFile,
    audit::{self, Entry},
    cases,
    db::Conn,
    error::{Error, Result},
    http::App,
    i18n::Lang,
    intake::rules::MAX_FILES,
    kernel::{
        ids::{ChecklistId, FindingId, OrganizationId},
        roles::Role,
    },
    patrols::model::{ItemDay, PlaceDay, REPEAT_DAYS, Repeat, Score, Seen, repeats},
    ui::time,
    visits::{
        self,
        actions::{Span, Versions},
        becomes_case::{self, FoundCase},
        model::{Finding, FindingState, PatrolClass, Visit, VisitKind},
    },
};

/// What patrols saw on a day.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// By class and place, the lowest score first.
    pub places: Vec<PlaceDay>,
    /// By item, the lowest score first.
    pub items: Vec<ItemDay>,
    /// What was found, with its visit and the words of its item.
    pub findings: Vec<(Finding, Visit, String)>,
}

/// The classes that a person reads about: all, for the office and leaders; their own, for class teachers.
///
/// # Errors
/// The database's.
pub async fn classes_of(c: &mut Conn, actor: &Actor) -> Result<Vec<PatrolClass>> {
    let all = visits::classes::all(c, actor.organization_id).await?;
    Ok(all.into_iter().filter(|k| reads_all(actor) || k.teacher_id == Some(actor.staff_id)).collect())
}

/// Whether a person reads everything that patrols saw.
pub const fn reads_all(actor: &Actor) -> bool {
    matches!(actor.role, Role::Office | Role::Leader)
}

/// What patrols saw on a day, as far as this person reads it.
///
/// # Errors
/// The database's.
pub async fn day(c: &mut Conn, actor: &Actor, date: NaiveDate, lang: Lang) -> Result<Day> {
    let from = time::start_of(date);
    let mut span =
        visits::actions::between(c, actor.organization_id, VisitKind::Patrol, from, from + TimeDelta::days(1)).await?;
    if !reads_all(actor) {
        let own: Vec<_> = classes_of(c, actor).await?.into_iter().map(|k| k.id).collect();
        span.visits.retain(|v| v.class_id.is_some_and(|id| own.contains(&id)));
    }
    let versions = visits::actions::versions(c, &span.visits).await?;
    Ok(Day {
        date,
        places: places(&span),
        items: items(&span, &versions, lang),
        findings: findings(&span, &versions, lang),
    })
}

fn findings(span: &Span, versions: &Versions, lang: Lang) -> Vec<(Finding, Visit, String)> {
    let with_visit = span.findings.iter().filter_map(|f| {
        let visit = span.visits.iter().find(|v| v.id == f.visit_id)?;
        Some((f.clone(), visit.clone(), versions.label(visit, &f.item, lang)))
    });
    with_visit.collect()
}

fn places(span: &Span) -> Vec<PlaceDay> {
    let mut found: Vec<PlaceDay> = Vec::new();
    for visit in &span.visits {
        let at = found.iter().position(|p| p.place == visit.place && p.class == visit.class_id);
        let at = at.unwrap_or_else(|| {
            found.push(PlaceDay {
                place: visit.place.clone(),
                class: visit.class_id,
                score: Score::default(),
                visits: Vec::new(),
                findings: 0,
            });
            found.len() - 1
        });
        for (_, _, mark, most) in span.marks.iter().filter(|m| m.0 == visit.id) {
            found[at].score.add(*mark, *most);
        }
        found[at].findings += span.findings.iter().filter(|f| f.visit_id == visit.id).count();
        found[at].visits.push(visit.clone());
    }
    // Classes first, then places; the lowest score first.
    found.sort_by_key(|p| (p.class.is_none(), p.score.percent().unwrap_or(101), p.place.clone()));
    found
}

fn items(span: &Span, versions: &Versions, lang: Lang) -> Vec<ItemDay> {
    let mut found: BTreeMap<(ChecklistId, String), ItemDay> = BTreeMap::new();
    for (visit_id, item, mark, most) in &span.marks {
        let Some(visit) = span.visits.iter().find(|v| v.id == *visit_id) else { continue };
        let words = versions.label(visit, item, lang);
        let entry = found.entry((visit.checklist_id, item.clone())).or_insert_with(|| ItemDay {
            item: words,
            score: Score::default(),
            places: Vec::new(),
        });
        entry.score.add(*mark, *most);
        let is_found = span.findings.iter().any(|f| f.visit_id == *visit_id && f.item == *item);
        if is_found && !entry.places.contains(&visit.place) {
            entry.places.push(visit.place.clone());
        }
    }
    let mut items: Vec<ItemDay> = found.into_values().collect();
    items.sort_by_key(|i| (i.score.percent().unwrap_or(101), i.item.clone()));
    items
}

/// Something that was found again and again, with its words.
#[derive(Clone, Debug)]
pub struct Again {
    /// What and where.
    pub repeat: Repeat,
    /// The words of the item.
    pub item: String,
    /// The findings with their visits, oldest first.
    pub findings: Vec<(Finding, Visit)>,
}

/// What was found again and again lately, and is not decided yet.
///
/// # Errors
/// The database's.
pub async fn again(c: &mut Conn, org: OrganizationId, now: DateTime<Utc>, lang: Lang) -> Result<Vec<Again>> {
    let (span, versions) = lately(c, org, now).await?;
    let seen: Vec<Seen> = span
        .findings
        .iter()
        .filter(|f| f.state == FindingState::Noted)
        .filter_map(|f| {
            let visit = span.visits.iter().find(|v| v.id == f.visit_id)?;
            Some(Seen {
                finding: f.id,
                checklist: visit.checklist_id,
                place: visit.place.clone(),
                item: f.item.clone(),
                at: visit.ended_at,
            })
        })
        .collect();
    let again = repeats(&seen, now).into_iter().map(|repeat| {
        let of = |id: &FindingId| {
            let finding = span.findings.iter().find(|f| f.id == *id)?;
            let visit = span.visits.iter().find(|v| v.id == finding.visit_id)?;
            Some((finding.clone(), visit.clone()))
        };
        let findings: Vec<(Finding, Visit)> = repeat.findings.iter().filter_map(of).collect();
        let item = findings.last().map(|(f, v)| versions.label(v, &f.item, lang)).unwrap_or_default();
        Again { repeat, item, findings }
    });
    Ok(again.collect())
}

async fn lately(c: &mut Conn, org: OrganizationId, now: DateTime<Utc>) -> Result<(Span, Versions)> {
    // The end is not part of a span, and something may have been signed at this moment.
    let (from, to) = (now - TimeDelta::days(REPEAT_DAYS), now + TimeDelta::seconds(1));
    let span = visits::actions::between(c, org, VisitKind::Patrol, from, to).await?;
    let versions = visits::actions::versions(c, &span.visits).await?;
    Ok((span, versions))
}

/// The office makes a case of what was found again and again. Gives its number.
///
/// # Errors
/// `NotFound` when it is not found again and again (any more); `Conflict` when somebody else decided meanwhile.
pub async fn make_case(app: &App, actor: &Actor, checklist: ChecklistId, place: &str, item: &str) -> Result<String> {
    let mut tx = app.db.write().await?;
    let org = actor.organization_id;
    let all = again(&mut tx, org, app.now(), Lang::ZhCn).await?;
    let fits = |a: &Again| a.repeat.checklist == checklist && a.repeat.place == place && a.repeat.item == item;
    let again = all.into_iter().find(fits).ok_or(Error::NotFound)?;
    let (_, newest) = again.findings.last().ok_or(Error::NotFound)?;
    let versions = visits::actions::versions(&mut tx, std::slice::from_ref(newest)).await?;
    let version = versions.of(newest).ok_or(Error::NotFound)?;
    let case = FoundCase {
        kind: VisitKind::Patrol,
        access_point_id: newest.access_point_id,
        version,
        area: newest.area,
        place,
        body: body(&again),
        files: photos(&mut tx, &again).await?,
    };
    let case_id = becomes_case::open(app, &mut tx, actor, case).await?;
    for (finding, _) in &again.findings {
        visits::actions::decide(&mut tx, org, finding.id, Some(case_id)).await?;
    }
    let entry = Entry::new("patrol.became_case", "case").actor(actor).entity(case_id.0).detail(again.findings.len());
    audit::record(app, &mut tx, org, entry).await?;
    let number = cases::visibility::case_of_id(&mut tx, actor, case_id).await?.number;
    tx.commit().await?;
    Ok(number)
}

/// What the case says: what, how often, and each time's words.
fn body(again: &Again) -> String {
    let count = again.findings.len().to_string();
    let days = REPEAT_DAYS.to_string();
    let mut lines =
        vec![Lang::ZhCn.tf("patrols.case.body", &[("item", &again.item), ("days", &days), ("count", &count)])];
    for (finding, visit) in &again.findings {
        lines.push(format!(
            "{} {}",
            visit.ended_at.with_timezone(&time::ZONE).format("%-m月%-d日 %H:%M"),
            finding.comment
        ));
    }
    lines.join("\n")
}

async fn photos(c: &mut Conn, again: &Again) -> Result<Vec<StoredFile>> {
    let mut files = Vec::new();
    for (finding, visit) in again.findings.iter().rev() {
        let Some(id) = finding.file_id else { continue };
        let file = visits::actions::photo(c, visit, id).await?;
        let sha256 = <[u8; 32]>::try_from(file.sha256).map_err(|_| Error::internal("photo with a short hash"))?;
        files.push(StoredFile { sha256, kind: file.kind, size: file.size });
    }
    files.truncate(MAX_FILES);
    Ok(files)
}

/// The office has looked at a finding and leaves it.
///
/// # Errors
/// `Conflict` when it was decided already, or is none of theirs.
pub async fn set_aside(app: &App, actor: &Actor, id: FindingId) -> Result<()> {
    let mut tx = app.db.write().await?;
    visits::actions::decide(&mut tx, actor.organization_id, id, None).await.map_err(|e| match e {
        Error::Conflict => Error::NotFound,
        other => other,
    })?;
    let entry = Entry::new("patrol.set_aside", "finding").actor(actor).entity(id.0);
    audit::record(app, &mut tx, actor.organization_id, entry).await?;
    Ok(tx.commit().await?)
}
