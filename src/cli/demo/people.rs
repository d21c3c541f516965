//! The departments and people of the demo school.

use crate::{
    accounts,
    cli::demo::Login,
    db::Conn,
    error::Result,
    http::App,
    i18n::Lang,
    kernel::{
        ids::{DepartmentId, StaffId},
        random,
        roles::Role,
    },
    organizations::{actions, model::Organization, staff::NewStaffDetails},
};

/// Sign-in name, name, of the leaders in charge.
const LEADERS: [(&str, &str); 3] = [("zhaoguodong", "赵国栋"), ("sunhuimin", "孙慧敏"), ("maweijun", "马卫军")];

/// Name, number of the leader in charge, topics that go there by default, head, handlers.
struct Plan {
    name: &'static str,
    leader: usize,
    topics: &'static [&'static str],
    head: (&'static str, &'static str),
    handlers: &'static [(&'static str, &'static str)],
}

const DEPARTMENTS: [Plan; 6] = [
    Plan { name: "教务处", leader: 1, topics: &["teaching"], head: ("zhoujianping", "周建平"), handlers: &[] },
    Plan {
        name: "总务处",
        leader: 2,
        topics: &["facilities"],
        head: ("wuzhiqiang", "吴志强"),
        handlers: &[("liuyang", "刘洋")],
    },
    Plan { name: "德育处", leader: 1, topics: &["conduct"], head: ("zhengxiulan", "郑秀兰"), handlers: &[] },
    Plan { name: "安全办", leader: 2, topics: &["safety"], head: ("fengtao", "冯涛"), handlers: &[] },
    Plan {
        name: "食堂",
        leader: 2,
        topics: &["canteen"],
        head: ("hanmei", "韩梅"),
        handlers: &[("gulinaer", "古丽娜尔")],
    },
    Plan { name: "财务室", leader: 0, topics: &["fees"], head: ("xumin", "许敏"), handlers: &[] },
];

/// Everybody without a department.
const OTHERS: [(Role, &str, &str); 11] = [
    (Role::Office, "lixiuying", "李秀英"),
    (Role::Office, "chenlei", "陈磊"),
    (Role::SafeguardingLead, "yangxue", "杨雪"),
    (Role::Auditor, "heguohua", "何国华"),
    (Role::Admin, "admin", "高鹏"),
    (Role::HotlineOperator, "tangli", "唐丽"),
    (Role::Representative, "aygul", "阿依古丽"),
    (Role::Representative, "songjiaming", "宋家明"),
    (Role::Representative, "maxiaoyan", "马晓燕"),
    (Role::Representative, "tianguoqiang", "田国强"),
    (Role::StudentInspector, "linxiaoyu", "林小雨"),
];

/// A person who was made, with what they sign in with.
pub(super) struct Made {
    id: StaffId,
    login: Login,
}

/// A department that was made.
pub(super) struct Founded {
    id: DepartmentId,
    plan: &'static Plan,
}

/// Makes the leaders, who are needed before their departments.
pub(super) async fn leaders(app: &App, c: &mut Conn, org: &Organization) -> Result<Vec<Made>> {
    let mut made = Vec::new();
    for (username, name) in LEADERS {
        made.push(person(app, c, org, Role::Leader, None, username, name).await?);
    }
    Ok(made)
}

/// Makes the departments, each with its leader in charge, and sends the topics there by default.
pub(super) async fn departments(app: &App, c: &mut Conn, org: &Organization, leaders: &[Made]) -> Result<Vec<Founded>> {
    const PLANS: &[Plan] = &DEPARTMENTS;
    let mut founded = Vec::new();
    for plan in PLANS {
        let leader = leaders.get(plan.leader).map(|made| made.id);
        let id = actions::create_department(app, c, org.id, plan.name, leader).await?;
        for topic in plan.topics {
            actions::set_default_department(app, c, org.id, topic, id).await?;
        }
        founded.push(Founded { id, plan });
    }
    Ok(founded)
}

/// Makes everybody else; gives everybody's login.
pub(super) async fn staff(
    app: &App,
    c: &mut Conn,
    org: &Organization,
    departments: &[Founded],
    leaders: Vec<Made>,
) -> Result<Vec<Login>> {
    let mut logins = Vec::new();
    for (role, username, name) in OTHERS {
        logins.push(person(app, c, org, role, None, username, name).await?.login);
    }
    logins.extend(leaders.into_iter().map(|made| made.login));
    for department in departments {
        let plan = department.plan;
        let head = std::iter::once((Role::DepartmentHead, plan.head));
        for (role, (username, name)) in head.chain(plan.handlers.iter().map(|h| (Role::Handler, *h))) {
            logins.push(person(app, c, org, role, Some(department), username, name).await?.login);
        }
    }
    Ok(logins)
}

async fn person(
    app: &App,
    c: &mut Conn,
    org: &Organization,
    role: Role,
    department: Option<&Founded>,
    username: &str,
    name: &str,
) -> Result<Made> {
    let new = NewStaffDetails {
        username: username.to_string(),
        display_name: name.to_string(),
        role,
        department_id: department.map(|d| d.id),
        lang: Lang::ZhCn,
    };
    let id = actions::create_staff(app, c, org.id, new).await?;
    let password = random::password(&*app.random);
    accounts::actions::set_password(app, c, org.id, id, &password).await?;
    let department = department.map(|d| d.plan.name.to_string());
    let login = Login { username: username.to_string(), password, role, department, name: name.to_string() };
    Ok(Made { id, login })
}
