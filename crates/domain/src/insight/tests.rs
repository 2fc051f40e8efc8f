//! What is hidden cannot be worked out, by somebody who tries every set of people there could be.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::suppress::Plan;
use super::{Around, Cell, Counts, Decision, Margins, Months, Row, publish, read_month, write_month};

fn table(rows: &[&[u32]]) -> Counts<usize> {
    Counts { rows: rows.iter().enumerate().map(|(row, counts)| (row, counts.to_vec())).collect() }
}

/// A small generator, so that a printed seed gives the same tables everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        u32::try_from(mixed % u64::from(limit)).unwrap()
    }

    fn table(&mut self) -> Counts<usize> {
        let (rows, columns, most) =
            (1 + self.below(4), 1 + self.below(4), [3, 7, 12, 40][self.below(4) as usize]);
        let row =
            |dice: &mut Self| (0..columns).map(|_| dice.below(most).saturating_sub(dice.below(3))).collect();
        Counts { rows: (0..rows as usize).map(|at| (at, row(self))).collect() }
    }
}

/// Whoever tries to work it out: knows every shown count exactly, every sum of a row, those of columns where they can be known, and
/// that what is hidden is at least one.
struct Reader<'a> {
    rows: Vec<Vec<u32>>,
    hidden: Vec<(usize, usize)>,
    columns: Option<Vec<u32>>,
    truth: &'a [(Vec<usize>, Vec<u32>)],
    /// What each hidden count could be, as far as was tried.
    could_be: Vec<BTreeSet<u32>>,
    tries: u32,
}

impl Reader<'_> {
    fn left_in_row(&self, row: usize, upto: usize) -> u32 {
        let total: u32 = self.truth[row].1.iter().sum();
        let shown = (0..self.rows[row].len()).filter(|column| !self.hidden.contains(&(row, *column)));
        let known: u32 = shown.map(|column| self.rows[row][column]).sum();
        let tried: u32 = self.hidden[..upto]
            .iter()
            .filter(|cell| cell.0 == row)
            .map(|cell| self.rows[cell.0][cell.1])
            .sum();
        total.saturating_sub(known).saturating_sub(tried)
    }

    fn fits(&self) -> bool {
        let rows = (0..self.rows.len()).all(|row| self.left_in_row(row, self.hidden.len()) == 0);
        let columns = self.columns.as_ref().is_none_or(|sums| {
            sums.iter()
                .enumerate()
                .all(|(column, sum)| self.rows.iter().map(|row| row[column]).sum::<u32>() == *sum)
        });
        rows && columns
    }

    fn search(&mut self, at: usize) {
        self.tries += 1;
        if self.tries > 400_000 || self.could_be.iter().all(|values| values.len() > 1) {
            return;
        }
        if at == self.hidden.len() {
            if self.fits() {
                for (place, (row, column)) in self.hidden.clone().into_iter().enumerate() {
                    self.could_be[place].insert(self.rows[row][column]);
                }
            }
            return;
        }
        let (row, column) = self.hidden[at];
        let last_of_row = self.hidden[at + 1..].iter().all(|cell| cell.0 != row);
        let left = self.left_in_row(row, at);
        let range = if last_of_row { left.max(1)..=left } else { 1..=left };
        for value in range {
            self.rows[row][column] = value;
            self.search(at + 1);
        }
    }
}

fn assert_safe(plan: &Plan<usize>, margins: Margins, seed: &str) {
    let total = |row: usize| plan.rows[row].1.iter().sum::<u32>();
    let small = |count: u32| (1..5).contains(&count);
    let width = plan.rows.first().map_or(0, |(_, counts)| counts.len());
    for (row, (_, counts)) in plan.rows.iter().enumerate() {
        for (column, count) in counts.iter().enumerate() {
            assert!(!small(*count) || plan.hidden.contains(&(row, column)), "{seed}: {count} is shown");
        }
    }
    // A row whose sum is hidden tells nothing about its counts.
    let known = |row: usize| !small(total(row));
    let rows: Vec<usize> = (0..plan.rows.len()).filter(|row| known(*row)).collect();
    assert!(margins == Margins::Rows || rows.len() == plan.rows.len(), "{seed}: a small sum of a row");
    let truth: Vec<_> = rows.iter().map(|row| plan.rows[*row].clone()).collect();
    let hidden: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .flat_map(|(at, row)| {
            (0..width).filter(|column| plan.hidden.contains(&(*row, *column))).map(move |column| (at, column))
        })
        .collect();
    let sum = |column: usize| truth.iter().map(|(_, counts)| counts[column]).sum();
    let mut reader = Reader {
        rows: truth.iter().map(|(_, counts)| counts.clone()).collect(),
        could_be: vec![BTreeSet::new(); hidden.len()],
        columns: (margins == Margins::Both).then(|| (0..width).map(sum).collect()),
        truth: &truth,
        hidden,
        tries: 0,
    };
    let hidden = reader.hidden.clone();
    reader.search(0);
    if reader.tries > 400_000 {
        return; // so many sets of people fit that nobody can try them all
    }
    for (place, (row, column)) in hidden.into_iter().enumerate() {
        let count = truth[row].1[column];
        assert!(
            !small(count) || reader.could_be[place].len() > 1,
            "{seed}: {count} can be worked out: {:?} {:?}",
            plan.rows,
            plan.hidden
        );
    }
}

// seed: 116
#[test]
fn no_small_count_is_shown_or_can_be_worked_out_from_what_is() {
    let first =
        std::env::var("ONEDOOR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_130_u64);
    let cases = std::env::var("ONEDOOR_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000_u64);
    let mut hid = 0;
    for seed in first..first + cases {
        let table = Dice(seed).table();
        let width = table.rows[0].1.len();
        for margins in [Margins::Both, Margins::Rows] {
            let published = publish(std::slice::from_ref(&table), width, margins);
            let plan = Plan::of(&table, &published.columns, margins);
            hid += plan.hidden.len();
            assert_safe(&plan, margins, &format!("ONEDOOR_SEED={seed} {margins:?}"));
        }
    }
    assert!(hid > 1_000, "only {hid} counts were hidden: these tables show nothing");
}

#[test]
fn nobody_is_lost_by_putting_together() {
    for seed in 0..500 {
        let table = Dice(seed).table();
        let width = table.rows[0].1.len();
        let published = publish(std::slice::from_ref(&table), width, Margins::Both);
        let plan = Plan::of(&table, &published.columns, Margins::Both);
        let all: u32 = table.rows.iter().flat_map(|(_, counts)| counts).sum();
        let kept: u32 = plan.rows.iter().flat_map(|(_, counts)| counts).sum();
        assert!(kept == all || (plan.rows.is_empty() && all < 5), "{seed}: {kept} of {all}");
        let mut columns: Vec<usize> = published.columns.concat();
        columns.sort_unstable();
        assert_eq!(columns, (0..width).collect::<Vec<_>>());
        let of = plan.rows.iter().flat_map(|(of, _)| of).collect::<BTreeSet<_>>().len();
        assert!(of == table.rows.len() || plan.rows.is_empty());
    }
}

fn cells(rows: &[Row<usize>]) -> Vec<Vec<Option<u32>>> {
    let show = |cell: &Cell| match cell {
        Cell::Shown(count) => Some(*count),
        Cell::Hidden => None,
    };
    rows.iter().map(|row| row.cells.iter().chain([&row.total]).map(show).collect()).collect()
}

#[test]
fn one_small_count_hides_three_others_and_the_rest_is_rounded() {
    let published = publish(&[table(&[&[40, 3, 12], &[31, 22, 18], &[9, 0, 27]])], 3, Margins::Both);
    assert_eq!(
        cells(&published.tables[0]),
        [
            [Some(40), None, None, Some(55)],
            [Some(30), None, None, Some(70)],
            [Some(10), Some(0), Some(25), Some(35)],
        ]
    );
}

#[test]
fn what_is_rare_everywhere_is_counted_with_something_else() {
    let tables = [table(&[&[40, 20, 1, 2], &[30, 25, 1, 0]]), table(&[&[70, 45, 2, 2]])];
    let published = publish(&tables, 4, Margins::Both);
    assert_eq!(published.columns, [vec![0], vec![1, 2, 3]]);
    assert_eq!(cells(&published.tables[1]), [[Some(70), Some(50), Some(120)]]);
    let nothing = publish(&[table(&[&[1, 2], &[0, 1]])], 2, Margins::Both);
    assert!(nothing.tables[0].is_empty(), "four people are no report");
}

#[test]
fn a_share_is_of_what_is_shown_and_never_of_what_is_hidden() {
    let row = Row {
        of: vec![0],
        cells: vec![Cell::Shown(30), Cell::Hidden, Cell::Shown(0)],
        total: Cell::Shown(45),
    };
    assert_eq!([row.share(0), row.share(1), row.share(2), row.share(9)], [Some(67), None, Some(0), None]);
    let small = Row { of: vec![0], cells: vec![Cell::Shown(0)], total: Cell::Shown(0) };
    assert_eq!(small.share(0), None);
}

#[test]
fn a_day_around_a_target_is_twenty_four_hours_and_the_target_itself_is_in_time() {
    const HOUR: i64 = 3_600;
    for (hours, day) in [
        (-73, Around::Earlier),
        (-72, Around::Earlier),
        (-71, Around::Before(3)),
        (-25, Around::Before(2)),
        (-24, Around::Before(2)),
        (-23, Around::Before(1)),
        (0, Around::Before(1)),
        (1, Around::After(1)),
        (24, Around::After(1)),
        (25, Around::After(2)),
        (72, Around::After(3)),
        (73, Around::Later),
    ] {
        assert_eq!(Around::of(hours * HOUR), day, "{hours} hours");
    }
    assert_eq!(Around::of(1), Around::After(1));
    let codes: BTreeSet<_> = Around::ALL.iter().map(|day| day.code()).collect();
    assert_eq!(codes.len(), Around::ALL.len());
    assert_eq!(
        Decision::ALL.iter().map(|one| one.code()).collect::<BTreeSet<_>>().len(),
        Decision::ALL.len()
    );
    assert_eq!(
        Decision::ALL.iter().map(|one| one.event()).collect::<BTreeSet<_>>().len(),
        Decision::ALL.len()
    );
}

#[test]
fn a_report_is_of_whole_months_and_reaches_two_years() {
    let today = date(2026, 11, 30);
    let months = Months::of(read_month("2026-09"), read_month("2026-10"), today);
    assert_eq!(
        (write_month(months.first()), write_month(months.last())),
        ("2026-09".into(), "2026-10".into())
    );
    assert_eq!(months.begins().to_string(), "2026-08-31T23:00:00Z", "midnight in London");
    assert_eq!(months.ends().to_string(), "2026-11-01T00:00:00Z");
    let turned = Months::of(read_month("2026-10"), read_month("2026-09"), today);
    assert_eq!(turned, months);
    let usual = Months::of(None, None, today);
    assert_eq!((write_month(usual.first()), write_month(usual.last())), ("2026-09".into(), "2026-11".into()));
    for strange in ["2026-13", "2026-9", "2026-09-01", "", "x", "2020-01", "2027-01"] {
        let read = Months::of(read_month(strange), None, today);
        assert_eq!(read, usual, "{strange}");
    }
    assert_eq!(Months::choices(today).len(), 24);
}
