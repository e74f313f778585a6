import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildConcepts } from '#adapters/postgres/search/build-concepts.ts';
import { indexSynonyms, readSynonymIndex } from '#adapters/postgres/search/index-synonyms.ts';
import { loadSynonyms } from '#adapters/postgres/search/load-synonyms.ts';
import { readSynonymRules } from '#adapters/postgres/search/read-synonym-rules.ts';
import { Fault } from '#domain/fault.ts';
import { splitWords } from '#domain/text/split-words.ts';
import { describeOnEmbedded } from '#test/support/databases.ts';
import { inScope } from '#test/support/search-database.ts';

const stopWords = new Set(['on', 'is', 'out', 'of', 'no', 'not', 'the', 'its', 'after', 'right', 'down']);
/** Enough of a stemmer for these words; the tests of the search use the database's own. */
const stem = (word: string) => (stopWords.has(word) ? undefined : word.replace(/(?<=...)(?:ing|s)$/, ''));
const shares = { instanceShare: 0.5, synonymShare: 0.5 };

/** What a question also finds: `own: other@weight`, in the order of the question. */
function heard(text: string, content: unknown): readonly string[] {
  const { rules, problems } = readSynonymRules(content);
  expect(problems).toEqual([]);
  return buildConcepts(splitWords(text), stem, indexSynonyms(rules, stem), shares).flatMap(({ terms }) =>
    terms.slice(1).map(({ term, weight }) => `${terms[0]?.term}: ${term}@${weight.toFixed(2)}`),
  );
}

describe('a group of equals', () => {
  const same = { same: [['k8s', 'kubernetes', 'kube']] };

  it('lets each phrase find the others for the synonym share', () => {
    expect(heard('k8s broke', same)).toEqual(['k8s: kubernete@0.50', 'k8s: kube@0.50']);
    expect(heard('the kube thing', same)).toEqual(['kube: k8s@0.50', 'kube: kubernete@0.50']);
  });

  it('counts the words of a longer name less each, without its stop words', () => {
    expect(heard('pvc', { same: [['pvc', 'persistent volume claim', 'the claimed disk']] })).toEqual([
      'pvc: persistent@0.29',
      'pvc: volume@0.29',
      'pvc: claim@0.29',
      'pvc: claimed@0.35',
      'pvc: disk@0.35',
    ]);
    expect(heard('oom', { same: [['oom', 'out of memory']] })).toEqual(['oom: memory@0.50']);
  });

  it('counts half of that where its phrases are only related', () => {
    expect(heard('slow', { related: [['slow', 'latency']] })).toEqual(['slow: latency@0.25']);
    expect(heard('slow', { related: [['slow', 'latency']], said: { slow: ['latency'] } })).toEqual([
      'slow: latency@0.50',
    ]);
  });

  it('counts less where the word itself does', () => {
    expect(heard('web-2', { same: [['web', 'nginx']] })).toEqual(['web: nginx@0.25']);
  });
});

describe('what is said', () => {
  const said = { said: { 'keeps restarting': ['crash looping'] } };

  it('finds what it is called, and not the other way round', () => {
    expect(heard('it keeps restarting', said)).toEqual(['keep: crash@0.35', 'keep: loop@0.35']);
    expect(heard('crash looping', said)).toEqual([]);
  });

  it.each(['keeps on restarting', 'keeps restarting', 'keep, restarts', 'keeps the pod restarting'])(
    'is recognised in %j',
    (text) => expect(heard(text, said)).toContain('keep: crash@0.35'),
  );

  it.each(['restarting keeps', 'keeps on and on and restarting', 'keeps', 'restarting'])(
    'is not recognised in %j',
    (text) => expect(heard(text, said)).toEqual([]),
  );

  it('is recognised by stop words too, and stands at its first word that is none', () => {
    const memory = { said: { 'out of memory': ['oom'] } };
    expect(heard('out of memory', memory)).toEqual(['memory: oom@0.50']);
    expect(heard('no memory', memory)).toEqual([]);
    expect(heard('the disk is down', { said: { down: ['unreachable'] } })).toEqual([]);
  });

  it('is recognised every time, and a word said twice is one concept with all it may be called', () => {
    expect(heard('disk died, then disk full', { said: { 'disk full': ['enospc'] } })).toEqual([
      'disk: enospc@0.50',
    ]);
  });

  it('never finds a word of its own again', () => {
    expect(heard('disk claim', { said: { 'disk claim': ['volume claim'] } })).toEqual(['disk: volume@0.35']);
  });
});

describe('a synonym file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-synonyms-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (text: string): string => {
    const file = join(folder, 'synonyms.yaml');
    writeFileSync(file, text);
    return file;
  };
  const complaint = (file: string): string => {
    try {
      loadSynonyms(file);
    } catch (error) {
      if (error instanceof Fault && error.kind === 'configuration') return error.message;
      throw error;
    }
    throw new Error('accepted');
  };

  it('of the operator is added to the shipped one', () => {
    const shipped = loadSynonyms();
    const own = loadSynonyms(write('said:\n  mother ship: [billing]\n'));
    expect(own.slice(0, shipped.length)).toEqual(shipped);
    expect(own.slice(shipped.length)).toEqual([{ from: ['mother', 'ship'], to: [['billing']], share: 1 }]);
  });

  it.each(['', '# nothing yet\n', 'same:\n', 'said: {}\n'])('may say nothing: %j', (text) => {
    expect(loadSynonyms(write(text))).toEqual(loadSynonyms());
  });

  it.each([
    ['- [oom, out of memory]', 'It must have the sections same, said and related, or some of them.'],
    ['sames: []', 'sames is not a section: use same, said or related.'],
    ['same: {a: b}', 'same must be a list of groups'],
    ['same: [[one, two], [alone]]', 'same, group 2: must be a list of two phrases or more'],
    ['related: [[one, [two]]]', 'related, group 1: ["two"] is not a phrase'],
    ['same: [[one, "!"]]', "same, group 1: '!' has no word"],
    ['said: [a, b]', 'said must hold entries such as'],
    ['said: {slow: latency}', 'said, slow: must have a list of what it is called'],
    ['said: {slow: [null]}', 'said, slow: null is not a phrase'],
    ['said: {slow: [a1], slow: [b2]}', 'Map keys must be unique'],
    ['same: [', 'at line 1'],
  ])('%s is refused', (text, words) => {
    const file = write(text);
    expect(complaint(file)).toContain(`The synonyms in ${file} cannot be used:\n  `);
    expect(complaint(file)).toContain(words);
  });

  it('that is wrong in several places says so once, and one that is missing is named', () => {
    expect(complaint(write('same: [[x1]]\nsaid: {y1: z1}\n')).split('\n')).toHaveLength(3);
    expect(complaint(join(folder, 'nowhere.yaml'))).toContain('nowhere.yaml');
  });
});

describe('the shipped file', () => {
  const rules = loadSynonyms();
  const index = indexSynonyms(rules, stem);
  const terms = (text: string) =>
    buildConcepts(splitWords(text), stem, index, shares).flatMap((concept) =>
      concept.terms.slice(1).map(({ term }) => term),
    );

  it.each([
    ['api pod keeps on restarting', 'crash'],
    ['no trace of the exporter', 'absent'],
    ["we can't reach the db", 'unreachable'],
    ['mons lost majority', 'quorum'],
    ['too many tiny files', 'inode'],
  ])('hears in %j also %s', (text, term) => expect(terms(text)).toContain(term));

  it('lets formal words alone that only everyday words point at', () => {
    expect(terms('quorum')).not.toContain('voted');
    expect(terms('inodes')).toEqual([]);
  });
});

describeOnEmbedded('the stems of the rules', (openTest) => {
  it('are read once from the database and kept', async () => {
    const { open, workspace } = await openTest();
    const { rules } = readSynonymRules({ same: [['oom', 'running out of memory']] });
    const first = await inScope(open, workspace, ({ executor }) => readSynonymIndex(executor, rules));
    expect(first.get('run')).toEqual([
      {
        keys: ['run', 'out', 'of', 'memori'],
        terms: new Map([['oom', { share: 1, said: 'running out of memory', name: 'oom', stems: ['oom'] }]]),
      },
    ]);
    const [again, other] = await inScope(open, workspace, async ({ executor }) => [
      await readSynonymIndex(executor, rules),
      await readSynonymIndex(executor, [...rules]),
    ]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});
