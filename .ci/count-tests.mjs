// Prints `N passed, N failed, N skipped` from vitest's JSON report; fails unless every test ran and passed.
import { readFileSync } from 'node:fs';

const read = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
};

const say = (line) => process.stdout.write(`${line}\n`);

const report = read(process.argv[2]);
// A file that could not even be loaded holds no test, yet it failed.
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
);
const passed = report.numPassedTests;
const failed = report.numFailedTests + broken.length;
const skipped = report.numPendingTests + report.numTodoTests;

for (const file of report.testResults) {
  for (const test of file.assertionResults.filter(({ status }) => status !== 'passed')) {
    say(`${test.status}: ${test.fullName} (${file.name})`);
  }
}
for (const file of broken) say(`failed: ${file.name} ${file.message}`);
say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = passed > 0 && failed === 0 && skipped === 0 ? 0 : 1;
