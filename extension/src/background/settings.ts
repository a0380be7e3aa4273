/** The settings: nothing in them is secret, so they lie in `storage.local` as they are. */

import type { Settings } from "../protocol";
import type { StorageArea } from "./ports";

const KEY = "settings";

export const defaultSettings: Settings = {
  autoLockMinutes: 15,
  idleLockMinutes: 5,
  theme: "system",
  offerInPage: true,
  submitAfterFill: false,
  clearClipboard: false,
  hideCodes: false,
  groupByAccount: true,
};

/** The settings of each area as last read or saved here; nobody else writes them. */
const known = new WeakMap<StorageArea, Settings>();

export async function readSettings(local: StorageArea): Promise<Settings> {
  return known.get(local) ?? keep(local, parseSettings((await local.get([KEY]))[KEY]));
}

export async function saveSettings(local: StorageArea, settings: Settings): Promise<Settings> {
  const checked = parseSettings(settings);
  await local.set({ [KEY]: checked });
  return keep(local, checked);
}

function keep(local: StorageArea, settings: Settings): Settings {
  known.set(local, settings);
  return settings;
}

type Flag = {
  [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never;
}[keyof Settings];

/** Takes each setting that makes sense, and the default for the rest. */
function parseSettings(stored: unknown): Settings {
  const given = (typeof stored === "object" && stored !== null ? stored : {}) as Partial<Settings>;
  const { autoLockMinutes, idleLockMinutes, theme } = given;
  const flag = (name: Flag) =>
    typeof given[name] === "boolean" ? given[name] : defaultSettings[name];
  return {
    autoLockMinutes: minutes(autoLockMinutes, defaultSettings.autoLockMinutes),
    idleLockMinutes: minutes(idleLockMinutes, defaultSettings.idleLockMinutes),
    theme: theme === "light" || theme === "dark" ? theme : "system",
    offerInPage: flag("offerInPage"),
    submitAfterFill: flag("submitAfterFill"),
    clearClipboard: flag("clearClipboard"),
    hideCodes: flag("hideCodes"),
    groupByAccount: flag("groupByAccount"),
  };
}

/** Whole minutes up to a day. */
function minutes(value: unknown, otherwise: number): number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1440
    ? (value as number)
    : otherwise;
}
