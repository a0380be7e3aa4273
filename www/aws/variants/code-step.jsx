/** @jsxImportSource react */
/*
 * Imitates: the MFA step as it might look after a redesign that keeps none of the known names. What stays is what a
 *   user reads, and a box for six digits. The query says how: `label` (for, wrap, labelledby, aria-label, placeholder,
 *   heading), `box` (plain, one-time-code, numeric, tel, password), `words` (a language).
 * Source: none; HTML's own ways to label a field, and the console's languages.
 */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { sendCode, sendPassword } from "../client.js";
import { LabelledBox } from "../labelled-box.jsx";
import { WORDS } from "../languages.mjs";

const query = new URLSearchParams(location.search);
const labelledBy = /** @type {import("../labelled-box.jsx").LabelledBy} */ (
  query.get("label") ?? "for"
);
const words = WORDS[query.get("words") ?? "en"] ?? WORDS.en;

/** @type {Record<string, import("react").InputHTMLAttributes<HTMLInputElement>>} */
const BOXES = {
  plain: {},
  "one-time-code": { autoComplete: "one-time-code" },
  numeric: { inputMode: "numeric", maxLength: 6, autoComplete: "off" },
  tel: { type: "tel", maxLength: 6 },
  password: { type: "password", autoComplete: "one-time-code" },
};

function CodeStep() {
  const [ticket, setTicket] = useState("");
  const [code, setCode] = useState("");
  const [error, setError] = useState("");
  useEffect(() => {
    // The password step is left out: these pages are about the box.
    const user = { account: "example-corp", userName: "alice", password: "made-up-password" };
    sendPassword({ kind: "iam", ...user }).then((reply) => {
      setTicket(reply.next === "mfa" ? reply.ticket : "");
    });
  }, []);
  const submit = async () => {
    const reply = await sendCode({ ticket, code });
    if (reply.next === "done") {
      location.assign(reply.location);
    } else if (reply.next === "again") {
      setError(reply.error);
    }
  };
  if (ticket === "" || !words) {
    return <p>Loading</p>;
  }
  return (
    <main className="card">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h1>{words.heading}</h1>
        {error !== "" && (
          <p className="error" role="alert">
            {error}
          </p>
        )}
        <LabelledBox
          labelledBy={labelledBy}
          label={words.code}
          value={code}
          setValue={setCode}
          attributes={BOXES[query.get("box") ?? "plain"] ?? {}}
        />
        <button type="submit" disabled={!/^[0-9]{6}$/.test(code)}>
          {words.submit}
        </button>
      </form>
    </main>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<CodeStep />);
}
