// The README's code, as a newcomer saves and runs it, in a folder of its own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { binary } from "./support.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = await readFile(join(root, "README.md"), "utf8");
const blocks = [...readme.matchAll(/```(js|ts)\n(.*?)```/gs)].map(([, language, code]) => ({ language, code }));
// What the README says where there is no npm.
const install = readme.match(/^ {4}(mkdir .*)$/m)[1].replace("/path/to/deskpipe", dirname(dirname(root)));
const env = {
  PATH: [dirname(binary), process.env.PATH].join(delimiter),
  DESKPIPE_HOME: process.env.DESKPIPE_HOME,
};

const hasNpm = await promisify(execFile)("npm", ["--version"]).then(() => true, () => false);
const noNpm = "there is no npm, which Debian has apart from Node; the blocks are installed by the line for that";

test("what npm installs runs", { skip: !hasNpm && noNpm }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "deskpipe-npm-"));
  try {
    const [, command] = readme.match(/```sh\n(.*?)```/s);
    await writeFile(join(folder, "first.mjs"), blocks[0].code);
    const script = `${command.replace("/path/to/deskpipe", dirname(dirname(root)))}\n'${process.execPath}' first.mjs`;
    // It asks nobody about a package that needs no other.
    const quiet = { npm_config_audit: "false", npm_config_update_notifier: "false", npm_config_cache: join(folder, "cache") };
    const { stdout } = await promisify(execFile)("sh", ["-ec", script], { cwd: folder, env: { ...env, ...quiet, HOME: folder } });
    assert.match(stdout, /^Ingrid Solberg of Moorland Cycles$/m);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("there are blocks of code", () => assert.ok(blocks.length > 4));

for (const [index, { language, code }] of blocks.entries()) {
  test(`block ${index + 1} of the README works`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "deskpipe-readme-"));
    try {
      await promisify(execFile)("sh", ["-ec", install], { cwd: folder, env });
      const file = language === "ts" ? "first.mts" : "first.mjs";
      await writeFile(join(folder, file), code);
      const checked = ["--strict", "--noEmit", "--module", "node16", "--target", "es2022", file];
      const [program, ...args] = language === "ts" ? ["tsc", ...checked] : [process.execPath, file];
      const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env });
      if (index === 0) assert.match(stdout, /^Ingrid Solberg of Moorland Cycles\n/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}
