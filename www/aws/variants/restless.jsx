/** @jsxImportSource react */
/*
 * Imitates: the redesigned MFA step while its nodes are replaced: twice a second a new form with the same content, as
 *   happens when a page is hydrated or a parent's key changes.
 * Source: none; a hard case for whoever holds on to a node.
 */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { sendCode, sendPassword } from "../client.js";

const REPLACED_EVERY_MS = 500;
const REPLACEMENTS = 6;

function Restless() {
  const [ticket, setTicket] = useState("");
  const [generation, setGeneration] = useState(0);
  const [code, setCode] = useState("");
  useEffect(() => {
    const user = { account: "example-corp", userName: "alice", password: "made-up-password" };
    sendPassword({ kind: "iam", ...user }).then((reply) => {
      setTicket(reply.next === "mfa" ? reply.ticket : "");
    });
  }, []);
  useEffect(() => {
    const timer = setInterval(
      () => setGeneration((count) => Math.min(count + 1, REPLACEMENTS)),
      REPLACED_EVERY_MS,
    );
    return () => clearInterval(timer);
  }, []);
  if (ticket === "") {
    return <p>Loading</p>;
  }
  return (
    <main className="card" data-generation={generation}>
      <form
        key={generation}
        onSubmit={async (event) => {
          event.preventDefault();
          const reply = await sendCode({ ticket, code });
          if (reply.next === "done") {
            location.assign(reply.location);
          }
        }}
      >
        <h1>Multi-factor authentication</h1>
        <div className="field">
          <label htmlFor="mfaCode">MFA code</label>
          <input
            id="mfaCode"
            name="mfaCode"
            type="text"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <button type="submit" data-testid="mfa-submit-button" disabled={!/^[0-9]{6}$/.test(code)}>
          Submit
        </button>
      </form>
    </main>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<Restless />);
}
