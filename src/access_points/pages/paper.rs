//! What is printed and downloaded: A4 poster, A5 notice, a sheet of stickers; the QR code as SVG and PNG.

use leptos::prelude::*;

use crate::{
    access_points::{model::AccessPoint, pages::asked_for},
    db::Conn,
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::roles::Channel,
    letters,
    organizations::{self, model::Organization},
    ui::{self, Page, qr},
};

crate::code_enum! {
    /// A kind of paper.
    enum Paper {
        /// A4, for a wall.
        Poster = "poster",
        /// A5, for a table or a door.
        Notice = "notice",
        /// A4, 24 labels of 70 × 37 mm.
        Stickers = "stickers",
    }
}

/// Labels on a sheet.
const STICKERS: usize = 24;
/// Titles longer than this are set smaller.
const SHORT_TITLE: usize = 10;

impl Paper {
    const fn label(self) -> &'static str {
        match self {
            Self::Poster => "access_points.poster",
            Self::Notice => "access_points.notice",
            Self::Stickers => "access_points.stickers",
        }
    }

    fn href(self, point: &AccessPoint) -> String {
        format!("/desk/access-points/{}/print?as={self}", point.id)
    }
}

/// The card with the QR code, and everything that can be printed or downloaded.
pub fn links(cx: &Cx, base_url: &str, point: &AccessPoint) -> Result<AnyView> {
    let address = point.address(base_url);
    let code = qr::svg(&address, cx.tf("access_points.qr_label", &[("address", &address)]))?;
    let papers =
        Paper::ALL.iter().map(|p| view! { <a class="button" href=p.href(point)>{cx.t(p.label())}</a> }).collect_view();
    let (svg, png) =
        (format!("/desk/access-points/{}/qr.svg", point.id), format!("/desk/access-points/{}/qr.png", point.id));
    Ok(view! {
        <section class="card qr-card">
            <div class="qr-small">{code}</div>
            <div>
                <h2>{cx.t("access_points.paper")}</h2>
                <p><a href=address.clone()>{address.clone()}</a></p>
                <p class="button-row">
                    {papers}
                    <a class="button quiet" href=svg download>"SVG"</a>
                    <a class="button quiet" href=png download>"PNG"</a>
                </p>
            </div>
        </section>
    }
    .into_any())
}

/// `GET /desk/access-points/{id}/print?as=poster|notice|stickers`.
pub async fn print_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let paper = match req.query.text("as") {
        "" => Paper::Poster,
        other => Paper::parse(other).ok_or(Error::NotFound)?,
    };
    let point = asked_for(&req).await?;
    if point.revoked_at.is_some() {
        return Err(Error::NotFound);
    }
    let mut c = req.app.db.read().await?;
    let organization = organizations::actions::organization(&mut c, point.organization_id).await?;
    let leads_to = LeadsTo::of(&mut c, &point).await?;
    drop(c);
    let sheet = Sheet { cx, base_url: req.app.config.base_url(), organization, point, leads_to };
    let body = match paper {
        Paper::Poster => sheet.large("sheet poster")?,
        Paper::Notice => sheet.large("sheet notice-a5")?,
        Paper::Stickers => sheet.stickers()?,
    };
    let title = format!("{} · {}", cx.t(paper.label()), sheet.point.place);
    let view = view! { {toolbar(cx, &sheet.point, paper)}<main id="main">{body}</main> };
    Ok(ui::respond(&req.app, cx, Page::print(title, view)).await)
}

fn toolbar(cx: &Cx, point: &AccessPoint, shown: Paper) -> AnyView {
    let others = Paper::ALL
        .iter()
        .map(|p| {
            let current = (*p == shown).then_some("page");
            view! { <a href=p.href(point) aria-current=current>{cx.t(p.label())}</a> }
        })
        .collect_view();
    let back = format!("/desk/access-points/{}", point.id);
    view! {
        <nav class="print-toolbar" aria-label=cx.t("access_points.print.label")>
            <span>{cx.t("access_points.print.how")}</span>
            {others}
            <a href=back>{cx.t("access_points.back")}</a>
        </nav>
    }
    .into_any()
}

/// What opens behind the code: paper must not promise what does not come.
#[derive(Clone, Copy)]
enum LeadsTo {
    /// A form: whoever sends it gets an answer.
    Form,
    /// A questionnaire: counted, and not answered one by one.
    Questionnaire,
    /// An open letter with its reply slip: answered all together, by the table of what was adopted.
    Letter,
}

impl LeadsTo {
    async fn of(c: &mut Conn, point: &AccessPoint) -> Result<Self> {
        Ok(match point.channel {
            Channel::Questionnaire => Self::Questionnaire,
            Channel::Letter if letters::actions::behind(c, point).await?.is_some() => Self::Letter,
            _ => Self::Form,
        })
    }

    /// The three steps, each a word and a sentence.
    const fn steps(self) -> [[&'static str; 2]; 3] {
        const SCAN: [&str; 2] = ["access_points.print.scan", "access_points.print.scan_text"];
        match self {
            Self::Form => [
                SCAN,
                ["access_points.print.write", "access_points.print.write_text"],
                ["access_points.print.wait", "access_points.print.wait_text"],
            ],
            Self::Questionnaire => [
                SCAN,
                ["access_points.print.answer", "access_points.print.answer_text"],
                ["access_points.print.hand_in", "access_points.print.hand_in_text"],
            ],
            Self::Letter => [
                SCAN,
                ["access_points.print.read", "access_points.print.read_text"],
                ["access_points.print.reply", "access_points.print.reply_text"],
            ],
        }
    }

    /// What happens next, at the foot of a poster and on a sticker.
    const fn next(self) -> [&'static str; 2] {
        match self {
            Self::Form => ["access_points.print.next", "access_points.print.next_short"],
            Self::Questionnaire => ["access_points.print.next_asked", "access_points.print.answer_text"],
            Self::Letter => ["access_points.print.next_letter", "access_points.print.reply_text"],
        }
    }
}

/// Everything that stands on a sheet.
struct Sheet<'a> {
    cx: &'a Cx,
    base_url: String,
    organization: Organization,
    point: AccessPoint,
    leads_to: LeadsTo,
}

impl Sheet<'_> {
    fn qr(&self) -> Result<AnyView> {
        let address = self.point.address(&self.base_url);
        qr::svg(&address, self.cx.tf("access_points.qr_label", &[("address", &address)]))
    }

    /// What people type who can't scan: the address without its scheme.
    fn typed_address(&self) -> String {
        let host = self.base_url.split_once("://").map_or(&*self.base_url, |(_, host)| host);
        format!("{host}/q")
    }

    /// The poster and the notice.
    fn large(&self, class: &'static str) -> Result<AnyView> {
        let (cx, o, p) = (self.cx, &self.organization, &self.point);
        let (emblem, name, office) = (o.emblem.clone(), o.name.clone(), o.office_name.clone());
        let title_class = if p.title.chars().count() > SHORT_TITLE { "long" } else { "" };
        let lead = cx.tf(
            "access_points.print.place_and_channel",
            &[("place", &p.place), ("channel", &cx.word("channel", p.channel.code()))],
        );
        let next = cx.tf(self.leads_to.next()[0], &[("office", &o.office_name)]);
        let (title, code, address) = (p.title.clone(), p.code.clone(), self.typed_address());
        Ok(view! {
            <section class=class>
                <header class="poster-head">
                    <span class="emblem" aria-hidden="true">{emblem}</span>
                    <div><b>{name}</b><small>{office}</small></div>
                </header>
                <h1 class=title_class>{title}</h1>
                <p class="poster-lead">{lead}</p>
                <div class="poster-qr">{self.qr()?}</div>
                <p class="poster-code">
                    {cx.t("access_points.print.type_1")}" "<b>{address}</b>" "
                    {cx.t("access_points.print.type_2")}" "<b>{code}</b>
                </p>
                {self.steps()}
                <footer class="poster-foot"><p>{next}</p>{self.hotline()}</footer>
            </section>
        }
        .into_any())
    }

    fn steps(&self) -> AnyView {
        let days = self.organization.limits.handling.to_string();
        let steps = self.leads_to.steps().map(|[word, sentence]| {
            view! { <li><b>{self.cx.t(word)}</b>{self.cx.tf(sentence, &[("days", &days)])}</li> }
        });
        view! { <ol class="poster-steps">{steps.into_iter().collect_view()}</ol> }.into_any()
    }

    fn hotline(&self) -> Option<AnyView> {
        let number = self.organization.hotline.clone();
        (!number.is_empty()).then(|| {
            view! { <div><small>{self.cx.t("access_points.print.hotline")}</small><b>{number}</b></div> }.into_any()
        })
    }

    fn stickers(&self) -> Result<AnyView> {
        let labels = (0..STICKERS)
            .map(|_| {
                let (name, title, place) =
                    (self.organization.name.clone(), self.point.title.clone(), self.point.place.clone());
                let (emblem, code, hotline) =
                    (self.organization.emblem.clone(), self.point.code.clone(), self.organization.hotline.clone());
                let hotline = (!hotline.is_empty()).then(|| format!(" · {hotline}"));
                let (next, address) = (self.cx.t(self.leads_to.next()[1]), self.typed_address());
                let qr = self.qr()?;
                Ok(view! {
                    <div class="sticker">
                        <div class="sticker-qr">{qr}</div>
                        <div>
                            <small><span class="sticker-emblem" aria-hidden="true">{emblem}</span>{name}</small>
                            <b>{title}</b>
                            <p>{place}</p>
                            <p class="sticker-next">{next}{hotline}</p>
                            <p class="sticker-code">{address}" "{code}</p>
                        </div>
                    </div>
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(view! { <section class="sheet stickers">{labels}</section> }.into_any())
    }
}

/// `GET /desk/access-points/{id}/qr.svg`.
pub async fn svg_file(req: Req) -> Result<Response> {
    let point = asked_for(&req).await?;
    let file = qr::svg_document(&point.address(&req.app.config.base_url()))?;
    Ok(respond::download("image/svg+xml", &format!("qr-{}.svg", point.code), file))
}

/// `GET /desk/access-points/{id}/qr.png`.
pub async fn png_file(req: Req) -> Result<Response> {
    let point = asked_for(&req).await?;
    let file = qr::png(&point.address(&req.app.config.base_url()))?;
    Ok(respond::download("image/png", &format!("qr-{}.png", point.code), file))
}
