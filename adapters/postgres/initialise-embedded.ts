import { argv } from 'node:process';
import { openPglite } from './open-embedded.ts';

/** Run as a child process: makes the data directory named by the first argument and ends. */
const directory = argv[2];
if (directory) await (await openPglite(directory)).close();
