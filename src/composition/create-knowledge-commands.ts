import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createSolutionFiles } from '#adapters/markdown/solution-files/create-solution-files.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { createExportKnowledge } from '#application/export-knowledge.ts';
import { createImportKnowledge } from '#application/import-knowledge.ts';
import type { KnowledgeCommands } from '#commands/command.ts';
import { chooseWorkspace } from './choose-workspaces.ts';
import type { OpenCore } from './open-core.ts';

/** What the commands of the shell may do with all knowledge of a workspace. */
export function createKnowledgeCommands({ core, learnSecrets }: OpenCore): KnowledgeCommands {
  const files = createSolutionFiles(createRunbookParser(matchWhole));
  const exportAll = createExportKnowledge(core, files);
  const importAll = createImportKnowledge(core, files);
  return {
    export: async function* (workspace) {
      yield* exportAll((await chooseWorkspace(core, workspace)).id);
    },
    import: async (workspace, sources, options) => {
      await learnSecrets();
      return importAll((await chooseWorkspace(core, workspace)).id, sources, options);
    },
    textOf: (source) => files.textOf(source),
  };
}
