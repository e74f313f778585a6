import { Fault } from '#domain/fault.ts';
import type { VaultClient } from '../vault-client.ts';
import type { KeyWrapper, Unwrapped } from './key-wrapper.ts';
import { createLocalKey, howToMake, parseKey, readKeyFile } from './local-key.ts';
import { createOwnKeyFiles, type OwnKeyFiles } from './own-key-files.ts';
import { createTransitKey } from './transit-key.ts';

/** Where a key is. `own` is a file that is made at first use. */
export type KeySource =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'file' | 'own'; readonly path: string }
  | { readonly kind: 'transit'; readonly mount: string; readonly name: string };

export interface KeyRingOptions {
  /** Null means that the operator named none. */
  readonly key: KeySource | null;
  /** Keys of before, which still open what is under them. */
  readonly older: readonly KeySource[];
  readonly vault: VaultClient;
  /** Told every key that is read. */
  readonly keepOut: (secret: string) => void;
}

/** The key that wraps, and those that only open what was wrapped before. */
export interface KeyRing extends KeyWrapper {
  readonly keptBy: 'recourse' | 'operator';
  /** Makes the key where Recourse keeps it itself and there is none. */
  make(): Promise<void>;
  /** `work` wraps something and stores it. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Puts a new key in the place of one that Recourse keeps itself. When it resolves, nothing more will be stored under
   * the key before: what was under way in this process has ended, and no other process has the embedded database.
   */
  replace(): Promise<void>;
  /** Deletes older keys that Recourse kept itself. */
  forgetOlder(): Promise<void>;
}

export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { key } = options;
  const own = key?.kind === 'own' ? createOwnKeyFiles(key.path) : undefined;
  const wrapper = key === null ? unset : openSource(options, key);
  const underWay = new Set<Promise<unknown>>();
  return {
    current: wrapper.current,
    wrap: wrapper.wrap,
    unwrap: async (wrapped, contextFor) => {
      let answer: Unwrapped = await wrapper.unwrap(wrapped, contextFor);
      for (const source of await olderSources(options, own)) {
        if (answer.kind !== 'another-key') return answer;
        const older = await openSource(options, source).unwrap(wrapped, contextFor);
        if (older.kind !== 'another-key') answer = older;
      }
      return answer;
    },
    keptBy: own ? 'recourse' : 'operator',
    make: async () => own?.make(),
    during: (work) => {
      const going = work().finally(() => underWay.delete(going));
      underWay.add(going);
      return going;
    },
    replace: async () => {
      await own?.replace();
      await Promise.allSettled(underWay);
    },
    forgetOlder: async () => own?.forgetOlder(),
  };
}

async function olderSources(
  { older }: KeyRingOptions,
  own: OwnKeyFiles | undefined,
): Promise<readonly KeySource[]> {
  const kept = (await own?.older()) ?? [];
  return [...older, ...kept.map((path) => ({ kind: 'file', path }) as const)];
}

function openSource({ vault, keepOut }: KeyRingOptions, source: KeySource): KeyWrapper {
  if (source.kind === 'transit') return createTransitKey({ ...source, vault });
  if (source.kind === 'value')
    return createLocalKey(async () => parseKey(source.text, 'RECOURSE_KEK'), keepOut);
  return createLocalKey(() => readKeyFile(source.path), keepOut);
}

const refuse = async (): Promise<never> => {
  throw new Fault(
    'configuration',
    'kek-missing',
    'No key for secrets is set.',
    `Set RECOURSE_KEK_FILE to a file of mode 0600 with 32 bytes of base64. ${howToMake}`,
  );
};

const unset: KeyWrapper = { current: refuse, wrap: refuse, unwrap: refuse };
