import { randomBytes } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const mib = 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

/** The log volume: small enough to be written in a moment, full but for less than nginx needs. */
const volumeBytes = 80 * mib;
const archivedFiles = 8;
const archivedBytes = 8 * mib;
const userJournalBytes = 4 * mib;
const accessLogBytes = 7 * mib;
const errorLogBytes =
  volumeBytes - archivedFiles * archivedBytes - userJournalBytes - accessLogBytes - mib / 4;

/**
 * Makes the scratch folder anew in its bad state: the log volume full, mostly of archived journal files, and nginx
 * failed because it could not write. The sizes are real, so that `du` and `df` agree.
 */
export async function seedScratch(scratch: string, now: Date): Promise<void> {
  for (const part of ['var', 'run'])
    await rm(join(scratch, part), { recursive: true, force: true, maxRetries: 5 });
  const logs = join(scratch, 'var', 'log');
  const journal = join(logs, 'journal', 'demo-web-01');
  for (const folder of [journal, join(logs, 'nginx'), join(scratch, 'run')]) {
    await mkdir(folder, { recursive: true });
  }
  await writeFile(join(scratch, 'run', 'limit'), `${volumeBytes / 1024}\n`);
  await writeFile(join(scratch, 'run', 'nginx'), `failed ${Math.floor(now.getTime() / 1000) - 1200}\n`);
  await writeFile(join(logs, 'nginx', 'access.log'), fill(accessLogBytes, accessLine));
  await writeFile(
    join(logs, 'nginx', 'error.log'),
    fill(errorLogBytes, (n) => errorLine(n, logs, now)),
  );
  await writeFile(join(journal, 'system.journal'), journalText(now, logs));
  await writeJournalFiles(journal, now);
}

/** Random bytes, because a file system that compresses would make `du` disagree with `df`. */
async function writeJournalFiles(journal: string, now: Date): Promise<void> {
  const block = randomBytes(archivedBytes);
  await writeFile(join(journal, 'user-1000.journal'), block.subarray(0, userJournalBytes));
  for (let age = archivedFiles; age > 0; age -= 1) {
    const serial = String(archivedFiles - age + 1).padStart(4, '0');
    const path = join(journal, `system@demo-web-01-${serial}.journal`);
    await writeFile(path, block);
    const written = new Date(now.getTime() - age * dayMs);
    await utimes(path, written, written);
  }
}

/** As many whole lines as fit into `size` bytes. */
function fill(size: number, line: (n: number) => string): Buffer {
  const block = Buffer.from(Array.from({ length: 500 }, (_, n) => `${line(n)}\n`).join(''));
  const text = Buffer.alloc(size, block);
  return text.subarray(0, text.lastIndexOf('\n') + 1);
}

function accessLine(n: number): string {
  const status = n % 5 === 4 ? 200 : 500;
  const path = ['/', '/cart', '/login', '/api/orders', '/upload'][n % 5];
  return `192.0.2.${(n % 250) + 1} - - "GET ${path} HTTP/1.1" ${status} ${status === 500 ? 177 : 5120} "-" "probe/1.0"`;
}

function errorLine(n: number, logs: string, now: Date): string {
  const file =
    n % 2 === 0 ? `write() to "${logs}/nginx/access.log" failed` : 'pwrite() "/var/lib/nginx/body" failed';
  const time = new Date(now.getTime() - (500 - n) * 3_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${time.replaceAll('-', '/')} [crit] 812#812: *${4000 + n} ${file} (28: No space left on device)`;
}

function journalText(now: Date, logs: string): string {
  const lines: readonly (readonly [minutesAgo: number, source: string, text: string])[] = [
    [
      4320,
      'systemd[1]',
      'nginx.service: Started - A high performance web server and a reverse proxy server.',
    ],
    [95, 'systemd-journald[301]', 'Journal file uses more than its share of the log volume.'],
    [24, 'nginx[812]', `write() to "${logs}/nginx/access.log" failed (28: No space left on device)`],
    [
      21,
      'nginx[812]',
      `nginx: [emerg] open() "${logs}/nginx/error.log" failed (28: No space left on device)`,
    ],
    [20, 'systemd[1]', 'nginx.service: Main process exited, code=exited, status=1/FAILURE'],
    [20, 'systemd[1]', "nginx.service: Failed with result 'exit-code'."],
  ];
  return lines
    .map(([ago, source, text]) => `${syslogTime(now, ago)} demo-web-01 ${source}: ${text}\n`)
    .join('');
}

function syslogTime(now: Date, minutesAgo: number): string {
  const [, month, day, , time] = new Date(now.getTime() - minutesAgo * 60_000).toString().split(' ');
  return `${month} ${day} ${time}`;
}
