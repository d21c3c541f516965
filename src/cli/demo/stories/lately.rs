//! The second half: some of it is still going on, some is late.

use super::{
    Step::{
        Add, Ask, Assign, Assist, Contribute, Decline, Draft, HandIn, Hold, LetOut, Note, Press, Rate, Start, Transfer,
        Urge, Withdraw,
    },
    Story, named, sealed, story, with_photo,
};
use crate::cases::model::{
    Lane, Outcome,
    Person::{Parent, Staff, Student},
};

/// A day, in hours.
const D: i64 = 24;

pub(super) const STORIES: &[Story<'static>] = &[
    sealed(
        story(
            28,
            "教学楼二层",
            "conduct",
            Parent,
            "五年级某班班主任暗示家长报他爱人办的托管班，不报的孩子座位往后调。请不要让老师知道是我说的。",
            &[
                (2, Assign("德育处")),
                (5, Start("德育处")),
                (
                    6 * D,
                    HandIn(
                        "德育处",
                        "经与任课教师、家长代表分别谈话核实，情况部分属实。已责令停止，座位恢复按身高轮换，交师德考核小组处理。",
                    ),
                ),
                (
                    6 * D + 4,
                    LetOut(
                        "经核实，情况部分属实。已责令停止，座位恢复按身高轮换，并交师德考核小组处理。处理结果会在教职工会上通报。",
                        None,
                    ),
                ),
                (8 * D, Rate(true, true, true)),
                (9 * D, Hold("教师可能申请复核，谈话记录和座位表先保全。")),
            ],
        ),
        "一位家长",
        "13900005678",
    ),
    story(
        27,
        "教学楼二层",
        "facilities",
        Student,
        "四楼开水器总是停，下午就没热水了。",
        &[
            (4, Assign("总务处")),
            (2 * D, HandIn("总务处", "滤芯堵塞，已更换，每周五检查一次。")),
            (2 * D + 3, LetOut("滤芯堵塞，已更换，每周五检查一次。", None)),
        ],
    ),
    story(
        26,
        "校门口",
        "teaching",
        Staff,
        "希望教研活动不要都排在周五最后一节，家在外地的老师赶不上车。",
        &[
            (3, Assign("教务处")),
            (4 * D, HandIn("教务处", "下学期起各组轮换，本学期单周改到周四。")),
            (4 * D + 2, LetOut("下学期起各组轮换，本学期单周改到周四。", Some(Outcome::Partly))),
            (6 * D, Rate(true, true, true)),
        ],
    ),
    story(
        24,
        "食堂三楼",
        "canteen",
        Parent,
        "孩子对花生过敏，食堂的菜单能不能标一下过敏原？姓𠮷，三年级，老师知道情况。",
        &[
            (2, Assign("食堂")),
            (3 * D, HandIn("食堂", "菜单已加过敏原标记（花生、鸡蛋、牛奶、海鲜），并为过敏学生单独留餐。")),
            (
                3 * D + 3,
                LetOut(
                    "菜单已加过敏原标记（花生、鸡蛋、牛奶、海鲜），并为过敏学生单独留餐，请把过敏情况告诉班主任登记。",
                    Some(Outcome::Adopted),
                ),
            ),
            (4 * D, Rate(true, true, true)),
        ],
    ),
    story(
        23,
        "北门",
        "safety",
        Parent,
        "校门口卖三无零食的小摊又来了，五毛钱一包，孩子放学就围上去。",
        &[(5, Decline("校门外的摊贩由街道综合执法管理，学校已把您的情况转给他们，并请门卫放学时劝离。"))],
    ),
    story(
        22,
        "教学楼二层",
        "teaching",
        Student,
        "科学课的实验总是老师做给我们看，我们想自己动手。",
        &[
            (6, Assign("教务处")),
            (5 * D, HandIn("教务处", "实验室本学期新增 24 套器材，从第十二周起每两周一次分组实验。")),
            (5 * D + 4, LetOut("实验室本学期新增 24 套器材，从第十二周起每两周一次分组实验。", Some(Outcome::Adopted))),
        ],
    ),
    story(
        20,
        "校门口",
        "facilities",
        Parent,
        "家长等候区没有遮雨的地方，下雨天老人站半小时。",
        &[
            (4, Assign("总务处")),
            (6 * D, Note("总务处报价 1.8 万，请赵校长定。")),
            (7 * D, HandIn("总务处", "遮雨棚已列入寒假维修计划，先临时搭一个 6 米帐篷。")),
            (
                7 * D + 3,
                LetOut("遮雨棚已列入寒假维修计划，开学前建成；这之前下雨天门口搭 6 米帐篷。", Some(Outcome::Adopted)),
            ),
            (12 * D, Rate(true, false, false)),
        ],
    ),
    story(
        18,
        "家长会签到处",
        "fees",
        Parent,
        "校服一套 420 元，比外面贵。是怎么定价的？",
        &[(5, Assign("财务室")), (9 * D, Urge), (10 * D, Press("已经过了答复时间，请财务室今天报进度。"))],
    ),
    story(
        16,
        "操场",
        "safety",
        Student,
        "操场跑道有一块翘起来了，上体育课绊倒了两个同学。",
        &[
            (2, Assign("安全办")),
            (6, Start("安全办")),
            (2 * D, Ask("请问是靠看台那边还是靠围墙那边？我们先围起来。")),
            (2 * D + 3, Add("靠围墙，第四道，离终点大概十米。")),
            (3 * D, Draft("安全办", "已用警示带围起，施工队周六来修补。")),
        ],
    ),
    story(
        15,
        "教学楼二层",
        "teaching",
        Parent,
        "My daughter joined in September and does not speak Chinese well yet. Is there any extra help after school?",
        &[
            (6, Assign("教务处")),
            (
                3 * D,
                HandIn(
                    "教务处",
                    "Yes: a small group meets on Mondays and Wednesdays from 16:30 to 17:15 in room 204. She is welcome from next week.",
                ),
            ),
            (
                3 * D + 2,
                LetOut(
                    "Yes: a small group meets on Mondays and Wednesdays from 16:30 to 17:15 in room 204. She is welcome from next week.",
                    None,
                ),
            ),
            (5 * D, Rate(true, true, true)),
        ],
    ),
    story(
        13,
        "食堂三楼",
        "canteen",
        Staff,
        "教工餐厅的餐盘洗不干净，常有油。",
        &[
            (3, Assign("食堂")),
            (6, Start("食堂")),
            (6 * D, HandIn("食堂", "洗碗机喷臂堵塞，已清洗；餐盘每批抽检，油渍试纸记录在册。")),
        ],
    ),
    Story {
        lane: Lane::Safeguarding,
        ..story(
            9,
            "教学楼二层",
            "safety",
            Student,
            "我们班有三个人每天放学在小卖部后面堵一个同学要钱，不给就打。他不敢说，我也怕。",
            &[],
        )
    },
    story(8, "校门口", "facilities", Parent, "发错了，是隔壁学校的事。", &[(2, Withdraw)]),
    story(
        7,
        "校门口",
        "other",
        Parent,
        "校门外过街的红绿灯只有十几秒，老人带着孩子走不完。",
        &[(
            20,
            Transfer(
                "区交警大队",
                "红绿灯由交警部门管理，已发函请他们核实时长，有结果我们在这里告诉您。",
                "家长反映我校门前人行横道绿灯时间短，老人带儿童难以走完，请核实并调整时长。",
            ),
        )],
    ),
    named(
        story(
            6,
            "北门",
            "safety",
            Parent,
            "早上北门只开一扇，七点五十的时候堵得厉害，能不能两扇都开？",
            &[(20, Assign("安全办"))],
        ),
        "宋先生",
        "songxs@example.com",
    ),
    story(
        4,
        "食堂三楼",
        "canteen",
        Student,
        "打饭排队要二十分钟，吃饭只剩十分钟。能不能错峰？",
        &[
            (18, Assign("食堂")),
            (2 * D, Start("食堂")),
            (2 * D + 1, Assist("教务处", "错峰用餐要动课表，请说说哪几个年级可以晚十分钟下课。")),
            (3 * D, Contribute("教务处", "四到六年级第四节可以晚十分钟下课，下周一起能排。")),
        ],
    ),
    story(3, "教学楼二层", "conduct", Student, "体育老师上课骂人，说我们是猪。", &[]),
    with_photo(story(
        1,
        "食堂三楼",
        "canteen",
        Parent,
        "今天的菜里有一根头发，孩子拍了照片。🙏 请你们看看厨师有没有戴帽子。",
        &[],
    )),
    story(0, "校门口", "other", Parent, "想谢谢三年级二班的李老师，孩子发烧她守了一中午。这样的老师应该表扬。", &[]),
];
