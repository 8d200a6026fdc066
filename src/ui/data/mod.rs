//! Showing things: lists, facts, numbers, histories.

mod avatar;
mod badge;
mod chart;
mod empty;
mod facts;
mod money;
mod pager;
mod skeleton;
mod stat;
mod table;
mod tabs;
mod timeline;

pub use avatar::{Avatar, Person};
pub use badge::{Badge, PhaseBadge, Plate};
pub use chart::BarChart;
pub use empty::EmptyState;
pub use facts::{DescriptionList, Fact};
pub use money::Money;
pub use pager::KeysetPager;
pub use skeleton::Skeleton;
pub use stat::{Stat, StatRow};
pub use table::{Cell, Column, MainCell, Row, Table};
pub use tabs::{SegmentedLinks, Tab, Tabs};
pub use timeline::{Timeline, TimelineItem};
