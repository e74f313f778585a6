import { expect, it } from 'vitest';
import { countHelped } from '#domain/learning/count-helped.ts';
import { alert, run, vote } from '#test/support/signals.ts';

const nobody = new Set<string>();

it('counts who said that it worked and whose run passed, each once', () => {
  const signals = [
    ...[vote('ada', 'worked'), vote('ada', 'worked', 3), run(true, 0, {}, 'ada'), run(true, 1, {}, 'ben')],
    ...[vote('cyd', 'partly'), vote('dee', 'failed'), run(false, 2, {}, 'eve'), alert(true)],
  ];
  expect(countHelped(signals, nobody)).toBe(2);
  expect(countHelped(signals, new Set(['ben']))).toBe(1);
  expect(countHelped([], nobody)).toBe(0);
});
