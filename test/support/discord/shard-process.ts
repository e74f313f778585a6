import { appendFileSync } from 'node:fs';
import process, { env, exit } from 'node:process';

/** Plays the process of a shard: notes what it was started with, then does as it is told until it is asked to end. */
const { DISCORD_SHARDS: shard = '', RECOURSE_TEST_NOTES: notes = '', RECOURSE_TEST_ENDS: ends = '' } = env;
const note = (what: string) => appendFileSync(notes, `${shard} ${what}\n`);

process.once('SIGTERM', () => {
  note('was asked to end');
  exit(0);
});
note(`began ${env.RECOURSE_LOCAL_ADDRESS ?? 'at the usual address'}`);
if (ends !== '') exit(Number(ends));
setInterval(() => undefined, 1000);
