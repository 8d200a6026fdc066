//! Confirming an address: the link shows a button, the button confirms.
use crate::server::auth::session::Token;
use crate::server::db::links;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::response::Response;
use leptos::prelude::*;

/// Looking uses nothing up: mail programs open links before people do.
pub(crate) async fn page(visitor: Visitor, Id(link): Id<Token>) -> PageResult {
    let (db, now) = (&visitor.state.db, visitor.state.clock.now());
    let Some((email, _)) = links::look_at(db, &link.hash(), "verify_email", now).await? else {
        return Ok(over(&visitor));
    };
    let action = format!("/verify/{}", link.expose());
    Ok(visitor.page(Page::new("Confirm your e-mail"), move || {
        view! {
            <AuthFrame title="Confirm your e-mail" lead=email>
                <form class="form" method="post" action=action>
                    <SubmitButton label="Confirm e-mail"/>
                </form>
            </AuthFrame>
        }
    }))
}

pub(crate) async fn confirm(visitor: Visitor, Id(link): Id<Token>) -> PageResult {
    let (db, now) = (&visitor.state.db, visitor.state.clock.now());
    if !links::verify_email(db, &link.hash(), now, &visitor.request.id).await? {
        return Ok(over(&visitor));
    }
    Ok(visitor.page(Page::new("E-mail confirmed"), || {
        view! {
            <AuthFrame title="E-mail confirmed" lead="Thank you. Your e-mail is confirmed.">
                <div class="form-actions"><ButtonLink href="/dashboard" label="Open dashboard" variant=Variant::Primary/></div>
            </AuthFrame>
        }
    }))
}

fn over(visitor: &Visitor) -> Response {
    visitor.page(Page::new("This link has expired").status(404), || {
        view! {
            <AuthFrame title="This link has expired" lead="It was already used, replaced by a newer one, or is too old.">
                <p class="text-muted">"Sign in to send a new link: it is at the top of each page until your e-mail is confirmed."</p>
                <div class="form-actions"><ButtonLink href="/dashboard" label="Open dashboard" variant=Variant::Primary/></div>
            </AuthFrame>
        }
    })
}
