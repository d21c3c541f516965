//! Finding a topic by the first letters of its pinyin, or by Chinese: the same code in the browser, where the operator
//! types, and on the server, whose tests run it.

/// What a topic is found by: its names, its full pinyin, its initials. One string, so that it fits into an attribute.
pub fn keys(names: &[&str], full: &str, initials: &str) -> String {
    let names = names.iter().filter(|n| !n.is_empty()).map(|n| n.to_lowercase()).collect::<Vec<_>>().join("\u{1f}");
    [initials, full, &names].join("\u{1e}")
}

/// How well typed letters fit a topic: smaller is better; `None` when they do not.
pub fn rank(keys: &str, typed: &str) -> Option<u8> {
    let typed: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let mut parts = keys.split('\u{1e}');
    let (initials, full, names) = (parts.next()?, parts.next()?, parts.next()?);
    if typed.is_empty() || initials == typed {
        return Some(0);
    }
    let mut names = names.split('\u{1f}');
    if initials.starts_with(&typed) || names.clone().any(|n| n.starts_with(&typed)) {
        return Some(1);
    }
    if full.starts_with(&typed) {
        return Some(2);
    }
    (initials.contains(&typed) || names.any(|n| n.contains(&typed))).then_some(3)
}

/// The positions of those that fit, the best first; equal ones keep their order.
pub fn best<'a>(all: impl Iterator<Item = &'a str>, typed: &str) -> Vec<usize> {
    let mut found: Vec<(u8, usize)> = all.enumerate().filter_map(|(i, keys)| Some((rank(keys, typed)?, i))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, i)| i).collect()
}
