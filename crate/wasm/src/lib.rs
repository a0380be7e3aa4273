//! The boundary between the Doorcode core and JavaScript: it converts and decides nothing.
//!
//! Built once for each cargo feature, into one WebAssembly module for each place that runs it, so
//! that none loads more than it needs: `core` in the service worker, `kdf` in the Worker of the
//! page that unlocks, `qr` in the Worker of the page that scans, `import` in that of the page that
//! moves entries in and out.
//!
//! Errors cross as JavaScript `Error` objects whose `kind` says what happened; no text from the
//! data is in them.

pub mod failure;
#[cfg(any(feature = "core", feature = "import"))]
pub mod file_entry;
#[cfg(feature = "import")]
pub mod import;
#[cfg(feature = "kdf")]
pub mod kdf;
#[cfg(feature = "qr")]
pub mod qr;
#[cfg(any(feature = "core", feature = "import", feature = "kdf"))]
mod request;
#[cfg(any(feature = "core", feature = "kdf"))]
mod scrub;
#[cfg(any(feature = "core", feature = "kdf"))]
mod value;
#[cfg(feature = "core")]
pub mod vault;

/// Wipes memory when it is given back. The secret types wipe themselves; this is for what stands
/// in plain texts and in what libraries allocate, so that nothing is left after the vault locks.
#[cfg(all(target_arch = "wasm32", any(feature = "core", feature = "import", feature = "kdf")))]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// A fifth of the code of the standard one.
#[cfg(all(
    target_arch = "wasm32",
    feature = "qr",
    not(any(feature = "core", feature = "import", feature = "kdf"))
))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
