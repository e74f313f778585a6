import { parseArgs } from 'node:util';
import { loadSynonyms } from '#adapters/postgres/search/load-synonyms.ts';
import { defaultSearchSettings } from '#adapters/postgres/search/search-settings.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import { type AskedText, crossValidate, toAsked } from './fit/cross-validate.ts';
import { fitSettings, fittedFeatures } from './fit/labelled.ts';
import { lookUpAll } from './fit/look-up-all.ts';
import { loadDevelopmentSet } from './load-development-set.ts';
import { summariseKinds } from './measure-retrieval.ts';

/**
 * Prints the coefficients of search-settings.ts as fitted on the development questions and on those of
 * chat-questions.jsonl, and what five-fold cross-validation says of them: node bench/fit-similarity.ts [--ablate]
 */
const { values } = parseArgs({ options: { ablate: { type: 'boolean', default: false } } });
const threshold = defaultRankingSettings.thresholds.runbook;
const { database, queries } = await loadDevelopmentSet();
const synonyms = loadSynonyms();
const labelled = await lookUpAll(database, queries, synonyms, defaultSearchSettings);
report('cross-validated', crossValidate(labelled, defaultSearchSettings));
if (values.ablate) await ablate();
else {
  const fitted = fitSettings(labelled, defaultSearchSettings);
  console.log('fitted on all:', { order: fitted.order, calibration: fitted.calibration });
  report(
    'as shipped',
    labelled.map((one) => toAsked(one, defaultSearchSettings)),
  );
}
await database.open.close();

/** Each part left out, and the rest fitted again. */
async function ablate(): Promise<void> {
  for (const name of [...fittedFeatures, 'lead', 'unknown', 'said'] as const)
    report(`without ${name}`, crossValidate(labelled, defaultSearchSettings, name));
  const variants = {
    'names of machines count in full': { ...defaultSearchSettings, instanceShare: 1 },
    'names of machines do not count': { ...defaultSearchSettings, instanceShare: 0.01 },
    'all names of a concept count in full': { ...defaultSearchSettings, otherNameShare: 1 },
    'only the best name of a concept counts': { ...defaultSearchSettings, otherNameShare: 0 },
    'synonyms count a third': { ...defaultSearchSettings, synonymShare: 0.33 },
    'synonyms count in full': { ...defaultSearchSettings, synonymShare: 1 },
  };
  for (const [title, settings] of Object.entries(variants))
    report(title, crossValidate(await lookUpAll(database, queries, synonyms, settings), settings));
  report(
    'without synonyms',
    crossValidate(await lookUpAll(database, queries, [], defaultSearchSettings), defaultSearchSettings),
  );
}

function report(title: string, asked: readonly AskedText[]): void {
  console.log(title);
  console.table(summariseKinds(asked, threshold));
}
