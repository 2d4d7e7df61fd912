import { existsSync, readFileSync } from "node:fs";

/**
 * Prints "N passed, N failed" from vitest's JSON report and fails where anything did:
 * `node scripts/test-counts.mjs REPORT STATUS`. A check that failed beside the tests (STATUS is not 0) counts as one.
 */
const [path, status] = process.argv.slice(2);
if (!existsSync(path)) fail("there is no test report");
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, "utf8"));
if (!Number.isInteger(numPassedTests) || !Number.isInteger(numFailedTests)) {
  fail("the test report has no counts");
}

const tests = numFailedTests + testResults.filter(isBroken).length;
const failed = tests === 0 && status !== "0" ? 1 : tests;
console.log(`${numPassedTests} passed, ${failed} failed`);
if (numPassedTests === 0 || failed > 0) process.exitCode = 1;

/** A file that failed before any of its tests could. */
function isBroken({ status, assertionResults }) {
  return status === "failed" && assertionResults.every((one) => one.status !== "failed");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
