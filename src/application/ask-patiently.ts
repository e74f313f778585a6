import { Fault } from '#domain/fault.ts';
import type { Asked, AskModel, ModelAnswer } from './ask-model.ts';

const patienceMs = 90_000;

/**
 * Asks in the background, where nothing waits. Throws what may pass, for the queue to ask again: a model that is away.
 * Undefined for what does not become right by asking again, such as a wrong key or an answer that is no JSON.
 */
export async function askPatiently(
  askModel: AskModel,
  asked: Asked,
  signal: AbortSignal,
): Promise<ModelAnswer | undefined> {
  try {
    return await askModel(asked, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  } catch (error) {
    if (error instanceof Fault && error.kind !== 'unavailable') return undefined;
    throw error;
  }
}
