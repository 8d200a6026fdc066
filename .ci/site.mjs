// Puts together what a browser may fetch: public/ as it is, and under /pkg/ the bundle with its content in its name.
// usage: node .ci/site.mjs <stage folder> <site folder> [--dev]
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [stage, site, mode] = process.argv.slice(2);
const ALREADY_SMALL = /\.(png|jpe?g|webp|avif|gif|woff2|pdf|zip)$/;

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    : [];
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** Every file of the site, by its path below the site's folder. */
const files = new Map(filesIn("public").map((name) => [name, readFileSync(join("public", name))]));
const manifest = {};
const addHashed = (key, name, bytes) => {
  const dot = name.lastIndexOf(".");
  const path = `pkg/${name.slice(0, dot)}.${hash(bytes)}${name.slice(dot)}`;
  files.set(path, bytes);
  manifest[key] = `/${path}`;
};

addHashed("wasm", "gantry_bg.wasm", readFileSync(join(stage, "gantry_bg.wasm")));
// The script finds its WebAssembly beside itself; only this name is known at run time.
const script = readFileSync(join(stage, "gantry.js"), "utf8");
addHashed("js", "gantry.js", Buffer.from(script.replaceAll("gantry_bg.wasm", manifest.wasm.slice("/pkg/".length))));
addHashed("in_place", "in_place.js", readFileSync(join(stage, "in_place.js")));
addHashed("css", "gantry.css", readFileSync(join(stage, "gantry.css")));
if (files.has("icons.svg")) addHashed("icons", "icons.svg", files.get("icons.svg"));

const compressed = (path, bytes) => {
  if (mode === "--dev" || ALREADY_SMALL.test(path)) return [];
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return [[`${path}.br`, brotli], [`${path}.gz`, gzipSync(bytes, { level: 9 })]].filter(([, b]) => b.length < bytes.length);
};
const all = new Map([...files].flatMap(([path, bytes]) => [[path, bytes], ...compressed(path, bytes)]));

// A running server keeps serving the files that it knows: new ones come first, then the manifest in one step. Hashed ones of the last
// two days stay, also for pages that are open in a browser.
for (const [path, bytes] of all) {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), bytes);
}
writeFileSync(join(site, "manifest.json.new"), JSON.stringify(manifest, null, 2) + "\n");
renameSync(join(site, "manifest.json.new"), join(site, "manifest.json"));
const old = (path) => !path.startsWith("pkg/") || Date.now() - statSync(join(site, path)).mtimeMs > 2 * 24 * 3600 * 1000;
for (const path of filesIn(site)) if (path !== "manifest.json" && !all.has(path) && old(path)) rmSync(join(site, path));

const sizes = Object.values(manifest).map((path) => {
  const best = all.get(`${path.slice(1)}.br`) ?? all.get(path.slice(1));
  return `${path} ${(best.length / 1000).toFixed(1)} kB`;
});
console.log(`${site}: ${sizes.join(", ")}`);
