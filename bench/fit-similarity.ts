import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { solutions } from '#adapters/postgres/schema/knowledge.ts';
import { measureCandidates } from '#adapters/postgres/search/find-by-words.ts';
import { loadSynonyms } from '#adapters/postgres/search/load-synonyms.ts';
import type { Features } from '#adapters/postgres/search/measure-features.ts';
import { defaultSearchSettings, featureNames } from '#adapters/postgres/search/search-settings.ts';
import { loadCorpus } from './load-corpus.ts';
import {
  defaultFile,
  type EvaluationDocument,
  type EvaluationQuery,
  readLines,
  toRunbook,
} from './load-evaluation-set.ts';

/** Prints the coefficients of search-settings.ts as fitted on the development queries: node bench/fit-similarity.ts */

interface Example {
  readonly features: readonly number[];
  readonly right: number;
}

/** Candidates of a question that are looked at; what is shown comes from them. */
const perQuery = 10;
const rounds = 60;
/** Keeps a feature that says nothing at zero. */
const ridge = 1;

const corpusFile = defaultFile('corpus.jsonl');
const queriesFile = defaultFile('queries.dev.jsonl');
if (!corpusFile || !queriesFile) {
  console.error('No evaluation set here: set RECOURSE_EVAL_DIR.');
  process.exit(78);
}
const [bias, ...weights] = fitLogistic(await readExamples(corpusFile, queriesFile));
console.log({ bias, weights: Object.fromEntries(featureNames.map((name, at) => [name, weights[at]])) });

async function readExamples(corpus: string, queries: string): Promise<readonly Example[]> {
  const documents = readLines<EvaluationDocument>(corpus).map((document) => ({
    slug: document.id,
    content: { kind: 'runbook', runbook: toRunbook(document) } as const,
  }));
  const { open, workspace } = await loadCorpus(documents);
  const rows = await open.database.select({ id: solutions.id, slug: solutions.slug }).from(solutions);
  const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
  const synonyms = loadSynonyms();
  const examples: Example[] = [];
  for (const { query, relevant } of readLines<EvaluationQuery>(queries)) {
    const measured = await inWorkspace(open.database, workspace, (executor) =>
      measureCandidates(executor, query, synonyms, defaultSearchSettings),
    );
    for (const { scored, features } of measured.slice(0, perQuery)) {
      const right = relevant.includes(slugs.get(scored.id) ?? '') ? 1 : 0;
      examples.push({ features: toRow(features), right });
    }
  }
  await open.close();
  return examples;
}

function toRow(features: Features): readonly number[] {
  return [1, ...featureNames.map((name) => features[name])];
}

/** Logistic regression by Newton's method. */
function fitLogistic(examples: readonly Example[]): readonly number[] {
  const size = featureNames.length + 1;
  let coefficients: number[] = Array.from({ length: size }, () => 0);
  for (let round = 0; round < rounds; round += 1) {
    const gradient = coefficients.map((value, at) => (at === 0 ? 0 : -ridge * value));
    const hessian: number[][] = gradient.map((_, row) =>
      gradient.map((__, at) => (row === at && row > 0 ? ridge : 0)),
    );
    for (const { features, right } of examples) {
      const logit = features.reduce((sum, value, at) => sum + value * (coefficients[at] ?? 0), 0);
      const chance = 1 / (1 + Math.exp(-logit));
      features.forEach((value, row) => {
        gradient[row] = (gradient[row] ?? 0) + value * (right - chance);
        const line = hessian[row] ?? [];
        features.forEach((other, at) => {
          line[at] = (line[at] ?? 0) + value * other * chance * (1 - chance);
        });
      });
    }
    const step = solve(hessian, gradient);
    coefficients = coefficients.map((value, at) => value + (step[at] ?? 0));
  }
  return coefficients.map((value) => Math.round(value * 100) / 100);
}

/** Gauss-Jordan elimination; the matrix is small and positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  let rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    const scale = rows[pivot]?.[pivot] ?? 1;
    const line = (rows[pivot] ?? []).map((value) => value / scale);
    rows = rows.map((row, at) =>
      at === pivot ? line : row.map((value, column) => value - (row[pivot] ?? 0) * (line[column] ?? 0)),
    );
  }
  return rows.map((row) => row.at(-1) ?? 0);
}
