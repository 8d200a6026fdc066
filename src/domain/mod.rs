//! The business's own rules and words: what several features need to know of an order, a line or an invoice. Pure, both builds; it knows
//! the kernel only. What belongs to one feature stands in that feature's `model.rs`.
pub mod asset;
pub mod billing;
pub mod customer;
pub mod gates;
pub mod line;
pub mod order;
pub mod past;
pub mod payment;
pub mod totals;
