/** How an entry is shown: generated from the core, gathered here for the pages. */

export type { EntryEdit, EntryView, IdentityKind, ImportedEntry } from "./wasm/core/core";
