//! Reads the numbers of passed and failed tests from what the runners write.
//! Must not decide whether a run succeeded: its exit status does.

/// Tests that passed and failed.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed, those on a second try included.
    pub passed: usize,
    /// Tests that failed, timed out, were cut off or could not start.
    pub failed: usize,
}

/// From nextest's own `Summary` line, the last one; what failing tests wrote is indented and may say anything.
pub fn of_nextest(written: &str) -> Count {
    let plain = plain(written);
    let summary = plain.lines().rev().find(|line| line.trim_start().starts_with("Summary ["));
    let figures = summary.and_then(|line| line.split_once(" run: ")).map(|(_, figures)| figures);
    counted(figures.into_iter())
}

/// From each `test result:` line of cargo's own runner, one a test program.
pub fn of_cargo(written: &str) -> Count {
    let plain = plain(written);
    let results = plain.lines().filter_map(|line| line.strip_prefix("test result: "));
    counted(results.filter_map(|rest| rest.split_once(". ")).map(|(_, figures)| figures))
}

fn counted<'a>(lines: impl Iterator<Item = &'a str>) -> Count {
    let mut count = Count::default();
    lines.flat_map(|line| line.split([',', ';'])).for_each(|figure| add(&mut count, figure));
    count
}

/// From the list at the end of Playwright's output: `  12 passed (3.4s)`.
pub fn of_playwright(written: &str) -> Count {
    let mut count = Count::default();
    for line in plain(written).lines().filter(|line| line.starts_with("  ")) {
        add(&mut count, line);
    }
    count
}

fn add(count: &mut Count, figure: &str) {
    let Some((number, word)) = figure.trim().split_once(' ') else {
        return;
    };
    let Ok(number) = number.parse::<usize>() else {
        return;
    };
    let word = word.split('(').next().unwrap_or_default().trim();
    match word {
        "passed" | "flaky" => count.passed += number,
        "failed" | "timed out" | "exec failed" | "interrupted" | "did not run" => {
            count.failed += number;
        }
        _ => {}
    }
}

/// Without colour codes.
fn plain(written: &str) -> String {
    let mut parts = written.split("\u{1b}[");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_with_slow_and_timed_out_tests() {
        let line = "     Summary [  12.345s] 12 tests run: 9 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 3 skipped\n";
        assert_eq!(of_nextest(line), Count { passed: 9, failed: 3 });
    }

    #[test]
    fn nextest_in_colour() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped";
        assert_eq!(of_nextest(line), Count { passed: 2, failed: 0 });
    }

    #[test]
    fn cargo_results_are_added_up() {
        let text = "test result: ok. 5 passed; 0 failed; 1 ignored; finished in 0.1s\ntest result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(of_cargo(text), Count { passed: 6, failed: 2 });
    }

    #[test]
    fn playwright_with_every_kind_of_end() {
        let text = "Running 9 tests\n  ✓ 1 asks for help (1s)\n\n  1 failed\n    a.spec.ts:1\n  1 flaky\n  2 did not run\n  1 skipped\n  5 passed (4.2s)\n";
        assert_eq!(of_playwright(text), Count { passed: 6, failed: 3 });
    }

    #[test]
    fn what_a_failing_test_wrote_is_not_counted_again() {
        let text = "  stdout ───\n    test result: FAILED. 0 passed; 1 failed; 0 ignored\n  Summary [ 1s] 3 tests run: 2 passed, 1 failed\n        FAIL x\n    test result: FAILED. 0 passed; 1 failed; 0 ignored\n";
        assert_eq!(of_nextest(text), Count { passed: 2, failed: 1 });
    }

    #[test]
    fn a_test_that_prints_a_sentence_with_numbers_is_not_counted() {
        assert_eq!(of_cargo("3 passed the door\n7 failed to ring\n"), Count::default());
    }
}
