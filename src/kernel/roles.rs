//! Roles of people with an account, and the channels by which a case can come in.

crate::code_enum! {
    /// The role of a member of staff (domain: Roles). One account has one role.
    pub enum Role {
        /// 文明办: triage, routing, review of answers, callback.
        Office = "office",
        /// 承办人: handles the cases of a department.
        Handler = "handler",
        /// 处室负责人: answers for a department.
        DepartmentHead = "department_head",
        /// 校领导/分管领导: sees what is late and presses.
        Leader = "leader",
        /// 热线话务员: takes calls down.
        HotlineOperator = "hotline_operator",
        /// 保密员: the only one who sees danger cases; opens sealed identities.
        SafeguardingLead = "safeguarding_lead",
        /// 审计: reads the audit log.
        Auditor = "auditor",
        /// 单位管理员: keeps the organisation's data.
        Admin = "admin",
        /// 家长代表/群众代表.
        Representative = "representative",
        /// 学生会检查员.
        StudentInspector = "student_inspector",
    }
}

impl Role {
    /// Roles that belong to one department.
    pub const fn has_department(self) -> bool {
        matches!(self, Self::Handler | Self::DepartmentHead)
    }

    /// The page a person of this role starts on.
    pub const fn home(self) -> &'static str {
        match self {
            Self::Admin => "/admin",
            Self::Auditor => "/admin/audit",
            Self::HotlineOperator => "/desk/hotline/new",
            Self::Representative => "/rep",
            Self::StudentInspector => "/patrol",
            _ => "/desk",
        }
    }
}

crate::code_enum! {
    /// The way in which a submission came (渠道).
    pub enum Channel {
        /// 意见箱.
        Box = "box",
        /// 热线.
        Hotline = "hotline",
        /// 问卷.
        Questionnaire = "questionnaire",
        /// 一封信.
        Letter = "letter",
        /// 代表巡查.
        Representative = "representative",
        /// 学生检查.
        Patrol = "patrol",
        /// 来访.
        WalkIn = "walk_in",
    }
}
