/** @jsxImportSource react */
/*
 * Imitates: "Register MFA device" of IAM Identity Center and of Builder ID, from the portal, from the profile page, and
 *   forced during sign-in.
 * Seen: in documentation from 2023 on.
 * Sources: AWS IAM Identity Center user guide (user-device-registration, mfa-types-apps, how-to-register-device at
 *   c10c54b): "Authenticator app", "Set up the authenticator app", "Show QR code", "show secret key", one box
 *   "Authenticator code", "Assign MFA"; CloudTrail's DeviceEnrollmentRequired for the forced one; KeePassOTP issue 35 for
 *   "An unexpected error has occurred".
 * Unknown: every id; the shared components' test ids are likely there too and left out on purpose. `label` and `qr` in
 *   the query say how it is drawn.
 */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { assignDevice, createDevice, whoIsIt } from "../client.js";
import { LabelledBox } from "../labelled-box.jsx";
import { QrCode } from "../qr-code.jsx";

const query = new URLSearchParams(location.search);
const labelledBy = /** @type {import("../labelled-box.jsx").LabelledBy} */ (
  query.get("label") ?? "for"
);
const qrKind = /** @type {import("../qr-code.jsx").QrKind} */ (query.get("qr") ?? "img-data");

/**
 * @typedef {import("../client.js").Who} Who
 * @typedef {{ serialNumber: string, base32StringSeed: string, uri: string }} NewDevice
 */

function Registration() {
  const [who, setWho] = useState(/** @type {Who | undefined} */ (undefined));
  const [device, setDevice] = useState(/** @type {NewDevice | undefined} */ (undefined));
  const [done, setDone] = useState(false);
  useEffect(() => {
    whoIsIt().then(setWho);
  }, []);
  if (!who) {
    return <p>Loading</p>;
  }
  const start = async () => {
    const reply = await createDevice(who, "authenticator-app");
    if (reply.ok) {
      setDevice(reply);
    }
  };
  if (done) {
    return (
      <main className="card">
        <h1>Authenticator app registered</h1>
        <button type="button">Done</button>
      </main>
    );
  }
  return device ? (
    <SetUp who={who} device={device} finish={() => setDone(true)} />
  ) : (
    <ChooseKind start={start} />
  );
}

/** @param {{ start: () => void }} props */
function ChooseKind({ start }) {
  const [kind, setKind] = useState("");
  return (
    <main className="card">
      <h1>Register MFA device</h1>
      {["Authenticator app", "Security key", "Built-in authenticator"].map((label) => (
        <label className="choice" key={label}>
          <input
            type="radio"
            name="kind"
            checked={kind === label}
            onChange={() => setKind(label)}
          />
          {label}
        </label>
      ))}
      <button
        className="next"
        type="button"
        disabled={kind !== "Authenticator app"}
        onClick={start}
      >
        Next
      </button>
    </main>
  );
}

/** @param {{ who: Who, device: NewDevice, finish: () => void }} props */
function SetUp({ who, device, finish }) {
  const [shown, setShown] = useState({ code: false, key: false });
  const [code, setCode] = useState("");
  const [error, setError] = useState("");
  const assign = async () => {
    const reply = await assignDevice(who, device.serialNumber, [code]);
    if (reply.ok) {
      finish();
    } else {
      setError("An unexpected error has occurred");
    }
  };
  return (
    <main className="card">
      <h1>Set up the authenticator app</h1>
      {error !== "" && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <p>
        Scan the QR code with your authenticator app.{" "}
        <button
          className="quiet show-qr"
          type="button"
          onClick={() => setShown({ ...shown, code: true })}
        >
          Show QR code
        </button>
      </p>
      {shown.code && <QrCode text={device.uri} kind={qrKind} />}
      <p>
        Or enter the key by hand.{" "}
        <button
          className="quiet show-key"
          type="button"
          onClick={() => setShown({ ...shown, key: true })}
        >
          show secret key
        </button>
      </p>
      {shown.key && <p className="secret-key">{device.base32StringSeed}</p>}
      <LabelledBox
        labelledBy={labelledBy}
        label="Authenticator code"
        value={code}
        setValue={setCode}
      />
      <button className="add-mfa" type="button" onClick={assign}>
        Assign MFA
      </button>
    </main>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<Registration />);
}
