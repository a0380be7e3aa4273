/** `npm run format`: formats Rust and TypeScript. */

import { setUp } from "./setup.mjs";
import { run, runScript } from "./steps.mjs";

await runScript(async () => {
  await setUp();
  await run("cargo", ["fmt", "--all"]);
  await run("npx", ["--no-install", "biome", "check", "--write", "."]);
});
