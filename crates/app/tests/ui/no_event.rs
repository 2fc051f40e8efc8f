//! No event, no write: a referral's facts are private, only a transition changes them.

use onedoor_domain::referral::{Referral, State};

fn set_the_state(mut referral: Referral) {
    referral.head.state = State::Received;
}

fn edit_a_part(mut referral: Referral) {
    referral.tasks.clear();
}

fn main() {}
