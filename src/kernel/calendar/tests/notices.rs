//! The State Council's notices (国务院办公厅关于部分节假日安排的通知), written down from the notices and not from the data file:
//! days off as first to last, and the weekends that are worked.

use chrono::Datelike;

use super::super::{DayKind, WorkCalendar};
use super::day;

struct Notice {
    year: i32,
    off: &'static [(&'static str, &'static str, &'static str)],
    worked: &'static [&'static str],
}

/// 2020 as changed on 27 January (春节 prolonged to 2 February), 2019 as changed on 22 March (劳动节 four days).
/// Days of December that belong to the next year's notice stand with their own year.
const NOTICES: &[Notice] = &[
    Notice {
        year: 2018,
        off: &[
            ("元旦", "01-01", "01-01"),
            ("春节", "02-15", "02-21"),
            ("清明", "04-05", "04-07"),
            ("劳动节", "04-29", "05-01"),
            ("端午", "06-16", "06-18"),
            ("中秋", "09-22", "09-24"),
            ("国庆节", "10-01", "10-07"),
            ("元旦", "12-30", "12-31"),
        ],
        worked: &["02-11", "02-24", "04-08", "04-28", "09-29", "09-30", "12-29"],
    },
    Notice {
        year: 2019,
        off: &[
            ("元旦", "01-01", "01-01"),
            ("春节", "02-04", "02-10"),
            ("清明", "04-05", "04-07"),
            ("劳动节", "05-01", "05-04"),
            ("端午", "06-07", "06-09"),
            ("中秋", "09-13", "09-15"),
            ("国庆节", "10-01", "10-07"),
        ],
        worked: &["02-02", "02-03", "04-28", "05-05", "09-29", "10-12"],
    },
    Notice {
        year: 2020,
        off: &[
            ("元旦", "01-01", "01-01"),
            ("春节", "01-24", "02-02"),
            ("清明", "04-04", "04-06"),
            ("劳动节", "05-01", "05-05"),
            ("端午", "06-25", "06-27"),
            ("国庆节", "10-01", "10-08"),
        ],
        worked: &["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"],
    },
    Notice {
        year: 2021,
        off: &[
            ("元旦", "01-01", "01-03"),
            ("春节", "02-11", "02-17"),
            ("清明", "04-03", "04-05"),
            ("劳动节", "05-01", "05-05"),
            ("端午", "06-12", "06-14"),
            ("中秋", "09-19", "09-21"),
            ("国庆节", "10-01", "10-07"),
        ],
        worked: &["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"],
    },
    Notice {
        year: 2022,
        off: &[
            ("元旦", "01-01", "01-03"),
            ("春节", "01-31", "02-06"),
            ("清明", "04-03", "04-05"),
            ("劳动节", "04-30", "05-04"),
            ("端午", "06-03", "06-05"),
            ("中秋", "09-10", "09-12"),
            ("国庆节", "10-01", "10-07"),
            ("元旦", "12-31", "12-31"),
        ],
        worked: &["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"],
    },
    Notice {
        year: 2023,
        off: &[
            ("元旦", "01-01", "01-02"),
            ("春节", "01-21", "01-27"),
            ("清明", "04-05", "04-05"),
            ("劳动节", "04-29", "05-03"),
            ("端午", "06-22", "06-24"),
            ("国庆节", "09-29", "10-06"),
        ],
        worked: &["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"],
    },
    Notice {
        year: 2024,
        off: &[
            ("元旦", "01-01", "01-01"),
            ("春节", "02-10", "02-17"),
            ("清明", "04-04", "04-06"),
            ("劳动节", "05-01", "05-05"),
            ("端午", "06-08", "06-10"),
            ("中秋", "09-15", "09-17"),
            ("国庆节", "10-01", "10-07"),
        ],
        worked: &["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    },
    Notice {
        year: 2025,
        off: &[
            ("元旦", "01-01", "01-01"),
            ("春节", "01-28", "02-04"),
            ("清明", "04-04", "04-06"),
            ("劳动节", "05-01", "05-05"),
            ("端午", "05-31", "06-02"),
            ("国庆节", "10-01", "10-08"),
        ],
        worked: &["01-26", "02-08", "04-27", "09-28", "10-11"],
    },
    Notice {
        year: 2026,
        off: &[
            ("元旦", "01-01", "01-03"),
            ("春节", "02-15", "02-23"),
            ("清明", "04-04", "04-06"),
            ("劳动节", "05-01", "05-05"),
            ("端午", "06-19", "06-21"),
            ("中秋", "09-25", "09-27"),
            ("国庆节", "10-01", "10-07"),
        ],
        worked: &["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    },
];

#[test]
fn every_day_is_worked_or_free_as_the_notices_say() {
    let calendar = WorkCalendar::default();
    for notice in NOTICES {
        let full = |month_day: &str| day(&format!("{}-{month_day}", notice.year));
        let worked: Vec<_> = notice.worked.iter().map(|text| full(text)).collect();
        for date in full("01-01").iter_days().take_while(|date| date.year() == notice.year) {
            let off = notice.off.iter().any(|(_, first, last)| full(first) <= date && date <= full(last));
            let weekend = date.weekday().number_from_monday() > 5;
            let expected = worked.contains(&date) || (!off && !weekend);
            assert_eq!(calendar.is_working_day(date), expected, "{date} {:?}", calendar.day_kind(date));
        }
    }
}

#[test]
fn holidays_carry_the_name_of_the_notice() {
    let calendar = WorkCalendar::default();
    for notice in NOTICES {
        let full = |month_day: &str| day(&format!("{}-{month_day}", notice.year));
        for (name, first, last) in notice.off {
            for date in full(first).iter_days().take_while(|date| *date <= full(last)) {
                match calendar.day_kind(date) {
                    // 中秋 in the week of 国庆节 goes by either name.
                    DayKind::Holiday(found) => {
                        assert!(found == *name || (found == "中秋" && *name == "国庆节"), "{date}: {found}");
                    }
                    // "与周末连休": some notices name the one day and leave the weekend before or after it a weekend.
                    kind => assert_eq!(kind, DayKind::Weekend, "{date}"),
                }
            }
        }
    }
}
