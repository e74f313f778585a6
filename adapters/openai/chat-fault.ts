import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { Fault } from '#domain/fault.ts';

/** How much of what the endpoint says is repeated. */
const longestQuote = 300;

const passing = new Set([408, 409, 425, 429]);

/** What the SDK throws, as the few kinds that the core knows. */
export function chatFault(error: unknown, model: string): Fault {
  if (error instanceof Fault) return error;
  const said = (error instanceof Error ? error.message : String(error)).slice(0, longestQuote);
  const status = error instanceof APIError ? (error.status ?? 0) : 0;
  if ([401, 403, 404].includes(status))
    return new Fault(
      'configuration',
      'chat-model',
      `The chat model ${model} cannot be asked: ${said}`,
      'Correct OPENAI_API_KEY, OPENAI_BASE_URL or CHAT_MODEL, or unset CHAT_MODEL to go by rules alone.',
      error,
    );
  const mayPass =
    error instanceof APIConnectionError || error instanceof APIUserAbortError || passing.has(status);
  return new Fault(
    mayPass || status >= 500 ? 'unavailable' : 'rejected',
    'chat-model',
    `The chat model ${model} does not answer: ${said}`,
    'Rules alone decide until it answers.',
    error,
  );
}

export const badAnswer = (model: string, what: string): Fault =>
  new Fault('rejected', 'chat-answer', `The chat model ${model} answered ${what}.`, 'Rules alone decide.');
