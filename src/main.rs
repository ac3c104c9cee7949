//! The `cliengo` program.

use std::process::ExitCode;

/// Scripts have a memory limit, and Rhai keeps no account of its own.
#[global_allocator]
static ALLOCATOR: cliengo::engine::CountingAllocator = cliengo::engine::CountingAllocator;

fn main() -> ExitCode {
    cliengo::cli::main(std::env::args_os())
}
