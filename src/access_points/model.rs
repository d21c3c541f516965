//! Access points: what they are, whom they are for, whether they are live.

use chrono::{DateTime, Utc};

use crate::kernel::{
    crockford,
    ids::{AccessPointId, FormId, OrganizationId, TopicId},
    random::{self, Random},
    roles::Channel,
};

/// How many symbols a code has.
pub const CODE_LENGTH: usize = 6;

crate::code_enum! {
    /// Whom an access point is for. It shapes what the form suggests; it keeps nobody out.
    pub enum Audience {
        /// 所有人.
        Everyone = "everyone",
        /// 家长.
        Parents = "parents",
        /// 学生.
        Students = "students",
        /// 教职工.
        Staff = "staff",
    }
}

crate::code_enum! {
    /// Why an access point was revoked.
    pub enum RevokeReason {
        /// The paper was torn off, lost or copied elsewhere.
        Lost = "lost",
        /// The place is no longer used.
        Closed = "closed",
        /// What it was for is over.
        Ended = "ended",
        /// Jokers found it.
        Misused = "misused",
        /// It was made by mistake.
        Mistake = "mistake",
    }
}

/// An access point.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccessPoint {
    /// The id.
    pub id: AccessPointId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// What is printed and typed: capital Crockford symbols.
    pub code: String,
    /// The channel of what comes in here.
    pub channel: Channel,
    /// The line above the QR code and on the start page.
    pub title: String,
    /// Where it hangs.
    pub place: String,
    /// Who looks after the paper or the box.
    pub keeper: String,
    /// Whom it is for.
    pub audience: Audience,
    /// The form that it opens.
    pub form_id: FormId,
    /// The topic that it presets.
    pub topic_id: Option<TopicId>,
    /// Not live before this.
    pub valid_from: Option<DateTime<Utc>>,
    /// Not live from this on.
    pub valid_to: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// What replaced it.
    pub replaced_by: Option<AccessPointId>,
    /// How often its form was opened.
    pub opens: i64,
    /// How many submissions came by it.
    pub submissions: i64,
    /// The day on which its form was last opened; no more of the time is kept (promise 8).
    pub last_opened_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Whether something can be sent by an access point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// It can.
    Live,
    /// Its first day is still to come.
    NotYet(DateTime<Utc>),
    /// Its last day has passed.
    Over(DateTime<Utc>),
    /// It was revoked, and perhaps replaced.
    Revoked(Option<AccessPointId>),
}

impl Liveness {
    /// The code word, for messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::NotYet(_) => "not_yet",
            Self::Over(_) => "over",
            Self::Revoked(None) => "revoked",
            Self::Revoked(Some(_)) => "replaced",
        }
    }
}

impl AccessPoint {
    /// Whether something can be sent by it at this time.
    pub fn liveness(&self, now: DateTime<Utc>) -> Liveness {
        if self.revoked_at.is_some() {
            return Liveness::Revoked(self.replaced_by);
        }
        match (self.valid_from, self.valid_to) {
            (Some(from), _) if now < from => Liveness::NotYet(from),
            (_, Some(to)) if now >= to => Liveness::Over(to),
            _ => Liveness::Live,
        }
    }

    /// The address in the QR code.
    pub fn address(&self, base_url: &str) -> String {
        format!("{base_url}/q/{}", self.code)
    }
}

/// What a person decides about an access point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccessPoint {
    /// The channel of what comes in here.
    pub channel: Channel,
    /// The line above the QR code.
    pub title: String,
    /// Where it hangs.
    pub place: String,
    /// Who looks after it.
    pub keeper: String,
    /// Whom it is for.
    pub audience: Audience,
    /// The form that it opens.
    pub form_id: FormId,
    /// The topic that it presets.
    pub topic_id: Option<TopicId>,
    /// Not live before this.
    pub valid_from: Option<DateTime<Utc>>,
    /// Not live from this on.
    pub valid_to: Option<DateTime<Utc>>,
}

/// A code by chance; whether it is taken, the caller has to ask.
pub fn random_code(random: &dyn Random) -> String {
    crockford::encode(&random::bytes::<5>(random)).chars().take(CODE_LENGTH).collect()
}

/// What a person typed, or what stands in an address, as a code; `None` when it can't be one.
pub fn parse_code(typed: &str) -> Option<String> {
    crockford::normalize(typed).filter(|code| code.len() == CODE_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;
    use chrono::{TimeDelta, TimeZone};

    fn point() -> AccessPoint {
        let (at, random) = (Utc.timestamp_opt(1_700_000_000, 0).unwrap(), SeededRandom::new(1));
        AccessPoint {
            id: AccessPointId::new(at, &random),
            organization_id: OrganizationId::new(at, &random),
            code: "K7M3PX".to_string(),
            channel: Channel::Box,
            title: String::new(),
            place: String::new(),
            keeper: String::new(),
            audience: Audience::Everyone,
            form_id: FormId::new(at, &random),
            topic_id: None,
            valid_from: None,
            valid_to: None,
            revoked_at: None,
            replaced_by: None,
            opens: 0,
            submissions: 0,
            last_opened_at: None,
            created_at: at,
        }
    }

    #[test]
    fn it_is_live_from_its_first_moment_to_its_last_exclusively() {
        let (mut point, hour) = (point(), TimeDelta::hours(1));
        let (from, to) = (point.created_at, point.created_at + hour * 24);
        (point.valid_from, point.valid_to) = (Some(from), Some(to));
        assert_eq!(point.liveness(from - hour), Liveness::NotYet(from));
        assert_eq!(point.liveness(from), Liveness::Live);
        assert_eq!(point.liveness(to - hour), Liveness::Live);
        assert_eq!(point.liveness(to), Liveness::Over(to));
    }

    #[test]
    fn a_revoked_one_stays_revoked_whatever_its_days() {
        let mut point = point();
        point.valid_from = Some(point.created_at + TimeDelta::days(9));
        point.revoked_at = Some(point.created_at);
        assert_eq!(point.liveness(point.created_at), Liveness::Revoked(None));
        point.replaced_by = Some(point.id);
        assert_eq!(point.liveness(point.created_at).code(), "replaced");
    }

    #[test]
    fn codes_are_typed_in_many_ways() {
        for typed in ["K7M3PX", "k7m3px", " k7m-3px ", "Ｋ７Ｍ３ＰＸ"] {
            assert_eq!(parse_code(typed).as_deref(), Some("K7M3PX"), "{typed}");
        }
        for typed in ["", "K7M3P", "K7M3PXX", "K7M3P!", "食堂"] {
            assert_eq!(parse_code(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_random_code_reads_back_as_itself() {
        let random = SeededRandom::new(7);
        for _ in 0..200 {
            let code = random_code(&random);
            assert_eq!(parse_code(&code.to_ascii_lowercase()), Some(code));
        }
    }
}
