//! Programs in the sandbox.

mod builders;
mod contract;
mod limits;
mod modules;
mod support;
