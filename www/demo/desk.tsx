/** A sign-in page beside the popup, as on a desk: words to say what to try, and the real pages. */

import { useEffect, useState } from "preact/hooks";
import { Import } from "../../extension/src/import/import";
import { Options } from "../../extension/src/options/options";
import { Popup } from "../../extension/src/popup/popup";
import { Brand } from "../../extension/src/ui/brand";
import { Welcome } from "../../extension/src/welcome/welcome";
import { SIGNING_IN } from "./demo-tab";
import type { DeskEvents } from "./desk-events";
import { DEMO_PASSPHRASE } from "./sample-vault";

const PAGES = { popup: Popup, welcome: Welcome, options: Options, import: Import };

type DeskProps = {
  events: DeskEvents;
  /** Whether the sign-in page asks for a code now. */
  onPrompt: (asks: boolean) => Promise<void>;
};

export function Desk({ events, onPrompt }: DeskProps) {
  const [page, setPage] = useState<keyof typeof PAGES | undefined>("popup");
  const [code, setCode] = useState("");
  useEffect(
    () =>
      events.listen((event) => {
        // There is no picture to scan in a demo.
        if (event.type === "page") setPage(event.page === "scan" ? "popup" : event.page);
        else setCode(event.code);
      }),
    [events],
  );
  const Page = page && PAGES[page];
  const signOut = async () => {
    setCode("");
    await onPrompt(true);
    setPage("popup");
  };
  return (
    <div class="desk">
      <section class="desk-side" aria-labelledby="desk-title">
        <p class="page-brand">
          <Brand size={32} />
          <span>Doorcode</span>
        </p>
        <h2 id="desk-title" class="desk-title">
          Try it here
        </h2>
        <p class="lead">
          This is the real popup on the real vault, with a browser that is only in memory. Nothing
          is kept and nothing leaves this page. All accounts and secrets are made up.
        </p>
        <ul class="advice">
          <li>Press Enter: the code goes into the field below.</li>
          <li>Type to search, move with the arrow keys, press Enter to copy.</li>
          <li>
            Lock the vault, and unlock it with <code>{DEMO_PASSPHRASE}</code>.
          </li>
          <li>
            <a href="#new" onClick={() => setTimeout(() => location.reload())}>
              Start from nothing
            </a>{" "}
            to see the first run.
          </li>
        </ul>
        <SignIn code={code} onInput={setCode} onSignOut={signOut} />
      </section>
      <div class="desk-window">
        <div class="desk-bar">
          <button
            type="button"
            class="desk-button"
            aria-expanded={page === "popup"}
            onClick={() => setPage(page === "popup" ? undefined : "popup")}
          >
            <Brand size={22} />
            {page === "popup" ? "Close the popup" : "Open the popup"}
          </button>
        </div>
        <div class={`desk-page desk-page-${page ?? "none"}`}>{Page && <Page />}</div>
      </div>
    </div>
  );
}

type SignInProps = { code: string; onInput: (code: string) => void; onSignOut: () => void };

function SignIn({ code, onInput, onSignOut }: SignInProps) {
  return (
    <form
      class="desk-sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        onSignOut();
      }}
    >
      <p>
        A sign-in page asks <b>{SIGNING_IN.user}</b> of account <b>{SIGNING_IN.account}</b> for a
        code.
      </p>
      <div class="field">
        <label for="code">MFA code</label>
        <div class="field-box">
          <input
            id="code"
            type="text"
            inputMode="numeric"
            autocomplete="one-time-code"
            value={code}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        </div>
      </div>
      <button type="submit" class="button">
        Clear and ask again
      </button>
    </form>
  );
}
