//! A page takes a person's data only after the evaluator let it through.

use onedoor_domain::access::Visible;
use onedoor_domain::referral::Referral;
use onedoor_domain::section::Section;

struct Page {
    sections: Vec<Visible<Section>>,
}

fn straight_from_the_record(referral: &Referral) -> Page {
    Page { sections: referral.sections(Vec::new()) }
}

fn main() {}
