//! Which counts may be shown. Counts of one to four are never shown, and neither is what they could be worked out from; what is
//! shown is rounded to five. Source: data §5.4.
//!
//! A count that is hidden stays hidden for this reason: there is another set of people, with every shown count and every sum the
//! same, in which it is another number. [`Plan`] finds that other set for each hidden count before it lets a table out.

use std::collections::BTreeSet;

/// The smallest count that may be shown, nought apart.
pub const SMALL: u32 = 5;

/// What a count is rounded to.
const STEP: u32 = 5;

/// Counts of one kind of row: each row has as many as there are columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts<R> {
    /// What the row is, and its counts.
    pub rows: Vec<(R, Vec<u32>)>,
}

/// Whether whoever reads it can know the sums of the columns, from this table or from another about the same decisions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Margins {
    /// Sums of rows and of columns.
    Both,
    /// Sums of rows alone.
    Rows,
}

/// One count of a published table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cell {
    /// To the nearest five.
    Shown(u32),
    /// Too small, or it would tell one that is.
    Hidden,
}

/// A published row: what was put together in it, its counts, and their sum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row<R> {
    /// What the row is; several where one alone was too small.
    pub of: Vec<R>,
    /// One for each group of columns.
    pub cells: Vec<Cell>,
    /// The sum of the row.
    pub total: Cell,
}

impl<R> Row<R> {
    /// A count as a share of its row, in whole percent of what is shown; none where either is hidden or there is nothing.
    pub fn share(&self, column: usize) -> Option<u32> {
        match (self.cells.get(column), self.total) {
            (Some(Cell::Shown(count)), Cell::Shown(total)) if total >= SMALL => {
                Some((count * 100 + total / 2).checked_div(total).unwrap_or_default().min(100))
            }
            (Some(_) | None, Cell::Shown(_) | Cell::Hidden) => None,
        }
    }
}

/// Tables that may be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published<R> {
    /// Which columns stand together; columns that are too small by themselves are counted as one.
    pub columns: Vec<Vec<usize>>,
    /// The tables, in the order they were given.
    pub tables: Vec<Vec<Row<R>>>,
}

/// What may be shown of tables about the same decisions, in the same columns. Where all of it together is too small, nothing is.
pub fn publish<R: Clone>(tables: &[Counts<R>], columns: usize, margins: Margins) -> Published<R> {
    let columns = match margins {
        Margins::Both => groups(tables.first(), columns),
        Margins::Rows => (0..columns).map(|column| vec![column]).collect(),
    };
    let shown = tables.iter().map(|table| Plan::of(table, &columns, margins).rows());
    let tables = shown.collect();
    Published { columns, tables }
}

/// Columns whose sum is small, put together until none is: the sum of a column is known from any table that shows it whole.
fn groups<R>(table: Option<&Counts<R>>, columns: usize) -> Vec<Vec<usize>> {
    let sum = |group: &Vec<usize>| -> u32 {
        let rows = table.iter().flat_map(|table| &table.rows);
        rows.map(|(_, counts)| group.iter().filter_map(|column| counts.get(*column)).sum::<u32>()).sum()
    };
    let mut groups: Vec<Vec<usize>> = (0..columns).map(|column| vec![column]).collect();
    while groups.len() > 1 {
        let Some(small) = groups.iter().position(|group| is_small(sum(group))) else { break };
        let taken = groups.remove(small);
        // With the next smallest, from the end: what is rare stands there.
        let with = (0..groups.len())
            .rev()
            .min_by_key(|at| groups.get(*at).map(|group| (sum(group) == 0, sum(group))));
        if let Some(group) = with.and_then(|at| groups.get_mut(at)) {
            group.extend(taken);
            group.sort_unstable();
        }
    }
    groups
}

fn is_small(count: u32) -> bool {
    (1..SMALL).contains(&count)
}

fn rounded(count: u32) -> u32 {
    (count + STEP / 2) / STEP * STEP
}

/// A table on its way: rows put together, and what is hidden of them.
pub(super) struct Plan<R> {
    pub(super) rows: Vec<(Vec<R>, Vec<u32>)>,
    pub(super) hidden: BTreeSet<(usize, usize)>,
    margins: Margins,
}

impl<R: Clone> Plan<R> {
    pub(super) fn of(table: &Counts<R>, columns: &[Vec<usize>], margins: Margins) -> Self {
        let row = |(of, counts): &(R, Vec<u32>)| {
            let sum = |group: &Vec<usize>| group.iter().filter_map(|column| counts.get(*column)).sum();
            (vec![of.clone()], columns.iter().map(sum).collect())
        };
        let rows = table.rows.iter().map(row).collect();
        let mut plan = Self { rows, hidden: BTreeSet::new(), margins };
        while let Some(row) = plan.cover() {
            plan.put_together(row);
        }
        plan
    }

    fn count(&self, row: usize, column: usize) -> u32 {
        self.rows.get(row).and_then(|(_, counts)| counts.get(column)).copied().unwrap_or_default()
    }

    fn total(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |(_, counts)| counts.iter().sum())
    }

    fn width(&self) -> usize {
        self.rows.first().map_or(0, |(_, counts)| counts.len())
    }

    /// Hides every small count with what it could be worked out from. Gives back a row that cannot stay by itself.
    fn cover(&mut self) -> Option<usize> {
        self.hidden.clear();
        for row in 0..self.rows.len() {
            if is_small(self.total(row)) {
                match self.margins {
                    // Sums of columns less the other rows would tell it.
                    Margins::Both => return Some(row),
                    Margins::Rows => {
                        self.hidden.extend((0..self.width()).map(|column| (row, column)));
                        continue;
                    }
                }
            }
            for column in 0..self.width() {
                if is_small(self.count(row, column)) {
                    match self.partners(row, column) {
                        Some(partners) => self.hidden.extend(partners),
                        None => return Some(row),
                    }
                }
            }
        }
        None
    }

    /// Counts among which one person can be moved round so that no sum changes and none becomes nought, fewest shown ones first.
    fn partners(&self, row: usize, column: usize) -> Option<Vec<(usize, usize)>> {
        let columns = (0..self.width()).filter(|other| *other != column && self.count(row, *other) > 0);
        let found = columns.flat_map(|across| self.with(row, column, across));
        found.min_by_key(|cells| {
            let new = cells.iter().filter(|cell| !self.hidden.contains(cell));
            (new.clone().count(), new.map(|(row, column)| self.count(*row, *column)).sum::<u32>())
        })
    }

    fn with(&self, row: usize, column: usize, across: usize) -> Vec<Vec<(usize, usize)>> {
        if self.margins == Margins::Rows {
            let moves = self.count(row, column) > 1 || self.count(row, across) > 1;
            return moves.then(|| vec![(row, column), (row, across)]).into_iter().collect();
        }
        let rows = (0..self.rows.len()).filter(|other| *other != row);
        rows.filter_map(|down| {
            let one = [(row, column), (down, across)];
            let two = [(row, across), (down, column)];
            let all = || one.iter().chain(&two);
            let least = |cells: &[(usize, usize); 2], least: u32| {
                cells.iter().all(|(row, column)| self.count(*row, *column) >= least)
            };
            let moves = least(&one, 1) && least(&two, 1) && (least(&one, 2) || least(&two, 2));
            moves.then(|| all().copied().collect())
        })
        .collect()
    }

    /// A row that cannot stand by itself goes with the smallest other one.
    fn put_together(&mut self, row: usize) {
        if self.rows.len() < 2 {
            // All there is is too small to be shown.
            self.rows.clear();
            return;
        }
        let (of, counts) = self.rows.remove(row);
        let totals = (0..self.rows.len()).map(|other| (self.total(other) == 0, self.total(other), other));
        let Some((_, _, with)) = totals.min() else { return };
        if let Some((names, sums)) = self.rows.get_mut(with) {
            names.extend(of);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
        }
    }

    fn rows(self) -> Vec<Row<R>> {
        let hidden = &self.hidden;
        let rows = self.rows.iter().enumerate().map(|(row, (of, counts))| {
            let total: u32 = counts.iter().sum();
            let cell = |(column, count): (usize, &u32)| {
                if hidden.contains(&(row, column)) { Cell::Hidden } else { Cell::Shown(rounded(*count)) }
            };
            Row {
                of: of.clone(),
                cells: counts.iter().enumerate().map(cell).collect(),
                total: if is_small(total) { Cell::Hidden } else { Cell::Shown(rounded(total)) },
            }
        });
        rows.collect()
    }
}
