import { existsSync, readFileSync } from "node:fs";

/**
 * Prints "N passed, N failed" of vitest's JSON reports together and fails where anything did, or where a report is
 * absent or tells of no passed test: `node scripts/test-counts.mjs STATUS REPORT...`. A check that failed beside the
 * tests (STATUS is not 0) counts as one.
 */
const [status, ...paths] = process.argv.slice(2);
const counts = paths.map(countsOf);
const passed = sum(counts.map((count) => count.passed));
const tests = sum(counts.map((count) => count.failed));
const failed = tests === 0 && status !== "0" ? 1 : tests;
console.log(`${passed} passed, ${failed} failed`);
if (passed === 0 || failed > 0) process.exitCode = 1;

function countsOf(path) {
  if (!existsSync(path)) return broken(`there is no test report ${path}`);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, "utf8"));
  if (!Number.isInteger(numPassedTests) || !Number.isInteger(numFailedTests)) {
    return broken(`${path} has no counts`);
  }
  const failed = numFailedTests + testResults.filter(isBroken).length;
  if (numPassedTests + failed === 0) return broken(`${path} tells of no test that ran`);
  return { passed: numPassedTests, failed };
}

/** A file that failed before any of its tests could. */
function isBroken({ status, assertionResults }) {
  return status === "failed" && assertionResults.every((one) => one.status !== "failed");
}

function broken(message) {
  console.error(message);
  return { passed: 0, failed: 1 };
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}
