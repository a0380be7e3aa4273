/** @jsxImportSource react */
/*
 * Imitates: the IAM console's credentials page and its wizard "Assign MFA device", for one's own user, for the root user,
 *   and for another user; also a forced enrolment during sign-in, whose page is not recorded, with the same content.
 * Seen: late 2022 to January 2026.
 * Sources: IAM user guide id_credentials_mfa_enable_virtual at 651083f (May 2023): "Set up device", "Show QR code",
 *   "Show secret key", "MFA code 1", "MFA code 2", "Add MFA"; a public screenshot (gitbex/mkdocs runbook, November 2025):
 *   device name, the tiles with the passkey preselected, the credentials page with the user's ARN; help.getastra.com (May 2026).
 *   The query says how it is drawn: `label`, `words`, `qr`, `place` (own, other, forced).
 * Unknown: every id, name, test id and aria attribute (here generated, as Cloudscape's are); how the QR code is drawn; the
 *   wording after success for a virtual device; the wizard's address for another user.
 */
import { useEffect, useId, useState } from "react";
import { createRoot } from "react-dom/client";
import { assignDevice, createDevice, listDevices, userArn, whoIsIt } from "../client.js";
import { LabelledBox } from "../labelled-box.jsx";
import { WORDS } from "../languages.mjs";
import { QrCode } from "../qr-code.jsx";

const query = new URLSearchParams(location.search);
const words = WORDS[query.get("words") ?? "en"] ?? WORDS.en;
const labelledBy = /** @type {import("../labelled-box.jsx").LabelledBy} */ (
  query.get("label") ?? "for"
);
const qrKind = /** @type {import("../qr-code.jsx").QrKind} */ (query.get("qr") ?? "img-data");
const place = query.get("place") ?? "own";

/**
 * @typedef {import("../client.js").Who} Who
 * @typedef {{ serialNumber: string, base32StringSeed: string, uri: string }} NewDevice
 * @typedef {{ name: "credentials", flash: string } | { name: "select" } | { name: "hardware" }
 *   | { name: "setUp", device: NewDevice }} View
 * @typedef {(view: View) => void} Go
 */

function Wizard() {
  const [who, setWho] = useState(/** @type {Who | undefined} */ (undefined));
  const [view, go] = useState(
    /** @returns {View} */ () =>
      location.hash.endsWith("/mfa") || place === "forced"
        ? { name: "select" }
        : { name: "credentials", flash: "" },
  );
  useEffect(() => {
    whoIsIt().then(setWho);
  }, []);
  if (!who) {
    return <p>Loading</p>;
  }
  return (
    <>
      {place !== "forced" && (
        <header id="awsc-top-level-nav" className="console-header">
          <span>IAM</span>
          <button id="nav-usernameMenu" data-testid="account-detail-menu" type="button">
            {place === "other" ? "alice" : who.userName} @ {who.scope}
          </button>
        </header>
      )}
      <main className="card wide">
        {view.name === "credentials" && <Credentials who={who} flash={view.flash} go={go} />}
        {view.name === "select" && <SelectDevice who={who} go={go} />}
        {view.name === "hardware" && <HardwareToken go={go} />}
        {view.name === "setUp" && <SetUpDevice who={who} device={view.device} go={go} />}
      </main>
    </>
  );
}

/** @param {{ who: Who, flash: string, go: Go }} props */
function Credentials({ who, flash, go }) {
  const [devices, setDevices] = useState(/** @type {string[]} */ ([]));
  const [arn, setArn] = useState("");
  useEffect(() => {
    listDevices(who).then(setDevices);
    userArn(who).then(setArn);
  }, [who]);
  const assign = () => {
    location.hash = "#/security_credentials/mfa";
    go({ name: "select" });
  };
  return (
    <>
      {flash !== "" && (
        <p className="success" role="status">
          {flash}
        </p>
      )}
      <h1>{place === "other" ? who.userName : "My security credentials"}</h1>
      <dl>
        <dt>User name</dt>
        <dd>{who.userName}</dd>
        <dt>User ARN</dt>
        <dd>{arn}</dd>
        <dt>AWS account</dt>
        <dd>{who.scope}</dd>
      </dl>
      <h2>Multi-factor authentication (MFA) ({devices.length})</h2>
      <ul id="mfa-devices">
        {devices.map((serialNumber) => (
          <li key={serialNumber}>{serialNumber}</li>
        ))}
      </ul>
      <button type="button" onClick={assign}>
        Assign MFA device
      </button>
    </>
  );
}

const TILES = [
  ["passkey", "Passkey or security key"],
  ["virtual", "Authenticator app"],
  ["hardware", "Hardware TOTP token"],
];

/** @param {{ who: Who, go: Go }} props */
function SelectDevice({ who, go }) {
  const nameId = useId();
  const [name, setName] = useState("");
  const [kind, setKind] = useState("passkey");
  const [error, setError] = useState("");
  const next = async () => {
    if (kind === "hardware") {
      go({ name: "hardware" });
    } else if (kind === "virtual") {
      const reply = await createDevice(who, name);
      if (reply.ok) {
        go({ name: "setUp", device: reply });
      } else {
        setError(reply.message);
      }
    }
  };
  return (
    <Step title="Select MFA device" error={error}>
      <div className="field">
        <label htmlFor={nameId}>Device name</label>
        <input
          id={nameId}
          className="device-name"
          type="text"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <small>
          Maximum 64 characters. Use alphanumeric and &apos;+ = , . @ - _&apos; characters.
        </small>
      </div>
      {TILES.map(([value, label]) => (
        <label className="choice" key={value}>
          <input
            type="radio"
            name="mfa-device-kind"
            value={value}
            checked={kind === value}
            onChange={() => setKind(value ?? "")}
          />
          {label}
        </label>
      ))}
      <button className="next" type="button" disabled={name === ""} onClick={next}>
        Next
      </button>
    </Step>
  );
}

/** @param {{ who: Who, device: NewDevice, go: Go }} props */
function SetUpDevice({ who, device, go }) {
  const [shown, setShown] = useState({ code: false, key: false });
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [error, setError] = useState("");
  const add = async () => {
    setError("");
    const reply = await assignDevice(who, device.serialNumber, [first, second]);
    if (!reply.ok) {
      setError(`Invalid MFA Code. ${reply.message}`);
    } else if (place === "forced") {
      go({ name: "credentials", flash: "MFA device assigned. Continue to the console." });
    } else {
      location.hash = "#/security_credentials";
      go({ name: "credentials", flash: "Virtual MFA device assigned" });
    }
  };
  const [label1, label2] = words?.pair ?? ["", ""];
  return (
    <Step title="Set up device" error={error}>
      <ol>
        <li>Install an authenticator app on your device or computer.</li>
        <li>
          <p>
            <button
              className="quiet show-qr"
              type="button"
              onClick={() => setShown({ ...shown, code: true })}
            >
              {words?.showQrCode}
            </button>{" "}
            <button
              className="quiet show-key"
              type="button"
              onClick={() => setShown({ ...shown, key: true })}
            >
              {words?.showSecretKey}
            </button>
          </p>
          {shown.code && <QrCode text={device.uri} kind={qrKind} />}
          {shown.key && <p className="secret-key">{device.base32StringSeed}</p>}
        </li>
        <li>
          <p>Fill in two consecutive codes from your MFA device.</p>
          <LabelledBox labelledBy={labelledBy} label={label1} value={first} setValue={setFirst} />
          <LabelledBox labelledBy={labelledBy} label={label2} value={second} setValue={setSecond} />
        </li>
      </ol>
      <button
        className="quiet"
        type="button"
        onClick={() => go({ name: "credentials", flash: "" })}
      >
        Cancel
      </button>{" "}
      <button className="add-mfa" type="button" onClick={add}>
        {words?.addMfa}
      </button>
    </Step>
  );
}

/** @param {{ go: Go }} props */
function HardwareToken({ go }) {
  const [serial, setSerial] = useState("");
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [label1, label2] = words?.pair ?? ["", ""];
  return (
    <Step title="Set up device" error="">
      <LabelledBox labelledBy="for" label="Serial number" value={serial} setValue={setSerial} />
      <LabelledBox labelledBy="for" label={label1} value={first} setValue={setFirst} />
      <LabelledBox labelledBy="for" label={label2} value={second} setValue={setSecond} />
      <button type="button" onClick={() => go({ name: "credentials", flash: "" })}>
        Cancel
      </button>
    </Step>
  );
}

/** @param {{ title: string, error: string, children: React.ReactNode }} props */
function Step({ title, error, children }) {
  return (
    <section>
      <p>IAM &rsaquo; Security credentials &rsaquo; Assign MFA device</p>
      <h1>{title}</h1>
      {error !== "" && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      {children}
    </section>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<Wizard />);
}
