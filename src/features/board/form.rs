//! A card's menu without script.
use crate::domain::order::Phase;
use crate::form;
use crate::kernel::WorkOrderId;

form! {
    /// A move as a card's menu sends it.
    pub(super) struct CardForm shows CardFields;
    /// Which card, from where the screen showed it, and where to.
    #[derive(Clone, Debug)]
    pub(super) struct Card {
        order: WorkOrderId = id::<WorkOrderId>("Card"),
        from: Option<Phase> = own("From", Kind::Hidden, |raw| Ok(Phase::parse(raw)), |phase: &Option<Phase>, _| phase.map_or("", Phase::name).to_owned()),
        to: Phase = choice::<Phase>("Move to").asks("Choose the phase."),
    }
}
