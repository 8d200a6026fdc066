use crate::query;
use crate::server::mail::outbox::{self, Kept};
use crate::server::prelude::*;
use crate::ui::prelude::*;
use leptos::prelude::*;

query! {
    pub(super) struct MailSearch {
        letter,
    }
}

/// Every letter, newest first, or the one that is asked for.
pub(super) async fn show(visitor: Visitor, Search(search): Search<MailSearch>) -> PageResult {
    let folder = visitor.state.mailer.folder().map(ToOwned::to_owned);
    let Some(folder) = folder else {
        return Err(AppError::NotFound);
    };
    let letters = outbox::list(&folder).await;
    if search.letter.is_empty() {
        return Ok(visitor.page(Page::new("E-mails"), move || view! { <List letters/> }));
    }
    let letter = letters
        .into_iter()
        .find(|kept| kept.id.to_string() == search.letter);
    let letter = letter.ok_or(AppError::NotFound)?;
    let base_url = visitor.state.settings.base_url.clone();
    let page = Page::new(letter.subject.clone());
    Ok(visitor.page(page, move || one_view(letter, base_url)))
}

#[component]
fn List(letters: Vec<Kept>) -> impl IntoView {
    let none = letters
        .is_empty()
        .then(|| view! { <EmptyState icon="mail" title="No e-mail yet"/> });
    let rows = letters.into_iter().map(|kept| {
        let href = format!("/mail?letter={}", kept.id);
        view! { <Row><MainCell text=kept.subject href sub=kept.recipient/></Row> }
    });
    let rows = rows.collect_view();
    view! {
        <PublicFrame>
            <div class="stack mx-auto w-full max-w-form p-gutter">
                <h1 class="text-2xl font-semibold">"Mail"</h1>
                <p class="text-muted">"No mail server is set: e-mails are kept in the data directory and shown here in development."</p>
                {none}
                <Card flush=true><Table caption="E-mails, newest first" columns=vec!["E-mail".into()]>{rows}</Table></Card>
            </div>
        </PublicFrame>
    }
}

/// As text; what leads to us is a link.
fn one_view(letter: Kept, base_url: String) -> impl IntoView {
    let lines = letter.text.lines().map(|line| {
        let own = line.strip_prefix(&base_url).filter(|path| path.starts_with('/'));
        match own.map(ToOwned::to_owned) {
            Some(path) => {
                view! { <p><a class="link break-all" href=path>{line.to_owned()}</a></p> }.into_any()
            }
            None => view! { <p class="min-h-4">{line.to_owned()}</p> }.into_any(),
        }
    });
    let lines = lines.collect_view();
    view! {
        <PublicFrame>
            <div class="stack mx-auto w-full max-w-form p-gutter">
                <p><a class="link tap" href="/mail">"All e-mails"</a></p>
                <Card title=letter.subject subtitle=format!("To {}", letter.recipient)>{lines}</Card>
            </div>
        </PublicFrame>
    }
}
