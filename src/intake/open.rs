//! What stands behind an access point: its organisation, its form, the topics.

use crate::{
    access_points::{self, model::AccessPoint},
    db::Conn,
    error::Result,
    forms::{self, model::FormVersion},
    http::App,
    kernel::{ids::OrganizationId, roles::Channel},
    organizations::{
        self,
        model::{Organization, Topic},
    },
};

/// Everything that a form of an access point needs.
pub struct Open {
    /// Whose it is.
    pub org: Organization,
    /// The access point.
    pub point: AccessPoint,
    /// The live version of its form.
    pub version: FormVersion,
    /// The topics to choose from.
    pub topics: Vec<Topic>,
}

impl Open {
    /// An access point with its organisation, its topics and the live version of its form.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(c: &mut Conn, point: AccessPoint) -> Result<Self> {
        let org = organizations::actions::organization(c, point.organization_id).await?;
        let version = forms::actions::live_version(c, point.form_id).await?;
        let topics = organizations::actions::topics(c, org.id).await?;
        Ok(Self { org, point, version, topics })
    }

    /// The first live access point of a channel; `None` when the organisation has none.
    ///
    /// # Errors
    /// The database's.
    pub async fn channel(app: &App, c: &mut Conn, org: OrganizationId, channel: Channel) -> Result<Option<Self>> {
        let live = access_points::actions::live_of(app, c, org).await?;
        match live.into_iter().find(|p| p.channel == channel) {
            Some(point) => Ok(Some(Self::of(c, point).await?)),
            None => Ok(None),
        }
    }
}
