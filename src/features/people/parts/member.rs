//! One member's page.
use super::super::form::MemberForm;
use super::super::model::Member;
use super::grant::{GrantChoices, grant_inputs_view};
use crate::kernel::BranchId;
use crate::kernel::form::{Filled, ReasonForm};
use crate::ui::prelude::*;
use chrono_tz::Tz;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub(crate) struct MemberView {
    pub member: Member,
    pub branches: Vec<(BranchId, String)>,
    pub choices: GrantChoices,
    pub zone: Tz,
    /// Whether whoever looks may deactivate people.
    pub may_dismiss: bool,
    pub filled: Filled<MemberForm>,
    /// The form that deactivates.
    pub leaving: Filled<ReasonForm>,
}

/// Facts, then what can be changed.
pub(crate) fn member_page_view(view: MemberView) -> AnyView {
    let facts = facts(&view);
    let base = format!("/settings/members/{}", view.member.id);
    let MemberView {
        member,
        choices,
        filled,
        may_dismiss,
        leaving,
        ..
    } = view;
    let (head, fields) = (filled.head(), filled.fields());
    if !member.active() {
        let conflict = head.conflict.or(leaving.conflict);
        return view! {
            <div class="stack max-w-form">
                <FormConflict of=conflict/>
                {facts}
                <Card title="Reactivate" subtitle="With the same role and branches. Their old password works.">
                    <PostButton action=format!("{base}/reactivate") label="Reactivate"/>
                </Card>
            </div>
        }
        .into_any();
    }
    let (change, deactivate) = (base.clone(), format!("{base}/deactivate"));
    let (name, back) = (member.name, base);
    let leaving = may_dismiss.then(|| {
        view! {
            <Card title="Deactivate" subtitle="Their name stays on what they did. They are signed out at once and cannot sign in here.">
                <Button label="Deactivate…" opens="deactivate" variant=Variant::Danger/>
                <ReasonDialog id="deactivate" title=format!("Deactivate {name}?")
                    text="They are signed out at once. You can reactivate them later." action=deactivate
                    label="Deactivate" placeholder="Left at the end of May" of=leaving close_href=back/>
            </Card>
        }
    });
    view! {
        <div class="stack max-w-form">
            {facts}
            <Card title="Role and branches" subtitle="Changes apply on their next click.">
                <form class="form" method="post" action=change>
                    <FormHead of=head thing="member"/>
                    <Hidden of=fields.version/>
                    {grant_inputs_view(choices, fields.grant)}
                    <FormActions>
                        <SubmitButton label="Save"/>
                    </FormActions>
                </form>
            </Card>
            {leaving}
        </div>
    }
    .into_any()
}

fn facts(view: &MemberView) -> AnyView {
    let member = view.member.clone();
    let seen = member
        .last_seen
        .map_or_else(|| "Never".to_owned(), |at| locale().moment(at, &view.zone));
    let since = locale().moment(member.created_at, &view.zone);
    let reach = member.grant.places(&view.branches);
    let left = member.deactivated_at.map(|at| locale().moment(at, &view.zone));
    let left = left.map(|at| {
        view! { <Fact label="Deactivated">{format!("{at}: {}", member.deactivated_reason)}</Fact> }
    });
    view! {
        <Card>
            <DescriptionList>
                <Fact label="Role">{member.grant.label}</Fact>
                <Fact label="Branches">{reach}</Fact>
                <Fact label="Member since">{since}</Fact>
                <Fact label="Last seen">{seen}</Fact>
                {left}
            </DescriptionList>
        </Card>
    }
    .into_any()
}
