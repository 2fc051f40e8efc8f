//! What can happen to a message, by the way it goes.

use crate::fixtures::{line, posted, text};
use crate::notice::{NoticeStep, Route};

/// What happens to a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Post {
    Spooled,
    Handed,
    Delivered,
    Failed,
    Printed,
    Posted,
    CameBack,
    ToldByPhone,
    Excepted,
}

/// What can happen to a message on its route; the notice's own tests show that nothing else can.
pub(super) fn posts(route: &Route) -> &'static [Post] {
    use Post::{CameBack, Delivered, Excepted, Failed, Handed, Posted, Printed, Spooled, ToldByPhone};
    match route {
        Route::Email { .. } | Route::Text { .. } => {
            &[Spooled, Handed, Delivered, Failed, ToldByPhone, Excepted]
        }
        Route::Letter { .. } => &[Printed, Posted, CameBack, ToldByPhone, Excepted],
        Route::Call { .. } | Route::InPerson { .. } => &[ToldByPhone, Excepted],
    }
}

impl Post {
    pub(super) fn step(self) -> NoticeStep {
        let answer = text("Answer of the provider.");
        match self {
            Self::Spooled => NoticeStep::Spooled { file: line("0001.eml") },
            Self::Handed => NoticeStep::Handed { answer },
            Self::Delivered => NoticeStep::Delivered { answer },
            Self::Failed => NoticeStep::Failed { answer },
            Self::Printed => NoticeStep::Printed,
            Self::Posted => posted(),
            Self::CameBack => NoticeStep::CameBack { why: text("Gone away.") },
            Self::ToldByPhone => NoticeStep::ToldByPhone { needs: None },
            Self::Excepted => NoticeStep::Excepted { why: text("No address any more.") },
        }
    }
}
