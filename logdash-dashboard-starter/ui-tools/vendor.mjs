// Makes ../src/main/resources/META-INF/logdash/ui/vendor/ from the packages of package-lock.json:
// one bundle, one style sheet, and VENDOR.txt with versions, licences and checksums.
//
//   npm ci --ignore-scripts && npm run vendor
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/main/resources/META-INF/logdash/ui/vendor");
const shipped = ["lit", "lit-html", "lit-element", "@lit/reactive-element", "@tanstack/virtual-core", "uplot"];

const entry = `
export { LitElement, html, svg, css, nothing } from "lit";
export { repeat } from "lit/directives/repeat.js";
export { classMap } from "lit/directives/class-map.js";
export { live } from "lit/directives/live.js";
export { ref, createRef } from "lit/directives/ref.js";
export { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from "@tanstack/virtual-core";
export { default as uPlot } from "uplot";
`;

const result = await build({
  stdin: { contents: entry, resolveDir: here, loader: "js" },
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  write: false,
});
mkdirSync(out, { recursive: true });

const files = {
  // For the editor and the type check; browsers never ask for it.
  "logdash-vendor.d.ts": Buffer.from(entry.trimStart()),
  "logdash-vendor.js": result.outputFiles[0].contents,
  "uplot.css": readFileSync(join(here, "node_modules/uplot/dist/uPlot.min.css")),
};
const checksums = Object.entries(files).map(([name, bytes]) => {
  writeFileSync(join(out, name), bytes);
  return `${createHash("sha256").update(bytes).digest("hex")}  ${name}`;
});
const licences = shipped.map((name) => {
  const { version, license } = JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8"));
  return `${name} ${version}, ${license}`;
});
const texts = ["lit", "@tanstack/virtual-core", "uplot"].map(
  (name) => `---- ${name} ----\n\n${readFileSync(join(here, "node_modules", name, "LICENSE"), "utf8").trim()}`,
);
writeFileSync(
  join(out, "VENDOR.txt"),
  `Third-party browser code, made by ui-tools/vendor.mjs from ui-tools/package-lock.json.\n\n` +
    `${licences.join("\n")}\n\nSHA-256\n${checksums.join("\n")}\n\n${texts.join("\n\n")}\n`,
);
console.log(checksums.join("\n"));
