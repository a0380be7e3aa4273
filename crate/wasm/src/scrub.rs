//! Wiping the stack: secrets wipe themselves where they are dropped, but a value that was moved
//! leaves its bytes in the frames it came from.

/// More than the frames below any call here take.
const BYTES: usize = 128 * 1024;

/// Overwrites the stack below the caller. Called by JavaScript itself, that is all that earlier
/// calls used.
#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "the size is the purpose")]
pub(crate) fn scrub() {
    let mut zeros = [0_u8; BYTES];
    core::hint::black_box(&mut zeros);
}
