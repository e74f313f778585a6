import { REST, type RESTOptions } from 'discord.js';

/**
 * A client that keeps its token. discord.js forgets one that was refused, and with it every later call fails until the
 * process starts anew; a refusal that was Discord's own mistake has to pass by itself.
 */
class StandingRest extends REST {
  readonly #standing: string;

  constructor(token: string, options: Partial<RESTOptions>) {
    super(options);
    this.#standing = token;
    super.setToken(token);
  }

  override setToken(token: string): this {
    return super.setToken(token || this.#standing);
  }
}

/** A client for calls with this bot token; with `restOptions` one that the outbox can use. */
export function createStandingRest(token: string, options: Partial<RESTOptions>): REST {
  return new StandingRest(token, options);
}
