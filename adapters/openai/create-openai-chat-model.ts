import OpenAI, { APIError } from 'openai';
import type { ChatModel, ModelQuestion } from '#ports/chat-model.ts';
import { badAnswer, chatFault } from './chat-fault.ts';

export interface OpenaiChatModelOptions {
  readonly model: string;
  readonly apiKey: string | null;
  /** Of any OpenAI-compatible endpoint; null means OpenAI's own. */
  readonly baseUrl: string | null;
  /** How long one request may take before it is tried again. */
  readonly timeoutMs?: number;
}

const retries = 2;
/** Characters; what is longer is no answer to any of our questions. */
const longestAnswer = 40_000;

/**
 * A chat model behind an OpenAI-compatible endpoint, without tools. The SDK tries again what may pass and waits as long as
 * `Retry-After` says; the signal ends that too. An endpoint that knows no schemas is asked without one.
 */
export function createOpenaiChatModel({
  model,
  apiKey,
  baseUrl,
  timeoutMs = 60_000,
}: OpenaiChatModelOptions): ChatModel {
  const client = new OpenAI({
    // Local endpoints want no key, and the SDK refuses to start without one.
    apiKey: apiKey ?? 'unused',
    ...(baseUrl !== null && { baseURL: baseUrl }),
    timeout: timeoutMs,
    maxRetries: retries,
    // Its own log would pass by the redaction.
    logLevel: 'off',
  });
  return {
    name: model,
    answer: async (question, signal) => readJson(await complete(client, model, question, signal), model),
  };
}

async function complete(
  client: OpenAI,
  model: string,
  { system, user, schema }: ModelQuestion,
  signal: AbortSignal,
): Promise<string> {
  const messages = [
    { role: 'system' as const, content: system },
    { role: 'user' as const, content: user },
  ];
  const held = {
    response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', schema: { ...schema } } },
  };
  const ask = async (how: Partial<typeof held>) =>
    (await client.chat.completions.create({ model, messages, ...how }, { signal })).choices?.[0]?.message
      ?.content;
  try {
    const text = await ask(held).catch((error: unknown) => {
      if (error instanceof APIError && error.status === 400) return ask({});
      throw error;
    });
    if (typeof text !== 'string') throw badAnswer(model, 'with no text');
    return text;
  } catch (error) {
    throw chatFault(error, model);
  }
}

/** Models like to put a fence around JSON. */
function readJson(text: string, model: string): unknown {
  if (text.length > longestAnswer) throw badAnswer(model, `with more than ${longestAnswer} characters`);
  const bare = /^\s*```(?:json)?\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(bare);
  } catch {
    throw badAnswer(model, 'with what is no JSON');
  }
}
