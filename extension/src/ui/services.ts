/** What a page needs of the world around it: given once to its root component. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FileService } from "../file-service";
import type { KeyService, NewPasskey, PasskeyRequest } from "../key-service";
import type { Client } from "../messaging";
import type { PageProtocol } from "../protocol";
import type { ReadPicture } from "../qr/client";
import type { Words } from "../words/words";

/** The pages that open in a tab of their own. */
export type PageName = "welcome" | "options" | "scan" | "import";

/** Passkeys of this browser, asked within a user gesture. */
export type PasskeyService = {
  make(): Promise<NewPasskey>;
  /** What the passkey makes of its salt. */
  ask(request: PasskeyRequest): Promise<Uint8Array<ArrayBuffer>>;
};

/** What was saved: its bytes as read back, or `undefined` where the browser does not say. */
export type SavedFile = { readBack: Uint8Array<ArrayBuffer> | undefined };

export type PageServices = {
  background: Client<PageProtocol>;
  keys: KeyService;
  files: FileService;
  words: Words;
  /** The time of this computer in Unix milliseconds. */
  clock: () => number;
  /** A uniformly random whole number from 0 to `limit - 1`. */
  randomBelow: (limit: number) => number;
  /** Called within a user gesture. */
  copyText: (text: string) => Promise<void>;
  /** What the tab in front shows, where opening the popup was the gesture that allows it. */
  captureTab: () => Promise<Blob>;
  /** The texts of the QR codes in a picture. */
  readPicture: ReadPicture;
  /** Asks the user, within a gesture, for what clearing the clipboard takes, or gives it back. */
  allowClipboard: (allow: boolean) => Promise<boolean>;
  openPage: (page: PageName, fragment?: string) => void;
  /** Opens a page of AWS in a tab. */
  openUrl: (url: string) => void;
  /** Whether the icon is pinned to the toolbar; `undefined` where the browser does not say. */
  isPinned: () => Promise<boolean | undefined>;
  /** Closes the popup; does nothing on a page in a tab. */
  closePopup: () => void;
  printPage: () => void;
  /** Not where the browser ties passkeys to a website. */
  passkeys: PasskeyService | undefined;
  /** Lets the user save a file, within a gesture; `undefined` when the user gave up. */
  saveFile: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<SavedFile | undefined>;
  /** Whether keys are to be called as on a Mac. */
  isMac: boolean;
  version: string;
};

const ServicesContext = createContext<PageServices | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): PageServices {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error("no services around this component");
  return services;
}

export function useWords(): Words {
  return useServices().words;
}
