//! Notes: internal ones look unlike those that the customer may read.
use super::Ctx;
use crate::features::work_orders::model::Audience;
use crate::features::work_orders::view::Event;
use crate::kernel::permission::WriteNotes;
use crate::ui::prelude::*;
use leptos::prelude::*;

#[component]
pub(in crate::features::work_orders) fn Notes(ctx: Ctx) -> impl IntoView {
    let notes: Vec<_> = ctx
        .order
        .history
        .iter()
        .filter_map(|entry| match &entry.what {
            Event::Noted { audience, body } => Some((
                *audience,
                body.clone(),
                format!("{} · {}", entry.who, ctx.moment(entry.at)),
            )),
            _ => None,
        })
        .collect();
    let empty = notes.is_empty() && !ctx.can::<WriteNotes>();
    let list = notes
        .into_iter()
        .map(|(audience, body, meta)| view! { <Note audience body meta/> })
        .collect_view();
    view! {
        <Card title="Notes" id="notes">
            {ctx.can::<WriteNotes>().then(|| view! { <Write ctx/> })}
            {empty.then(|| view! { <p class="text-muted">"No notes."</p> })}
            <ul class="notes">{list}</ul>
        </Card>
    }
    .into_any()
}

#[component]
fn Note(audience: Audience, body: String, meta: String) -> impl IntoView {
    let (class, icon) = match audience {
        Audience::Internal => ("note tone-warning", "lock"),
        Audience::Customer => ("note tone-info", "eye"),
    };
    view! {
        <li class=class>
            <p class="note-head"><Icon name=icon class="icon-sm"/>{audience.label()}</p>
            <p class="note-body">{body}</p>
            <p class="sub">{meta}</p>
        </li>
    }
    .into_any()
}

#[component]
fn Write(ctx: Ctx) -> impl IntoView {
    let draft = &ctx.draft;
    view! {
        <form class="side-form is-first" method="post" action=ctx.action("notes")>
            <Hidden name="key" value=ctx.key()/>
            <TextArea label="New note" name="body" rows=2 maxlength=4000u32 value=draft.value("note", "body", "") error=draft.error("note", "body")/>
            <Segmented label="Who reads it" name="audience" options=Audience::options() span=Span::Full
                selected=draft.value("note", "audience", "internal") error=draft.error("note", "audience")/>
            <Button label="Add note" icon="message-square"/>
        </form>
    }
    .into_any()
}
