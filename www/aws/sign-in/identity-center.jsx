/** @jsxImportSource react */
/*
 * Imitates: sign-in of IAM Identity Center and of Builder ID, one application, steps replaced in one document.
 * Seen: the names of fields and buttons from May 2022 to 25 September 2026, Builder ID's texts from 2024 to 2026.
 * Sources: literallyjustroy/AWS-Credential-Filler index.js (2022-05 to 2023-03): `#username-input`,
 *   `#username-submit-button`, `#password-submit-button`, `[data-testid="vmfa-authentication"]`; the application's own
 *   bundle as read on 2026-09-25: `test-input`, `test-password-input`, `test-primary-button`, `test-alert`;
 *   rgeraskin/awsssologin browser.go (2025-06 to 2026-06): ids `awsui-input-N`, class `awsui-input-type-text`, placeholder
 *   "Enter code", label "MFA code", "Additional verification required", "This is a trusted device.", "Sign in".
 * Unknown: whether `#username-input` and `test-input` sit on the input or on a wrapper (here: on a wrapper for Identity
 *   Center, on the input for Builder ID); the wording of the alert; the markup around.
 */
import { useId, useState } from "react";
import { createRoot } from "react-dom/client";
import { sendCode, sendPassword } from "../client.js";

const BUILDER_ID_DIRECTORY = "d-9067642ac7";

/** The box takes the focus by itself: a script of 2022 types without focusing it. */
const FOCUSED = { autoFocus: true };

const directory = location.pathname.split("/")[2] ?? "";
const isBuilderId = directory === BUILDER_ID_DIRECTORY;

/** @typedef {{ name: "user" } | { name: "password", userName: string } | { name: "code", ticket: string }} View */

function SignIn() {
  const [view, go] = useState(/** @returns {View} */ () => ({ name: "user" }));
  switch (view.name) {
    case "user":
      return <UserStep go={go} />;
    case "password":
      return <PasswordStep userName={view.userName} go={go} />;
    case "code":
      return <CodeStep ticket={view.ticket} />;
  }
}

/** @param {{ go: (view: View) => void }} props */
function UserStep({ go }) {
  const [userName, setUserName] = useState("");
  return (
    <Step
      title="Sign in"
      button={{ id: "username-submit-button", label: "Next" }}
      onSubmit={() => go({ name: "password", userName })}
    >
      <Field
        id="username-input"
        number={0}
        label={isBuilderId ? "Email" : "Username"}
        value={userName}
        setValue={setUserName}
      />
    </Step>
  );
}

/** @param {{ userName: string, go: (view: View) => void }} props */
function PasswordStep({ userName, go }) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const signIn = async () => {
    const reply = await sendPassword({ kind: "directory", directory, userName, password });
    if (reply.next === "mfa") {
      go({ name: "code", ticket: reply.ticket });
    } else if (reply.next === "done") {
      location.assign(reply.location);
    } else {
      setError(reply.error);
    }
  };
  return (
    <Step
      title="Sign in"
      error={error}
      button={{ id: "password-submit-button", label: "Sign in" }}
      onSubmit={signIn}
    >
      <p>{userName}</p>
      <Field
        id="password-input"
        testId="test-password-input"
        number={1}
        type="password"
        label="Password"
        value={password}
        setValue={setPassword}
      />
    </Step>
  );
}

/** @param {{ ticket: string }} props */
function CodeStep({ ticket }) {
  const [code, setCode] = useState("");
  const [trusted, setTrusted] = useState(false);
  const [error, setError] = useState("");
  const submit = async () => {
    const reply = await sendCode({ ticket, code });
    if (reply.next === "done") {
      location.assign(reply.location);
    } else if (reply.next === "again") {
      setError(reply.error);
    }
  };
  return (
    <div data-testid="vmfa-authentication">
      <Step
        title="Additional verification required"
        error={error}
        button={{ label: "Sign in", disabled: code === "" }}
        onSubmit={submit}
      >
        <p>Enter a code from your authenticator app.</p>
        <Field
          testId="test-input"
          number={2}
          label="MFA code"
          placeholder="Enter code"
          value={code}
          setValue={setCode}
        />
        <label className="choice">
          <input
            type="checkbox"
            checked={trusted}
            onChange={(event) => setTrusted(event.target.checked)}
          />
          This is a trusted device.
        </label>
      </Step>
    </div>
  );
}

/**
 * @param {{ title: string, error?: string, button: { id?: string, label: string, disabled?: boolean },
 *   onSubmit: () => unknown, children: React.ReactNode }} props
 */
function Step({ title, error = "", button, onSubmit, children }) {
  return (
    <main className="card">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <h1>{title}</h1>
        {error !== "" && (
          <p className="error" role="alert" data-testid="test-alert">
            {error}
          </p>
        )}
        {children}
        <button
          {...(button.id === undefined ? {} : { id: button.id })}
          type="submit"
          className="awsui-button-variant-primary"
          data-testid="test-primary-button"
          disabled={button.disabled ?? false}
        >
          {button.label}
        </button>
      </form>
    </main>
  );
}

/**
 * @param {{ label: string, value: string, setValue: (value: string) => void, number: number, id?: string,
 *   testId?: string, type?: string, placeholder?: string }} props `number` counts the fields, as generated ids do
 */
function Field({ label, value, setValue, number, id, testId, type = "text", placeholder }) {
  const reactId = useId().replace(/\W/g, "");
  const marks = {
    ...(id === undefined ? {} : { id }),
    ...(testId === undefined ? {} : { "data-testid": testId }),
  };
  const inputId = isBuilderId
    ? (id ?? `formField${number}-1795000000000-${reactId}`)
    : `awsui-input-${number}`;
  return (
    <div className="field">
      <label htmlFor={inputId}>{label}</label>
      <div {...(isBuilderId ? {} : marks)}>
        <input
          {...(isBuilderId ? marks : {})}
          id={inputId}
          className={`awsui-input-type-${type}`}
          type={type}
          placeholder={placeholder}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          {...FOCUSED}
        />
      </div>
    </div>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<SignIn />);
}
