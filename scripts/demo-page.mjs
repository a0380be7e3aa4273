/** `npm run demo`: the popup in a plain page, in memory, to try Doorcode without installing it. */

import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { build } from "./build.mjs";
import { root, runScript } from "./steps.mjs";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

await runScript(async () => {
  await build();
  const folder = join(root, "dist/demo");
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = normalize(join(folder, pathname === "/" ? "index.html" : pathname));
    const type = TYPES[extname(path)];
    if (!path.startsWith(folder) || type === undefined || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": type });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  process.stdout.write(`\nOpen http://127.0.0.1:${port}/ in a browser. Control-C ends this.\n`);
});
