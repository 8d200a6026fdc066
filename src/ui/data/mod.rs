//! Showing things: lists, facts, numbers, histories.

mod amount;
mod avatar;
mod badge;
mod board;
mod chart;
mod empty;
mod facts;
mod list_page;
mod months;
mod pager;
mod past;
mod planner;
mod skeleton;
mod stat;
mod table;
mod tabs;
mod timeline;

pub use amount::Amount;
pub use avatar::{Avatar, Person};
pub use badge::{Badge, Chip, Chips, EmailText, PhaseBadge, Plate, Unbroken};
pub use board::{Board, BoardCard, BoardColumn};
pub use chart::BarChart;
pub use empty::EmptyState;
pub use facts::{DescriptionList, Fact};
pub use list_page::{Empty, ListFrame, ListPage, SearchBox, SortLink};
pub use months::MonthNav;
pub use pager::KeysetPager;
pub use past::{HistorySheet, HistoryWords, PastVisit, PastWork};
pub use planner::{Planner, PlannerItem};
pub use skeleton::Skeleton;
pub use stat::{Stat, StatRow};
pub use table::{Cell, Column, MainCell, Row, Table};
pub use tabs::{SegmentedLinks, Tab, Tabs};
pub use timeline::{Timeline, TimelineItem};
