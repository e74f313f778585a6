import type { AuditHead } from '../audit/audit-entry.ts';
import type { WorkspaceId } from '../ids.ts';
import type { Reply } from '../reply.ts';

/** What the ops channel is told of the audit log: enough to find out later whether anything up to here was changed. */
export function auditHeadCard(workspace: WorkspaceId, { sequence, hash }: AuditHead): Reply {
  const expected = `${sequence}:${hash}`;
  return {
    summary: `Audit log: ${expected}`,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: ['Audit log: entry ', { kind: 'code', text: `${sequence}` }, ' has the hash'] },
      { kind: 'code', role: 'output', text: hash },
      {
        kind: 'note',
        line: [
          'Nothing up to here was changed if this agrees: ',
          { kind: 'code', text: `recourse audit verify --workspace ${workspace} --expect ${expected}` },
        ],
      },
    ],
  };
}
