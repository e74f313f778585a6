import { renderParameter } from '../runbook/render-runbook.ts';
import type { Parameter } from '../runbook/runbook.ts';

/**
 * A Markdown with more parameters in its front matter, behind those that it has; undefined where there is no front matter,
 * or one in which they are written in another way than a line each.
 */
export function addParameters(text: string, parameters: readonly Parameter[]): string | undefined {
  if (parameters.length === 0) return text;
  const lines = text.split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end === -1) return undefined;
  const key = lines.findIndex((line, index) => index < end && /^parameters:/.test(line));
  if (key === -1)
    return insert(lines, end, ['parameters:', ...parameters.map((one) => `  ${renderParameter(one)}`)]);
  if (!/^parameters:\s*$/.test(lines[key] ?? '')) return undefined;
  const indent = /^ +/.exec(lines[key + 1] ?? '')?.[0];
  const behind = lines.findIndex((line, index) => index > key && !/^(?: |\s*$|#)/.test(line));
  if (indent === undefined || behind === -1 || behind > end) return undefined;
  return insert(
    lines,
    behind,
    parameters.map((one) => `${indent}${renderParameter(one)}`),
  );
}

const insert = (lines: readonly string[], at: number, added: readonly string[]): string =>
  [...lines.slice(0, at), ...added, ...lines.slice(at)].join('\n');
