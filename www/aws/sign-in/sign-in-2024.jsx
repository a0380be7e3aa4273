/** @jsxImportSource react */
/*
 * Imitates: sign-in of IAM users and root users, the React page that became the default after October 2024.
 * Seen: ids of the first steps in scripts of June and December 2025, the MFA step in scripts of October 2024 to 2026.
 * Sources: LazaroOnline/UserScripts-Corp (Scripts/Aws-Mfa-Authenticator, 2024-10-21): `#mfaCode`, placeholder "enter code",
 *   `[data-testid="mfa-submit-button"]`, `#__next`, `account=` in the address of /oauth; mraza007/aws-omni
 *   (src/content/login-helper.ts, December 2025): radios ROOT and IAM, `#resolving_input`, `#next_button`, `#account`,
 *   `#username`, `#password`, `#signin_button`, `form#signin_form`; mnickkk/headless-aws-sso (2026-03): `name="mfaCode"`;
 *   public scripts: radio `SWHW` and `[data-testid="mfa-continue-button"]` for several kinds of device.
 * Unknown: type, autocomplete, inputmode and maxlength of the code box (none is set here); markup around the fields;
 *   the other values of the chooser; the wording of the suggestion to resynchronise.
 */
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { sendCode, sendPassword } from "../client.js";

/**
 * @typedef {{ name: 'user' }
 *   | { name: 'iamPassword', account: string }
 *   | { name: 'rootPassword', email: string }
 *   | { name: 'chooser', ticket: string, methods: string[] }
 *   | { name: 'code', ticket: string }} View
 * @typedef {import("../client.js").SignInReply} SignInReply
 * @typedef {(view: View) => void} Go
 */

const query = new URLSearchParams(location.search);

function SignIn() {
  const account = query.get("account");
  const [view, go] = useState(
    /** @returns {View} */ () =>
      account === null ? { name: "user" } : { name: "iamPassword", account },
  );
  switch (view.name) {
    case "user":
      return <UserStep go={go} />;
    case "iamPassword":
      return <IamPasswordStep account={view.account} go={go} />;
    case "rootPassword":
      return <RootPasswordStep email={view.email} go={go} />;
    case "chooser":
      return <ChooserStep ticket={view.ticket} methods={view.methods} go={go} />;
    case "code":
      return <CodeStep ticket={view.ticket} />;
  }
}

/** @param {{ go: Go }} props */
function UserStep({ go }) {
  const [userType, setUserType] = useState("ROOT");
  const [name, setName] = useState("");
  const next = () => {
    if (userType === "ROOT") {
      go({ name: "rootPassword", email: name });
    } else {
      location.assign(
        `/oauth?response_type=code&iam_user=true&account=${encodeURIComponent(name)}`,
      );
    }
  };
  return (
    <Card title="Sign in" onSubmit={next}>
      <Choice
        name="userType"
        value="ROOT"
        label="Root user"
        chosen={userType}
        choose={setUserType}
      />
      <Choice name="userType" value="IAM" label="IAM user" chosen={userType} choose={setUserType} />
      <Field
        id="resolving_input"
        label={
          userType === "ROOT"
            ? "Root user email address"
            : "Account ID (12 digits) or account alias"
        }
        value={name}
        setValue={setName}
      />
      <button id="next_button" type="submit" disabled={name === ""}>
        Next
      </button>
    </Card>
  );
}

/** @param {{ account: string, go: Go }} props */
function IamPasswordStep({ account: givenAccount, go }) {
  const [account, setAccount] = useState(givenAccount);
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const signIn = async () => {
    setError("");
    follow(await sendPassword({ kind: "iam", account, userName, password }), go, setError);
  };
  return (
    <Card id="signin_form" title="IAM user sign in" error={error} onSubmit={signIn}>
      <Field
        id="account"
        label="Account ID (12 digits) or account alias"
        value={account}
        setValue={setAccount}
      />
      <Field
        id="username"
        label="IAM user name"
        value={userName}
        setValue={setUserName}
        autoFocus
      />
      <Field
        id="password"
        type="password"
        label="Password"
        value={password}
        setValue={setPassword}
      />
      <button id="signin_button" type="submit" disabled={userName === "" || password === ""}>
        Sign in
      </button>
    </Card>
  );
}

/** @param {{ email: string, go: Go }} props */
function RootPasswordStep({ email, go }) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState("");
  const signIn = async () => {
    setError("");
    follow(await sendPassword({ kind: "root", email, password }), go, setError);
  };
  return (
    <Card id="signin_form" title="Root user sign in" error={error} onSubmit={signIn}>
      <p>Email: {email}</p>
      <Field
        id="password"
        type="password"
        label="Password"
        value={password}
        setValue={setPassword}
        autoFocus
      />
      <button id="signin_button" type="submit" disabled={password === ""}>
        Sign in
      </button>
    </Card>
  );
}

/** @type {Record<string, string>} */
const METHOD_NAMES = { FIDO: "Passkey or security key", SWHW: "Authenticator app" };

/** @param {{ ticket: string, methods: string[], go: Go }} props */
function ChooserStep({ ticket, methods, go }) {
  const [method, setMethod] = useState("");
  const next = () => {
    if (method === "SWHW") {
      go({ name: "code", ticket });
    }
  };
  return (
    <Card title="Additional verification required" onSubmit={next}>
      <p>Choose an MFA method</p>
      {methods.map((value) => (
        <Choice
          key={value}
          name="mfaOption"
          value={value}
          label={METHOD_NAMES[value] ?? value}
          chosen={method}
          choose={setMethod}
        />
      ))}
      <button type="submit" data-testid="mfa-continue-button" disabled={method === ""}>
        Next
      </button>
    </Card>
  );
}

/** @param {{ ticket: string }} props */
function CodeStep({ ticket }) {
  const [code, setCode] = useState("");
  const [error, setError] = useState("");
  const [suggestResync, setSuggestResync] = useState(false);
  const submit = async () => {
    setError("");
    const reply = await sendCode({ ticket, code });
    if (reply.next === "done") {
      location.assign(reply.location);
    } else if (reply.next === "again") {
      setCode("");
      setError(reply.error);
      setSuggestResync(reply.suggestResync);
    }
  };
  return (
    <Card title="Multi-factor authentication" error={error} onSubmit={submit}>
      <p>Enter an MFA code to complete sign-in.</p>
      <Field
        id="mfaCode"
        name="mfaCode"
        label="MFA code"
        placeholder="Enter code"
        value={code}
        setValue={setCode}
        autoFocus
      />
      {suggestResync && (
        <p>If your device is out of sync, resynchronize it under &ldquo;Troubleshoot MFA&rdquo;.</p>
      )}
      <button type="submit" data-testid="mfa-submit-button" disabled={!/^[0-9]{6}$/.test(code)}>
        Submit
      </button>
      <p className="links">
        <a href="#try-another">Try another MFA method</a>{" "}
        <a href="#troubleshoot">Troubleshoot MFA</a>
      </p>
    </Card>
  );
}

/**
 * @param {SignInReply} reply
 * @param {Go} go
 * @param {(error: string) => void} setError
 */
function follow(reply, go, setError) {
  if (reply.next === "done") {
    location.assign(reply.location);
  } else if (reply.next === "again") {
    setError(reply.error);
  } else if (reply.methods.length > 1) {
    go({ name: "chooser", ticket: reply.ticket, methods: reply.methods });
  } else {
    go({ name: "code", ticket: reply.ticket });
  }
}

/** @param {{ id?: string, title: string, error?: string, onSubmit: () => unknown, children: React.ReactNode }} props */
function Card({ id, title, error = "", onSubmit, children }) {
  return (
    <main className="card">
      <form
        {...(id === undefined ? {} : { id })}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <h1>{title}</h1>
        {error !== "" && (
          <p className="error" role="alert">
            {error}
          </p>
        )}
        {children}
      </form>
    </main>
  );
}

/**
 * @param {{ id: string, label: string, value: string, setValue: (value: string) => void, name?: string, type?: string,
 *   placeholder?: string, autoFocus?: boolean }} props
 */
function Field({ id, label, value, setValue, type = "text", ...attributes }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        {...attributes}
      />
    </div>
  );
}

/** @param {{ name: string, value: string, label: string, chosen: string, choose: (value: string) => void }} props */
function Choice({ name, value, label, chosen, choose }) {
  return (
    <label className="choice">
      <input
        type="radio"
        name={name}
        value={value}
        checked={chosen === value}
        onChange={() => choose(value)}
      />
      {label}
    </label>
  );
}

const container = document.querySelector("#__next");
if (container) {
  createRoot(container).render(<SignIn />);
}
