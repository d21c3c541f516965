//! A signature drawn by hand: lines of points on a field of [`WIDTH`] × [`HEIGHT`], written as `x,y x,y;x,y x,y`: a comma
//! within a point, a blank between points, a semicolon between lines. It is kept as numbers and drawn from them, so that
//! nothing else can be in it (promise 23).

/// Width of the field, in its own units.
pub const WIDTH: u32 = 600;
/// Height of the field.
pub const HEIGHT: u32 = 200;
/// Most characters of a drawing: some thousand points.
pub const MOST: usize = 16_000;

/// Reads what a browser sends: only lines of points on the field are left of it. Empty when it is no drawing, or too long.
pub fn read(typed: &str) -> String {
    if typed.len() > MOST {
        return String::new();
    }
    lines(typed).map_or_else(String::new, |lines| {
        let line =
            |points: &Vec<(u32, u32)>| points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        lines.iter().map(line).collect::<Vec<_>>().join(";")
    })
}

/// The drawing as the `d` of an SVG path; `None` when nothing was drawn.
pub fn path(drawing: &str) -> Option<String> {
    let lines = lines(drawing)?;
    let mut path = String::new();
    for line in lines {
        for (at, (x, y)) in line.iter().enumerate() {
            path += &format!("{}{x} {y}", if at == 0 { "M" } else { "L" });
        }
        // A dot is a line of no length.
        if let [(x, y)] = line[..] {
            path += &format!("L{x} {y}");
        }
    }
    (!path.is_empty()).then_some(path)
}

fn lines(drawing: &str) -> Option<Vec<Vec<(u32, u32)>>> {
    let line = |text: &str| text.split_ascii_whitespace().map(point).collect::<Option<Vec<_>>>();
    let lines: Vec<_> = drawing.split(';').filter(|l| !l.trim().is_empty()).map(line).collect::<Option<_>>()?;
    (!lines.is_empty()).then_some(lines)
}

fn point(text: &str) -> Option<(u32, u32)> {
    let (x, y) = text.split_once(',')?;
    let (x, y) = (x.parse().ok()?, y.parse().ok()?);
    (x <= WIDTH && y <= HEIGHT).then_some((x, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_points_on_the_field_are_a_drawing() {
        assert_eq!(read(" 1,2  3,4 ; 5,6;"), "1,2 3,4;5,6");
        assert_eq!(path("1,2 3,4;5,6").as_deref(), Some("M1 2L3 4M5 6L5 6"));
        for wrong in ["", ";", "1,2 x", "1,2\"/><script>", "601,1", "1,201", "-1,2", "1", "1,2,3"] {
            assert_eq!(read(wrong), "", "{wrong}");
            assert_eq!(path(wrong), None, "{wrong}");
        }
        assert_eq!(read(&"1,1 ".repeat(MOST)), "");
    }

    proptest! {
        #[test]
        fn whatever_comes_is_numbers_afterwards(typed in ".{0,80}") {
            prop_assert!(read(&typed).chars().all(|c| c.is_ascii_digit() || " ,;".contains(c)));
            prop_assert_eq!(read(&read(&typed)), read(&typed));
        }

        #[test]
        fn a_drawing_reads_back(lines in prop::collection::vec(prop::collection::vec((0..=WIDTH, 0..=HEIGHT), 1..9), 1..5)) {
            let line = |l: &Vec<(u32, u32)>| l.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
            let written = lines.iter().map(line).collect::<Vec<_>>().join(";");
            prop_assert_eq!(read(&written), written);
        }
    }
}
