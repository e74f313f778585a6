import { describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { arbitraryRunbook } from '#test/support/arbitrary-runbook.ts';
import { fc } from '#test/support/properties.ts';

const parser = createRunbookParser(matchWhole);

describe('renderRunbook', () => {
  it('writes what the parser reads back as the same runbook', () => {
    fc.assert(
      fc.property(arbitraryRunbook, (model) => {
        expect(parser.parse(renderRunbook(model), 'x.md')).toEqual({
          kind: 'runbook',
          runbook: model,
          warnings: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('writes a page that a person would have written', () => {
    const model: Runbook = {
      title: 'Disk full',
      lead: 'The disk is full; see error_log.',
      notes: '',
      otherText: '',
      bodyText: '',
      appliesTo: { os: 'linux', environment: ['prod'], hostGroup: 'web' },
      tags: ['disk'],
      owner: '@sre',
      reviewEveryDays: 90,
      alerts: ['DiskFull'],
      parameters: [
        { name: 'host', type: 'host', description: '' },
        { name: 'path', type: 'path', description: 'What to look at', default: '/var/log' },
      ],
      steps: [
        {
          id: 'usage',
          kind: 'diagnostic',
          title: 'How full it is.',
          notes: '',
          command: 'df -h {{path}}',
          timeoutMs: 30_000,
          expect: '\\d+%',
          exitCodes: [0],
          hostParameter: 'host',
        },
      ],
    };
    expect(renderRunbook(model)).toBe(`---
title: Disk full
applies_to: { os: linux, environment: [prod], host_group: web }
tags: [disk]
owner: "@sre"
review_every: 90d
parameters:
  host: { type: host }
  path: { type: path, default: /var/log, description: What to look at }
alerts:
  - DiskFull
---

# Disk full

The disk is full; see error_log.

## Check

How full it is.

\`\`\`sh {"id":"usage","timeout":"30s","expect":"\\\\d+%"}
df -h {{path}}
\`\`\`
`);
  });
});
