//! The lists of people.
use super::super::form::InviteForm;
use super::super::model::{Invite, JoinRequest, Member};
use super::grant::{GrantChoices, grant_inputs_view};
use crate::kernel::{BranchId, Filled};
use crate::ui::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub(crate) struct PeopleView {
    pub members: Vec<Member>,
    pub invites: Vec<Invite>,
    pub requests: Vec<JoinRequest>,
    pub branches: Vec<(BranchId, String)>,
    pub choices: GrantChoices,
    /// The join code, as people read it out.
    pub code: Option<String>,
    pub join_address: String,
    pub now: DateTime<Utc>,
    pub zone: Tz,
    pub filled: Filled<InviteForm>,
}

/// Those who wait first, then everybody, then the ways in.
pub(crate) fn people_lists_view(view: PeopleView) -> AnyView {
    let PeopleView {
        members,
        invites,
        requests,
        branches,
        choices,
        code,
        join_address,
        now,
        zone,
        filled,
    } = view;
    view! {
        <div class="stack">
            {requests_view(requests, zone)}
            {members_view(members, branches.clone(), zone)}
            {invites_view(invites, branches, now, zone)}
            {invite_card_view(choices, filled)}
            {code_card_view(code, join_address)}
        </div>
    }
    .into_any()
}

fn members_view(members: Vec<Member>, branches: Vec<(BranchId, String)>, zone: Tz) -> AnyView {
    let rows = members.into_iter().map(|member| {
        let seen = member
            .last_seen
            .map_or_else(|| "Never".to_owned(), |at| locale().moment(at, &zone));
        let state = if member.active() {
            view! { <Badge label="Active" tone=Tone::Success/> }
        } else {
            view! { <Badge label="Deactivated" tone=Tone::Neutral/> }
        };
        let reach = member.grant.places(&branches);
        view! {
            <Row>
                <MainCell text=member.name href=format!("/settings/members/{}", member.id) sub=member.email/>
                <Cell label="Role">{member.grant.label}</Cell>
                <Cell label="Branches">{reach}</Cell>
                <Cell label="State">{state}</Cell>
                <Cell label="Last seen" date=true>{seen}</Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Name", "Role", "Branches", "State", "Last seen"]
        .map(Column::from)
        .to_vec();
    view! {
        <Card title="Members" flush=true>
            <Table caption="Members of this workshop" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn requests_view(requests: Vec<JoinRequest>, zone: Tz) -> AnyView {
    if requests.is_empty() {
        return ().into_any();
    }
    let rows = requests.into_iter().map(|request| {
        let href = format!("/settings/members/requests/{}", request.id);
        view! {
            <Row>
                <MainCell text=request.name href=href.clone() sub=request.email/>
                <Cell label="Asked">{locale().moment(request.created_at, &zone)}</Cell>
                <Cell><PostButton action=format!("{href}/refuse") label="Refuse" size=Size::Small/></Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec!["Name".into(), "Asked".into(), Column::silent("Actions")];
    view! {
        <Card title="Waiting for approval" subtitle="They used the join code. Open one to approve it." flush=true>
            <Table caption="Requests to join" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn invites_view(
    invites: Vec<Invite>,
    branches: Vec<(BranchId, String)>,
    now: DateTime<Utc>,
    zone: Tz,
) -> AnyView {
    if invites.is_empty() {
        return ().into_any();
    }
    let rows = invites.into_iter().map(|invite| {
        let base = format!("/settings/members/invites/{}", invite.id);
        let until = if invite.expires_at <= now {
            view! { <Badge label="Expired" tone=Tone::Warning/> }.into_any()
        } else {
            locale().moment(invite.expires_at, &zone).into_any()
        };
        let reach = invite.grant.places(&branches);
        view! {
            <Row>
                <MainCell text=invite.email sub=format!("Invited by {}", invite.invited_by)/>
                <Cell label="Role">{invite.grant.label}</Cell>
                <Cell label="Branches">{reach}</Cell>
                <Cell label="Valid until" date=true>{until}</Cell>
                <Cell>
                    <div class="flex flex-wrap gap-2">
                        <PostButton action=format!("{base}/resend") label="Send again" size=Size::Small/>
                        <PostButton action=format!("{base}/revoke") label="Revoke" size=Size::Small variant=Variant::Danger/>
                    </div>
                </Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![
        "E-mail".into(),
        "Role".into(),
        "Branches".into(),
        "Valid until".into(),
        Column::silent("Actions"),
    ];
    view! {
        <Card id="invites" title="Invited" flush=true>
            <Table caption="Open invitations" columns>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn invite_card_view(choices: GrantChoices, filled: Filled<InviteForm>) -> AnyView {
    let (head, fields) = (filled.head(), filled.fields());
    view! {
        <Card id="invite" title="Invite someone" subtitle="They get a link by e-mail that works once, for seven days.">
            <form class="form max-w-form" method="post" action="/settings/members/invites">
                <FormHead of=head thing="invitation"/>
                <Field of=fields.email inputmode="email" span=Span::Full/>
                {grant_inputs_view(choices, fields.grant)}
                <FormActions>
                    <SubmitButton label="Send invitation"/>
                </FormActions>
            </form>
        </Card>
    }
    .into_any()
}

fn code_card_view(code: Option<String>, join_address: String) -> AnyView {
    let about = format!("Anyone with this code can ask to join at {join_address}. You approve each request.");
    let Some(code) = code else {
        return view! {
            <Card id="code" title="Join code" subtitle=about>
                <p class="text-muted">"No join code: people join by invitation only."</p>
                <FormActions>
                    <PostButton action="/settings/members/code" label="Create code"/>
                </FormActions>
            </Card>
        }
        .into_any();
    };
    view! {
        <Card id="code" title="Join code" subtitle=about>
            <p class="text-2xl font-semibold tracking-wide"><code>{code}</code></p>
            <FormActions>
                <Button label="New code…" opens="new-code"/>
                <PostButton action="/settings/members/code/off" label="Switch off" variant=Variant::Danger/>
            </FormActions>
            <Confirm id="new-code" title="Create a new code?" text="The current code stops working. Open requests stay."
                action="/settings/members/code" label="Create code"/>
        </Card>
    }
    .into_any()
}
