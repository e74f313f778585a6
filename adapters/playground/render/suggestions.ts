import type { Suggestion } from '#ports/inbound.ts';
import { type Html, markup } from './html.ts';

/** Beside the composer: each button puts the whole command into it. */
export function renderSuggestions(suggestions: readonly Suggestion[]): Html {
  return markup`${suggestions.map(
    ({ label, value }) =>
      markup`<button type="button" class="button plain" data-fill="/recourse run ${value}"><bdi>${label}</bdi></button>`,
  )}`;
}
