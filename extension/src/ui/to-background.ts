/** How the requests of a page reach the background. */

import type { Transport } from "../messaging";

export const toBackground: Transport = (envelope) => chrome.runtime.sendMessage(envelope);
