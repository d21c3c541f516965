//! Limits across 国庆 and 春节, as literals: worked out with another implementation's days (the Python package
//! chinesecalendar), not with this one.

use super::super::WorkCalendar;
use super::{at, local};

/// Received at ten o'clock on the last working day before the holiday: the ends of 1, 3, 5 and 10 working days.
const LIMITS: &[(&str, &str, [&str; 4])] = &[
    ("春节 2018", "2018-02-14", ["2018-02-22", "2018-02-24", "2018-02-27", "2018-03-06"]),
    ("国庆 2018", "2018-09-30", ["2018-10-08", "2018-10-10", "2018-10-12", "2018-10-19"]),
    ("春节 2019", "2019-02-03", ["2019-02-11", "2019-02-13", "2019-02-15", "2019-02-22"]),
    ("国庆 2019", "2019-09-30", ["2019-10-08", "2019-10-10", "2019-10-12", "2019-10-18"]),
    ("春节 2020", "2020-01-23", ["2020-02-03", "2020-02-05", "2020-02-07", "2020-02-14"]),
    ("国庆 2020", "2020-09-30", ["2020-10-09", "2020-10-12", "2020-10-14", "2020-10-21"]),
    ("春节 2021", "2021-02-10", ["2021-02-18", "2021-02-20", "2021-02-23", "2021-03-02"]),
    ("国庆 2021", "2021-09-30", ["2021-10-08", "2021-10-11", "2021-10-13", "2021-10-20"]),
    ("春节 2022", "2022-01-30", ["2022-02-07", "2022-02-09", "2022-02-11", "2022-02-18"]),
    ("国庆 2022", "2022-09-30", ["2022-10-08", "2022-10-10", "2022-10-12", "2022-10-19"]),
    ("春节 2023", "2023-01-20", ["2023-01-28", "2023-01-30", "2023-02-01", "2023-02-08"]),
    ("国庆 2023", "2023-09-28", ["2023-10-07", "2023-10-09", "2023-10-11", "2023-10-18"]),
    ("春节 2024", "2024-02-09", ["2024-02-18", "2024-02-20", "2024-02-22", "2024-02-29"]),
    ("国庆 2024", "2024-09-30", ["2024-10-08", "2024-10-10", "2024-10-12", "2024-10-18"]),
    ("春节 2025", "2025-01-27", ["2025-02-05", "2025-02-07", "2025-02-10", "2025-02-17"]),
    ("国庆 2025", "2025-09-30", ["2025-10-09", "2025-10-11", "2025-10-14", "2025-10-21"]),
    ("春节 2026", "2026-02-14", ["2026-02-24", "2026-02-26", "2026-02-28", "2026-03-06"]),
    ("国庆 2026", "2026-09-30", ["2026-10-08", "2026-10-10", "2026-10-13", "2026-10-20"]),
];

/// Received on the evening of the day before the holiday began, after closing: as if it came on the first day after it.
const EVENINGS: &[(&str, &str)] = &[
    ("2018-09-30", "2018-10-09"),
    ("2019-09-30", "2019-10-09"),
    ("2020-09-30", "2020-10-10"),
    ("2021-09-30", "2021-10-09"),
    ("2022-09-30", "2022-10-09"),
    ("2023-09-28", "2023-10-08"),
    ("2024-09-30", "2024-10-09"),
    ("2025-09-30", "2025-10-10"),
    ("2026-09-30", "2026-10-09"),
];

#[test]
fn limits_run_around_spring_festival_and_national_day_of_nine_years() {
    let calendar = WorkCalendar::default();
    for (name, received, ends) in LIMITS {
        let from = at(&format!("{received} 10:00"));
        for (days, end) in [1, 3, 5, 10].into_iter().zip(ends) {
            let due = local(&calendar, calendar.add_working_days(from, days));
            assert_eq!(due, format!("{end} 17:30"), "{name}: {days} working days from {received}");
        }
    }
}

#[test]
fn what_comes_after_closing_before_a_holiday_counts_from_the_day_after_it() {
    let calendar = WorkCalendar::default();
    for (received, end) in EVENINGS {
        let due = calendar.add_working_days(at(&format!("{received} 18:00")), 1);
        assert_eq!(local(&calendar, due), format!("{end} 17:30"), "{received}");
    }
}
