import { type BenchDatabase, loadCorpus } from './load-corpus.ts';
import {
  type EvaluationQuery,
  evaluationFile,
  readDocuments,
  readQueries,
  toRunbook,
} from './load-evaluation-set.ts';

/** Written for this project without sight of the development queries; `own-` tells the kinds apart in reports. */
const ownQuestions = new URL('./chat-questions.jsonl', import.meta.url).pathname;

/** The development set and the project's own questions over its corpus. Ends the process where there is no set. */
export async function loadDevelopmentSet(): Promise<{
  readonly database: BenchDatabase;
  readonly queries: readonly EvaluationQuery[];
}> {
  const corpus = evaluationFile('corpus.jsonl');
  const development = evaluationFile('queries.dev.jsonl');
  if (!corpus || !development) {
    console.error('No evaluation set here: set RECOURSE_EVAL_DIR.');
    process.exit(78);
  }
  const database = await loadCorpus(
    readDocuments(corpus).map((document) => ({
      slug: document.id,
      content: { kind: 'runbook', runbook: toRunbook(document) },
    })),
  );
  const own = readQueries(ownQuestions).map((query) => ({ ...query, kind: `own-${query.kind}` }));
  return { database, queries: [...readQueries(development), ...own] };
}
