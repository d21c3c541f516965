//! Stages 批次: when answers are counted.

/// The smallest stage.
pub const SMALLEST: u64 = 10;
/// When the first stage is counted by itself.
pub const FIRST: u64 = 20;

/// Whether a stage is counted by itself: as many new answers have come as were counted before. Doubling keeps the stages few,
/// and each of them large beside what was told before. How many came decides, never what they say.
pub fn is_due(counted: u64, waiting: u64) -> bool {
    waiting >= FIRST.max(counted)
}

/// Whether the office may have the waiting answers counted now.
pub const fn may_count(waiting: u64) -> bool {
    waiting >= SMALLEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_double() {
        let (mut counted, mut waiting, mut stages) = (0, 0, Vec::new());
        for _ in 0..1000 {
            waiting += 1;
            if is_due(counted, waiting) {
                stages.push(waiting);
                (counted, waiting) = (counted + waiting, 0);
            }
        }
        assert_eq!(stages, [20, 20, 40, 80, 160, 320]);
        assert!(may_count(waiting) && !may_count(9));
    }
}
