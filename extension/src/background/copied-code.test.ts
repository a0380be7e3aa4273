import { beforeEach, expect, test } from "vitest";
import { stsCommandLine } from "../sts-command";
import { CopiedCode } from "./copied-code";
import { memoryPorts } from "./memory-ports";
import { defaultSettings, saveSettings } from "./settings";

let cleared: string[];
let alarms: [number | undefined, string | undefined][];
let ports: ReturnType<typeof memoryPorts>;

beforeEach(() => {
  cleared = [];
  alarms = [];
  ports = memoryPorts({
    now: () => 1000,
    wakeAt: async (at, what) => {
      alarms.push([at, what]);
    },
    clearClipboard: async (text) => {
      cleared.push(text);
    },
  });
});

test("a copied code is cleared after 30 s, also by a background that was started anew", async () => {
  await saveSettings(ports.local, { ...defaultSettings, clearClipboard: true });
  await new CopiedCode(ports).remember("123456");
  expect(alarms).toEqual([[31_000, "clear-clipboard"]]);
  await new CopiedCode(ports).clear();
  expect(cleared).toEqual(["123456"]);
  await new CopiedCode(ports).clear();
  expect(cleared, "once").toHaveLength(1);
});

test("a command is cleared as a whole", async () => {
  const command = stsCommandLine({ serialNumber: "arn:made:up", durationSeconds: 3600 }, "123456");
  await saveSettings(ports.local, { ...defaultSettings, clearClipboard: true });
  await new CopiedCode(ports).remember(command);
  await new CopiedCode(ports).clear();
  expect(cleared).toEqual([command]);
});

test("nothing is remembered where the user did not ask for it", async () => {
  await new CopiedCode(ports).remember("123456");
  expect(alarms).toEqual([]);
  expect(await ports.session.get(null)).toEqual({});
});

test("what is no code is not remembered", async () => {
  await saveSettings(ports.local, { ...defaultSettings, clearClipboard: true });
  await new CopiedCode(ports).remember("not a code");
  expect(await ports.session.get(null)).toEqual({});
});
