import { beforeAll, expect, it } from 'vitest';
import type { RemoteShell } from '#ports/remote-shell.ts';
import { checkHosts } from '#src/composition/check-hosts.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';

describeOnEmbedded('what doctor says of hosts', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  /** Notes the ways that are asked for and reaches nothing. */
  const check = async () => {
    const ways: string[] = [];
    const shell: RemoteShell = {
      close: async () => undefined,
      connect: async (host, jumps) => {
        ways.push([...jumps, host].map(({ name }) => name).join(' > '));
        return { kind: 'refused', reason: 'unreachable', message: 'It is away.', advice: 'Wait.' };
      },
    };
    return { findings: await checkHosts({ core: { ...db, shell } }), ways };
  };
  const have = (...hosts: readonly (readonly [name: string, jump: string | null])[]) =>
    db.unitOfWork.within(db.workspace, (transaction) =>
      transaction.hosts.sync(hosts.map(([name, jump]) => someHost({ name, jump }))),
    );

  it('goes through every jump host on the way, outermost first', async () => {
    await have(['gate', null], ['inner', 'gate'], ['web-1', 'inner']);
    const { findings, ways } = await check();
    expect(ways.toSorted()).toEqual(['gate', 'gate > inner', 'gate > inner > web-1']);
    expect(findings).toContainEqual({
      name: 'host web-1',
      status: 'failed',
      message: 'It is away.',
      advice: 'Wait.',
    });
  });

  it('tries no shorter way when a jump host is missing', async () => {
    await have(['web-1', 'inner']);
    const { findings, ways } = await check();
    expect(ways).toEqual([]);
    expect(findings).toMatchObject([
      { name: 'host web-1', status: 'failed', message: expect.stringContaining('jump host') },
    ]);
  });
});
