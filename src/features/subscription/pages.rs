//! `/standing`, and how to leave.
use super::model::{day, tone, words};
use super::{selectors, service};
use crate::form;
use crate::kernel::permission::{LeaveGantry, SeeStanding, TakeData};
use crate::server::db::tenant::Session;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

form! {
    /// Whether somebody means it, as the button says.
    pub(super) struct SureForm shows SureFields;
    /// Whether somebody means it.
    #[derive(Clone, Debug)]
    pub(super) struct Sure {
        sure: bool = own("Sure", Kind::Hidden, |raw| Ok(raw == "yes"), |sure, _| if *sure { "yes" } else { "" }.to_owned()),
    }
}

impl SureForm {
    /// The button that means it.
    fn button() -> (String, String) {
        let form = Self::of(&Sure { sure: true }, &FormContext::PUBLIC);
        form.fields(&FieldErrors::default()).sure.posted()
    }
}

pub(super) async fn show(scope: Scope<SeeStanding>) -> PageResult {
    let session = scope.session().clone();
    let support = scope.state.settings.support_email.clone();
    // On a workshop's own address there is no way to another one.
    let bound = scope.request.workshop.is_some();
    // Where nothing else can be opened, the frame would lead nowhere.
    let shut = match session.state {
        OrgState::Suspended => true,
        OrgState::Locked => !session.is_owner(),
        _ => false,
    };
    let page = Page::new("Subscription").nav("/standing");
    if shut {
        return Ok(scope.page(
            page.bare(),
            move || view! { <Shut session=&*session support bound/> },
        ));
    }
    Ok(scope.page(page, move || view! { <Standing session=&*session support/> }))
}

#[component]
fn Standing<'a>(session: &'a Session, support: Option<String>) -> impl IntoView + use<> {
    let (title, sentences) = words(session);
    let plan = if session.on_trial { "Trial" } else { "Standard" };
    let until = session
        .expires_at
        .map_or_else(|| "Never".to_owned(), |at| day(session, at));
    let renews = match (session.expires_at, session.on_trial) {
        (None, _) => "Renews",
        (Some(_), true) => "Trial ends",
        (Some(_), false) => "Paid until",
    };
    let label = session.state.label();
    let tone = tone(session.state);
    let may_leave = session.allows::<LeaveGantry>() && session.cancelled_at.is_none();
    let back = (session.state == OrgState::ReadOnly
        && session.cancelled_at.is_some()
        && session.allows::<LeaveGantry>())
    .then(|| view! { <PostButton action="/settings/come-back" label="Come back" variant=Variant::Primary/> });
    let download = session
        .allows::<TakeData>()
        .then(|| view! { <ButtonLink href="/settings/data" label="Your data" icon="download"/> });
    let leave = may_leave.then(|| view! { <ButtonLink href="/settings/leave" label="Leave Gantry"/> });
    view! {
        <PageHeader title="Subscription" crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
        <Card title=title>
            <div class="stack">
                {sentences.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                <DescriptionList>
                    <Fact label="State"><Badge label tone/></Fact>
                    <Fact label="Plan">{plan}</Fact>
                    <Fact label=renews>{until}</Fact>
                </DescriptionList>
                <Ask support/>
                <div class="form-actions">{download}{leave}{back}</div>
            </div>
        </Card>
    }
}

/// The only page of a workshop that is closed to whoever looks at it.
#[component]
fn Shut<'a>(session: &'a Session, support: Option<String>, bound: bool) -> impl IntoView + use<> {
    let (title, sentences) = words(session);
    let here = session.org();
    let others = session
        .workshops()
        .into_iter()
        .filter(|(org, _)| *org != here && !bound);
    let others = others.map(|(org, name)| {
        let fields = vec![("workshop".to_owned(), org.to_string())];
        view! { <PostButton action="/session/workshop" label=format!("Go to {name}") fields/> }
    });
    let (name, others) = (session.org_name.clone(), others.collect_view());
    view! {
        <AuthFrame title=title lead=name>
            {sentences.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            <Ask support/>
            {others}
            <PostButton action="/sign-out" label="Sign out"/>
        </AuthFrame>
    }
}

/// Whom to ask.
#[component]
fn Ask(support: Option<String>) -> impl IntoView {
    match support {
        Some(address) => {
            let href = format!("mailto:{address}");
            view! { <p>"Questions? "<a class="link" href=href>{address}</a></p> }.into_any()
        }
        None => view! { <p>"Questions? Contact your Gantry administrator."</p> }.into_any(),
    }
}

pub(super) async fn ask(mut scope: Scope<LeaveGantry>) -> PageResult {
    let session = scope.session().clone();
    if session.cancelled_at.is_some() {
        return Ok(crate::server::http::page::see_other("/standing"));
    }
    let locked_on = day(&session, selectors::locks_when_leaving(&mut scope).await?);
    let after = if session.state == OrgState::Locked {
        vec!["The workshop stays locked: only owners can sign in, to download everything.".to_owned()]
    } else {
        vec![
            "The workshop becomes read-only at once: everyone can view everything, no one can save anything."
                .to_owned(),
            format!("Until {locked_on} you can come back with one click."),
            "After that only owners can sign in, to download everything.".to_owned(),
        ]
    };
    let after = after
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect::<Vec<_>>();
    let page = Page::new("Leave Gantry").nav("/settings");
    Ok(scope.page(page, move || {
        view! {
            <PageHeader title="Leave Gantry" crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <Card title="What happens when you leave">
                <div class="stack">
                    <ul class="list-disc pl-5 grid gap-2">
                        <li>"You will not be charged again."</li>
                        {after}
                        <li>"Every owner gets an e-mail about it."</li>
                    </ul>
                    <p><a class="link" href="/settings/data">"Download everything first"</a>". You can also do it later."</p>
                    <div class="form-actions">
                        <ButtonLink href="/settings" label="Stay"/>
                        <PostButton action="/settings/leave" label="Leave Gantry" fields=vec![SureForm::button()]
                            variant=Variant::DangerFill/>
                    </div>
                </div>
            </Card>
        }
    }))
}

pub(super) async fn leave(mut scope: Scope<LeaveGantry>, FormBody(form): FormBody<SureForm>) -> PageResult {
    if !form.parse(&scope.form_context())?.sure {
        return Ok(crate::server::http::page::see_other("/settings/leave"));
    }
    service::leave(&mut scope).await?;
    let message = match scope.session().state {
        OrgState::Locked => "You left. The workshop stays locked; you can still download your data.",
        _ => "You left. The workshop is read-only now.",
    };
    scope.done("/standing", message).await
}

pub(super) async fn come_back(mut scope: Scope<LeaveGantry>) -> PageResult {
    service::come_back(&mut scope).await?;
    scope
        .done("/standing", "Welcome back. Everything is as it was.")
        .await
}
