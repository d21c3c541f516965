//! Checklists of student inspectors: things and places that pupils can see for themselves, never people.

use super::{
    Item::{Check, Score},
    Template,
};
use crate::visits::model::{Area, VisitKind};

const fn template(area: Area, title: (&'static str, &'static str), parts: &'static [super::Part<'static>]) -> Template {
    Template { kind: VisitKind::Patrol, area, title, parts }
}

/// One for each area.
pub(super) const ALL: &[Template] = &[
    template(
        Area::Classroom,
        ("班级检查", "Class patrol"),
        &[
            (
                ("卫生", "Hygiene"),
                &[
                    Score("地面干净，没有纸屑", "The floor is clean"),
                    Score("桌椅摆齐", "Desks and chairs are in line"),
                    Check("黑板和讲台擦干净", "Board and teacher's desk are wiped"),
                    Check("垃圾倒了，工具摆好", "The bin is empty and brooms are put away"),
                    Check("窗台没有杂物", "Window sills are free"),
                ],
            ),
            (
                ("秩序", "Order"),
                &[
                    Score("早读或自习安静", "Quiet in morning reading or self-study"),
                    Score("课间教室里不追跑", "No chasing in the room between lessons"),
                    Check("眼保健操在做", "Eye exercises are done"),
                ],
            ),
            (
                ("节约", "Saving"),
                &[
                    Check("没人时灯和风扇关了", "Lights and fans are off when nobody is there"),
                    Check("离开时门窗关好", "Doors and windows are closed when leaving"),
                ],
            ),
        ],
    ),
    template(
        Area::Corridor,
        ("楼道检查", "Corridor patrol"),
        &[
            (
                ("卫生", "Hygiene"),
                &[
                    Score("地面和墙角干净", "Floor and corners are clean"),
                    Check("墙上没有新的涂画、脚印", "No new scribbles or footprints on the walls"),
                    Check("垃圾桶没有满", "The bin is not full"),
                ],
            ),
            (
                ("文明", "Conduct"),
                &[
                    Score("右行礼让，不推不挤", "Keeping right, not pushing"),
                    Score("说话声音合适", "Voices are low"),
                    Check("没有追跑打闹的情况", "There is no running about"),
                ],
            ),
            (
                ("安全", "Safety"),
                &[
                    Check("楼梯口没有堆东西", "Nothing stands at the stairs"),
                    Check("灯都亮", "All lamps work"),
                    Check("地面不湿滑", "The floor is not wet"),
                ],
            ),
        ],
    ),
    template(
        Area::Playground,
        ("操场检查", "Playground patrol"),
        &[
            (
                ("集合和课间操", "Assembly and exercises"),
                &[
                    Score("集合快、静、齐", "Gathering is quick, quiet and orderly"),
                    Score("课间操认真", "Exercises are done well"),
                    Check("按路线进场退场", "Ways in and out are kept"),
                ],
            ),
            (
                ("卫生", "Hygiene"),
                &[
                    Score("场地没有纸屑、瓶子", "No paper or bottles lie about"),
                    Check("看台干净", "The stands are clean"),
                ],
            ),
            (
                ("安全和爱护", "Safety and care"),
                &[
                    Check("器材没有坏的、松的", "No equipment is broken or loose"),
                    Check("没有攀爬围栏和球架的情况", "Nobody climbs fences or goals"),
                    Check("花草树木没有被踩折", "Plants are not trampled"),
                    Check("公用的球收回了", "Shared balls were put back"),
                ],
            ),
        ],
    ),
    template(
        Area::Canteen,
        ("就餐检查", "Canteen patrol"),
        &[
            (
                ("秩序", "Order"),
                &[
                    Score("排队不插队", "Queues are kept"),
                    Score("就餐安静", "Meals are quiet"),
                    Check("饭前洗手有水有皂", "There is water and soap before meals"),
                    Check("进出按路线走", "Ways in and out are kept"),
                ],
            ),
            (
                ("光盘", "Clean plates"),
                &[Score("剩饭剩菜少", "Little is left over"), Check("餐具放回回收处", "Dishes are brought back")],
            ),
            (
                ("卫生", "Hygiene"),
                &[
                    Score("桌面和地面干净", "Tables and floor are clean"),
                    Check("垃圾分类投放", "Waste is sorted"),
                    Check("饮水处不积水", "No puddles at the drinking water"),
                ],
            ),
        ],
    ),
    template(
        Area::Gate,
        ("校门文明岗", "Gate patrol"),
        &[
            (
                ("到校", "Arriving"),
                &[
                    Score("进校有序，互相问好", "Coming in is orderly and friendly"),
                    Check("校服、红领巾整体穿戴整齐", "Uniforms and scarves look neat on the whole"),
                    Check("没有在门口吃东西、丢包装的情况", "Nobody eats or drops wrappers at the gate"),
                ],
            ),
            (
                ("放学", "Leaving"),
                &[
                    Score("路队整齐", "Lines are kept"),
                    Check("走斑马线，不在路上停留", "Crossings are used; nobody lingers on the road"),
                    Check("接送区留出了通道", "A way is kept free where children are fetched"),
                ],
            ),
            (
                ("环境", "Surroundings"),
                &[
                    Score("门口地面干净", "The ground at the gate is clean"),
                    Check("自行车摆放整齐", "Bicycles stand in line"),
                    Check("宣传栏没有破损", "Notice boards are whole"),
                ],
            ),
        ],
    ),
    template(
        Area::Dormitory,
        ("宿舍检查", "Dormitory patrol"),
        &[
            (
                ("内务", "Tidiness"),
                &[
                    Score("被子叠好，床面平整", "Bedding is folded"),
                    Score("物品摆放整齐", "Things are in their places"),
                    Check("地面干净，垃圾倒了", "The floor is clean and the bin empty"),
                    Check("毛巾、脸盆摆成一线", "Towels and basins are in line"),
                ],
            ),
            (
                ("秩序", "Order"),
                &[
                    Score("熄灯后安静", "Quiet after lights out"),
                    Check("按时起床、离开宿舍", "Getting up and leaving in time"),
                ],
            ),
            (
                ("安全", "Safety"),
                &[
                    Check("没有使用电热器具的情况", "No heating appliances are used"),
                    Check("走时关灯、关水、关窗", "Light, water and windows are off when leaving"),
                    Check("走道不放东西", "The passage is free"),
                ],
            ),
        ],
    ),
    template(
        Area::Library,
        ("图书室检查", "Library patrol"),
        &[
            (
                ("秩序", "Order"),
                &[
                    Score("看书安静", "Quiet when reading"),
                    Check("书包放在存放处", "Bags are left at the entrance"),
                    Check("没有带吃的进来的情况", "No food is brought in"),
                ],
            ),
            (
                ("爱护图书", "Care for books"),
                &[
                    Score("书放回原处", "Books are put back"),
                    Check("没有新的撕页、涂画", "No new torn pages or scribbles"),
                    Check("借书登记完整", "Loans are written down"),
                ],
            ),
            (
                ("环境", "Surroundings"),
                &[
                    Score("桌面和地面干净", "Tables and floor are clean"),
                    Check("椅子推回桌下", "Chairs are pushed in"),
                    Check("走时关灯关窗", "Light and windows are off when leaving"),
                ],
            ),
        ],
    ),
    template(
        Area::Toilet,
        ("卫生间检查", "Toilet patrol"),
        &[
            (
                ("卫生", "Hygiene"),
                &[
                    Score("没有异味", "No smell"),
                    Score("地面干净不积水", "The floor is clean and dry"),
                    Check("便后都冲了水", "Everything is flushed"),
                    Check("垃圾桶没有满", "The bin is not full"),
                ],
            ),
            (
                ("设施和节约", "Equipment and saving"),
                &[
                    Check("水龙头没有滴漏", "No tap drips"),
                    Check("洗手液或肥皂还有", "There is soap"),
                    Check("门锁、水箱没坏", "Locks and cisterns work"),
                    Check("灯亮", "The lamps work"),
                    Check("没有在里面追跑玩水的情况", "Nobody plays with water inside"),
                ],
            ),
        ],
    ),
];
