//! What the letters of the demo school say, and what families reply.

use crate::letters::model::Stance::{self, Agree, Disagree, None as Unsure};

/// A letter: its texts in Chinese and English.
pub(super) struct Words {
    pub title: (&'static str, &'static str),
    pub greeting: (&'static str, &'static str),
    pub body: (&'static str, &'static str),
    pub statements: &'static [(&'static str, &'static str)],
    pub replies: &'static [Reply],
}

/// The class, a stance for each statement, and words: a reason for disagreeing with a statement, or a comment.
pub(super) type Reply = (usize, &'static [Option<Stance>], (Option<usize>, &'static str));

/// A suggestion: its title, the words that belong to it, what is decided, why, and who sees to it.
pub(super) struct Deal {
    pub title: &'static str,
    pub words: &'static [&'static str],
    pub decision: &'static str,
    pub reason: &'static str,
    pub department: &'static str,
}

pub(super) const CLASSES: [(&str, i64); 4] =
    [("四年级一班", 42), ("四年级二班", 40), ("四年级三班", 41), ("四年级四班", 43)];

const GREETING: (&str, &str) = ("尊敬的四年级各位家长：", "Dear families of grade 4,");

pub(super) const HOMEWORK: Words = Words {
    title: ("关于调整作业安排，想听听您的意见", "Your opinion on a new homework plan"),
    greeting: GREETING,
    body: (
        "开学一个多月，我们收到不少关于作业的来信：有的孩子要写到九点半，有的家长不知道哪些作业是必做的。教务处统计了四年级各班两周的作业量，**周二和周四最多**，平均 72 分钟，超过了规定的 60 分钟。\n\n# 我们想这样改\n\n1. 每周三定为“无书面作业日”，只读书、运动、帮家里做事。\n2. 书面作业尽量在课后服务时间写完，老师当面答疑。\n3. 各科作业由班主任汇总，超出 60 分钟的当天调减。\n\n# 想请您做两件事\n\n- 在下面的回执里选一选赞成还是不赞成；不赞成的，请告诉我们为什么。\n- 有别的建议，也请写下来。**每一条我们都会给出说法**，并公布采纳情况。\n\n谢谢您愿意花几分钟。",
        "One month into the term, many of you have written about homework: some children write until half past nine, and some families don't know what is required. We counted two weeks of homework in grade 4: **Tuesdays and Thursdays are the heaviest**, with 72 minutes on average, over the limit of 60.\n\n# What we would like to change\n\n1. Wednesday becomes a day without written homework.\n2. Written homework is done in after-school care as far as possible, where teachers can help.\n3. The class teacher adds up all subjects; what exceeds 60 minutes is cut the same day.\n\n# Two things we ask of you\n\n- Please say in the reply slip whether you agree, and if not, why.\n- Please write down any other suggestion. **Every one gets an answer**, and we publish what becomes of it.",
    ),
    statements: &[
        ("每周三不留书面作业", "No written homework on Wednesdays"),
        ("书面作业在课后服务时间完成", "Written homework is done in after-school care"),
    ],
    replies: &[
        (0, &[Some(Agree), Some(Agree)], (None, "建议每天的作业总量在班级群公示一下，哪些必做、哪些选做写清楚。")),
        (0, &[Some(Agree), Some(Agree)], (None, "")),
        (0, &[Some(Disagree), Some(Agree)], (Some(0), "周三不留，周四就会补回来，总量没有变。")),
        (1, &[Some(Agree), Some(Agree)], (None, "抄写太多了，能不能换成阅读或者动手的作业。")),
        (1, &[Some(Unsure), None], (None, "谢谢学校愿意听我们的意见。")),
        (0, &[Some(Agree), Some(Agree)], (None, "希望公示作业时间，老师之间通个气。")),
        (2, &[Some(Unsure), Some(Agree)], (None, "周末作业能不能取消，让孩子真正休息两天。")),
        (1, &[Some(Agree), Some(Agree)], (None, "")),
        (2, &[Some(Agree), Some(Disagree)], (Some(1), "我家不上课后服务，写不完还是带回家。")),
        (0, &[Some(Agree), Some(Agree)], (None, "同一个词抄写十遍没有意义，不如读一本书。")),
        (1, &[Some(Disagree), Some(Disagree)], (Some(0), "孩子闲下来就看手机，还是留一点好。")),
        (2, &[Some(Agree), Some(Agree)], (None, "每天公示总量，我们也好安排时间。")),
        (0, &[Some(Agree), Some(Agree)], (None, "")),
        (1, &[Some(Agree), Some(Agree)], (None, "数学小测以后，老师在群里发了排名，孩子哭了一晚上，请学校管一管。")),
        (2, &[Some(Agree), Some(Agree)], (None, "必做和选做分开，并且公示出来。")),
        (0, &[Some(Unsure), Some(Unsure)], (None, "")),
        (1, &[Some(Agree), Some(Agree)], (None, "少抄写，多阅读。")),
        (2, &[Some(Disagree), Some(Agree)], (None, "")),
        (0, &[Some(Agree), Some(Agree)], (None, "支持，早该这样了。")),
        (1, &[Some(Agree), Some(Disagree)], (Some(1), "课后服务的教室太吵，静不下来写。")),
        (2, &[Some(Agree), Some(Agree)], (None, "")),
        (0, &[Some(Disagree), Some(Agree)], (Some(0), "建议改成周五，周末时间更整。")),
        (1, &[Some(Agree), Some(Agree)], (None, "能不能把抄写换成和孩子一起做的实验，作业量每天公示。")),
        (2, &[Some(Agree), Some(Agree)], (None, "")),
        (0, &[None, Some(Agree)], (None, "周末作业太多，周日晚上总在赶。")),
        (1, &[Some(Agree), Some(Agree)], (None, "")),
        (2, &[Some(Agree), Some(Unsure)], (None, "课后服务能不能分安静区，写作业的和活动的分开。教室里太吵。")),
        (0, &[Some(Agree), Some(Agree)], (None, "")),
        (1, &[Some(Disagree), Some(Agree)], (None, "")),
        (2, &[Some(Agree), Some(Agree)], (None, "用阅读代替抄写，我们家长愿意配合打卡。")),
        (0, &[Some(Unsure), Some(Agree)], (None, "")),
        (1, &[Some(Agree), Some(Disagree)], (None, "作业总量公示以后，超了真的会减吗？希望说到做到。")),
    ],
};

pub(super) const SUGGESTIONS: &[Deal] = &[
    Deal {
        title: "每天公示各科作业总量，分清必做和选做",
        words: &["公示"],
        decision: "adopted",
        reason: "从下周一起，班主任每天放学前在班级群公示各科作业和预计时间，必做、选做分列；超过 60 分钟的当天调减，教务处每周抽查。",
        department: "教务处",
    },
    Deal {
        title: "少布置抄写，多布置阅读和动手的作业",
        words: &["抄写"],
        decision: "partly",
        reason: "语文、英语的抄写每天不超过 15 分钟，每周至少一次阅读或动手作业。生字巩固还需要少量抄写，所以没有全部取消。",
        department: "教务处",
    },
    Deal {
        title: "课后服务设安静区，让孩子静下来写作业",
        words: &["吵"],
        decision: "adopted",
        reason: "每个年级留两间教室作安静区，只写作业、答疑；活动类安排到操场和功能室。",
        department: "德育处",
    },
    Deal {
        title: "取消周末作业",
        words: &["周末作业"],
        decision: "declined",
        reason: "周末还是会留，但总量不超过 60 分钟，周五放学前写完的可以不带回家。全部取消后，周一新课的衔接会受影响；期末再听一次大家的意见。",
        department: "",
    },
    Deal {
        title: "“无书面作业日”以后不补量，并考虑改到周五",
        words: &["总量没有变", "改成周五", "看手机"],
        decision: "partly",
        reason: "周四的作业量单独统计，不得补周三的量。改到周五会和周末作业连在一起，这学期先试周三，学期末看效果再定。",
        department: "教务处",
    },
];

pub(super) const LUNCH: Words = Words {
    title: ("关于午餐价格的一封信", "A letter about the price of lunch"),
    greeting: GREETING,
    body: (
        "这学期菜、肉、油的进价都涨了，现在每餐 10 元，食材成本已经到 9.2 元。家长委员会和食堂一起看了三个月的账，想听听您的意见。\n\n# 账目\n\n- 食材 **9.2 元**，其中肉蛋奶 4.6 元\n- 水电、清洗 0.9 元，由学校承担\n- 人工由学校承担，不算在餐费里\n\n# 想商量的事\n\n1. 从下个月起每餐调到 11 元，每周多两次水果。\n2. 价格一学年内不再变动，每月公布账目。\n\n不想调价的，请告诉我们为什么；有更好的办法，也请写下来。",
        "",
    ),
    statements: &[
        ("每餐调到 11 元，每周多两次水果", "11 yuan a meal, with fruit twice more a week"),
        ("账目每月公布", "The accounts are published every month"),
    ],
    replies: &[
        (0, &[Some(Agree), Some(Agree)], (None, "")),
        (0, &[Some(Agree), Some(Agree)], (None, "水果请洗干净，最好切好。")),
        (1, &[Some(Disagree), Some(Agree)], (Some(0), "家里两个孩子，一个月多四十多块，有困难的家庭能不能不涨。")),
        (1, &[Some(Agree), Some(Agree)], (None, "希望每月账目写清楚供货商。")),
        (2, &[Some(Unsure), Some(Agree)], (None, "先把汤的温度解决了再说涨价。")),
        (0, &[Some(Agree), Some(Agree)], (None, "")),
        (1, &[Some(Agree), None], (None, "能不能让家长轮流来试餐。")),
        (2, &[Some(Agree), Some(Agree)], (None, "")),
        (0, &[Some(Disagree), Some(Agree)], (Some(0), "先看看浪费，孩子说每天倒掉很多。")),
    ],
};

pub(super) const SPRING: Words = Words {
    title: ("关于春游安排，想听听您的意见", ""),
    greeting: GREETING,
    body: ("春游初步定在四月第三周，地点还在比较。\n\n- 植物园：近，半天\n- 科技馆：要坐车，一天", ""),
    statements: &[("愿意当志愿者，陪同一个班", "")],
    replies: &[],
};
