//! The phone simulator: what a customer sees on their phone, and how they would answer. It is there while no provider is set.

mod pane;
mod simulator_page;
mod writing;

pub use pane::SimulatorPane;
pub use simulator_page::SimulatorPage;
