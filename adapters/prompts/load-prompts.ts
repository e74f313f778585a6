import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readYamlAs } from '#adapters/yaml-file/read-yaml-as.ts';
import { Fault } from '#domain/fault.ts';
import type { Prompt, PromptName, Prompts } from '#ports/prompts.ts';

const head = z.strictObject({
  version: z.int({ error: 'must be a whole number' }).min(1),
  inputs: z.array(z.string().regex(/^[a-z_]+$/)).min(1),
});

/** Reads the prompts of these names, at the start: one that is missing or wrong is a Fault with its line. */
export function loadPrompts(names: readonly PromptName[], folder = shippedFolder): Prompts {
  const prompts = new Map(names.map((name) => [name, loadPrompt(name, folder)]));
  return {
    get: (name) => {
      const prompt = prompts.get(name);
      if (!prompt) throw new Error(`the prompt ${name} was not loaded`);
      return prompt;
    },
  };
}

const shippedFolder = new URL('../../prompts/', import.meta.url);

function loadPrompt(name: PromptName, folder: URL): Prompt {
  const file = `prompts/${name}.md`;
  const source = readFileSync(new URL(`${name}.md`, folder), 'utf8');
  const [, matter, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  if (matter === undefined || body === undefined) throw wrong(file, 1, 'it has no front matter');
  const read = readYamlAs(matter, head, 'a prompt');
  if (read.kind === 'value') return { name, ...read.value, system: body.trim() };
  const [first] = read.problems;
  throw wrong(file, (first?.line ?? 0) + 1, first?.message ?? 'its front matter cannot be read');
}

const wrong = (file: string, line: number, message: string): Fault =>
  new Fault('configuration', 'prompt', `${file}:${line}: ${message}`, 'Restore the file from the release.');
