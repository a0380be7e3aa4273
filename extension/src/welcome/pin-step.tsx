/** Pinning the icon to the toolbar: seen by itself once it is done, and left at any time. */

import { useEffect, useState } from "preact/hooks";
import { StepHeading } from "../ui/heading";
import { CheckIcon } from "../ui/icons";
import { useServices } from "../ui/services";
import { Steps } from "./steps";

/** How often the browser is asked, in milliseconds: it tells nobody. */
const LOOK_MS = 700;

export function PinStep({ onDone }: { onDone: () => void }) {
  const { isPinned, words } = useServices();
  const [pinned, setPinned] = useState(false);
  useEffect(() => {
    if (pinned) return;
    const timer = setInterval(async () => {
      if (await isPinned()) setPinned(true);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isPinned, pinned]);
  return (
    <>
      <Steps current={4} />
      <section class="page-card">
        <StepHeading>{words("pinTitle")}</StepHeading>
        <p class="lead">{words("pinText")}</p>
        <ol class="numbered">
          <li>{words("pinOpenMenu")}</li>
          <li>{words("pinPress")}</li>
        </ol>
        <p class="pin-state" role="status">
          {pinned && (
            <>
              <CheckIcon size={18} /> {words("pinDone")}
            </>
          )}
        </p>
        <div class="button-row">
          <button type="button" class={`button ${pinned ? "button-primary" : ""}`} onClick={onDone}>
            {words(pinned ? "next" : "later")}
          </button>
        </div>
      </section>
    </>
  );
}
