import type { Config } from '#adapters/config/config.ts';
import type { CommandTools } from '#commands/command.ts';

/** The parts that commands over texts use; each is loaded by the command that needs it. */
export function createCommandTools(config: () => Pick<Config, 'secrets'>): CommandTools {
  return {
    commandParser: async () => {
      const { createBashCommandParser } = await import(
        '#adapters/shell-syntax/create-bash-command-parser.ts'
      );
      return createBashCommandParser();
    },
    runbookParser: async () => {
      const [{ createRunbookParser }, { matchWhole }] = await Promise.all([
        import('#adapters/markdown/create-runbook-parser.ts'),
        import('#adapters/system/match-pattern.ts'),
      ]);
      return createRunbookParser(matchWhole);
    },
    policyProblems: async (source) => {
      const { readPolicy } = await import('#adapters/policy/read-policy.ts');
      const read = readPolicy(source);
      return read.kind === 'invalid' ? read.problems : [];
    },
    alertRouter: async (source) => {
      const [{ readAlertsFile }, { routePayload }] = await Promise.all([
        import('#adapters/alerts/read-alerts-file.ts'),
        import('#adapters/alerts/route-payload.ts'),
      ]);
      const read = readAlertsFile(source);
      if (read.kind === 'invalid') return read;
      return {
        kind: 'router',
        route: (payload, sender) => routePayload(read.file, sender ?? undefined, payload),
      };
    },
    redactor: async () => {
      const { openRedactor } = await import('#domain/redaction/redact.ts');
      return openRedactor(config().secrets);
    },
  };
}
