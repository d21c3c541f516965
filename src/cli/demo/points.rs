//! The access points of the demo school: every channel but letters, which make their own; and the box in several places.

use crate::{
    access_points::{
        self,
        model::{Audience, NewAccessPoint},
    },
    audit::{self, Entry},
    cli::demo::Point,
    db::Conn,
    error::Result,
    http::App,
    kernel::{ids::FormId, roles::Channel},
    organizations::{self, model::Organization},
};

/// Channel, title, place, keeper, audience, topic.
type Plan = (Channel, &'static str, &'static str, &'static str, Audience, Option<&'static str>);

const POINTS: [Plan; 9] = [
    (Channel::Box, "校门口意见箱", "校门口", "冯涛", Audience::Everyone, None),
    (Channel::Box, "食堂意见箱", "食堂三楼", "韩梅", Audience::Everyone, Some("canteen")),
    (Channel::Box, "教学楼意见箱", "教学楼二层", "周建平", Audience::Students, None),
    (Channel::Box, "北门意见箱", "北门", "冯涛", Audience::Everyone, Some("safety")),
    (Channel::Hotline, "监督热线", "文明办值班电话", "唐丽", Audience::Everyone, None),
    (Channel::Questionnaire, "家长问卷", "家长会签到处", "郑秀兰", Audience::Parents, None),
    (Channel::Representative, "家长代表巡查", "家长接待室", "宋家明", Audience::Parents, None),
    (Channel::Patrol, "学生会检查", "操场", "林小雨", Audience::Students, None),
    (Channel::WalkIn, "监督台", "行政楼一层大厅", "陈磊", Audience::Everyone, None),
];

/// Makes the access points, all with one form.
pub(super) async fn create(app: &App, c: &mut Conn, org: &Organization, form: FormId) -> Result<Vec<Point>> {
    let topics = organizations::actions::topics(c, org.id).await?;
    let mut made = Vec::new();
    for (channel, title, place, keeper, audience, topic) in POINTS {
        let new = NewAccessPoint {
            channel,
            title: title.to_string(),
            place: place.to_string(),
            keeper: keeper.to_string(),
            audience,
            form_id: form,
            topic_id: topic.and_then(|code| topics.iter().find(|t| t.code == code)).map(|t| t.id),
            valid_from: None,
            valid_to: None,
        };
        let point = access_points::actions::create(app, c, org.id, new).await?;
        let entry = Entry::new("access_point.created", "access_point").entity(point.id.0).detail(&point.code);
        audit::record(app, c, org.id, entry).await?;
        made.push(Point { code: point.code, channel, place: point.place, topic: topic.map(str::to_string) });
    }
    Ok(made)
}
