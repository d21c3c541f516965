//! The words of messages. They say that there are news, how many, and where to sign in: no word of a case, no name, no
//! number of a case. Whoever reads over a shoulder, or keeps the mail server, learns nothing of what somebody entrusted.

use crate::{board::suppress::Cell, i18n::Lang, notify::model::Numbers};

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

/// The numbers of a scheduled report. What is below 5, or could be worked out to be, is kept back.
pub fn report(lang: Lang, numbers: &Numbers, base_url: &str) -> Worded {
    let n = |number: i64| u64::try_from(number).unwrap_or(0);
    let shown = |cell: Cell| match cell {
        Cell::Exact(n) => n.to_string(),
        Cell::Few => lang.t("notify.report.few").into_owned(),
        Cell::AtLeast(n) => lang.tf("notify.report.at_least", &[("count", &n.to_string())]),
        Cell::Untold => lang.t("notify.report.untold").into_owned(),
    };
    let received = n(numbers.received);
    let lines = [
        ("notify.report.received", Cell::alone(received)),
        ("notify.report.answered", Cell::part(n(numbers.answered), received)),
        ("notify.report.open", Cell::part(n(numbers.open), received)),
        ("notify.report.late", Cell::part(n(numbers.late), received)),
    ];
    let (first, last) = (numbers.first.to_string(), numbers.last.to_string());
    let period = lang.tf("notify.report.period", &[("first", &first), ("last", &last)]);
    let lines: Vec<String> = lines.map(|(key, cell)| lang.tf(key, &[("count", &shown(cell))])).into();
    let link = format!("{base_url}/desk/reports?from={first}&to={last}");
    let text = format!("{period}\n\n{}\n\n{}\n{link}", lines.join("\n"), lang.t("notify.report.sign_in"));
    Worded { subject: lang.tf("notify.words.subject", &[("news", &period)]), text }
}

/// It works.
pub fn test(lang: Lang, base_url: &str) -> Worded {
    let line = lang.t("notify.words.test").into_owned();
    let link = format!("{base_url}/desk/notices");
    Worded { subject: lang.tf("notify.words.subject", &[("news", &line)]), text: sign_in(lang, &line, &link) }
}

/// Does the submitter want to hear? The link says yes.
pub fn confirm(lang: Lang, link: &str) -> Worded {
    let line = lang.t("notify.submitter.confirm.subject").into_owned();
    let text =
        format!("{}\n{link}\n\n{}\n", lang.t("notify.submitter.confirm.text"), lang.t("notify.submitter.confirm.foot"));
    Worded { subject: lang.tf("notify.words.subject", &[("news", &line)]), text }
}

/// There is something new for a submitter. The link has no code: who has it types it.
pub fn answer(lang: Lang, base_url: &str, stop: &str) -> Worded {
    let line = lang.t("notify.submitter.answer.subject").into_owned();
    let text = format!(
        "{}\n{base_url}/track\n\n{}\n{stop}\n",
        lang.t("notify.submitter.answer.text"),
        lang.t("notify.submitter.answer.foot")
    );
    Worded { subject: lang.tf("notify.words.subject", &[("news", &line)]), text }
}

fn sign_in(lang: Lang, line: &str, link: &str) -> String {
    format!("{}\n{link}", lang.tf("notify.words.sign_in", &[("news", line)]))
}

/// A foot that says where e-mail is turned off.
pub fn with_foot(lang: Lang, text: &str, base_url: &str) -> String {
    format!("{text}\n\n{}\n{base_url}/account/notices\n", lang.t("notify.words.less"))
}
