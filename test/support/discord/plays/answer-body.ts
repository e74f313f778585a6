import { type Answer, refused } from '../answers.ts';
import { isJson, type Json } from '../world.ts';

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const succeeded = ({ status }: Answer): boolean => status >= 200 && status < 300;
export const jsonOf = (body: unknown): Json => (isJson(body) ? body : {});

/** The n-th part of a path, from 0: `/channels/ID/messages` has three. */
export const partOf = (path: string, n: number): string => decodeURIComponent(path.split('/')[n + 1] ?? '');

/** Discord's refusal of a body, with what is wrong with it. */
export const invalidBody = (findings: readonly string[]): Answer | undefined =>
  findings.length === 0 ? undefined : refused(400, 50035, `Invalid Form Body: ${findings.join('; ')}`);
