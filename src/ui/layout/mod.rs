//! Frames and surfaces: what stands around a page, and what its content stands on.

mod app_frame;
mod auth_frame;
mod card;
mod frame_data;
mod head;
mod menus;
mod nav;
mod page_header;
mod print_frame;
mod public_frame;

pub use app_frame::{AppFrame, BannerLine};
pub use auth_frame::AuthFrame;
pub use card::{Card, Section};
pub use frame_data::{Banner, Flash, FrameData, NavItem, Theme};
pub use head::HEAD;
pub use nav::Brand;
pub use page_header::{Crumb, PageHeader};
pub use print_frame::{Paper, PrintAction, PrintFrame};
pub use public_frame::PublicFrame;
