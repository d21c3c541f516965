//! The routing matrix of the demo school: the usual departments, and rows that name more.

use crate::{
    cases::model::Person,
    cli::demo::cases::School,
    error::{Error, Result},
    kernel::roles::Role,
    organizations,
    routing::{actions, model::Match},
    ui::time,
};

impl School<'_> {
    /// A first version is in force since the school began; the next one is being drafted.
    pub(super) async fn agree_on_routing(&self) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let first = actions::begin(self.app, &office).await?;
        self.add_row(first, "other", "操场", None, "总务处").await?;
        let mut c = self.app.db.read().await?;
        let (version, _) = actions::version(&mut c, office.organization_id, first).await?;
        drop(c);
        let today = time::date(self.app.now());
        if actions::publish(self.app, &office, first, version.edits, today).await?.is_err() {
            return Err(Error::internal("the first matrix was refused"));
        }
        let next = actions::begin(self.app, &office).await?;
        self.add_row(next, "canteen", "食堂三楼", Some(Person::Parent), "总务处").await
    }

    async fn add_row(
        &self,
        version: crate::kernel::ids::RoutingVersionId,
        topic: &str,
        place: &str,
        person: Option<Person>,
        department: &str,
    ) -> Result<()> {
        let office = self.actor(|s| s.role == Role::Office)?;
        let mut c = self.app.db.read().await?;
        let topics = organizations::actions::topics(&mut c, office.organization_id).await?;
        drop(c);
        let topic = topics.iter().find(|t| t.code == topic).map(|t| t.id);
        let names = Match { topic, place: place.to_string(), person };
        let department = self.department(department)?.id;
        match actions::add(self.app, &office, version, names, department).await? {
            Ok(()) => Ok(()),
            Err(refusal) => Err(Error::internal(refusal.key)),
        }
    }
}
