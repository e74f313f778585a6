import { ownValue } from '#domain/text/own-value.ts';

const step = /(?:^|\.)([^.[\]]+)|\[(\d+)\]/gy;

/** The steps of a path such as `check.hosts[0].name`, with `$.` before it or not; undefined when it is none. */
export function readSteps(path: string): readonly (string | number)[] | undefined {
  const rest = path.replace(/^\$\.?/, '');
  const steps = Array.from(rest.matchAll(step), ([, name, index]) => name ?? Number(index));
  const length = Array.from(rest.matchAll(step), ([whole]) => whole).join('').length;
  return length === rest.length ? steps : undefined;
}

/** What stands at a path; undefined when nothing does. */
export function readPath(value: unknown, path: string): unknown {
  return (readSteps(path) ?? []).reduce<unknown>((at, name) => {
    if (typeof at !== 'object' || at === null) return undefined;
    return typeof name === 'number'
      ? Array.isArray(at)
        ? at[name]
        : undefined
      : ownValue(at as Readonly<Record<string, unknown>>, name);
  }, value);
}
