//! `cargo xtask wasm`: builds the WebAssembly modules from the lock file.
fn main() {}
