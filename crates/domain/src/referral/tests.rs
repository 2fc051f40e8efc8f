//! Tables of the referral machine.
