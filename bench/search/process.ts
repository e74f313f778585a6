import { isEngineName } from './engines.ts';
import { measureEngine } from './measure-engine.ts';

/** The child of bench/search.ts: measures one engine, prints its figures as one line of JSON. */
const [name = '', solutions, url = ''] = process.argv.slice(2);
if (!isEngineName(name)) throw new Error(`no engine is called ${name}`);
console.log(JSON.stringify(await measureEngine(name, Number(solutions), url)));
