//! Local times and moments: where daylight saving time is met. China has had none since 1991, other zones have.

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Which of two moments is meant when the clocks go back and a local time comes twice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Twice {
    /// The first one: for the beginning of office hours.
    First,
    /// The second one: for their end, so that a limit is never cut short.
    Second,
}

/// The moment of a local time. A local time that is skipped when the clocks go forward is moved forward by the length of
/// the gap (as RFC 5545 §3.3.5 has it: the offset before the gap counts).
pub(super) fn moment(zone: Tz, date: NaiveDate, time: NaiveTime, twice: Twice) -> DateTime<Utc> {
    let local = date.and_time(time);
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => at.to_utc(),
        MappedLocalTime::Ambiguous(first, second) => match twice {
            Twice::First => first.to_utc(),
            Twice::Second => second.to_utc(),
        },
        MappedLocalTime::None => {
            let day_before = local.checked_sub_signed(TimeDelta::days(1)).unwrap_or(local);
            let offset = zone.offset_from_utc_datetime(&day_before).fix();
            local.checked_sub_offset(offset).unwrap_or(local).and_utc()
        }
    }
}

/// The local time of a moment. (chrono's own `naive_local` panics at the two ends of its calendar.)
pub(super) fn local(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    let utc = at.naive_utc();
    let offset = zone.offset_from_utc_datetime(&utc).fix();
    utc.checked_add_offset(offset).unwrap_or(utc)
}

/// Stores a zone as its IANA name ("Asia/Shanghai"): chrono-tz is built without its serde feature.
pub(super) mod name {
    use std::borrow::Cow;

    use chrono_tz::Tz;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(zone: &Tz, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(zone.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Tz, D::Error> {
        let name = Cow::<str>::deserialize(from)?;
        name.parse().map_err(|_| D::Error::custom("not the name of a time zone"))
    }
}
