//! The words of messages. They say that there are news, how many, and where to sign in: no word of a case, no name, no
//! number of a case. Whoever reads over a shoulder, or keeps the mail server, learns nothing of what somebody entrusted.

use crate::i18n::Lang;

/// A message in words.
pub struct Worded {
    /// The subject.
    pub subject: String,
    /// The text, whose last line is a link.
    pub text: String,
}

/// There are news about so many cases, and so many summaries.
pub fn digest(lang: Lang, cases: usize, others: usize, base_url: &str) -> Worded {
    let line = match (cases, others) {
        (0, _) => lang.t("notify.words.summary").into_owned(),
        (1, _) => lang.t("notify.words.case").into_owned(),
        (n, _) => lang.tf("notify.words.cases", &[("count", &n.to_string())]),
    };
    let link = format!("{base_url}/desk/notices");
    Worded { subject: lang.tf("notify.words.subject", &[("news", &line)]), text: sign_in(lang, &line, &link) }
}

/// It works.
pub fn test(lang: Lang, base_url: &str) -> Worded {
    let line = lang.t("notify.words.test").into_owned();
    let link = format!("{base_url}/desk/notices");
    Worded { subject: lang.tf("notify.words.subject", &[("news", &line)]), text: sign_in(lang, &line, &link) }
}

fn sign_in(lang: Lang, line: &str, link: &str) -> String {
    format!("{}\n{link}", lang.tf("notify.words.sign_in", &[("news", line)]))
}

/// A foot that says where e-mail is turned off.
pub fn with_foot(lang: Lang, text: &str, base_url: &str) -> String {
    format!("{text}\n\n{}\n{base_url}/account/notices\n", lang.t("notify.words.less"))
}
