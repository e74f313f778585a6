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

const serverUrl = process.env.RECOURSE_TEST_POSTGRES_URL;
const started = performance.now();
const years: (YearFigures & { readonly seed: number; readonly seconds: number })[] = [];
for (let seed = first; seed <= last; seed += 1) {
  const began = performance.now();
  const figures = measureYear(await playYear(makeWorld(seed, size), { seed, serverUrl }));
  years.push({ seed, ...figures, seconds: Math.round((performance.now() - began) / 1000) });
  if (!values.json) console.log(JSON.stringify(years.at(-1)));
}

const sum = (of: (year: YearFigures) => number): number => years.reduce((all, year) => all + of(year), 0);
const share = (part: (year: YearFigures) => number, whole: (year: YearFigures) => number): number =>
  sum(whole) === 0 ? Number.NaN : sum(part) / sum(whole);

interface Row {
  readonly what: string;
  readonly measured: number;
  /** Null where there is nothing to reach. */
  readonly bar: { readonly least: number } | { readonly most: number } | null;
}

const rows: readonly Row[] = [
  {
    what: 'regret of rank 1, of that without learning',
    measured: share(
      ({ regret }) => regret,
      ({ regretUnlearnt }) => regretUnlearnt,
    ),
    bar: { most: 0.2 },
  },
  {
    what: 'the same, an incident without an answer counted as failed',
    measured: share(
      ({ regretStrict }) => regretStrict,
      ({ regretUnlearnt }) => regretUnlearnt,
    ),
    bar: null,
  },
  {
    what: 'of the deprecated, truly under 50 % then',
    measured: share(
      ({ rightly }) => rightly,
      ({ deprecated }) => deprecated,
    ),
    bar: { least: 0.95 },
  },
  {
    what: 'the same, at the end of the year',
    measured: share(
      ({ rightlyAtEnd }) => rightlyAtEnd,
      ({ deprecated }) => deprecated,
    ),
    bar: null,
  },
  {
    what: 'of the truly bad and tried ten times, deprecated',
    measured: share(
      ({ badDeprecated }) => badDeprecated,
      ({ badTried }) => badTried,
    ),
    bar: { least: 0.6 },
  },
  {
    what: 'of those that were tried so often since they are bad',
    measured: share(
      ({ badDeprecatedSince }) => badDeprecatedSince,
      ({ badTriedSince }) => badTriedSince,
    ),
    bar: null,
  },
  {
    what: 'of the attacked good ones, still shown',
    measured: share(
      ({ goodShown }) => goodShown,
      ({ goodAttacked }) => goodAttacked,
    ),
    bar: { least: 1 },
  },
  {
    what: 'of the attacked that are good at the end of the year',
    measured: share(
      ({ goodShownAtEnd }) => goodShownAtEnd,
      ({ goodAttackedAtEnd }) => goodAttackedAtEnd,
    ),
    bar: null,
  },
  {
    what: 'folds that changed nothing when done again',
    measured: share(
      ({ isIdempotent }) => Number(isIdempotent),
      () => 1,
    ),
    bar: { least: 1 },
  },
];
const isMet = ({ measured, bar }: Row): boolean => {
  if (bar === null) return true;
  return 'most' in bar ? measured <= bar.most : measured >= bar.least;
};
const written = (bar: Row['bar']): string => {
  if (bar === null) return '';
  return 'most' in bar ? `≤ ${bar.most}` : `≥ ${bar.least}`;
};

if (values.json) console.log(JSON.stringify({ years, rows }));
else
  console.table(
    rows.map((row) => ({
      what: row.what,
      measured: row.measured.toFixed(3),
      bar: written(row.bar),
      met: row.bar === null ? '' : isMet(row) ? 'yes' : 'NO',
    })),
  );
console.error(`${Math.round((performance.now() - started) / 1000)} s`);
process.exitCode = rows.every(isMet) ? 0 : 1;
