/** @jsxImportSource react */
/*
 * Imitates: the AWS access portal (and the page a Builder ID lands on) after sign-in, only as far as to say who it is.
 * Seen: `[data-testid="accounts"]`, `[data-testid="account-list-cell"]` in public scripts of 2025 and 2026.
 * Unknown: everything else.
 */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { post } from "../client.js";

function PortalHome() {
  const [userName, setUserName] = useState("");
  useEffect(() => {
    post("/simulated/session", {}).then((session) => setUserName(session.userName));
  }, []);
  if (userName === "") {
    return <p>Loading</p>;
  }
  return (
    <main className="card" id="signed-in">
      <h1>AWS access portal</h1>
      <p>
        The simulated AWS accepted the sign-in of <strong>{userName}</strong>.
      </p>
      <h2>Accounts</h2>
      <ul data-testid="accounts">
        <li data-testid="account-list-cell">example-corp (111122223333)</li>
      </ul>
    </main>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<PortalHome />);
}
