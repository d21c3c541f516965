//! Checklists of parent and public representatives.

use super::{
    Item::{Check, Score},
    Template,
};
use crate::visits::model::{Area, VisitKind};

const fn template(area: Area, title: (&'static str, &'static str), parts: &'static [super::Part<'static>]) -> Template {
    Template { kind: VisitKind::Representative, area, title, parts }
}

/// One for each area.
pub(super) const ALL: &[Template] = &[
    template(
        Area::Canteen,
        ("食堂巡查", "Canteen visit"),
        &[
            (
                ("人员和记录", "People and records"),
                &[
                    Check("今天的晨检记录已填，没有带病上岗", "Today's health checks of staff are written down"),
                    Check("从业人员健康证公示，在有效期内", "Health certificates are posted and valid"),
                    Check("工作衣帽、口罩穿戴整齐", "Work clothes, caps and masks are worn"),
                    Check("校领导陪餐记录和意见有登记", "Meals eaten with pupils by school leaders are recorded"),
                ],
            ),
            (
                ("食材和加工", "Ingredients and preparation"),
                &[
                    Check("食材索证索票、进货台账齐全", "Receipts and delivery records are complete"),
                    Check("库房离地离墙，没有过期或三无食品", "Stores are off the floor; nothing is out of date"),
                    Check("生熟分开，刀具砧板有标识", "Raw and cooked are kept apart; knives and boards are marked"),
                    Check("每餐每样留样 125 克以上，存 48 小时，有记录", "Samples of each dish are kept for 48 hours"),
                ],
            ),
            (
                ("餐具和环境", "Dishes and surroundings"),
                &[
                    Check("餐具消毒记录完整，保洁柜关好", "Dishes are disinfected, recorded and kept closed"),
                    Check("防蝇防鼠设施完好", "Screens against flies and rats are in order"),
                    Score("地面、台面、排水沟的清洁", "Cleanliness of floor, surfaces and drains"),
                    Check("剩饭和废油有专人清运，有记录", "Leftovers and used oil are taken away on record"),
                ],
            ),
            (
                ("价格和饭菜", "Prices and meals"),
                &[
                    Check("一周菜谱和价格公示，与实际一致", "Menu and prices are posted and true"),
                    Score("饭菜的温度、分量和味道", "Warmth, portions and taste"),
                    Score("就餐秩序", "Order at mealtimes"),
                ],
            ),
        ],
    ),
    template(
        Area::Gate,
        ("校门巡查", "School gate visit"),
        &[
            (
                ("值守", "On duty"),
                &[
                    Check(
                        "上下学时段有保安和值班老师在岗",
                        "Guards and teachers are there when school begins and ends",
                    ),
                    Check("防暴器材齐全，摆在手边", "Protective equipment is complete and at hand"),
                    Check("外来人员登记，核实后进校", "Visitors are registered and checked"),
                    Check("一键报警和监控正常", "Alarm button and cameras work"),
                ],
            ),
            (
                ("交通", "Traffic"),
                &[
                    Check("人车分流，行人通道没有被占", "People and cars are apart; the footway is free"),
                    Check("门口没有长时间停车", "Nobody parks in front of the gate"),
                    Check("硬质隔离设施完好", "Barriers are in good order"),
                    Check("斑马线和减速标志清楚", "Crossing and slow-down signs can be seen"),
                ],
            ),
            (
                ("周边", "Around"),
                &[
                    Check("门口没有流动摊贩卖三无食品", "No hawkers of doubtful food at the gate"),
                    Check("路面平整，雨雪后有防滑", "The ground is even and not slippery after rain or snow"),
                    Score("接送秩序", "Order when children are fetched"),
                ],
            ),
        ],
    ),
    template(
        Area::Dormitory,
        ("宿舍巡查", "Dormitory visit"),
        &[
            (
                ("安全", "Safety"),
                &[
                    Check("疏散通道和安全出口畅通，没有上锁", "Escape routes and exits are free and unlocked"),
                    Check("灭火器压力正常，应急灯会亮", "Extinguishers have pressure; emergency lights work"),
                    Check("没有私拉电线、大功率电器", "No private wiring or strong appliances"),
                    Check("夜间值班和查寝记录齐全", "Night duty and bed checks are recorded"),
                    Check("门窗、护栏牢固", "Doors, windows and railings are firm"),
                ],
            ),
            (
                ("生活", "Living"),
                &[
                    Check("热水、饮水正常供应", "Hot water and drinking water are there"),
                    Check("床铺一人一床，被褥干净", "Everybody has a bed and clean bedding"),
                    Score("房间通风和温度", "Air and warmth of the rooms"),
                    Score("洗漱间、卫生间清洁", "Cleanliness of washrooms and toilets"),
                    Check("报修有登记，修好有日期", "Repairs are recorded with dates"),
                ],
            ),
        ],
    ),
    template(
        Area::Library,
        ("图书室巡查", "Library visit"),
        &[
            (
                ("开放", "Opening"),
                &[
                    Check("按公示的时间开放", "It is open at the posted hours"),
                    Check("借还有登记，学生能借回家", "Loans are recorded; pupils may take books home"),
                    Check("有老师管理", "A teacher looks after it"),
                ],
            ),
            (
                ("图书", "Books"),
                &[
                    Check("没有盗版和不适合孩子的读物", "No pirated or unsuitable books"),
                    Check("这学期添了新书", "New books came this term"),
                    Score("图书的完好程度", "Condition of the books"),
                ],
            ),
            (
                ("环境", "Surroundings"),
                &[
                    Check("灯光够亮，没有坏灯", "The light is bright enough; no lamp is broken"),
                    Check("书架固定牢，不会倒", "Shelves are fixed and can't fall"),
                    Check("灭火器在有效期，通道不堵", "Extinguishers are valid and ways are free"),
                    Score("安静和整洁", "Quiet and tidiness"),
                ],
            ),
        ],
    ),
    template(
        Area::Classroom,
        ("教室巡查", "Classroom visit"),
        &[
            (
                ("设施", "Equipment"),
                &[
                    Check("课桌椅高低合适，没有破损", "Desks and chairs fit and are whole"),
                    Check("灯管全亮，黑板不反光", "All lamps work; the board does not glare"),
                    Check("插座、电线没有裸露", "No bare sockets or wires"),
                    Check("窗户有限位，开关正常", "Windows are limited and work"),
                    Check("多媒体设备能用", "The screen works"),
                ],
            ),
            (
                ("环境", "Surroundings"),
                &[
                    Score("通风和温度", "Air and warmth"),
                    Score("地面和墙面清洁", "Cleanliness of floor and walls"),
                    Check("饮水设备干净，有清洗记录", "Drinking water is clean and its cleaning recorded"),
                ],
            ),
            (
                ("公示", "What is posted"),
                &[
                    Check("课程表张贴，与实际上课一致", "The timetable is posted and kept"),
                    Check("作业公示，总量不超标", "Homework is posted and within limits"),
                ],
            ),
        ],
    ),
    template(
        Area::Corridor,
        ("楼道巡查", "Corridor visit"),
        &[
            (
                ("通行", "Passage"),
                &[
                    Check("楼道和楼梯没有杂物", "Corridors and stairs are free"),
                    Check("楼梯防滑条完好", "Anti-slip strips are whole"),
                    Check("扶手、栏杆牢固，高度够", "Handrails are firm and high enough"),
                    Check("上下楼有分流标识", "Signs part the ways up and down"),
                ],
            ),
            (
                ("应急", "Emergencies"),
                &[
                    Check("安全出口不上锁，指示灯亮", "Exits are unlocked and their signs lit"),
                    Check("消火栓、灭火器在位有效", "Hydrants and extinguishers are in place and valid"),
                    Check("疏散图张贴清楚", "Escape plans are posted"),
                    Check("课间有老师值守楼梯口", "A teacher stands at the stairs between lessons"),
                ],
            ),
            (
                ("环境", "Surroundings"),
                &[Score("照明", "Light"), Score("墙面和地面清洁", "Cleanliness of walls and floor")],
            ),
        ],
    ),
    template(
        Area::Playground,
        ("操场巡查", "Playground visit"),
        &[
            (
                ("场地", "Ground"),
                &[
                    Check("跑道和地面平整，没有坑和破口", "Track and ground are even and whole"),
                    Check("没有异味，塑胶没有掉渣", "No smell; the surface does not crumble"),
                    Check("井盖牢固，排水通畅", "Covers are firm; water drains"),
                    Check("围栏没有破口", "The fence has no gaps"),
                ],
            ),
            (
                ("器材", "Equipment"),
                &[
                    Check("篮球架、单双杠固定牢，不生锈", "Goals and bars are firm and free of rust"),
                    Check("器材有定期检查记录", "Equipment is checked on record"),
                    Check("坏的器材已停用并围挡", "Broken equipment is closed off"),
                ],
            ),
            (
                ("使用", "Use"),
                &[
                    Check("课间和体育课有老师在场", "Teachers are there in breaks and sports lessons"),
                    Check("每天的户外活动时间有保证", "The daily time outdoors is kept"),
                    Check("急救箱在位，药品没过期", "The first-aid box is there and in date"),
                    Score("卫生", "Cleanliness"),
                ],
            ),
        ],
    ),
    template(
        Area::Toilet,
        ("卫生间巡查", "Toilet visit"),
        &[
            (
                ("卫生", "Hygiene"),
                &[
                    Score("气味", "Smell"),
                    Score("地面和蹲位清洁", "Cleanliness of floor and cubicles"),
                    Check("有保洁记录，今天已打扫", "Cleaning is recorded and was done today"),
                    Check("垃圾桶不满，有盖", "Bins are covered and not full"),
                ],
            ),
            (
                ("设施", "Equipment"),
                &[
                    Check("冲水正常，不漏水", "Flushing works; nothing leaks"),
                    Check("洗手有水、有洗手液或肥皂", "There is water and soap"),
                    Check("隔间有门，门锁能用", "Cubicles have doors that lock"),
                    Check("有厕纸或取纸方便", "There is paper"),
                    Check("灯亮，通风", "It is light and aired"),
                    Check("地面不滑", "The floor is not slippery"),
                ],
            ),
        ],
    ),
];
