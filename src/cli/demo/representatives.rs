//! The representatives of the demo school: one looks after canteen and gate, one after the teaching building, one has not
//! accepted the promise yet, and one's term is over. Some answered cases were drawn and looked at again.

use chrono::TimeDelta;

use crate::{
    access_points::{
        self,
        sightings::{self, Condition},
    },
    attachments::staged,
    cli::demo::cases::{School, soup},
    db::Conn,
    error::{Error, Result},
    http::App,
    kernel::roles::{Channel, Role},
    organizations::{self, model::Organization},
    representatives::{
        actions, appoint as appointing, looks, lots,
        model::{Area, Finding, Kind, NewAppointment, Person},
    },
    ui::time,
};

/// An appointment.
struct Plan {
    username: &'static str,
    kind: Kind,
    /// Days from the day of founding.
    term: (i64, i64),
    places: &'static [&'static str],
    topics: &'static [&'static str],
    /// Whether the promise was accepted, and whether the person wants to be named.
    promised: Option<bool>,
}

const PLANS: [Plan; 4] = [
    Plan {
        username: "aygul",
        kind: Kind::Parent,
        term: (0, 180),
        places: &["食堂三楼", "校门口"],
        topics: &["canteen"],
        promised: Some(true),
    },
    Plan {
        username: "songjiaming",
        kind: Kind::Parent,
        term: (0, 180),
        places: &["教学楼二层", "北门"],
        topics: &["safety"],
        promised: Some(false),
    },
    Plan {
        username: "maxiaoyan",
        kind: Kind::Parent,
        term: (0, 180),
        places: &["操场", "图书馆"],
        topics: &[],
        promised: None,
    },
    Plan {
        username: "tianguoqiang",
        kind: Kind::Public,
        term: (-200, -20),
        places: &["校门口"],
        topics: &["fees"],
        promised: None,
    },
];

/// Appoints them.
pub(super) async fn appoint(app: &App, c: &mut Conn, org: &Organization) -> Result<()> {
    let staff = organizations::actions::staff(c, org.id).await?;
    let topics = organizations::actions::topics(c, org.id).await?;
    let office = staff.iter().find(|s| s.role == Role::Office).ok_or(Error::NotFound)?;
    for plan in &PLANS {
        let person = staff.iter().find(|s| s.username == plan.username).ok_or(Error::NotFound)?;
        let chosen = topics.iter().filter(|t| plan.topics.contains(&t.code.as_str())).map(|t| t.id).collect();
        let day = |days: i64| time::date(app.now() + TimeDelta::days(days));
        let new = NewAppointment {
            person: Person::Known(person.id),
            kind: plan.kind,
            first_day: day(plan.term.0),
            last_day: day(plan.term.1),
            area: Area { places: plan.places.iter().map(ToString::to_string).collect(), topics: chosen },
        };
        let (id, _) = appointing::add(app, c, org.id, office.id, new).await?.map_err(|e| Error::Bad(e.key))?;
        if let Some(visible) = plan.promised {
            let (appointment, _) = actions::by_id(c, org.id, id).await?;
            actions::write_promise(app, c, org.id, &appointment, visible).await?;
        }
    }
    Ok(())
}

/// What the representative found, in the order of the draw; the rest waits.
const FOUND: [(Finding, &str, bool); 3] = [
    (Finding::Fixed, "去看过，和答复说的一样。", false),
    (Finding::NotFixed, "今天中午去看，还是老样子，问了两个孩子也这么说。", true),
    (Finding::Unclear, "去的时候不在饭点，看不出来，下次再看。", false),
];

impl School<'_> {
    /// The office draws, the representative looks.
    pub(super) async fn look_again(&self) -> Result<()> {
        let app = self.app;
        let office = self.actor(|s| s.role == Role::Office)?;
        let representative = self.actor(|s| s.username == "aygul")?;
        let own = actions::active(&mut app.db.read().await?, &representative, app.now()).await?;
        lots::draw_for(app, &office, own.0.id, 4).await?;
        let waiting = looks::own(app, &mut app.db.read().await?, &representative).await?;
        for (seen, (found, comment, photo)) in waiting.iter().zip(FOUND) {
            let mut files = Vec::new();
            if photo {
                let picture = soup().map_err(Error::internal)?;
                files.push(staged::accept(app, picture.into()).await?.map_err(Error::internal)?.file);
            }
            looks::finish(app, &representative, seen.recheck.id, found, comment, &files).await?;
        }
        Ok(())
    }

    /// Forms were opened at all places but one; somebody went round and looked at the papers, one of which was torn.
    pub(super) async fn see_papers(&self) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let points = access_points::actions::all_of(&mut self.app.db.read().await?, self.organization.id).await?;
        for (i, point) in points.into_iter().enumerate() {
            let by_people = matches!(point.channel, Channel::Box | Channel::Questionnaire | Channel::Letter);
            if by_people && point.channel != Channel::Letter {
                (0..point.submissions * 4 + 7).for_each(|_| self.app.opens.add(point.id));
            }
            let (state, note) = match point.place.as_str() {
                "北门" => (Condition::Damaged, "右下角被撕了，还能扫"),
                _ if i % 4 == 3 => continue,
                _ => (Condition::Intact, ""),
            };
            sightings::see(self.app, &office, point.id, state, note).await?;
        }
        self.app.opens.flush(self.app).await
    }
}
