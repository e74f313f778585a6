import { readFile } from 'node:fs/promises';
import { defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import { Fault } from '#domain/fault.ts';
import { type AlertsFile, readAlertsFile } from './read-alerts-file.ts';

/** The routes and tables of a file; without a path none. A Fault of kind `configuration` names every wrong line. */
export async function loadAlertsFile(path: string | null): Promise<AlertsFile> {
  if (path === null) return { settings: defaultAlertSettings, routes: [], generic: {} };
  const read = readAlertsFile(await readSource(path));
  if (read.kind === 'alerts-file') return read.file;
  const lines = read.problems.map(({ line, message }) => `  ${path}:${line}: ${message}`);
  throw new Fault(
    'configuration',
    'alerts-file-wrong',
    `The alerts file is wrong:\n${lines.join('\n')}`,
    'Correct these lines; docs/alerts.md explains every field.',
  );
}

async function readSource(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Fault(
      'configuration',
      'alerts-file-unreadable',
      `The alerts file ${path} cannot be read: ${String(cause)}`,
      'Write one (docs/alerts.md has an example) or change RECOURSE_ALERTS.',
      cause,
    );
  }
}
