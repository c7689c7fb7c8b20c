//! The `husako` program: everything happens in the library.

fn main() -> ! {
    let code = husako_cli::run(std::env::args_os());
    #[expect(clippy::disallowed_methods, reason = "this is the one place that ends the process")]
    std::process::exit(i32::from(code))
}
