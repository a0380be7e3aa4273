/** @jsxImportSource react */
/*
 * Imitates: the first console page after sign-in, only as far as to say who is signed in.
 * Seen: `[data-testid="account-detail-menu"]`, `#awsc-top-level-nav`, `#nav-usernameMenu` and the account id printed in
 *   groups of four: WTFender/aws-sso-extender (src/entry/aws-console.ts, August 2026).
 * Unknown: everything else; the real page is much larger.
 */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { post } from "../client.js";

/** @typedef {{ kind: string, partition: string, scope: string, alias?: string, userName: string }} Session */

function ConsoleHome() {
  const [session, setSession] = useState(/** @type {Session | undefined} */ (undefined));
  useEffect(() => {
    post("/simulated/session", {}).then(setSession);
  }, []);
  if (!session) {
    return <p>Loading</p>;
  }
  const scope = session.scope.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1-$2-$3");
  const who = session.kind === "root" ? "root user" : session.userName;
  return (
    <>
      <header id="awsc-top-level-nav" className="console-header">
        <span>Console Home</span>
        <button id="nav-usernameMenu" data-testid="account-detail-menu" type="button">
          {who} @ {session.alias ?? scope}
        </button>
      </header>
      <main className="card" id="signed-in">
        <h1>Signed in</h1>
        <p>
          The simulated AWS accepted the sign-in of <strong>{session.userName}</strong>.
        </p>
        <dl>
          <dt>Account ID</dt>
          <dd data-testid="account-id">{scope}</dd>
          <dt>Partition</dt>
          <dd>{session.partition}</dd>
        </dl>
        {session.kind !== "directory" && (
          <a id="security-credentials" href="/iam/home?region=us-east-1#/security_credentials">
            Security credentials
          </a>
        )}
      </main>
    </>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<ConsoleHome />);
}
