import type { Redact } from '#domain/redaction/redact.ts';
import type { ChatModel } from '#ports/chat-model.ts';
import type { Ids } from '#ports/ids.ts';
import type { PromptName, Prompts } from '#ports/prompts.ts';

export interface Asked {
  readonly prompt: PromptName;
  /** By the names that the prompt asks for. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What a model answered, and which model by which version of a prompt, for whoever reads what is made of it. */
export interface ModelAnswer {
  readonly value: unknown;
  readonly model: string;
  /** The model and the version of the prompt. */
  readonly by: string;
}

export type AskModel = (asked: Asked, signal: AbortSignal) => Promise<ModelAnswer>;

/** Characters of one input. What is longer keeps its end, where output says how it came out. */
const longestInput = 12_000;

/**
 * Asks a model by a prompt. Everything that leaves is redacted here, cut, and fenced by a mark that nobody can know
 * beforehand, so that no text can pass for the end of its fence. Outside of transactions only.
 */
export function createAskModel({
  chatModel,
  prompts,
  redact,
  ids,
}: {
  readonly chatModel: ChatModel;
  readonly prompts: Prompts;
  readonly redact: Redact;
  readonly ids: Pick<Ids, 'nonce'>;
}): AskModel {
  return async ({ prompt: name, inputs, schema }, signal) => {
    const { system, version, inputs: names } = prompts.get(name);
    const mark = ids.nonce();
    const fenced = names.map((input) => {
      const text = redact(inputs[input] ?? '');
      return `<${input} mark="${mark}">\n${text.slice(-longestInput).toWellFormed()}\n</${input} mark="${mark}">`;
    });
    const user = fenced.join('\n\n');
    const value = await chatModel.answer({ system, user, schema }, signal);
    const { name: model } = chatModel;
    return { value, model, by: `${model} (${name} v${version})` };
  };
}
