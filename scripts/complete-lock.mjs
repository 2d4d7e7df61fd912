import { readFileSync, writeFileSync } from "node:fs";

/**
 * Adds the packages of other platforms that `npm install` leaves out of package-lock.json when the registry
 * in use does not hold them: without their entries `npm ci` refuses the lock. Run after every change of
 * dependencies: `node scripts/complete-lock.mjs`.
 */
const FILE = new URL("../package-lock.json", import.meta.url);
const OS = "aix android darwin freebsd linux netbsd openbsd openharmony sunos win32".split(" ");
const CPU = "arm64 arm ia32 loong64 mips64el ppc64 riscv64 s390x x64 wasm32".split(" ");

const lock = JSON.parse(readFileSync(FILE, "utf8"));
let added = 0;
for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = placesOf(path, name);
    const found = places.map((place) => lock.packages[place]).find(Boolean);
    // A range can only be matched by what npm chose itself; pinned platform packages are all we add.
    if (found?.version === version || !/^\d/.test(version)) continue;
    const place = places.findLast((at) => !lock.packages[at]);
    if (place === undefined || (found && place === places.at(-1))) continue;
    lock.packages[place] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...platformOf(name),
    };
    added++;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added to package-lock.json`);

/** Where Node looks for `name` from the package at `path`, nearest first. */
function placesOf(path, name) {
  const places = [];
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("node_modules/") - 1)) {
    places.push(`${at === "" ? "" : `${at}/`}node_modules/${name}`);
    if (!at.includes("node_modules/")) break;
  }
  return places.at(-1) === `node_modules/${name}` ? places : [...places, `node_modules/${name}`];
}

function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = OS.find((one) => words.includes(one));
  const cpu = CPU.find((one) => words.includes(one));
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os === "linux" && libc ? { libc: [libc] } : {}),
  };
}
