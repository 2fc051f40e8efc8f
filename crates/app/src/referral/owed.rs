//! What is still owed on a record: clocks, tasks and messages, with the small forms that settle them.
//!
//! Offers a step only where the machine would take it and the reader's role may.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::Timestamp;
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::clock::{Called, Clock, ClockKind, Left, Targets};
use onedoor_domain::notice::{Message, Notice, NoticeState, NoticeStep, Route};
use onedoor_domain::section::Section;
use onedoor_domain::task::Task;
use onedoor_domain::unmet::NeedsMet;
use onedoor_domain::value::Text;

use super::names;
use super::needs::{self, Asking};
use super::record::{Part, by_at, find, progress};
use crate::task::rows::stack;
use crate::task::when;
use crate::ui::{Button, Cell, Column, Details, Markup, Table, Textarea};
use crate::ui::{Field, Size};
use crate::web::Staff;
use crate::web::form::{FormErrors, RawForm};
use crate::words::{self, Lang};

/// What the parts are made from.
#[derive(Debug)]
pub struct Owed<'a> {
    /// Who reads.
    pub staff: &'a Staff,
    /// What they may see.
    pub revealed: &'a Revealed,
    /// Where the record's forms go: `/referrals/{id}`.
    pub base: String,
    /// The version forms carry.
    pub version: i64,
    /// What the targets are called here.
    pub targets: &'a Targets,
    /// Whether nothing really leaves this installation.
    pub demo: bool,
}

/// A button that posts, with nothing to type but what it carries.
#[derive(Debug, Template)]
#[template(path = "referral/small_form.html")]
pub(crate) struct SmallForm {
    action: String,
    version: i64,
    step: Option<&'static str>,
    controls: Markup,
    button: Button,
}

impl HtmlSafe for SmallForm {}

impl SmallForm {
    /// A form that is one button.
    pub(crate) fn button(action: String, version: i64, button: Button) -> Self {
        Self { action, version, step: None, controls: Markup::default(), button }
    }
}

/// One message and what can be done about it.
#[derive(Debug, Template)]
#[template(path = "referral/notice.html")]
struct NoticeCard {
    lang: Lang,
    title: String,
    state: String,
    detail: Option<String>,
    letter: Option<String>,
    forms: Vec<Markup>,
}

impl HtmlSafe for NoticeCard {}

impl Owed<'_> {
    fn lang(&self) -> Lang {
        self.staff.lang
    }

    fn now(&self) -> Timestamp {
        self.staff.ctx.now
    }

    /// The clocks, with why a target was missed.
    pub fn of_clocks(&self) -> Option<Part> {
        let lang = self.lang();
        let clocks = &progress(self.revealed)?.clocks;
        let columns = ["referral-clocks-what", "referral-clocks-by", "referral-clocks-stands"];
        let rows = clocks.iter().map(|clock| {
            let stands = stack([self.stands(clock), self.breach(clock)]);
            let by = words::date_time(lang, clock.target_at);
            vec![Cell::from(self.called(clock.kind)), Cell::from(by), Cell::from(stands)]
        });
        let content = self.table(&columns, rows.collect());
        Some(Part { id: "clocks", heading: lang.t("referral-part-clocks"), content })
    }

    /// What a clock measures, and for the national ones whether its target is expected or a standard (pathway §6.3).
    fn called(&self, kind: ClockKind) -> String {
        let lang = self.lang();
        let clock = [("clock", lang.t(names::clock(kind)))];
        match self.targets.called(kind) {
            Called::Agreed => lang.tr("care-called-agreed", &clock),
            Called::Expected => lang.tr("care-called-expected", &clock),
            Called::Standard => lang.tr("care-called-standard", &clock),
        }
    }

    fn stands(&self, clock: &Clock) -> Markup {
        let lang = self.lang();
        match clock.left(self.now()) {
            Left::Remaining(_) | Left::Over(_) => when::due_words(lang, clock.target_at, self.now()).into(),
            Left::Stopped { breached } => {
                let why = clock.stop_why.map(|why| lang.t(names::stopped(why))).unwrap_or_default();
                let at = clock.stopped_at.map(|at| words::date_time(lang, at)).unwrap_or_default();
                let key = if breached { "referral-clock-stopped-late" } else { "referral-clock-stopped" };
                lang.tr(key, &[("why", why), ("at", at)]).into()
            }
        }
    }

    /// Why a target was missed, or the form that asks.
    fn breach(&self, clock: &Clock) -> Markup {
        let lang = self.lang();
        if !clock.is_breached(self.now()) {
            return Markup::default();
        }
        if let Some(reason) = &clock.breach_reason {
            return lang.tr("referral-clock-reason", &[("why", reason.to_string())]).into();
        }
        if !self.staff.may(Action::BreachExplain) {
            return lang.t("referral-clock-no-reason").into();
        }
        let id = clock.id;
        self.asked(
            "referral-explain-open",
            &format!("{}/clocks/{id}/explain", self.base),
            (None, "referral-explain-why", "referral-explain-button"),
            &format!("why-{id}"),
        )
    }

    /// The tasks, open ones first.
    pub fn of_tasks(&self) -> Option<Part> {
        let lang = self.lang();
        let mut tasks = find(self.revealed, |section| {
            if let Section::Tasks(tasks) = section { Some(tasks.clone()) } else { None }
        })?;
        tasks.sort_by_key(|task| (!task.is_open(), task.due_at));
        let columns = ["referral-tasks-what", "referral-tasks-due", "referral-tasks-state"];
        let rows = tasks.iter().map(|task| {
            let due = if task.is_open() {
                when::due(lang, task.due_at, self.now())
            } else {
                words::date_time(lang, task.due_at).into()
            };
            vec![
                Cell::from(lang.t(names::task(task.kind))),
                Cell::from(due),
                Cell::from(self.task_state(task)),
            ]
        });
        let content = self.table(&columns, rows.collect());
        Some(Part { id: "tasks", heading: lang.t("referral-part-tasks"), content })
    }

    fn task_state(&self, task: &Task) -> Markup {
        let lang = self.lang();
        if let Some(end) = &task.end {
            let done = lang.tr("referral-task-done", &[("by", by_at(lang, &end.by, end.at))]);
            let why = end.why.as_ref().map(|why| Markup::lines(why.as_str()));
            return stack(std::iter::once(Markup::from(done)).chain(why));
        }
        if !(task.kind.ends_by_reason() && self.staff.may(Action::TaskEnd)) {
            return lang.t("referral-task-open").into();
        }
        let id = task.id;
        self.asked(
            "referral-task-end-open",
            &format!("{}/tasks/{id}/end", self.base),
            (None, "referral-task-end-why", "referral-task-end-button"),
            &format!("why-{id}"),
        )
    }

    /// The messages, newest first.
    pub fn of_notices(&self) -> Option<Part> {
        let lang = self.lang();
        let notices =
            find(
                self.revealed,
                |section| {
                    if let Section::Notices(notices) = section { Some(notices) } else { None }
                },
            )?;
        let content = Markup::all(notices.iter().rev().map(|notice| self.notice(notice)));
        Some(Part { id: "notices", heading: lang.t("referral-part-notices"), content })
    }

    fn notice(&self, notice: &Notice) -> NoticeCard {
        let lang = self.lang();
        let to = [
            ("party", lang.t(names::party(notice.party))),
            ("message", lang.t(names::message(&notice.message))),
            ("route", lang.t(names::route(&notice.route))),
        ];
        let may = self.staff.may(Action::NoticeTell);
        let printable = matches!(notice.route, Route::Letter { .. });
        NoticeCard {
            lang,
            title: lang.tr("referral-notice-title", &to),
            state: lang.t(names::notice_state(&notice.state, self.demo)),
            detail: notice_detail(lang, notice, printable),
            letter: (may && printable).then(|| format!("{}/notices/{}/letter", self.base, notice.id)),
            forms: if may { self.notice_forms(notice) } else { Vec::new() },
        }
    }

    fn notice_forms(&self, notice: &Notice) -> Vec<Markup> {
        let lang = self.lang();
        let action = format!("{}/notices/{}", self.base, notice.id);
        let (raw, errors) = (RawForm::default(), FormErrors::default());
        let asking = Asking { lang, raw: &raw, errors: &errors, ending: format!("-{}", notice.id) };
        let buttons = [
            (NoticeStep::Printed, "printed", "referral-notice-do-printed"),
            (
                NoticeStep::Posted { address_checked: true, needs: None },
                "posted",
                "referral-notice-do-posted",
            ),
            (NoticeStep::ToldByPhone { needs: None }, "told-by-phone", "referral-notice-do-told"),
        ];
        let offered = buttons.into_iter().filter(|(step, _, _)| notice.can(step.clone()));
        let mut forms: Vec<Markup> = offered
            .map(|(step, code, key)| {
                let controls = Markup::all(asking.before(notice, &step, self.revealed));
                let button = Button { small: true, ..Button::secondary(lang.t(key)) };
                let form = SmallForm::button(action.clone(), self.version, button);
                Markup::of(&SmallForm { step: Some(code), controls, ..form })
            })
            .collect();
        if can_come_back(notice) && self.is_in_force(notice) {
            forms.push(self.asked(
                "referral-notice-back-open",
                &action,
                (Some("came-back"), "referral-notice-back-why", "referral-notice-back-button"),
                &format!("back-{}", notice.id),
            ));
        }
        if can_except(notice) {
            forms.push(self.asked(
                "referral-notice-except-open",
                &action,
                (Some("excepted"), "referral-notice-except-why", "referral-notice-except-button"),
                &format!("why-{}", notice.id),
            ));
        }
        forms
    }

    /// Whether a message says what is true now: the decision in force, or the receipt while there is none.
    fn is_in_force(&self, notice: &Notice) -> bool {
        let decided =
            find(
                self.revealed,
                |section| {
                    if let Section::Decision(decided) = section { decided.last() } else { None }
                },
            );
        let open = progress(self.revealed).is_some_and(|progress| progress.state.is_undecided());
        match decided.filter(|_| !open) {
            Some(decided) => notice.message.code() == decided.outcome.code() && notice.made_at >= decided.at,
            None => matches!(notice.message, Message::Received { .. }),
        }
    }

    /// A form with one question, closed until asked for.
    fn asked(
        &self,
        open: &str,
        action: &str,
        (step, label, button): (Option<&'static str>, &str, &str),
        id: &str,
    ) -> Markup {
        let lang = self.lang();
        let field = Field { id: id.to_owned(), ..Field::new(lang, "why", lang.t(label)).sized(Size::S) };
        let area = Textarea { field, rows: Some(3), autocomplete: Some("off"), ..Textarea::default() };
        let form = SmallForm {
            action: action.to_owned(),
            version: self.version,
            step,
            controls: Markup::of(&area),
            button: Button { small: true, ..Button::secondary(lang.t(button)) },
        };
        Markup::of(&Details {
            summary: lang.t(open).into(),
            content: Markup::of(&form),
            ..Details::default()
        })
    }

    fn table(&self, columns: &[&str], rows: Vec<Vec<Cell>>) -> Markup {
        let lang = self.lang();
        let columns = columns.iter().map(|key| Column::new(lang.t(key))).collect();
        Markup::of(&Table {
            lang,
            columns,
            rows,
            first_cell_is_header: true,
            responsive: true,
            ..Table::default()
        })
    }
}

/// Whether a reason may settle it. The words of the reason do not matter for the machine.
fn can_except(notice: &Notice) -> bool {
    "-".parse::<Text>().is_ok_and(|why| notice.can(NoticeStep::Excepted { why }))
}

/// Whether it is a letter that was posted and may have come back.
fn can_come_back(notice: &Notice) -> bool {
    "-".parse::<Text>().is_ok_and(|why| notice.can(NoticeStep::CameBack { why }))
}

fn with_needs(line: String, lang: Lang, needs: Option<&NeedsMet>) -> String {
    needs::said(lang, needs).map(|said| format!("{line}. {said}")).unwrap_or(line)
}

fn notice_detail(lang: Lang, notice: &Notice, is_letter: bool) -> Option<String> {
    let at = |at: Timestamp| words::date_time(lang, at);
    let answered = if is_letter { "referral-notice-came-back" } else { "referral-notice-answered" };
    match &notice.state {
        NoticeState::Queued => None,
        NoticeState::Spooled { at: spooled, .. } => Some(at(*spooled)),
        NoticeState::Handed { at: when, answer }
        | NoticeState::Asked { at: when, answer }
        | NoticeState::Delivered { at: when, answer }
        | NoticeState::Failed { at: when, answer } => {
            let parts = [("at", at(*when)), ("answer", answer.to_string())];
            Some(lang.tr(answered, &parts))
        }
        NoticeState::Printed { at, by } => Some(by_at(lang, by, *at)),
        NoticeState::Posted { at, by, address_checked, needs } => {
            let by = by_at(lang, by, *at);
            let line =
                if *address_checked { lang.tr("referral-notice-posted-by", &[("by", by)]) } else { by };
            Some(with_needs(line, lang, needs.as_ref()))
        }
        NoticeState::ToldByPhone { at, by, needs } => {
            Some(with_needs(by_at(lang, by, *at), lang, needs.as_ref()))
        }
        NoticeState::Excepted { at, by, why } => {
            let parts = [("by", by_at(lang, by, *at)), ("why", why.to_string())];
            Some(lang.tr("referral-notice-because", &parts))
        }
    }
}
