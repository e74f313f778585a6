import { describe, expect, it } from 'vitest';
import { fillSlots } from '../../bench/realistic/fill-slots.ts';
import { createRandom } from '../../bench/realistic/random.ts';
import { drawSubjects } from '../../bench/realistic/subjects.ts';
import { failures, fillers } from '../../bench/realistic/vocabulary.ts';
import { realisticQuestions } from '../../bench/realistic-questions.ts';
import { solutionAt } from '../../bench/realistic-solutions.ts';

const count = 3_000;
const subjects = drawSubjects(count);
const solutions = subjects.map((subject, index) => solutionAt(index, subject));
const lengths = solutions.map(({ text }) => text.split(/\s+/).length).toSorted((one, other) => one - other);

describe('the synthetic corpus', () => {
  it('is the same every time, and a smaller one is the beginning of a larger one', () => {
    expect(drawSubjects(100)).toEqual(subjects.slice(0, 100));
    expect(subjects.slice(0, 100).map((subject, index) => solutionAt(index, subject))).toEqual(
      solutions.slice(0, 100),
    );
  });

  it('has no two solutions alike', () => {
    expect(new Set(solutions.map(({ text }) => text)).size).toBe(count);
  });

  it('is about as long as runbooks are, with a long tail', () => {
    expect(lengths[count / 2]).toBeGreaterThan(90);
    expect(lengths[count / 2]).toBeLessThan(150);
    expect(lengths.at(-1)).toBeGreaterThan(1_000);
    expect(lengths.at(-1)).toBeLessThan(1_700);
  });

  it('is mostly runbooks and some past cases', () => {
    const cases = solutions.filter(({ content }) => content.kind === 'case').length;
    expect(cases / count).toBeGreaterThan(0.12);
    expect(cases / count).toBeLessThan(0.18);
  });

  it('has few solutions with the same component and failure, and many with one of them', () => {
    const same = [...Map.groupBy(subjects, (subject) => subject).values()].map((group) => group.length);
    expect(Math.max(...same)).toBeLessThanOrEqual(12);
    const sharing = subjects.filter(({ failure }) => failure === subjects[0]?.failure).length;
    expect(sharing).toBeGreaterThan(30);
  });

  it('fills every slot that its templates have', () => {
    const random = createRandom(1);
    const templates = [...fillers, ...failures.flatMap((failure) => Object.values(failure).flat(2))];
    const left = templates.map((template) => fillSlots(template, 'redis', random).match(/\{[a-z]+\}/)?.[0]);
    expect(left.filter((slot) => slot !== undefined)).toEqual([]);
  });
});

describe('the questions', () => {
  const questions = realisticQuestions(300, subjects);

  it('come in three kinds, in turn', () => {
    expect(questions.slice(0, 4).map(({ kind }) => kind)).toEqual(['alert', 'description', 'chat', 'alert']);
  });

  it('are answered by every solution of their subject and by no other', () => {
    const slugs = solutions.map(({ slug }) => slug);
    for (const { relevant } of questions) {
      expect(relevant.length).toBeGreaterThan(0);
      const [subject, ...others] = new Set(relevant.map((slug) => subjects[slugs.indexOf(slug)]));
      expect(others).toEqual([]);
      expect(subjects.filter((one) => one === subject)).toHaveLength(relevant.length);
    }
  });

  it('are not worded as the solutions are', () => {
    const titles = new Set(solutions.map(({ text }) => text.split('\n')[0]?.slice(2)));
    expect(questions.filter(({ text }) => titles.has(text))).toEqual([]);
  });
});
