//! What each transition does, in the words in which a clinician would check it.

mod arrival;
mod behalf;
mod care;
mod contact;
mod decision;
mod document;
mod enquiry;

mod follow_up;
mod handover;
mod introduce;
mod same;
mod told;
mod triage;
mod waits;
