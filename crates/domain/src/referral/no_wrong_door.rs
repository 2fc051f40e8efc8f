//! Exhaustive search of the referral machine.
