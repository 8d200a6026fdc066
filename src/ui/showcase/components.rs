//! Small things: figures, facts, badges, messages, buttons.

use leptos::prelude::*;

use crate::ui::icon::ICONS;
use crate::ui::prelude::*;

/// All of them.
#[component]
pub(super) fn Components() -> impl IntoView {
    view! {
        <Figures />
        <div class="split">
            <div class="stack">
                <Buttons />
                <Badges />
                <Messages />
            </div>
            <div class="stack">
                <Facts />
                <History />
            </div>
        </div>
        <Nothing />
        <Errors />
        <Icons />
    }
}

#[component]
fn Figures() -> impl IntoView {
    let bars = [38, 44, 41, 52, 47, 60, 58, 49, 63, 66, 61, 72]
        .into_iter()
        .enumerate()
        .map(|(i, n)| (format!("W{}", i + 8), n, format!("€ {n} 210.00")))
        .collect();
    view! {
        <StatRow>
            <Stat label="Cars in today" value="14" href="/appointments" icon="car" note="3 more than last Tuesday" />
            <Stat
                label="Waiting for approval"
                value="5"
                href="/work-orders"
                icon="hand"
                tone=Tone::Warning
                note="oldest since 2 days"
            />
            <Stat
                label="Past promise"
                value="2"
                href="/work-orders"
                icon="clock"
                tone=Tone::Danger
                note="by promised time"
            />
            <Stat
                label="Invoiced this month"
                value="€ 72 210.00"
                href="/reports"
                icon="receipt"
                tone=Tone::Success
                note="by posting date"
            />
        </StatRow>
        <Card title="Sales by week" subtitle="Posted invoices less credit notes, by posting date">
            <BarChart title="Sales by week" bars />
        </Card>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <Card title="Buttons">
            <div class="stack">
                <FormActions>
                    <Button label="Approve" variant=Variant::Primary icon="check" />
                    <Button label="Send estimate" icon="send" />
                    <Button label="Skip" variant=Variant::Ghost />
                    <Button label="Cancel work order" variant=Variant::Danger opens="sample-confirm" />
                    <Button label="Not yet" disabled=true />
                </FormActions>
                <FormActions>
                    <Button label="Small" size=Size::Small icon="pencil" />
                    <ButtonLink href="/design" label="A link" icon="arrow-up-right" />
                    <IconLink href="/design" label="Print" icon="printer" />
                    <Menu id="sample-menu" label="More actions" quiet=true>
                        <MenuLink href="/design" label="Duplicate" icon="copy" />
                        <MenuPost action="/design" label="Archive" icon="archive" />
                        <div class="pop-rule"></div>
                        <MenuPost opens="sample-confirm" label="Cancel work order" icon="ban" danger=true />
                    </Menu>
                </FormActions>
                <div class="bay">
                    <FormActions>
                        <Button label="Start job" variant=Variant::Primary size=Size::Bay icon="play" />
                        <Button label="Pause" size=Size::Bay icon="pause" />
                    </FormActions>
                </div>
            </div>
            <Confirm
                id="sample-confirm"
                title="Cancel this work order?"
                text="The bay becomes free and the customer gets a message. It stays in the history."
                action="/design"
                label="Cancel work order"
            />
        </Card>
    }
}

#[component]
fn Badges() -> impl IntoView {
    let tones = Tone::ALL.map(|tone| view! { <Badge label=tone.label() tone /> });
    let chip = |label: &str, tone| Chip {
        label: label.to_owned(),
        tone,
    };
    let chips = vec![
        chip("Parts ordered", Tone::Violet),
        chip("Call customer", Tone::Pink),
    ];
    view! {
        <Card title="Badges, plates, people">
            <div class="stack">
                <div class="board-line">{tones.into_iter().collect_view()}</div>
                <div class="board-line">
                    <PhaseBadge label="Received" />
                    <PhaseBadge label="In progress" tone=Tone::Info />
                    <PhaseBadge label="Awaiting approval" tone=Tone::Warning />
                    <PhaseBadge label="Waiting for parts" tone=Tone::Violet />
                    <PhaseBadge label="Ready" tone=Tone::Success />
                    <Badge label="2 h late" tone=Tone::Danger icon="clock" />
                    <Chips of=chips />
                </div>
                <div class="board-line gap-4">
                    <Plate text="WX 41 KLM" large=true />
                    <Plate text="8-TRK-204" />
                    <Person name="Jonas Weber" />
                    <Person name="Priya Nair" />
                    <Avatar name="Tomás Ruiz" large=true />
                </div>
                <ProgressBar label="Jobs done" value=3 max=5 />
                <Skeleton />
            </div>
        </Card>
    }
}

#[component]
fn Messages() -> impl IntoView {
    view! {
        <Alert tone=Tone::Info title="The estimate was opened twice">
            "Anna looked at it today at 14:05 and has not decided yet."
        </Alert>
        <Alert tone=Tone::Success title="Paid in full">
            "The receipt went to anna@example.com."
        </Alert>
        <Alert tone=Tone::Warning title="Brake pads: 2 left">
            <p>"Three work orders this week need them. " <a href="/parts">"Order parts"</a></p>
        </Alert>
        <Alert tone=Tone::Danger title="This cannot be delivered yet">
            <ul>
                <li>
                    <a href="#odometer">"Odometer at hand-over is missing"</a>
                </li>
                <li>
                    <a href="#signature">"Nobody has signed"</a>
                </li>
            </ul>
        </Alert>
    }
}

#[component]
fn Facts() -> impl IntoView {
    view! {
        <Card
            title="Vehicle"
            actions=|| view! { <ButtonLink href="/design" label="Edit" size=Size::Small icon="pencil" /> }
            foot=|| view! { <span class="text-muted">"Total with VAT"</span> <b class="ml-auto money">"€ 412.80"</b> }
        >
            <DescriptionList>
                <Fact label="Plate">
                    <Plate text="WX 41 KLM" />
                </Fact>
                <Fact label="Model">"Škoda Octavia 2.0 TDI, 2019"</Fact>
                <Fact label="VIN">
                    <code>"TMBJJ7NE1K0123456"</code>
                </Fact>
                <Fact label="Odometer">"128 400 km"</Fact>
                <Fact label="Owner">
                    <a class="link" href="/customers">
                        "Anna Nowak"
                    </a>
                </Fact>
                <Fact label="Refund">
                    <Amount text="−€ 20.00" />
                </Fact>
            </DescriptionList>
        </Card>
    }
}

#[component]
fn History() -> impl IntoView {
    view! {
        <Card title="History">
            <Timeline>
                <TimelineItem
                    title="Ready for hand-over"
                    meta="Today 15:20 · Jonas Weber"
                    icon="flag"
                    tone=Tone::Success
                />
                <TimelineItem
                    title="Extra work approved"
                    meta="Today 11:02 · by phone, Marta Kowalska"
                    icon="phone"
                    tone=Tone::Info
                >
                    <p class="text-muted">"Front discs too, up to € 220."</p>
                </TimelineItem>
                <TimelineItem
                    title="Waiting for parts"
                    meta="Yesterday 16:40 · Jonas Weber"
                    icon="package"
                    tone=Tone::Violet
                />
                <TimelineItem title="Received" meta="Yesterday 08:15 · Priya Nair" icon="key" />
            </Timeline>
        </Card>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <Card flush=true>
            <EmptyState
                icon="calendar"
                title="No appointments on Sunday"
                text="The workshop is closed. Open Sundays in the settings, or look at Monday."
            >
                <ButtonLink href="/appointments" label="Show Monday" variant=Variant::Primary />
            </EmptyState>
        </Card>
    }
}

#[component]
fn Errors() -> impl IntoView {
    let pages = [401, 403, 404, 409, 500].map(|status| {
        view! {
            <Card>
                <ErrorPage status request_id="req_01JD3X7" />
            </Card>
        }
    });
    view! { <div class="grid gap-4 md:grid-cols-2 xl:grid-cols-3">{pages.into_iter().collect_view()}</div> }
}

#[component]
fn Icons() -> impl IntoView {
    let icons = ICONS
        .iter()
        .map(|name| {
            view! {
                <span class="flex items-center gap-2 text-xs text-muted">
                    <Icon name />
                    {*name}
                </span>
            }
        })
        .collect_view();
    view! {
        <Card title="Icons">
            <div class="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-6 xl:grid-cols-8">{icons}</div>
        </Card>
    }
}
