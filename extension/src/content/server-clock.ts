/** Asks AWS's server for its time: the background follows it when this computer's clock is off. */

import type { ClockSample } from "../protocol";

/**
 * Three answers of the page's own server, without cookies: nobody else is asked. The address is one
 * that no sign-in depends on; its query keeps caches from answering in the server's place.
 */
export async function sampleClock(): Promise<ClockSample[]> {
  const samples: ClockSample[] = [];
  while (samples.length < 3) {
    const sentAt = Date.now();
    const { headers } = await fetch(`${location.origin}/favicon.ico?${sentAt}`, {
      method: "HEAD",
      credentials: "omit",
      cache: "no-store",
    });
    const receivedAt = Date.now();
    samples.push({ sentAt, receivedAt, date: headers.get("date"), age: headers.get("age") });
  }
  return samples;
}
