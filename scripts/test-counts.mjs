import { readFileSync } from "node:fs";

/** Prints "N passed, N failed" over vitest's JSON reports; fails where there is none, or one says less than it ran. */
const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
if (reports.length === 0) throw new Error("no test report was written");

let passed = 0;
let failed = 0;
for (const report of reports) {
  if (!Number.isInteger(report.numPassedTests) || !Number.isInteger(report.numFailedTests)) {
    throw new Error("a test report has no counts");
  }
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.testResults.filter(isBroken).length;
}
console.log(`${passed} passed, ${failed} failed`);
if (passed === 0 || failed > 0) process.exitCode = 1;

/** A file that failed before any of its tests could. */
function isBroken({ status, assertionResults }) {
  return status === "failed" && assertionResults.every((one) => one.status !== "failed");
}
