//! What was measured, as a table for people and as JSON for programs.

use std::fmt::Write as _;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name, the same in every run.
    pub name: String,
    /// How many people the county had.
    pub people: u64,
    /// The value.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What it is held against: measured in the same run, or a goal.
    pub reference: Option<f64>,
}

impl Figure {
    /// A figure that stands for itself.
    pub fn new(name: impl Into<String>, people: u64, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), people, value, unit, reference: None }
    }

    /// Held against this.
    pub fn against(self, reference: f64) -> Self {
        Self { reference: Some(reference), ..self }
    }

    fn ratio(&self) -> Option<f64> {
        self.reference.filter(|reference| *reference > 0.0).map(|reference| self.value / reference)
    }
}

/// Figures that nothing was named for are held against the same figure of the smallest county.
pub fn compared(figures: &[Figure]) -> Vec<Figure> {
    let smallest = |name: &str| figures.iter().filter(|one| one.name == name).min_by_key(|one| one.people);
    let one = |figure: &Figure| match (figure.reference, smallest(&figure.name)) {
        (None, Some(first)) if first.people < figure.people => figure.clone().against(first.value),
        _ => figure.clone(),
    };
    figures.iter().map(one).collect()
}

/// A line for each figure.
pub fn table(figures: &[Figure]) -> String {
    let mut text = format!(
        "{:<30} {:>9} {:>10} {:<5} {:>10} {:>6}\n",
        "figure", "people", "value", "unit", "reference", "ratio"
    );
    for one in figures {
        let reference = one.reference.map(short).unwrap_or_default();
        let ratio = one.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        let (name, people, value, unit) = (&one.name, one.people, short(one.value), one.unit);
        let _ = writeln!(text, "{name:<30} {people:>9} {value:>10} {unit:<5} {reference:>10} {ratio:>6}");
    }
    text
}

/// Three signs that say something.
fn short(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// The list of `{name, people, value, unit, reference, ratio}`.
pub fn json(figures: &[Figure]) -> String {
    let number = |value: Option<f64>| {
        value
            .filter(|value| value.is_finite())
            .map_or_else(|| "null".to_owned(), |value| format!("{value:.4}"))
    };
    let one = |figure: &Figure| {
        format!(
            "  {{\"name\": {}, \"people\": {}, \"value\": {}, \"unit\": {}, \"reference\": {}, \"ratio\": {}}}",
            quoted(&figure.name),
            figure.people,
            number(Some(figure.value)),
            quoted(figure.unit),
            number(figure.reference),
            number(figure.ratio())
        )
    };
    format!("[\n{}\n]\n", figures.iter().map(one).collect::<Vec<_>>().join(",\n"))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_json_whatever_is_in_it() {
        let figures =
            [Figure::new("a\"b", 10, 1.5, "ms").against(3.0), Figure::new("c", 20, f64::NAN, "1/s")];
        assert_eq!(
            json(&figures),
            "[\n  {\"name\": \"a\\\"b\", \"people\": 10, \"value\": 1.5000, \"unit\": \"ms\", \"reference\": 3.0000, \
             \"ratio\": 0.5000},\n  {\"name\": \"c\", \"people\": 20, \"value\": null, \"unit\": \"1/s\", \
             \"reference\": null, \"ratio\": null}\n]\n"
        );
    }

    #[test]
    fn a_large_county_is_held_against_the_smallest() {
        let of = |people, value| Figure::new("worklist_p50_ms", people, value, "ms");
        let figures = compared(&[of(10_000, 2.0), of(1_000_000, 3.0), of(200_000, 2.5).against(9.0)]);
        assert_eq!(figures.iter().map(|one| one.reference).collect::<Vec<_>>(), [None, Some(2.0), Some(9.0)]);
        assert!(table(&figures).contains("1.50"));
    }
}
