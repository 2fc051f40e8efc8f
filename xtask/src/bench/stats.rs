//! Numbers out of numbers: shares of a sorted row of times. Must not know what was measured.

/// The value below which so great a share of the values lies (nearest rank); 0 where there are none. `sorted` is sorted.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let wanted = (1..=sorted.len()).find(|rank| at_least(*rank, sorted.len(), share)).unwrap_or(sorted.len());
    wanted.checked_sub(1).and_then(|at| sorted.get(at)).copied().unwrap_or_default()
}

fn at_least(rank: usize, of: usize, share: f64) -> bool {
    as_f64(rank) >= share * as_f64(of)
}

/// Counts here are far below what a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "counts of requests and bytes, below 2^52")]
pub fn as_f64(count: usize) -> f64 {
    count as f64
}

/// One number for each whole, none for nothing.
pub fn per(value: f64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { value / as_f64(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let times: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&times, 0.5).to_bits(), 50.0_f64.to_bits());
        assert_eq!(percentile(&times, 0.99).to_bits(), 99.0_f64.to_bits());
        assert_eq!(percentile(&times, 1.0).to_bits(), 100.0_f64.to_bits());
        assert_eq!(percentile(&[7.0], 0.99).to_bits(), 7.0_f64.to_bits());
        assert_eq!(percentile(&[], 0.5).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn nothing_measured_is_nothing_per_request() {
        assert_eq!(per(3.0, 0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(per(3.0, 2).to_bits(), 1.5_f64.to_bits());
    }
}
