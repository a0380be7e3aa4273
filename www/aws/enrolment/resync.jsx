/** @jsxImportSource react */
/*
 * Imitates: resynchronising a virtual MFA device: the dialog of the IAM console, and the page before sign-in.
 * Seen: in documentation of 2023.
 * Source: IAM user guide id_credentials_mfa_sync at 651083f: "Resync" with "MFA code 1", "MFA code 2"; for the root user
 *   "Re-Sync With Our Servers" and "Re-sync authentication device".
 * Unknown: markup, ids, the wording of labels before sign-in (taken to be the same). `place` in the query: dialog or page.
 */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { listDevices, resyncDevice, whoIsIt } from "../client.js";
import { LabelledBox } from "../labelled-box.jsx";
import { WORDS } from "../languages.mjs";

const query = new URLSearchParams(location.search);
const words = WORDS[query.get("words") ?? "en"] ?? WORDS.en;
const isPage = query.get("place") === "page";

/** @typedef {import("../client.js").Who} Who */

function Resync() {
  const [who, setWho] = useState(/** @type {Who | undefined} */ (undefined));
  const [serialNumber, setSerialNumber] = useState("");
  const [open, setOpen] = useState(isPage);
  const [result, setResult] = useState("");
  useEffect(() => {
    whoIsIt().then(async (found) => {
      setWho(found);
      setSerialNumber((await listDevices(found))[0] ?? "");
    });
  }, []);
  if (!who || serialNumber === "") {
    return <p>Loading</p>;
  }
  const form = (
    <CodePair
      submit={async (codes) => {
        const reply = await resyncDevice(who, serialNumber, codes);
        setResult(reply.ok ? "The device is synchronized." : reply.message);
        if (reply.ok) {
          setOpen(false);
        }
      }}
    />
  );
  return (
    <main className={isPage ? "card" : "card wide"}>
      <h1>{isPage ? "Re-Sync With Our Servers" : "My security credentials"}</h1>
      {result !== "" && (
        <p id="result" className="success" role="status">
          {result}
        </p>
      )}
      {!isPage && <p>{serialNumber}</p>}
      {!open && !isPage && (
        <button className="open" type="button" onClick={() => setOpen(true)}>
          Resync
        </button>
      )}
      {open &&
        (isPage ? (
          form
        ) : (
          <div role="dialog" aria-modal="true">
            {form}
          </div>
        ))}
    </main>
  );
}

/** @param {{ submit: (codes: string[]) => void }} props */
function CodePair({ submit }) {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [label1, label2] = words?.pair ?? ["", ""];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit([first, second]);
      }}
    >
      <p>Enter two consecutive codes from the device.</p>
      <LabelledBox labelledBy="for" label={label1} value={first} setValue={setFirst} />
      <LabelledBox labelledBy="for" label={label2} value={second} setValue={setSecond} />
      <button className="add-mfa" type="submit">
        {isPage ? "Re-sync authentication device" : "Resync"}
      </button>
    </form>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<Resync />);
}
