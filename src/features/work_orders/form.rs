//! The detail page holds many small forms. A refused one comes back with what was typed, at the place where it stands.
mod lines;
mod rejected;

pub use lines::JobLines;
pub(super) use lines::LineInput;
pub(super) use lines::{LineForm, LineFormFields, LinesForm};
pub(super) use rejected::{Refusal, RejectedForm};

use crate::domain::order::{Audience, DecisionMethod, JobDecision, OdometerPoint, Payer, Phase};
use crate::form;
use crate::kernel::form::FieldKey;
use crate::kernel::*;
use chrono::{DateTime, Utc};

form! {
    /// Promise and advisor as typed.
    pub(super) struct DetailsForm shows DetailsFields;
    /// Promise, advisor and what the bay has to know.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Details {
        promised_at: Option<DateTime<Utc>> = moment("Promised for").optional(),
        advisor: Option<MemberId> = id::<MemberId>("Advisor").optional(),
        waiting: bool = tick("Customer is waiting"),
        urgent: bool = tick("Urgent"),
        off_site: bool = tick("The vehicle is not here"),
        key_tag: String = line("Key tag number", 20),
    }
    with {
        /// What the page was rendered for.
        version,
    }
}

form! {
    /// A job as typed.
    pub(super) struct JobForm shows JobFields;
    /// A job, about to be written.
    #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
    pub struct NewJob {
        title: String = line("Title", 200).required(),
        payer: Payer = choice::<Payer>("Pay type"),
    }
    with {
        /// What the page was rendered for, where there is a job already.
        version,
        /// Answers a double click once, where it is added.
        key,
        /// Pressed to take it away.
        remove,
    }
    tidied by paid_by_customer;
}

/// Who pays is the customer, unless something else is said.
fn paid_by_customer(form: &mut JobForm) {
    if form.payer.is_empty() {
        Payer::Customer.name().clone_into(&mut form.payer);
    }
}

form! {
    /// What the customer says, as typed.
    pub(super) struct ConcernForm shows ConcernFields;
    /// What the customer says.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NewConcern {
        concern: String = long("New concern", 2_000).required().asks("Enter the concern."),
    }
    with {
        /// Answers a double click once.
        key,
    }
}

form! {
    /// Other words of the customer, as typed.
    pub(super) struct ConcernChangeForm shows ConcernChangeFields;
    /// Other words of the customer; none take the concern away.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ConcernChange {
        concern: String = long("Concern", 2_000),
    }
    with {
        /// The words that the page showed.
        was,
    }
}

form! {
    /// A technician's answer to a concern, as typed.
    pub struct FindingForm shows FindingFields;
    /// A technician's answer to a concern.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Finding {
        cause: String = long("Cause", 4_000),
        correction: String = long("Correction", 4_000),
    }
    with {
        /// What the page showed: a colleague's words are not written over.
        was_cause,
        was_correction,
    }
}

impl FindingForm {
    /// With what is saved, in the fields and as what the page showed.
    pub fn showing(saved: &Finding) -> Self {
        Self {
            was_cause: saved.cause.clone(),
            was_correction: saved.correction.clone(),
            ..Self::of(saved, &FormContext::PUBLIC)
        }
    }
}

/// What happens to the work on a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Start,
    Finish,
}

form! {
    /// Starting or finishing a job, as its button says.
    pub(super) struct WorkForm shows WorkFields;
    /// Starting or finishing a job.
    #[derive(Clone, Debug)]
    pub(super) struct Work {
        r#do: Step = own("Step", Kind::Hidden, step, |step, _| step_name(*step).to_owned()),
    }
}

fn step(raw: &str) -> Result<Step, Problem> {
    let named = [Step::Start, Step::Finish]
        .into_iter()
        .find(|step| step_name(*step) == raw);
    named.ok_or(Problem::Missing)
}

const fn step_name(step: Step) -> &'static str {
    match step {
        Step::Start => "start",
        Step::Finish => "finish",
    }
}

form! {
    /// What the customer decided, as typed.
    pub(super) struct DecisionForm shows DecisionFields;
    /// What the customer decided.
    #[derive(Clone, Debug)]
    pub struct Decide {
        method: DecisionMethod = choice::<DecisionMethod>("How"),
        /// Who said it.
        contact_name: String = line("Approved by", 120).required().asks("Enter who decided."),
        note: String = long("Note", 1_000),
    }
    with {
        /// What was read out or shown.
        version,
        /// Answers a double click once.
        key,
    }
    each {
        /// Approved or declined; none is undecided.
        jobs "" by JobId: Option<JobDecision> = own("Decision", Kind::Choice, |raw| Ok(decided(raw)), |word: &Option<JobDecision>, _| word.map_or("", JobDecision::name).to_owned()),
    }
    checked by something_decided;
}

impl FieldKey for JobId {}

fn decided(raw: &str) -> Option<JobDecision> {
    JobDecision::parse(raw).filter(|decision| *decision != JobDecision::Open)
}

fn something_decided(form: &DecisionForm, _: Option<&mut Decide>, check: &mut Checker, _: &FormContext) {
    let jobs = form.jobs.keys::<JobId>("");
    if !jobs
        .iter()
        .any(|(_, raw)| raw.iter().any(|raw| decided(raw).is_some()))
    {
        let nothing = "Choose Approve or Decline for at least one job.";
        check.refuse("jobs", Problem::other(nothing));
    }
}

form! {
    /// A move through the phases, as its button says.
    pub(super) struct MoveForm shows MoveFields;
    /// Where somebody wants an order to be.
    #[derive(Clone, Debug)]
    pub struct Move {
        to: Phase = choice::<Phase>("Move to"),
        /// The phase that the screen showed; if it is another by now, nothing moves.
        from: Option<Phase> = own("From", Kind::Hidden, |raw| Ok(Phase::parse(raw)), |phase: &Option<Phase>, _| phase.map_or("", Phase::name).to_owned()),
        reason: String = long("Reason", 500),
        /// Passes the gates (never the table), for who may and says why.
        r#override: bool = tick("Override"),
    }
    with {
        /// Answers a double click once.
        key,
    }
}

impl Move {
    /// A move that needs no reason and overrides nothing.
    pub const fn to(to: Phase) -> Self {
        Self {
            to,
            from: None,
            reason: String::new(),
            r#override: false,
        }
    }
}

form! {
    /// Who works on which job, as chosen.
    pub(super) struct AssignForm shows AssignFields;
    /// Who works on which job; none is all of them.
    #[derive(Clone, Debug)]
    pub(super) struct Assignment {
        member: MemberId = id::<MemberId>("Assign").asks("Choose a person."),
        job: Option<JobId> = id::<JobId>("To").optional(),
    }
    with {
        /// Pressed to take them off it.
        remove,
    }
}

form! {
    /// What the meter shows, as typed.
    pub(super) struct ReadingForm shows ReadingFields;
    /// What the meter shows.
    #[derive(Clone, Debug)]
    pub struct Reading {
        point: OdometerPoint = choice::<OdometerPoint>("Reading"),
        value: i32 = odometer("Value"),
        /// Needed when the meter shows less than last time.
        odometer_reason: String = line("Why is it lower? (if it is)", 300),
    }
    with {
        /// Answers a double click once.
        key,
    }
}

form! {
    /// A note as typed.
    pub(super) struct NoteForm shows NoteFields;
    /// A note, about to be written.
    #[derive(Clone, Debug)]
    pub struct NewNote {
        audience: Audience = choice::<Audience>("Visible to"),
        body: String = long("New note", 4_000).required().asks("Enter a text."),
        /// The order carries a flag until somebody clears it.
        attention: bool = tick("Needs attention"),
        /// Colleagues ticked in the form, besides those named in the text.
        mention[]: Vec<MemberId> = own("Notify colleagues", Kind::Choice, colleague, |id, _| id.to_string()),
    }
    with {
        /// Answers a double click once.
        key,
    }
}

fn colleague(raw: &str) -> Result<MemberId, Problem> {
    raw.parse()
        .map_err(|_| Problem::other("Choose someone who works at this branch."))
}

form! {
    /// A call for attention that somebody took care of.
    pub(super) struct AttentionForm shows AttentionFields;
    /// A call for attention that somebody took care of.
    #[derive(Clone, Debug)]
    pub(super) struct Attention {
        /// The newest call that the screen showed.
        note: Option<NoteId> = own("Note", Kind::Hidden, |raw| Ok(raw.parse().ok()), |id: &Option<NoteId>, _| id.map(|id| id.to_string()).unwrap_or_default()),
    }
}

form! {
    /// Notes that somebody read.
    pub(super) struct SeenForm shows SeenFields;
    /// Notes that somebody read; what names none is passed over.
    #[derive(Clone, Debug)]
    pub(super) struct Seen {
        note[]: Vec<Option<NoteId>> = own("Notes", Kind::Hidden, |raw| Ok(raw.parse().ok()), |id: &Option<NoteId>, _| id.map(|id| id.to_string()).unwrap_or_default()),
    }
    with {
        /// A path of ours to go to afterwards.
        next,
    }
}

form! {
    /// Who collects it, as typed.
    pub(super) struct HandOverForm shows HandOverFields;
    /// Who collects it.
    #[derive(Clone, Debug)]
    pub struct HandOver {
        collected_by: String = line("Collected by", 120).required().asks("Enter who collects it."),
        /// A name typed as a signature.
        typed: String = line("or type your name", 120),
        /// The path of a drawn one (`M10 20L30 40`); it counts instead.
        drawn: String = as_typed("Signature", Kind::Hidden),
        reason: String = long("Reason", 500),
        /// Passes a missing invoice, for who may and says why.
        r#override: bool = tick("Override"),
    }
    with {
        /// Answers a double click once.
        key,
    }
    checked by signed;
}

/// Drawn or typed. Only a path's letters and figures, because pages show it as a drawing.
fn signed(form: &HandOverForm, _: Option<&mut HandOver>, check: &mut Checker, _: &FormContext) {
    let drawing = |path: &str| {
        path.len() <= 20_000
            && path.starts_with('M')
            && path.chars().all(|c| matches!(c, 'M' | 'L' | ' ' | '0'..='9'))
    };
    let unsigned = form.drawn.is_empty() && text::required(&form.typed, 120) == Err(Problem::Missing);
    if unsigned {
        check.refuse("signature", Problem::other("Sign, or type a name."));
    } else if !form.drawn.is_empty() && !drawing(&form.drawn) {
        check.refuse("signature", Problem::other("Please sign again."));
    }
}

impl AttentionForm {
    /// The button that says that this was taken care of.
    pub(super) fn button(note: NoteId) -> (String, String) {
        let form = Self::of(&Attention { note: Some(note) }, &FormContext::PUBLIC);
        form.fields(&FieldErrors::default()).note.posted()
    }
}

impl SeenForm {
    /// What the button that says that notes were read posts for each of them.
    pub(super) fn button(note: NoteId) -> (String, String) {
        let form = Self::of(
            &Seen {
                note: vec![Some(note)],
            },
            &FormContext::PUBLIC,
        );
        let (name, id) = form.fields(&FieldErrors::default()).note.posted();
        (format!("{name}[]"), id)
    }
}

impl WorkForm {
    /// The button of this step.
    pub(super) fn button(step: Step) -> (String, String) {
        let form = Self::of(&Work { r#do: step }, &FormContext::PUBLIC);
        form.fields(&FieldErrors::default()).r#do.posted()
    }
}

impl HandOver {
    /// The drawn one if there is one.
    pub fn signature(&self) -> &str {
        if self.drawn.is_empty() {
            &self.typed
        } else {
            &self.drawn
        }
    }
}
