import { parseArgs } from 'node:util';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { understandMessage } from '#domain/message/understand-message.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import { createLearning } from './learn-from-use.ts';
import { loadCorpus } from './load-corpus.ts';
import {
  type EvaluationDocument,
  type EvaluationQuery,
  EvaluationSetError,
  evaluationFile,
  readDocuments,
  readQueries,
  toRunbook,
} from './load-evaluation-set.ts';
import { measureLearning, printLearning } from './measure-learning.ts';
import { type Asked, isNegative } from './measure-retrieval.ts';
import { printReport, reportOn } from './retrieval-report.ts';

/** `npm run bench:retrieval`: how well the product's search answers an evaluation set. docs/retrieval.md has its figures. */
const usage =
  'npm run bench:retrieval -- [--set DIR] [--corpus FILE] [--queries FILE] [--learn SHARE [--seed N]] [--json]';
const badInput = 2;
const notConfigured = 78;

const values = readArguments();
const set = readSet();
const startedLoading = performance.now();
const { open, workspace } = await loadCorpus(
  set.documents.map((document) => ({
    slug: document.id,
    content: { kind: 'runbook', runbook: toRunbook(document) },
  })),
);
const loadMs = performance.now() - startedLoading;
const search = createSolutionSearch({ database: open.database });
const askAll = async (queries: readonly EvaluationQuery[]): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  for (const query of queries) {
    const started = performance.now();
    const found = await search.find({ workspace, text: query.query, limit: 10 });
    const ms = performance.now() - started;
    const smallTalk = understandMessage(query.query).kind === 'small-talk';
    asked.push({
      query,
      ms,
      smallTalk,
      found: found.map(({ solution, similarity }) => ({ id: solution.slug, similarity })),
    });
  }
  return asked;
};
const asked = await askAll(set.queries);
const threshold = defaultRankingSettings.thresholds.runbook;
const learn =
  values.learn === undefined
    ? null
    : await measureLearning({
        ...createLearning(open, workspace),
        askAll,
        asked,
        queries: set.queries,
        threshold,
        share: shareOfUse(values.learn),
        seeds: seedsOf(values.seed),
      });
await open.close();
const report = {
  ...reportOn(asked, threshold),
  documents: set.documents.length,
  queries: asked.length,
  ...(learn && { learn }),
};
if (values.json) console.log(JSON.stringify(report));
else {
  printReport(report);
  if (learn) printLearning(learn);
  const negatives = asked.filter(isNegative).length;
  console.log(`${report.documents} documents loaded in ${(loadMs / 1000).toFixed(1)} s`);
  console.log(
    `${report.queries} queries, ${negatives} of them negative; answered from similarity ${threshold}`,
  );
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        set: { type: 'string' },
        corpus: { type: 'string' },
        queries: { type: 'string' },
        learn: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return stop(badInput, `${error instanceof Error ? error.message : error} Usage: ${usage}`);
  }
}

function readSet(): {
  readonly documents: readonly EvaluationDocument[];
  readonly queries: readonly EvaluationQuery[];
} {
  const corpusFile = values.corpus ?? evaluationFile('corpus.jsonl', values.set);
  const queriesFile = values.queries ?? evaluationFile('queries.dev.jsonl', values.set);
  if (!corpusFile || !queriesFile) {
    return stop(
      notConfigured,
      `No evaluation set here. Give one: ${usage}, or set RECOURSE_EVAL_DIR to a folder with corpus.jsonl and queries.dev.jsonl.`,
    );
  }
  try {
    return { documents: readDocuments(corpusFile), queries: readQueries(queriesFile) };
  } catch (error) {
    if (error instanceof EvaluationSetError) return stop(badInput, error.message);
    throw error;
  }
}

function shareOfUse(text: string): number {
  const share = Number(text);
  return share > 0 && share < 1
    ? share
    : stop(badInput, `--learn ${text}: it must be a share between 0 and 1, such as 0.5.`);
}

/** One seed, or the five by which learning is judged. */
function seedsOf(text: string | undefined): readonly number[] {
  if (text === undefined) return [1, 2, 3, 4, 5];
  return /^\d{1,9}$/.test(text)
    ? [Number(text)]
    : stop(badInput, `--seed ${text}: it must be a whole number, such as 1.`);
}

function stop(code: number, message: string): never {
  console.error(message);
  process.exit(code);
}
