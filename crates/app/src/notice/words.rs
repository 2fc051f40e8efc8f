//! The words of messages, made when they are sent from the facts the referral kept. Full words go into letters and, where
//! the person said that we may say who we are, into e-mails; a text says less; without that permission nothing that is
//! sent names a service, a subject or a reference (hazard H05).

use jiff::Timestamp;
use onedoor_domain::county::County;
use onedoor_domain::notice::{Message, News, Notice, Route};
use onedoor_domain::value::Text;

use crate::matching::words::because;
use crate::words::{self, Lang};

#[cfg(test)]
mod tests;

/// A message in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// For an e-mail.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Whether it may say who sends it.
    pub named: bool,
}

impl Words {
    /// As an e-mail or a letter.
    pub fn body(&self) -> String {
        self.paragraphs.join("\n\n")
    }

    /// As a text message.
    pub fn line(&self) -> String {
        self.paragraphs.join(" ")
    }
}

/// What is sent by the notice's route.
pub fn of(notice: &Notice, county: &County, lang: Lang) -> Words {
    let say_nhs = match &notice.route {
        Route::Email { say_nhs, .. } | Route::Text { say_nhs, .. } => *say_nhs,
        Route::Letter { .. } | Route::Call { .. } | Route::InPerson { .. } => true,
    };
    let say = Say { county, lang };
    let message = &notice.message;
    let paragraphs = match (&notice.route, say_nhs) {
        (Route::Email { .. } | Route::Text { .. }, false) => say.neutral(message),
        (Route::Text { .. }, true) => say.short(message),
        (Route::Email { .. } | Route::Letter { .. } | Route::Call { .. } | Route::InPerson { .. }, _) => {
            say.full(message)
        }
    };
    let subject = if say_nhs { say.subject(message) } else { lang.t("notice-subject-neutral") };
    Words { subject, paragraphs, named: say_nhs }
}

/// The message in full, for a letter to the person or for somebody who tells them by phone.
pub fn full(message: &Message, county: &County, lang: Lang) -> Vec<String> {
    Say { county, lang }.full(message)
}

struct Say<'a> {
    county: &'a County,
    lang: Lang,
}

type Arg = (&'static str, String);

impl Say<'_> {
    fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    fn tr(&self, key: &str, args: &[Arg]) -> String {
        self.lang.tr(key, args)
    }

    fn service(&self) -> Arg {
        ("service", self.county.name.to_string())
    }

    fn when(&self, at: Timestamp) -> Arg {
        ("when", words::date_time(self.lang, at))
    }

    fn subject(&self, message: &Message) -> String {
        let about = [self.service(), reference(message)];
        match message {
            Message::Received { .. } => self.tr("notice-subject-received", &about),
            Message::HandoverOffered { .. }
            | Message::HandoverCarry { .. }
            | Message::IntroductionCopy { .. } => self.tr("notice-subject-handover", &about),
            Message::Enquiry { .. } => self.tr("notice-subject-enquiry", &about),
            Message::Accepted { .. }
            | Message::Advised { .. }
            | Message::Withdrawn { .. }
            | Message::AskedFor { .. }
            | Message::ToReferrer { .. }
            | Message::HandoverAccepted { .. }
            | Message::Introduction { .. }
            | Message::HandoverBack { .. }
            | Message::GpReminder { .. }
            | Message::Redirected { .. }
            | Message::KeyWorker { .. }
            | Message::Duplicate { .. } => self.tr("notice-subject-about", &about),
        }
    }

    fn full(&self, message: &Message) -> Vec<String> {
        let about = [reference(message)];
        let mut said = match message {
            Message::Received { read_by, .. } => vec![
                self.tr("notice-received-have", &about),
                self.tr("notice-received-read-by", &[self.when(*read_by)]),
                self.t("notice-received-then"),
            ],
            Message::Accepted { team, contact_name, next_step, next_on, .. } => vec![
                self.tr("notice-accepted-by", &[reference(message), ("team", team.to_string())]),
                self.tr("notice-accepted-next", &[("day", words::day_of(self.lang, *next_on))]),
                next_step.to_string(),
                self.tr("notice-accepted-ask", &[("name", contact_name.to_string())]),
            ],
            Message::Advised { advice, options, follow_up_on, .. } => vec![
                self.tr("notice-advised-read", &about),
                advice.to_string(),
                self.t("notice-advised-options"),
                options.to_string(),
                self.tr("notice-advised-check", &[("day", words::day_of(self.lang, *follow_up_on))]),
                self.t("notice-advised-back"),
            ],
            Message::Withdrawn { .. } => {
                vec![self.tr("notice-withdrawn-stopped", &about), self.t("notice-withdrawn-back")]
            }
            Message::Duplicate { live, .. } => vec![
                self.tr("notice-duplicate-joined", &about),
                self.tr("notice-duplicate-live", &[("live", live.to_string())]),
            ],
            Message::Enquiry { .. } => self.enquiry(message),
            Message::HandoverOffered { .. }
            | Message::HandoverCarry { .. }
            | Message::IntroductionCopy { .. } => return self.offered(message),
            Message::HandoverAccepted { .. }
            | Message::Introduction { .. }
            | Message::HandoverBack { .. }
            | Message::Redirected { .. } => self.handed_over(message, true),
            Message::GpReminder { .. } => vec![self.tr("notice-gp-reminder", &about)],
            Message::KeyWorker { .. } => key_worker(self.lang, message),
            Message::AskedFor { read_by, .. } => vec![
                self.tr("notice-asked-for-have", &about),
                self.t("notice-asked-for-held"),
                self.tr("notice-received-read-by", &[self.when(*read_by)]),
                self.t("notice-asked-for-say"),
            ],
            Message::ToReferrer { news, .. } => {
                vec![self.tr("notice-you-asked", &about), said(self.lang, news)]
            }
        };
        said.extend(because(self.lang, message.reasons()));
        said.extend(self.number().map(|number| self.tr("notice-ring-us", &[number])));
        said.push(self.help());
        said.push(self.tr("notice-from", &[self.service()]));
        said
    }

    fn short(&self, message: &Message) -> Vec<String> {
        let about = [self.service(), reference(message)];
        match message {
            Message::Received { read_by, .. } => {
                let args = [self.service(), reference(message), self.when(*read_by)];
                vec![
                    self.tr("notice-received-short", &args),
                    self.t("notice-help-999"),
                    self.t("notice-help-111"),
                ]
            }
            Message::Accepted { team, contact_name, next_on, .. } => {
                let args = [
                    self.service(),
                    reference(message),
                    ("team", team.to_string()),
                    ("name", contact_name.to_string()),
                    ("day", words::day_of(self.lang, *next_on)),
                ];
                vec![self.tr("notice-accepted-short", &args)]
            }
            Message::Advised { .. } => vec![self.tr("notice-advised-short", &about), self.please_ring()],
            Message::Withdrawn { .. } => vec![
                self.tr("notice-withdrawn-stopped", &about),
                self.t("notice-withdrawn-back"),
                self.tr("notice-from", &[self.service()]),
            ],
            Message::Duplicate { live, .. } => vec![
                self.tr("notice-duplicate-joined", &about),
                self.tr("notice-duplicate-live", &[("live", live.to_string())]),
                self.tr("notice-from", &[self.service()]),
            ],
            Message::Enquiry { .. } => {
                let mut said = self.enquiry(message);
                said.push(self.tr("notice-from", &[self.service()]));
                said
            }
            Message::HandoverOffered { .. }
            | Message::HandoverCarry { .. }
            | Message::IntroductionCopy { .. } => self.offered(message),
            Message::HandoverAccepted { .. }
            | Message::Introduction { .. }
            | Message::HandoverBack { .. }
            | Message::Redirected { .. } => {
                let mut said = self.handed_over(message, false);
                said.push(self.tr("notice-from", &[self.service()]));
                said
            }
            Message::GpReminder { .. } => vec![self.tr("notice-gp-reminder", &about)],
            Message::KeyWorker { .. } => {
                let mut said = key_worker(self.lang, message);
                said.push(self.tr("notice-from", &[self.service()]));
                said
            }
            Message::AskedFor { .. } => {
                vec![
                    self.tr("notice-asked-for-short", &about),
                    self.t("notice-help-999"),
                    self.t("notice-help-111"),
                ]
            }
            Message::ToReferrer { news, .. } => vec![
                self.tr("notice-you-asked", &about),
                said(self.lang, news),
                self.tr("notice-from", &[self.service()]),
            ],
        }
    }

    fn neutral(&self, message: &Message) -> Vec<String> {
        let mut said = vec![self.t("notice-neutral-start")];
        match message {
            Message::Received { read_by, .. } => {
                said.push(self.tr("notice-received-neutral", &[self.when(*read_by)]));
            }
            Message::ToReferrer { news, .. } if news.is_least() => said.push(self.t("notice-news-neutral")),
            Message::Accepted { .. }
            | Message::Advised { .. }
            | Message::AskedFor { .. }
            | Message::HandoverOffered { .. }
            | Message::HandoverCarry { .. }
            | Message::HandoverAccepted { .. }
            | Message::Introduction { .. }
            | Message::IntroductionCopy { .. }
            | Message::HandoverBack { .. }
            | Message::GpReminder { .. }
            | Message::Redirected { .. }
            | Message::KeyWorker { .. }
            | Message::ToReferrer { .. } => {
                said.extend([self.t("notice-neutral-answer"), self.please_ring()]);
            }
            Message::Enquiry { .. } => said.extend([self.t("notice-enquiry-neutral"), self.please_ring()]),
            Message::Withdrawn { .. } => said.push(self.t("notice-withdrawn-neutral")),
            Message::Duplicate { .. } => said.push(self.t("notice-duplicate-neutral")),
        }
        said
    }

    /// That there is a question, and until when. Its one-time link stands between the two; the question is behind it.
    fn enquiry(&self, message: &Message) -> Vec<String> {
        let Message::Enquiry { own, answer_by, .. } = message else { return Vec::new() };
        let asks = if *own { "notice-enquiry-own" } else { "notice-enquiry" };
        vec![self.tr(asks, &[reference(message)]), self.tr("notice-enquiry-by", &[self.when(*answer_by)])]
    }

    /// To a service: that somebody waits for its answer, and nothing of whom.
    fn offered(&self, message: &Message) -> Vec<String> {
        if let Message::IntroductionCopy { contact_name, meet_by, .. } = message {
            let name = ("name", contact_name.to_string());
            let about = [self.service(), reference(message), name, self.when(*meet_by)];
            return vec![self.tr("notice-introduction-copy", &about), self.please_ring()];
        }
        let (key, by) = match message {
            Message::HandoverOffered { answer_by, .. } => ("notice-handover-offered", answer_by),
            Message::HandoverCarry { meet_by, .. } => ("notice-handover-carry", meet_by),
            _ => return Vec::new(),
        };
        let about = [self.service(), reference(message), self.when(*by)];
        vec![self.tr(key, &about), self.please_ring()]
    }

    /// To the person: which service takes them, or that it did not, and that nobody lets go of them. Free words of staff go
    /// into no text.
    fn handed_over(&self, message: &Message, free: bool) -> Vec<String> {
        let words = |next: &Text| free.then(|| next.to_string());
        match message {
            Message::HandoverAccepted { to, about, contact_name, next, on, meet_by, .. } => {
                let about = about.as_ref().and_then(words);
                let on = on.map(|on| self.tr("notice-handover-on", &[("day", words::day_of(self.lang, on))]));
                let parts = [
                    reference(message),
                    ("to", to.to_string()),
                    ("name", contact_name.to_string()),
                    self.when(*meet_by),
                ];
                let takes = self.tr("notice-handover-accepted", &parts);
                [Some(takes), about, on, words(next), Some(self.t("notice-handover-hold"))]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Message::Introduction { to, contact_name, next, on, meet_by, .. } => {
                let on = on.map(|on| self.tr("notice-handover-on", &[("day", words::day_of(self.lang, on))]));
                let parts = [
                    reference(message),
                    ("to", to.to_string()),
                    ("name", contact_name.to_string()),
                    self.when(*meet_by),
                ];
                let names = self.tr("notice-introduction", &parts);
                let hold = Some(self.t("notice-handover-hold"));
                [Some(names), words(next), on, hold].into_iter().flatten().collect()
            }
            Message::HandoverBack { to, decide_by, .. } => {
                let parts = [reference(message), ("to", to.to_string()), self.when(*decide_by)];
                vec![self.tr("notice-handover-back", &parts)]
            }
            Message::Redirected { to, contact_name, next, .. } => {
                let parts = [reference(message), ("to", to.to_string()), ("name", contact_name.to_string())];
                let has = self.tr("notice-redirected", &parts);
                [Some(has), words(next), Some(self.t("notice-advised-back"))].into_iter().flatten().collect()
            }
            Message::Received { .. }
            | Message::Accepted { .. }
            | Message::Advised { .. }
            | Message::Withdrawn { .. }
            | Message::Duplicate { .. }
            | Message::AskedFor { .. }
            | Message::Enquiry { .. }
            | Message::HandoverOffered { .. }
            | Message::HandoverCarry { .. }
            | Message::IntroductionCopy { .. }
            | Message::GpReminder { .. }
            | Message::KeyWorker { .. }
            | Message::ToReferrer { .. } => Vec::new(),
        }
    }

    fn number(&self) -> Option<Arg> {
        self.county.reply_number.as_ref().map(|number| ("number", number.to_string()))
    }

    fn please_ring(&self) -> String {
        match self.number() {
            Some(number) => self.tr("notice-ring", &[number]),
            None => self.t("notice-get-in-touch"),
        }
    }

    fn help(&self) -> String {
        let lines = self.county.crisis.iter().map(|line| {
            let [label, number, hours] = [&line.label, &line.number, &line.hours].map(ToString::to_string);
            self.tr("notice-help-line", &[("label", label), ("number", number), ("hours", hours)])
        });
        [self.t("notice-help-999"), self.t("notice-help-111")]
            .into_iter()
            .chain(lines)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn reference(message: &Message) -> Arg {
    let reference = match message {
        Message::Received { reference, .. }
        | Message::Accepted { reference, .. }
        | Message::Advised { reference, .. }
        | Message::Withdrawn { reference }
        | Message::GpReminder { reference }
        | Message::AskedFor { reference, .. }
        | Message::Enquiry { reference, .. }
        | Message::ToReferrer { reference, .. }
        | Message::HandoverOffered { reference, .. }
        | Message::HandoverCarry { reference, .. }
        | Message::HandoverAccepted { reference, .. }
        | Message::Introduction { reference, .. }
        | Message::IntroductionCopy { reference, .. }
        | Message::HandoverBack { reference, .. }
        | Message::Redirected { reference, .. }
        | Message::KeyWorker { reference, .. }
        | Message::Duplicate { reference, .. } => reference,
    };
    ("reference", reference.to_string())
}

/// To the person: who is there for them, what they are, how to reach them.
pub fn key_worker(lang: Lang, message: &Message) -> Vec<String> {
    let Message::KeyWorker { team, name, role, number, instead, .. } = message else { return Vec::new() };
    let mut parts = vec![reference(message), ("team", team.to_string()), ("name", name.to_string())];
    parts.extend(role.as_ref().map(|role| ("role", role.to_string())));
    let who = match (instead, role) {
        (false, Some(_)) => lang.tr("notice-key-worker-role", &parts),
        (false, None) => lang.tr("notice-key-worker", &parts),
        (true, Some(_)) => lang.tr("notice-key-worker-now-role", &parts),
        (true, None) => lang.tr("notice-key-worker-now", &parts),
    };
    let reach = number.as_ref().map(|number| {
        lang.tr("notice-key-worker-reach", &[("name", name.to_string()), ("number", number.to_string())])
    });
    [Some(who), reach, Some(lang.t("notice-key-worker-other"))].into_iter().flatten().collect()
}

/// What whoever asked for somebody else is told, in one sentence or two.
pub fn said(lang: Lang, news: &News) -> String {
    match news {
        News::Received { read_by } => {
            lang.tr("notice-news-received", &[("when", words::date_time(lang, *read_by))])
        }
        News::Dealt => lang.t("notice-news-dealt"),
        News::Accepted { team, contact_name, next_on } => {
            let parts = [
                ("team", team.to_string()),
                ("name", contact_name.to_string()),
                ("day", words::day_of(lang, *next_on)),
            ];
            lang.tr("notice-news-accepted", &parts)
        }
        News::Advised { follow_up_on } => {
            lang.tr("notice-news-advised", &[("day", words::day_of(lang, *follow_up_on))])
        }
        News::Redirected { to } => lang.tr("notice-news-redirected", &[("to", to.to_string())]),
        News::Withdrawn => lang.t("notice-news-withdrawn"),
        News::Joined => lang.t("notice-news-joined"),
    }
}
