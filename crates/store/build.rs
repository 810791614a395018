//! Builds anew when a migration is added: they are part of the binary.

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script talks to cargo"
)]
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
