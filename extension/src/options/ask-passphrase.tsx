/** Where the parts of the settings find it. */
export { AskPassphrase } from "../ui/ask-passphrase";
