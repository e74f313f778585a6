import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Runbooks extends AsyncDisposable {
  readonly folder: string;
}

/** A folder with the starter pack and a runbook that prints much, and with it `lively`: text that a platform would make alive. */
export async function makeLivelyRunbooks(lively: string): Promise<Runbooks> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-runbooks-'));
  await cp(fileURLToPath(new URL('../../runbooks', import.meta.url)), folder, { recursive: true });
  await writeFile(join(folder, 'lively.md'), livelyRunbook(lively));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

const livelyRunbook = (lively: string): string => `---
title: Gizmo relay prints too much
tags: [gizmo, relay]
owner: "@sre"
parameters:
  host: { type: host }
---
The gizmo relay is stuck. ${lively}

## Check

Everything that it says. ${lively}

\`\`\`sh {"id":"says","timeout":"30s"}
seq 1 3000; echo '${lively}'
\`\`\`
`;
