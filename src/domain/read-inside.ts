export const platforms = ['slack', 'discord', 'playground'] as const;

/** Something of a workspace, by the platform's own ids. */
export interface Inside {
  readonly platform: (typeof platforms)[number];
  readonly workspace: string;
  readonly id: string;
}

const isSnowflake = (id: string | undefined): boolean => /^\d{1,20}$/.test(id ?? '');

/** Reads `PLATFORM:TEAM/ID` as the operator writes it; undefined when it is none. */
export function readInside(entry: string): Inside | undefined {
  const [, name, workspace, id] = /^([a-z]+):([^\s/:]+)\/([^\s/:]+)$/.exec(entry) ?? [];
  const platform = platforms.find((known) => known === name);
  if (platform === 'discord' && ![workspace, id].every(isSnowflake)) return undefined;
  return platform && workspace && id ? { platform, workspace, id } : undefined;
}

/** The form of such an entry, for whoever wrote another one; `what` names its last part. */
export const formOfInside = (what: string): string =>
  `PLATFORM:TEAM/${what} with slack, discord (ids in digits) or playground`;
