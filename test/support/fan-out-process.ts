import type { StepId, WorkspaceId } from '#domain/ids.ts';
import { createTestCore } from './application.ts';
import { openMigrated } from './databases.ts';
import { workTogether } from './host-group.ts';

/** A process that works on one step over a group until somebody ends it: `node fan-out-process.ts URL WORKSPACE STEP`. */
const [url = '', workspace = '', stepId = ''] = process.argv.slice(2);

const db = await openMigrated(url);
db.jobs.push({ kind: 'execute-step', workspace: workspace as WorkspaceId, stepId: stepId as StepId });
await workTogether(db, { ...(await createTestCore(db)), instance: 'killed' });
// Nobody is told: the test ends the process here too.
setInterval(() => undefined, 1_000);
