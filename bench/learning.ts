import { parseArgs } from 'node:util';
import { makeWorld } from './year/make-world.ts';
import { measureYear, type YearFigures } from './year/measure-year.ts';
import { playYear } from './year/play-year.ts';

/** `npm run bench:learning`: a simulated year through the product's own use cases. docs/learning.md has its figures. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-10' },
    incidents: { type: 'string', default: '5000' },
    symptoms: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});

const [first = 1, last = first] = values.seeds.split('-').map(Number);
const size = { symptoms: Number(values.symptoms), incidents: Number(values.incidents) };
if (![first, last, size.symptoms, size.incidents].every((one) => Number.isInteger(one) && one > 0)) {
  console.error(
    'Usage: npm run bench:learning -- [--seeds 1-10] [--incidents 5000] [--symptoms 60] [--json]',
  );
  process.exit(2);
}

const started = performance.now();
const years: (YearFigures & { readonly seed: number; readonly seconds: number })[] = [];
for (let seed = first; seed <= last; seed += 1) {
  const began = performance.now();
  const figures = measureYear(await playYear(makeWorld(seed, size), seed));
  years.push({ seed, ...figures, seconds: Math.round((performance.now() - began) / 1000) });
  if (!values.json) console.log(JSON.stringify(years.at(-1)));
}

const sum = (of: (year: YearFigures) => number): number => years.reduce((all, year) => all + of(year), 0);
const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);
const rows = [
  {
    what: 'regret of rank 1, of that without learning',
    measured: share(
      sum((y) => y.regret),
      sum((y) => y.regretUnlearnt),
    ),
    bar: 0.2,
    met: 'most',
  },
  {
    what: 'the same, an incident without an answer counted as failed',
    measured: share(
      sum((y) => y.regretStrict),
      sum((y) => y.regretUnlearnt),
    ),
    bar: null,
    met: null,
  },
  {
    what: 'of the deprecated, truly under 50 % then',
    measured: share(
      sum((y) => y.rightly),
      sum((y) => y.deprecated),
    ),
    bar: 0.95,
    met: 'least',
  },
  {
    what: 'the same, at the end of the year',
    measured: share(
      sum((y) => y.rightlyAtEnd),
      sum((y) => y.deprecated),
    ),
    bar: null,
    met: null,
  },
  {
    what: 'of the truly bad and tried ten times, deprecated',
    measured: share(
      sum((y) => y.badDeprecated),
      sum((y) => y.badTried),
    ),
    bar: 0.6,
    met: 'least',
  },
  {
    what: 'of the attacked good ones, still shown',
    measured: share(
      sum((y) => y.goodShown),
      sum((y) => y.goodAttacked),
    ),
    bar: 1,
    met: 'least',
  },
  {
    what: 'folds that changed nothing when done again',
    measured: share(
      sum((y) => Number(y.isIdempotent)),
      years.length,
    ),
    bar: 1,
    met: 'least',
  },
] as const;
const isMet = ({ measured, bar, met }: (typeof rows)[number]): boolean =>
  bar === null || (met === 'most' ? measured <= bar : measured >= bar);

if (values.json) console.log(JSON.stringify({ years, rows }));
else
  console.table(
    rows.map((row) => ({
      what: row.what,
      measured: row.measured.toFixed(3),
      bar: row.bar === null ? '' : `${row.met === 'most' ? '≤' : '≥'} ${row.bar}`,
      met: row.bar === null ? '' : isMet(row) ? 'yes' : 'NO',
    })),
  );
console.error(`${Math.round((performance.now() - started) / 1000)} s`);
process.exitCode = rows.every(isMet) ? 0 : 1;
