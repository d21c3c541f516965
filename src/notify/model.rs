//! What news are about, how people want to hear of them, and what becomes of a message.

mod report;

pub use report::{Numbers, Rhythm};

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::kernel::{
    clock::hour_of,
    ids::{CaseId, NoticeChannelId, OrganizationId},
    random::{self, Random},
};

crate::code_enum! {
    /// What a notice is about, as people choose it.
    pub enum News {
        /// Cases that came in or were assigned.
        Fresh = "fresh",
        /// What colleagues did to them.
        Progress = "progress",
        /// Limits that come near or have passed.
        Due = "due",
        /// Supervision orders, presses, the agenda.
        Supervision = "supervision",
        /// What the submitter did.
        Submitter = "submitter",
        /// Summaries of the day.
        Summary = "summary",
    }
}

impl News {
    /// What a kind of notice is about; kinds that nobody sorted are progress.
    pub fn of(kind: &str) -> Self {
        match kind {
            "received" | "joined" | "released" | "assigned" => Self::Fresh,
            "due_half" | "due_soon" | "overdue" | "task_overdue" => Self::Due,
            "supervised" | "supervision_replied" | "supervision_judged" | "on_agenda" | "pressed" => Self::Supervision,
            "message_in" | "urged" | "rated" | "withdrawn" => Self::Submitter,
            "patrol_summary" => Self::Summary,
            _ => Self::Progress,
        }
    }
}

/// What somebody does not want to hear of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Muted(Vec<News>);

impl Muted {
    /// Everything but these.
    pub fn all_but(wanted: &[News]) -> Self {
        Self(News::ALL.iter().copied().filter(|n| !wanted.contains(n)).collect())
    }

    /// As stored: code words with spaces between them; words that this program does not know are left out.
    pub fn parse(text: &str) -> Self {
        Self(text.split_whitespace().filter_map(News::parse).collect())
    }

    /// To be stored.
    pub fn text(&self) -> String {
        self.0.iter().map(|n| n.code()).collect::<Vec<_>>().join(" ")
    }

    /// Whether news of this kind are not wanted.
    pub fn has(&self, news: News) -> bool {
        self.0.contains(&news)
    }
}

crate::code_enum! {
    /// How often somebody wants to hear by e-mail.
    pub enum Pace {
        /// At once, but at most once in [`BREATH`].
        Soon = "soon",
        /// Once a day, in the morning.
        Daily = "daily",
        /// Never.
        Off = "off",
    }
}

/// At most one message in this time to a person or a channel.
pub const BREATH: TimeDelta = TimeDelta::minutes(5);
/// The zone in which mornings are meant.
const ZONE: Tz = Tz::Asia__Shanghai;
/// When the message of the day goes out.
const MORNING: Option<NaiveTime> = NaiveTime::from_hms_opt(7, 30, 0);

impl Pace {
    /// Whether somebody who was last told at `told_at` may be told now.
    pub fn is_due(self, told_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        match self {
            Self::Off => false,
            Self::Soon => breathed(told_at, now),
            Self::Daily => told_at.is_none_or(|at| at < this_morning(now)) && now >= this_morning(now),
        }
    }
}

/// Whether the last message is long enough ago for another one.
pub fn breathed(told_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    told_at.is_none_or(|at| now - at >= BREATH)
}

/// When the messages of a day go out.
pub fn this_morning(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.with_timezone(&ZONE).date_naive();
    let morning = day.and_time(MORNING.unwrap_or_default());
    morning.and_local_timezone(ZONE).earliest().map_or(now, |at| at.to_utc())
}

/// The morning after a time.
pub fn next_morning(at: DateTime<Utc>) -> DateTime<Utc> {
    let today = this_morning(at);
    if at < today { today } else { today.checked_add_days(Days::new(1)).unwrap_or(today) }
}

/// When a notice may leave the house. What an anonymous person did is noted by the hour alone, so a message about it waits
/// until the hour is over: its own time would tell what the row does not (promise 8). Danger waits for the next five
/// minutes only: a child may need help now.
pub fn ripe_at(noted_at: DateTime<Utc>, danger: bool, now: DateTime<Utc>) -> DateTime<Utc> {
    if noted_at != hour_of(noted_at) {
        return noted_at;
    }
    let hour_over = noted_at + TimeDelta::hours(1);
    if danger && now < hour_over {
        let slot = BREATH.num_seconds();
        let into = now.timestamp().rem_euclid(slot);
        // The runner looks every few seconds: the first look after a slot began finds it ripe.
        return if into < LOOK_SECONDS { now } else { now + TimeDelta::seconds(slot - into) };
    }
    hour_over
}

/// How often the runner looks for news.
pub const LOOK_SECONDS: i64 = 15;

crate::code_enum! {
    /// Where an organisation hears of news.
    pub enum ChannelKind {
        /// A robot of a WeCom group 企业微信群机器人.
        Wecom = "wecom",
        /// A robot of a DingTalk group 钉钉群机器人.
        Dingtalk = "dingtalk",
        /// Any program that takes our signed POST.
        Webhook = "webhook",
    }
}

impl ChannelKind {
    /// The only host that robots of this kind have; `None` when it may be any.
    pub const fn host(self) -> Option<&'static str> {
        match self {
            Self::Wecom => Some("qyapi.weixin.qq.com"),
            Self::Dingtalk => Some("oapi.dingtalk.com"),
            Self::Webhook => None,
        }
    }

    /// Whether messages are signed with a secret.
    pub const fn has_secret(self) -> bool {
        matches!(self, Self::Dingtalk | Self::Webhook)
    }
}

/// Where a channel's messages go, sealed in the database: a robot's address is its password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Target {
    /// The address.
    pub address: String,
    /// What messages are signed with; empty for robots that have none.
    pub secret: String,
}

/// A robot or webhook of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Channel {
    /// The id.
    pub id: NoticeChannelId,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// What it is.
    pub kind: ChannelKind,
    /// What the administrator calls it.
    pub name: String,
    /// The host of its address: the rest is a secret.
    pub host: String,
    /// Address and secret, sealed.
    pub target_sealed: Vec<u8>,
    /// What it does not carry.
    pub muted: String,
    /// Cases that the next message counts.
    pub pending: String,
    /// For changes: the version that was seen.
    pub version: i64,
    /// When the last message was made.
    pub told_at: Option<DateTime<Utc>>,
    /// When a message was last tried.
    pub tried_at: Option<DateTime<Utc>>,
    /// What came of it: empty, `sent`, or a [`Trouble`].
    pub outcome: String,
    /// Set when it is not used.
    pub disabled_at: Option<DateTime<Utc>>,
}

crate::code_enum! {
    /// What a message says.
    pub enum DeliveryKind {
        /// There are news: how many cases.
        Digest = "digest",
        /// What came in and became of it in a week or month.
        Report = "report",
        /// It works.
        Test = "test",
        /// Does the submitter who gave this address want to hear?
        Confirm = "confirm",
        /// There is something new for a submitter.
        Answer = "answer",
    }
}

crate::code_enum! {
    /// Where a message stands.
    pub enum DeliveryState {
        /// To be sent, or sent again.
        Waiting = "waiting",
        /// The other side took it.
        Sent = "sent",
        /// Given up after too many tries, or at once when trying again makes no sense: somebody must look.
        Dead = "dead",
        /// Not needed any more, or given up by the administrator.
        Dropped = "dropped",
    }
}

/// What a message counts: ids and numbers, never words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The cases with news.
    pub cases: Vec<CaseId>,
    /// News that are about no case: summaries.
    pub others: usize,
    /// The numbers of a scheduled report.
    pub report: Option<Numbers>,
}

crate::code_enum! {
    /// Why a message did not arrive.
    pub enum Trouble {
        /// There is no mail server, or its settings can't be read.
        NotSet = "not_set",
        /// The address is none that we send to: not https, or a private network.
        Forbidden = "forbidden",
        /// The name has no address.
        Unknown = "unknown",
        /// Nobody answers there.
        Unreachable = "unreachable",
        /// No encrypted connection comes about.
        Tls = "tls",
        /// It took too long.
        Slow = "slow",
        /// The connection broke off.
        Broken = "broken",
        /// It was sent elsewhere, which we never follow.
        Moved = "moved",
        /// The other side does not want it (4xx, 5xx of SMTP): trying again makes no sense.
        Refused = "refused",
        /// The other side can't take it now.
        Later = "later",
        /// The answer is too long.
        TooLong = "too_long",
    }
}

impl Trouble {
    /// Whether trying again later may help.
    pub const fn may_pass(self) -> bool {
        !matches!(self, Self::Forbidden | Self::Moved | Self::Refused)
    }
}

/// A message that failed this often is dead.
pub const MOST_ATTEMPTS: i64 = 10;

/// How long a message waits after its n-th failure: half a minute, doubled each time, at most three hours, and up to half
/// as long again by chance, so that many do not come back at the same moment.
pub fn wait_after(attempts: i64, random: &dyn Random) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, MOST_ATTEMPTS) - 1).unwrap_or(0);
    let seconds = (30i64 << doublings).min(3 * 3600);
    let [chance] = random::bytes::<1>(random);
    TimeDelta::seconds(seconds + seconds * i64::from(chance) / 512)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn waits_grow_are_bounded_and_differ() {
        let random = SeededRandom::new(3);
        for attempts in 1..=12 {
            let plain = (30i64 << (attempts.clamp(1, 10) - 1)).min(10_800);
            let waits: Vec<i64> = (0..40).map(|_| wait_after(attempts, &random).num_seconds()).collect();
            assert!(waits.iter().all(|w| (plain..=plain + plain / 2).contains(w)), "{attempts}: {waits:?}");
            assert!(waits.iter().any(|w| *w != waits[0]), "no jitter");
        }
        assert_eq!(wait_after(3, &SeededRandom::new(5)), wait_after(3, &SeededRandom::new(5)), "as injected");
    }

    #[test]
    fn the_day_begins_at_half_past_seven_in_the_schools_zone() {
        let told = Some(at("2026-03-09T23:40:00Z"));
        assert!(!Pace::Daily.is_due(told, at("2026-03-10T12:00:00Z")), "told this morning");
        assert!(!Pace::Daily.is_due(told, at("2026-03-10T23:29:00Z")));
        assert!(Pace::Daily.is_due(told, at("2026-03-10T23:30:00Z")));
        assert!(
            Pace::Soon.is_due(told, at("2026-03-09T23:45:00Z")) && !Pace::Soon.is_due(told, at("2026-03-09T23:44:59Z"))
        );
        assert!(!Pace::Off.is_due(None, at("2026-03-10T12:00:00Z")));
        assert_eq!(next_morning(at("2026-03-10T02:00:00Z")), at("2026-03-10T23:30:00Z"));
    }

    #[test]
    fn what_is_noted_by_the_hour_leaves_when_the_hour_is_over() {
        let noted = at("2026-03-10T02:00:00Z");
        let exact = at("2026-03-10T02:17:03Z");
        assert_eq!(ripe_at(exact, false, exact), exact);
        assert_eq!(ripe_at(noted, false, exact), at("2026-03-10T03:00:00Z"));
        assert_eq!(ripe_at(noted, true, exact), at("2026-03-10T02:20:00Z"));
        assert!(ripe_at(noted, true, at("2026-03-10T02:20:04Z")) <= at("2026-03-10T02:20:04Z"));
        assert_eq!(ripe_at(noted, true, at("2026-03-10T05:02:00Z")), at("2026-03-10T03:00:00Z"));
    }

    #[test]
    fn muted_kinds_survive_being_stored() {
        let muted = Muted::all_but(&[News::Fresh, News::Due]);
        assert_eq!(Muted::parse(&muted.text()), muted);
        assert!(muted.has(News::Supervision) && !muted.has(News::of("overdue")) && muted.has(News::of("closed")));
        assert_eq!(Muted::parse("nonsense due"), Muted::parse("due"));
    }
}
