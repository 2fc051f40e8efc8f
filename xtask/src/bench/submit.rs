//! Asking for help, the last press: forms that are filled in already are sent, from sixteen places at once. The request
//! that is measured is the one that makes the person, the referral, its clocks, tasks and messages.

use std::time::Duration;

use super::drive::{Pace, Sample, drive};
use super::host::Host;
use super::wire::Wire;
use crate::drill::client::Walk;
use crate::sh::Outcome;

/// People at once.
pub const CLIENTS: usize = 16;
/// Forms that are ready to be sent for each second: more than are sent.
const A_SECOND: u64 = 1500;

/// Forms that wait to be sent, each of a visitor of its own.
pub struct Forms {
    /// The first part of their numbers.
    prefix: String,
    count: usize,
}

impl Forms {
    /// Fills in one form as a person would, and puts as many beside it as can be sent in the time.
    pub fn ready(host: &Host, seconds: u64) -> Outcome<Self> {
        let check = Walk::new(host.addr(), 0).answer_all()?;
        let id = check.split('/').nth(2).ok_or("the form has no number")?.to_owned();
        let prefix = id.get(..24).ok_or("the form's number is short")?.to_owned();
        let count = seconds * A_SECOND;
        host.rows(&format!(
            "SET synchronous_commit = off;
             INSERT INTO draft (tenant_id, id, visitor, version, state, answers, saved_at)
             SELECT tenant_id, ('{prefix}' || lpad(to_hex(n), 12, '0'))::uuid,
                    sha256(convert_to('bench-' || n, 'UTF8')), version, state,
                    replace(replace(answers::text, 'Robin 0', 'Robin ' || bench.reference(n)), 'person0@', 'person' || n || '@')::jsonb,
                    saved_at
             FROM draft CROSS JOIN generate_series(1, {count}) AS n WHERE id = '{id}';
             INSERT INTO job (tenant_id, id, kind, subject_id, run_at, tries)
             SELECT tenant_id, id, 'draft', id, saved_at + interval '30 days', 0
             FROM draft WHERE id::text LIKE '{prefix}%' AND id <> '{id}';
             ANALYZE draft;"
        ))?;
        Ok(Self { prefix, count: usize::try_from(count).unwrap_or_default() })
    }

    /// Removes those that were not sent.
    pub fn clear(&self, host: &Host) -> Outcome {
        let unsent = format!("id::text LIKE '{}%' AND state ->> 'state' <> 'sent'", self.prefix);
        host.rows(&format!(
            "DELETE FROM job WHERE kind = 'draft' AND subject_id IN (SELECT id FROM draft WHERE {unsent});
             DELETE FROM draft WHERE {unsent}"
        ))
        .map(drop)
    }

    /// Sends them as fast as they are taken.
    pub fn send(&self, host: &Host, seconds: u64) -> Outcome<Sample> {
        let ask = |wire: &mut Wire, n: usize| self.send_one(wire, n);
        let pace = |from: usize, time: Duration| Pace { clients: CLIENTS, time, from, until: self.count + 1 };
        let browser = (host.addr(), "");
        let warm = drive(browser, host.pids()?, pace(1, Duration::from_secs(seconds / 6 + 1)), &ask)?;
        drive(browser, host.pids()?, pace(warm.next + CLIENTS, Duration::from_secs(seconds)), &ask)
    }

    /// Sends one.
    pub fn send_one(&self, wire: &mut Wire, n: usize) -> Outcome {
        wire.cookies = format!("visitor=bench-{n}");
        let path = format!("/ask/{}{n:012x}/send", self.prefix);
        let sent = wire.post(&path, &[])?.expect(303, &path)?;
        let to = sent.location.unwrap_or_default();
        if to.ends_with("/sent") { Ok(()) } else { Err(format!("{path} went to {to}")) }
    }
}
