//! Pinyin of topics, read once on the server (crate `pinyin`, without tones) and handed to the page.

use pinyin::ToPinyin;

use crate::{hotline::matching, organizations::model::Topic};

/// What a topic is found by.
pub fn keys_of(topic: &Topic) -> String {
    let (full, initials) = read(&topic.name);
    matching::keys(&[&topic.name, &topic.name_en], &full, &initials)
}

/// The pinyin of a name and the first letter of each syllable. Letters and digits stay as they are.
fn read(name: &str) -> (String, String) {
    let (mut full, mut initials) = (String::new(), String::new());
    for (c, syllable) in name.chars().zip(name.to_pinyin()) {
        match syllable {
            Some(syllable) => {
                // ü is typed as v.
                let plain = syllable.plain().replace('ü', "v");
                initials.extend(plain.chars().next());
                full.push_str(&plain);
            }
            None if c.is_alphanumeric() => {
                full.extend(c.to_lowercase());
                initials.extend(c.to_lowercase());
            }
            None => {}
        }
    }
    (full, initials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::{best, rank};

    fn keys(name: &str, english: &str) -> String {
        let (full, initials) = read(name);
        matching::keys(&[name, english], &full, &initials)
    }

    #[test]
    fn names_are_read() {
        assert_eq!(read("食堂"), ("shitang".into(), "st".into()));
        assert_eq!(read("师德师风"), ("shideshifeng".into(), "sdsf".into()));
        assert_eq!(read("绿化"), ("lvhua".into(), "lh".into()));
        assert_eq!(read("Wi-Fi 网络"), ("wifiwangluo".into(), "wifiwl".into()));
    }

    #[test]
    fn two_letters_or_one_character_find_a_topic() {
        let all = [
            keys("食堂", "Canteen"),
            keys("教学", "Teaching"),
            keys("安全", "Safety"),
            keys("师德师风", "Conduct of staff"),
            keys("设施", "Facilities"),
            keys("收费", "Fees"),
        ];
        let first = |typed: &str| best(all.iter().map(String::as_str), typed).first().copied();
        for (typed, expected) in [
            ("st", 0),
            ("ST", 0),
            ("shi", 0),
            ("食", 0),
            ("堂", 0),
            ("can", 0),
            ("jx", 1),
            ("教学", 1),
            ("aq", 2),
            ("sd", 3),
            ("shide", 3),
            ("ss", 4),
            ("sf", 5),
            ("shou fei", 5),
            ("shou'fei", 5),
            ("fee", 5),
        ] {
            assert_eq!(first(typed), Some(expected), "{typed}");
        }
        assert_eq!(first("zz"), None);
        assert_eq!(best(all.iter().map(String::as_str), "").len(), 6, "nothing typed shows all");
        assert_eq!(rank(&all[0], "汤"), None);
    }
}
