import type { Finding } from '#commands/command.ts';
import type { OpenCore } from './open-core.ts';

/** A rule about environments says nothing of a host that is in none, which whoever wrote the rule may not see. */
export async function checkPolicyHosts({ core }: OpenCore): Promise<readonly Finding[]> {
  const { rules, singleOperator } = core.settings.policy;
  const findings: Finding[] = [];
  if (singleOperator !== 'off')
    findings.push({
      name: 'policy',
      status: 'warning',
      message: `single_operator is on: whoever asks for what is ${singleOperator} may approve it alone`,
      advice: 'Take it out of the policy as soon as there are two of you.',
    });
  if (!rules.some(({ scope }) => scope.environments !== undefined)) return findings;
  const bare = new Set<string>();
  for (const { id } of await core.workspaces.all())
    for (const host of await core.unitOfWork.within(id, ({ hosts }) => hosts.all()))
      if ((host.context.environment ?? []).length === 0) bare.add(host.name);
  if (bare.size > 0)
    findings.push({
      name: 'policy',
      status: 'warning',
      message: `no rule about environments fits these hosts, which are in none: ${[...bare].join(', ')}`,
      advice: 'Give each its environment in hosts.yaml.',
    });
  return findings;
}
