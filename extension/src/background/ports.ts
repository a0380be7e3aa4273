/** What the background needs of the world, so that the same handlers run in a page and in tests. */

import type { PagePicture } from "../protocol";
import type { KeyStore } from "../session-key";
import type { Words } from "../words/words";

/** A key-value store of JSON values. */
export type StorageArea = {
  get(keys: string[] | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
};

export type Tabs = {
  /** The tab in front of the user, in the window that has the focus. */
  active(): Promise<number | undefined>;
  /** Asks the content script of one document; rejects when there is none. */
  send(tabId: number, documentId: string | undefined, message: unknown): Promise<unknown>;
};

export type Ports = {
  /** On disk: ciphertext and settings alone, because Firefox shows it to content scripts. */
  local: StorageArea;
  /** In memory until the browser ends, for the pages of the extension alone. */
  session: StorageArea;
  keys: KeyStore;
  tabs: Tabs;
  /** Unix time in milliseconds. */
  now(): number;
  random(byteCount: number): Uint8Array<ArrayBuffer>;
  /**
   * Wakes the background for something at this Unix time in milliseconds, even when it sleeps.
   * Browsers do so no sooner than 30 s from now.
   */
  wakeAt(unixMillis: number | undefined, what?: Alarm): Promise<void>;
  /** Waits some milliseconds in a background that is awake. */
  sleep(milliseconds: number): Promise<void>;
  /** How long without any input in the whole system counts as idle, in seconds. */
  idleAfter(seconds: number): void;
  /** Marks the toolbar button of a tab: something there needs the user's attention. */
  warnOnButton(tabId: number): Promise<void>;
  /** Says on the toolbar button whether the page of a tab asks for a code, unless it warns of it. */
  askOnButton(tabId: number, asks: boolean): Promise<void>;
  /** A message of `_locales` in the user's language. */
  words(key: string, ...values: string[]): string;
  /** The words of the pages: entries are listed by the names that they have there. */
  pageWords(): Words;
  openPopup(): Promise<void>;
  /** The texts of the QR codes in a picture. */
  readQrCodes(picture: PagePicture): Promise<string[]>;
  /** The texts of the QR codes that the tab in front shows, after a gesture that allows to see it. */
  readTab(): Promise<string[]>;
  /** Clears the clipboard if it still holds this text and the user gave the permission. */
  clearClipboard(text: string): Promise<void>;
};

/** What an alarm is for; `auto-lock` when nothing is said. */
export type Alarm = "auto-lock" | "clear-clipboard";
