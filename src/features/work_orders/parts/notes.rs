//! Notes: internal ones look unlike those that the customer may read. A call for attention stands above them until it is cleared.
use super::Ctx;
use crate::domain::order::Audience;
use crate::features::work_orders::form::{AttentionForm, NoteForm, SeenForm};
use crate::features::work_orders::view::{Event, Note};
use crate::kernel::MemberId;
use crate::kernel::form::FieldView;
use crate::kernel::permission::WriteNotes;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(in crate::features::work_orders) fn notes_view(ctx: Ctx) -> impl IntoView {
    let notes: Vec<_> = ctx
        .order
        .history
        .iter()
        .filter_map(|entry| match &entry.what {
            Event::Noted(note) => Some((note.clone(), format!("{} · {}", entry.who, ctx.moment(entry.at)))),
            _ => None,
        })
        .collect();
    let empty = notes.is_empty() && !ctx.can::<WriteNotes>();
    let me = ctx.session.member();
    let unread: Vec<_> = notes
        .iter()
        .filter(|(note, _)| note.unread_by.contains(&me))
        .map(|(note, _)| SeenForm::button(note.id))
        .collect();
    let seen = (!unread.is_empty()).then(|| {
        let action = ctx.action("mentions/seen");
        view! { <div class="note-call tone-accent"><p><b>"A colleague mentioned you."</b></p><PostButton action label="Read" icon="check" fields=unread/></div> }
    });
    let list = notes
        .into_iter()
        .map(|(note, meta)| view! { <Item note meta me/> })
        .collect_view();
    view! {
        <Card title="Notes" id="notes">
            {call_view(ctx.clone())}
            {seen}
            {ctx.can::<WriteNotes>().then(|| write_view(ctx))}
            {empty.then(|| view! { <p class="text-muted">"No notes yet."</p> })}
            <ul class="notes">{list}</ul>
        </Card>
    }
    .into_any()
}

/// The newest call for attention, and the button that says it was taken care of.
fn call_view(ctx: Ctx) -> impl IntoView {
    let Some((since, note)) = ctx.order.call() else {
        return ().into_any();
    };
    let head = format!("Needs attention since {}", ctx.moment(since));
    let clear = ctx.can::<WriteNotes>().then(|| {
        let fields = vec![AttentionForm::button(note.id)];
        view! { <PostButton action=ctx.action("attention") label="Resolved" icon="check" fields/> }
    });
    view! {
        <div class="note-call tone-danger" id="attention">
            <div>
                <p><b><Icon name="alert-triangle" class="icon-sm"/>{head}</b></p>
                <p class="note-body">{note.body}</p>
            </div>
            {clear}
        </div>
    }
    .into_any()
}

#[component]
fn Item(note: Note, meta: String, me: MemberId) -> impl IntoView {
    let (class, icon) = match note.audience {
        Audience::Internal => ("note note-internal tone-warning", "lock"),
        Audience::Customer => ("note tone-info", "eye"),
    };
    let mine = note.unread_by.contains(&me);
    let to = (!note.mentions.is_empty()).then(|| {
        let names = format!("To {}", note.mentions.join(", "));
        view! { <p class="sub"><Icon name="user" class="icon-sm"/>{names}{mine.then_some(" · not read yet")}</p> }
    });
    view! {
        <li class=class>
            <p class="note-head"><Icon name=icon class="icon-sm"/>{note.audience.label()}{note.attention.then_some(" · needs attention")}</p>
            <p class="note-body">{note.body}</p>
            {to}
            <p class="sub">{meta}</p>
        </li>
    }
    .into_any()
}

fn write_view(ctx: Ctx) -> impl IntoView {
    let form = NoteForm {
        audience: Audience::Internal.name().to_owned(),
        ..NoteForm::default()
    };
    let fields = ctx.filled("note", form).fields();
    view! {
        <form class="side-form is-first" method="post" action=ctx.action("notes")>
            <Hidden of=fields.key/>
            <TextArea of=fields.body.lenient() rows=2 hint="Type @name to notify a colleague."/>
            <Segmented of=fields.audience span=Span::Full/>
            <Checkbox of=fields.attention/>
            {picker_view(ctx.clone(), fields.mention)}
            <Button label="Add note" icon="message-square"/>
        </form>
    }
    .into_any()
}

/// The same as typing `@name`, for those who would rather choose.
fn picker_view(ctx: Ctx, field: FieldView) -> impl IntoView {
    let FieldView {
        name,
        label,
        values: chosen,
        error,
        ..
    } = field;
    let name = format!("{name}[]");
    let me = ctx.session.member();
    let choices: Vec<_> = ctx
        .order
        .members
        .iter()
        .filter(|member| member.sees && member.id != me)
        .map(|member| {
            let (id, label) = (member.id.to_string(), format!("{} · {}", member.name, terms().role(member.role)));
            let checked = chosen.contains(&id);
            view! { <label class="check"><input type="checkbox" name=name.clone() value=id checked=checked/><span>{label}</span></label> }
        })
        .collect();
    if choices.is_empty() {
        return ().into_any();
    }
    let open = !chosen.is_empty() || error.is_some();
    view! {
        <details class="note-to" open=open>
            <summary class="link">{label.clone()}</summary>
            <div class="choices" role="group" aria-label=label>{choices}</div>
            {error.map(|text| view! { <p class="field-error"><Icon name="alert-circle"/>{text}</p> })}
        </details>
    }
    .into_any()
}
