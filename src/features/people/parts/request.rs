//! A request to join.
use super::super::form::GrantForm;
use super::super::model::JoinRequest;
use super::grant::{GrantChoices, grant_inputs_view};
use crate::kernel::Filled;
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub(crate) struct RequestView {
    pub request: JoinRequest,
    pub choices: GrantChoices,
    pub zone: Tz,
    pub filled: Filled<GrantForm>,
}

/// What is known of the person, and the decision.
pub(crate) fn request_page_view(view: RequestView) -> AnyView {
    let RequestView {
        request,
        choices,
        zone,
        filled,
    } = view;
    let (head, fields) = (filled.head(), filled.fields());
    let base = format!("/settings/members/requests/{}", request.id);
    let known = if request.known {
        "They are signed in with this account. Once approved, they are in."
    } else {
        "This e-mail is not confirmed. Once approved, they get an invitation by e-mail."
    };
    let refuse = format!("{base}/refuse");
    view! {
        <div class="stack max-w-form">
            <Card>
                <DescriptionList>
                    <Fact label="Asked">{locale().moment(request.created_at, &zone)}</Fact>
                    <Fact label="Address">{known}</Fact>
                </DescriptionList>
            </Card>
            <Card title="Approve request">
                <form class="form" method="post" action=base>
                    <FormHead of=head thing="request"/>
                    {grant_inputs_view(choices, fields)}
                    <FormActions>
                        <SubmitButton label="Approve"/>
                    </FormActions>
                </form>
            </Card>
            <Card title="Refuse request">
                <PostButton action=refuse label="Refuse" variant=Variant::Danger/>
            </Card>
        </div>
    }
    .into_any()
}
