import { getTableColumns } from 'drizzle-orm';
import { runSteps } from '../schema/runs.ts';

const {
  workspaceId: _,
  runner: __,
  runnerUntil: ___,
  cancelRequested: ____,
  way: _____,
  ...columns
} = getTableColumns(runSteps);

/** What the domain's Step is made of; who runs it stays inside the store. */
export const stepColumns = columns;
