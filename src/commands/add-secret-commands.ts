import type { Command } from 'commander';
import type { CommandParts } from './command.ts';
import { listSecrets } from './list-secrets.ts';
import { removeSecret } from './remove-secret.ts';
import { type RotateOptions, rotateSecrets } from './rotate-secrets.ts';
import { setSecret, type WorkspaceOption } from './set-secret.ts';

/** `recourse secret …` */
export function addSecretCommands(
  program: Command,
  { io, withApplication, now }: Pick<CommandParts, 'io' | 'withApplication' | 'now'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const secret = program.command('secret').description('stored secrets, such as the keys of hosts');
  secret
    .command('set')
    .description('store a value, typed unseen or from the standard input')
    .argument('<name>')
    .option('--workspace <name>', 'for this one, by name or id')
    .action((name: string, options: WorkspaceOption) =>
      finish(withApplication((context) => setSecret(context, io, name, options))),
    );
  secret
    .command('list')
    .description('list names, versions and ages; never values')
    .option('--workspace <name>', 'only this one, by name or id')
    .action((options: WorkspaceOption) =>
      finish(withApplication((context) => listSecrets(context, io, { ...options, now: now() }))),
    );
  secret
    .command('remove')
    .description('forget every version of a secret')
    .argument('<name>')
    .option('--workspace <name>', 'for this one, by name or id')
    .action((name: string, options: WorkspaceOption) =>
      finish(withApplication((context) => removeSecret(context, io, name, options))),
    );
  secret
    .command('rotate')
    .description('put one secret, or all, under fresh keys of their own')
    .argument('[name]')
    .option('--workspace <name>', 'for this one, by name or id')
    .option('--kek', 'put all secrets of all workspaces under a new key-encryption key')
    .action((name: string | undefined, options: RotateOptions) =>
      finish(withApplication((context) => rotateSecrets(context, io, name, options))),
    );
}
