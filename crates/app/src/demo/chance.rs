//! Chance that is the same every time: the demonstration of one seed is always the same county. Never for secrets.

/// A small generator (`SplitMix64`); one for each person, so that the order of making them changes nothing.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

const SEED: u64 = 0x0D0E_D00A_5A1E_2026;
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Chance {
    /// The chance of one person.
    pub(super) fn of(person: u32) -> Self {
        let mut chance = Self(SEED ^ u64::from(person).wrapping_mul(STEP));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `from` up to and including `to`.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = u64::try_from(to.saturating_sub(from)).unwrap_or(0).saturating_add(1);
        from.saturating_add(i64::try_from(self.next() % width).unwrap_or(0))
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: i64) -> bool {
        self.between(1, times) == 1
    }

    /// One of them; none of nothing.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(from.len()).unwrap_or(i64::MAX) - 1;
        let at = self.between(0, last.max(0));
        usize::try_from(at).ok().and_then(|at| from.get(at))
    }
}
