//! The register: access points with what is to be looked after. Pure.
//!
//! | Flag | When |
//! |---|---|
//! | broken | the last look found it damaged or gone |
//! | unseen | nobody saw it intact for 30 days |
//! | quiet | nobody opened it for 30 days, though others were opened: it may be covered, or hang where nobody goes |
//!
//! A new one has its 30 days too. Only live ones are flagged, and only those that people open by themselves can be quiet.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    access_points::{
        model::{AccessPoint, Liveness},
        sightings::{Condition, Sighting},
    },
    kernel::roles::Channel,
};

/// After so many days without a look, or without an open, somebody should go there.
pub const DAYS: i64 = 30;

crate::code_enum! {
    /// What is to be looked after.
    pub enum Flag {
        /// Damaged or gone.
        Broken = "broken",
        /// Nobody saw it for a month.
        Unseen = "unseen",
        /// Nobody opened it for a month, though others live.
        Quiet = "quiet",
    }
}

crate::code_enum! {
    /// The order of the register.
    pub enum Order {
        /// As they were made.
        Made = "made",
        /// By place.
        Place = "place",
        /// Most opened first.
        Opens = "opens",
        /// Most submissions first.
        Submissions = "submissions",
        /// Longest not seen first.
        Seen = "seen",
    }
}

/// A line of the register.
#[derive(Clone, Debug)]
pub struct Line {
    /// The access point.
    pub point: AccessPoint,
    /// The last look at it.
    pub seen: Option<Sighting>,
    /// What is to be looked after.
    pub flags: Vec<Flag>,
}

/// The register of these access points.
pub fn register(points: Vec<AccessPoint>, sightings: &[Sighting], now: DateTime<Utc>) -> Vec<Line> {
    let any_opened = points.iter().any(|p| p.last_opened_at.is_some_and(|at| is_fresh(at, now)));
    let line = |point: AccessPoint| {
        let seen = sightings.iter().find(|s| s.access_point_id == point.id).cloned();
        let flags = flags(&point, seen.as_ref(), any_opened, now);
        Line { point, seen, flags }
    };
    points.into_iter().map(line).collect()
}

fn is_fresh(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - at <= TimeDelta::days(DAYS)
}

fn flags(point: &AccessPoint, seen: Option<&Sighting>, any_opened: bool, now: DateTime<Utc>) -> Vec<Flag> {
    if point.liveness(now) != Liveness::Live {
        return Vec::new();
    }
    let since = point.valid_from.map_or(point.created_at, |from| from.max(point.created_at));
    let broken = seen.is_some_and(|s| s.state != Condition::Intact);
    let unseen = !broken && !is_fresh(seen.map_or(since, |s| s.at.max(since)), now);
    let by_people = matches!(point.channel, Channel::Box | Channel::Questionnaire | Channel::Letter);
    let quiet = by_people && any_opened && !is_fresh(point.last_opened_at.unwrap_or(since).max(since), now);
    let all = [(broken, Flag::Broken), (unseen, Flag::Unseen), (quiet, Flag::Quiet)];
    all.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)).collect()
}

/// Puts the register in an order; what is equal stays as it was made.
pub fn sort(lines: &mut [Line], order: Order) {
    match order {
        Order::Made => {}
        Order::Place => lines.sort_by(|a, b| a.point.place.cmp(&b.point.place)),
        Order::Opens => lines.sort_by_key(|l| std::cmp::Reverse(l.point.opens)),
        Order::Submissions => lines.sort_by_key(|l| std::cmp::Reverse(l.point.submissions)),
        Order::Seen => lines.sort_by_key(|l| l.seen.as_ref().map_or(l.point.created_at, |s| s.at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access_points::model::Audience,
        kernel::ids::{AccessPointId, FormId, OrganizationId},
    };
    use uuid::Uuid;

    fn day(n: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(n)
    }

    fn point(n: u128, channel: Channel, opened: Option<i64>) -> AccessPoint {
        AccessPoint {
            id: AccessPointId(Uuid::from_u128(n)),
            organization_id: OrganizationId(Uuid::nil()),
            code: "K7M3PX".into(),
            channel,
            title: String::new(),
            place: format!("{n} 楼"),
            keeper: String::new(),
            audience: Audience::Everyone,
            form_id: FormId(Uuid::nil()),
            topic_id: None,
            valid_from: None,
            valid_to: None,
            revoked_at: None,
            replaced_by: None,
            opens: i64::try_from(n).unwrap(),
            submissions: 0,
            last_opened_at: opened.map(day),
            created_at: day(0),
        }
    }

    fn seen(n: u128, at: i64, state: Condition) -> Sighting {
        let access_point_id = AccessPointId(Uuid::from_u128(n));
        Sighting { access_point_id, at: day(at), state, note: String::new(), seen_by: String::new() }
    }

    fn flags_at(points: Vec<AccessPoint>, sightings: &[Sighting], now: DateTime<Utc>) -> Vec<Vec<Flag>> {
        register(points, sightings, now).into_iter().map(|l| l.flags).collect()
    }

    #[test]
    fn a_new_one_has_its_month_and_not_a_moment_more() {
        let points = || vec![point(1, Channel::Box, Some(30)), point(2, Channel::Box, None)];
        assert_eq!(flags_at(points(), &[], day(DAYS)), [vec![], vec![]]);
        let later = day(DAYS) + TimeDelta::seconds(1);
        assert_eq!(flags_at(points(), &[], later), [vec![Flag::Unseen], vec![Flag::Unseen, Flag::Quiet]]);
    }

    #[test]
    fn nobody_is_quiet_when_all_are_and_staff_tools_never() {
        let points = vec![point(1, Channel::Box, None), point(2, Channel::Box, Some(1))];
        let fresh = [seen(1, 99, Condition::Intact), seen(2, 99, Condition::Intact)];
        assert_eq!(flags_at(points, &fresh, day(100)), [vec![], vec![]], "a vacation, not a dead paper");
        let points = vec![point(1, Channel::Hotline, None), point(2, Channel::Box, Some(99))];
        assert_eq!(flags_at(points, &fresh, day(100)), [vec![], vec![]]);
    }

    #[test]
    fn a_broken_one_is_flagged_until_it_is_seen_intact() {
        let points = || vec![point(1, Channel::Box, Some(99))];
        assert_eq!(flags_at(points(), &[seen(1, 1, Condition::Gone)], day(100)), [[Flag::Broken]]);
        assert_eq!(flags_at(points(), &[seen(1, 99, Condition::Damaged)], day(100)), [[Flag::Broken]]);
        assert_eq!(flags_at(points(), &[seen(1, 99, Condition::Intact)], day(100)), [vec![]]);
    }

    #[test]
    fn what_is_not_live_needs_no_looking_after() {
        let over = AccessPoint { revoked_at: Some(day(2)), ..point(1, Channel::Box, None) };
        let coming = AccessPoint { valid_from: Some(day(200)), ..point(2, Channel::Box, None) };
        assert_eq!(flags_at(vec![over, coming], &[seen(1, 1, Condition::Gone)], day(100)), [vec![], vec![]]);
    }

    #[test]
    fn the_register_can_be_put_in_order() {
        let of = |order| {
            let points = vec![point(1, Channel::Box, None), point(3, Channel::Box, None), point(2, Channel::Box, None)];
            let mut lines = register(points, &[seen(2, 5, Condition::Intact)], day(9));
            sort(&mut lines, order);
            lines.into_iter().map(|l| l.point.opens).collect::<Vec<_>>()
        };
        assert_eq!(of(Order::Made), [1, 3, 2]);
        assert_eq!(of(Order::Opens), [3, 2, 1]);
        assert_eq!(of(Order::Place), [1, 2, 3]);
        assert_eq!(of(Order::Seen), [1, 3, 2]);
    }
}
