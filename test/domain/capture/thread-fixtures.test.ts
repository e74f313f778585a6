import { describe, expect, it } from 'vitest';
import { roleNames } from '#domain/capture/roles.ts';
import { readThreadFixtures, threadSets } from '#test/support/capture/thread-fixtures.ts';
import { readThreadRoles } from '#test/support/capture/thread-roles.ts';

const fixtures = readThreadFixtures('threads');

it('there are at least 18 threads, of both platforms and of every outcome', () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(18);
  expect(new Set(fixtures.map(({ thread }) => thread.platform))).toEqual(new Set(['slack', 'discord']));
  expect(new Set(fixtures.map(({ expected }) => expected.outcome)).size).toBe(4);
  expect(fixtures.flatMap(({ secrets }) => secrets).length).toBeGreaterThanOrEqual(3);
});

const rolesOf = readThreadRoles();
const known = new Set<string>([...roleNames, 'relapse', 'credit']);
const withRoles = threadSets.fitted.filter((set) => set !== 'threads-seventh');

it.each(withRoles)('every message of a person has roles in %s', (set) => {
  for (const { name, thread } of readThreadFixtures(set)) {
    const roles = rolesOf(set, name);
    expect(roles?.length, name).toBe(thread.messages.length);
    const ofPeople = roles?.filter((told, at) => !thread.messages[at]?.isBot || told[0] !== '') ?? [];
    expect(ofPeople.flat().filter((role) => !known.has(role))).toEqual([]);
  }
});

const all = [...threadSets.fitted, ...threadSets.unseen].flatMap((set) => readThreadFixtures(set));

describe.each(all)('$name', ({ thread, expected, toldIn, secrets }) => {
  const plain = (text: string) =>
    text
      .replace(/<((?:https?):[^|>]*)(?:\|[^>]*)?>/g, '$1')
      .replace(/^(?:&gt;|\S*#>|\w+-#) ?/gm, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const said = plain(thread.messages.map(({ text }) => text).join('\n'));

  it('has messages in order, with ids of their own', () => {
    expect(new Set(thread.messages.map(({ id }) => id)).size).toBe(thread.messages.length);
    const times = thread.messages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBe(thread.startedAt);
  });

  it('expects commands that stand in the thread, secrets included', () => {
    for (const line of expected.steps.flatMap(({ command }) => command.split('\n')))
      expect(said).toContain(line.replace(/^ (?=\S)/, ''));
    for (const secret of secrets) expect(said).toContain(secret);
  });

  it('expects the cause and the fix in the words of the messages that tell them', () => {
    for (const part of ['rootCause', 'resolution'] as const) {
      const message = thread.messages.find(({ id }) => id === toldIn[part][0]);
      expect(message === undefined).toBe(expected[part] === null);
      if (message)
        expect(plain(message.text).replaceAll('`', '')).toContain(expected[part]?.replaceAll('`', ''));
    }
  });
});
