/** The rules of ARCHITECTURE.md and SECURITY.md that a machine can hold. */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { matchPatterns } from "../extension/src/aws-hosts";
import { enrolmentPatterns } from "../extension/src/enrolment-hosts";
import { manifestFor } from "../scripts/build-extension.mjs";

const root = new URL("..", import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), "utf8");

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(join(root, path)).isDirectory() ? filesIn(path) : [path];
  });
}

/** What a source file imports, by the text between the quotes. */
function importsOf(path: string): string[] {
  return [...read(path).matchAll(/(?:from|import) "([^"]+)"/g)].map(([, name]) => name ?? "");
}

describe("the manifest", () => {
  const manifests = [manifestFor("chromium"), manifestFor("firefox")] as unknown as Record<
    string,
    unknown
  >[];

  test("asks for these permissions and no other, each of which SECURITY.md justifies", () => {
    for (const manifest of manifests) {
      expect(manifest.permissions).toEqual([
        "activeTab",
        "alarms",
        "contextMenus",
        "idle",
        "storage",
      ]);
      const optional = manifest.optional_permissions as string[];
      const clipboard = ["clipboardRead", "clipboardWrite"];
      expect(optional).toEqual(manifest.key ? [...clipboard, "offscreen"] : clipboard);
      expect(Object.keys(manifest).filter((key) => key.includes("permissions"))).toEqual([
        "permissions",
        "optional_permissions",
      ]);
      for (const permission of [...(manifest.permissions as string[]), ...optional]) {
        expect(read("SECURITY.md")).toContain(`\`${permission}\``);
      }
    }
  });

  test("runs each content script on the hosts of its table and no other", () => {
    for (const manifest of manifests) {
      const scripts = manifest.content_scripts as { matches: string[]; js: string[] }[];
      expect(scripts.map(({ js, matches }) => [js, matches])).toEqual([
        [["content.js"], matchPatterns],
        [["enrol.js"], enrolmentPatterns],
      ]);
      expect(scripts.some((script) => "all_frames" in script)).toBe(false);
    }
  });

  test("makes nothing accessible to pages and takes no messages from outside", () => {
    for (const manifest of manifests) {
      expect(manifest).not.toHaveProperty("web_accessible_resources");
      expect(manifest).not.toHaveProperty("externally_connectable");
    }
  });

  test("allows extension pages nothing but their own scripts, styles and pictures", () => {
    for (const manifest of manifests) {
      const { extension_pages } = manifest.content_security_policy as Record<string, string>;
      expect(extension_pages?.split("; ").sort()).toEqual([
        "base-uri 'none'",
        "connect-src 'none'",
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self' data: blob:",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "worker-src 'self'",
      ]);
    }
  });
});

describe("who imports whom", () => {
  const source = "extension/src";
  const page = /^(?!.*(core$|background\/|content\/|wasm\/(?!core\/core$)))/;
  const allow: Record<string, RegExp> = {
    background: /^(?!.*\/(ui|popup|welcome|options|scan|import|content)\/)/,
    content: /^(content\/.*|protocol|messaging)$/,
    list: /^(\.\/|\.\.\/(words\/words|accounts|entry-view)$)/,
    words: /^(\.\/|\.\.\/\.\.\/_locales\/)/,
    popup: page,
    welcome: page,
    scan: page,
    import: page,
    options: page,
  };
  for (const [folder, allowed] of Object.entries(allow)) {
    test(`${folder} keeps to its neighbours`, () => {
      for (const file of filesIn(join(source, folder)).filter((name) => /\.tsx?$/.test(name))) {
        if (file.includes(".test.")) continue;
        for (const name of importsOf(file)) {
          const wanted =
            folder === "content" ? join(dirname(file), name).slice(source.length + 1) : name;
          expect(wanted, `${file} imports ${name}`).toMatch(allowed);
        }
      }
    });
  }

  test("the core depends on no part of a browser", () => {
    const dependencies = read("crate/Cargo.toml").split("[dependencies]")[1]?.split("\n[")[0] ?? "";
    expect(dependencies).not.toMatch(/wasm-bindgen|js-sys|web-sys|gloo/);
  });
});

describe("the built extension", () => {
  const dist = (path: string) => readFileSync(join(root, "dist/chromium", path));

  test("has a content script of at most 20 kB that knows no vault", () => {
    const content = dist("content.js");
    expect(content.length).toBeLessThanOrEqual(20_000);
    expect(content.toString()).not.toMatch(/wasm|passphrase|storage|innerHTML/i);
  });

  test("has a script for enrolment of at most 32 kB that knows no vault", () => {
    const script = dist("enrol.js");
    expect(script.length).toBeLessThanOrEqual(32_000);
    expect(script.toString()).not.toMatch(/wasm|passphrase|storage|innerHTML|otpauth/i);
  });

  test("has modules that name no folder of the build machine", () => {
    for (const name of ["core", "import", "kdf", "qr"]) {
      const text = dist(`${name}.wasm`).toString("latin1");
      for (const folder of [root, process.env.HOME ?? root, ".cargo/registry", "/rustlib/"]) {
        expect(text.includes(folder), `${name}.wasm names ${folder}`).toBe(false);
      }
    }
  });

  test("loads the module for files of other programs in its own Worker alone", () => {
    const scripts = readdirSync(join(root, "dist/chromium")).filter((name) => name.endsWith(".js"));
    const loading = scripts.filter((name) => dist(name).toString().includes("import.wasm"));
    expect(loading).toEqual(["transfer-worker.js"]);
  });

  test("loads no code from elsewhere", () => {
    for (const file of readdirSync(join(root, "dist/chromium")).filter((n) => n.endsWith(".js"))) {
      expect(dist(file).toString(), file).not.toMatch(/\beval\(|new Function\(|import\("https?:/);
    }
  });
});

test("every vector says where it comes from", () => {
  const vectors = filesIn("crate/tests/vectors").filter((name) => name.endsWith(".json"));
  expect(vectors.length).toBeGreaterThan(50);
  for (const file of vectors) {
    const sources = join(root, dirname(file), "SOURCES.md");
    expect(existsSync(sources) || read(file).includes('"source"'), file).toBe(true);
  }
});

test("nothing that is generated is committed", () => {
  const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n");
  expect(tracked.filter((name) => /\.wasm$|^dist\/|^target\/|\/wasm\/core\//.test(name))).toEqual(
    [],
  );
});
