import { parseArgs } from 'node:util';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { defaultRankingSettings } from '#domain/ranking/rank.ts';
import { loadCorpus } from './load-corpus.ts';
import {
  defaultFile,
  type EvaluationDocument,
  type EvaluationQuery,
  readLines,
  toRunbook,
} from './load-evaluation-set.ts';
import { type Asked, percentile, summarise } from './measure-retrieval.ts';

const usage = 'npm run bench:retrieval -- --corpus FILE --queries FILE [--json]';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const corpusFile = values.corpus ?? defaultFile('corpus.jsonl');
const queriesFile = values.queries ?? defaultFile('queries.dev.jsonl');
if (!corpusFile || !queriesFile) {
  console.error(
    `No evaluation set here. Give one: ${usage}, or set RECOURSE_EVAL_DIR to a folder with corpus.jsonl and queries.dev.jsonl.`,
  );
  process.exit(78);
}

const documents = readLines<EvaluationDocument>(corpusFile);
const queries = readLines<EvaluationQuery>(queriesFile);
const startedLoading = performance.now();
const { open, workspace } = await loadCorpus(
  documents.map((document) => ({
    slug: document.id,
    content: { kind: 'runbook', runbook: toRunbook(document) },
  })),
);
const loadMs = performance.now() - startedLoading;
const search = createSolutionSearch({ database: open.database });
const asked: Asked[] = [];
for (const query of queries) {
  const started = performance.now();
  const found = await search.find({ workspace, text: query.query, limit: 10 });
  const ms = performance.now() - started;
  asked.push({
    query,
    ms,
    found: found.map(({ solution, similarity }) => ({ id: solution.slug, similarity })),
  });
}
await open.close();

const threshold = defaultRankingSettings.thresholds.runbook;
const kinds = Object.fromEntries(
  [...Map.groupBy(asked, ({ query }) => query.kind)].map(([kind, group]) => [
    kind,
    summarise(group, threshold),
  ]),
);
const times = asked.map(({ ms }) => ms);
const report = {
  kinds,
  latencyMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
  documents: documents.length,
  queries: queries.length,
};
if (values.json) console.log(JSON.stringify(report));
else {
  console.table(kinds);
  console.log(
    `${documents.length} documents loaded in ${(loadMs / 1000).toFixed(1)} s, ${queries.length} queries`,
  );
  console.log(
    `search p50 ${report.latencyMs.p50} ms, p95 ${report.latencyMs.p95} ms; answered from similarity ${threshold}`,
  );
}
