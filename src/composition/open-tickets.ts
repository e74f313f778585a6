import type { Config, TicketCredential } from '#adapters/config/config.ts';
import { createAlertmanagerTickets } from '#adapters/tickets/alertmanager.ts';
import { createJiraTickets } from '#adapters/tickets/jira.ts';
import { createOpsgenieTickets } from '#adapters/tickets/opsgenie.ts';
import { createPagerDutyTickets } from '#adapters/tickets/pagerduty.ts';
import { createServiceNowTickets } from '#adapters/tickets/service-now.ts';
import { type CredentialReference, writeCredentialReference } from '#domain/credential.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { LoadCredential } from '#ports/credential-provider.ts';
import type { TicketAccess, TicketSystem } from '#ports/ticket-system.ts';

/** The systems that alerts come from and that are set up to be asked. */
export function openTickets(config: Config['tickets'], load: LoadCredential): readonly TicketAccess[] {
  const { alertmanager, pagerduty, opsgenie, jira, servicenow } = config;
  const access = (credential: TicketCredential, create: (text: string) => TicketSystem) =>
    typeof credential === 'string' ? withLogin(create(credential)) : withKept(credential, create, load);
  return [
    alertmanager?.token
      ? access(alertmanager.token, (token) => createAlertmanagerTickets({ ...alertmanager, token }))
      : alertmanager && withLogin(createAlertmanagerTickets({ ...alertmanager, token: null })),
    pagerduty && access(pagerduty.token, (token) => createPagerDutyTickets({ ...pagerduty, token })),
    opsgenie && access(opsgenie.key, (key) => createOpsgenieTickets({ ...opsgenie, key })),
    jira && access(jira.token, (token) => createJiraTickets({ ...jira, token })),
    servicenow &&
      access(servicenow.password, (password) => createServiceNowTickets({ ...servicenow, password })),
  ].filter((system) => system !== null);
}

/** The same for all workspaces. */
const withLogin = (system: TicketSystem): TicketAccess => ({
  ...abilitiesOf(system),
  isPerWorkspace: false,
  open: async () => system,
});

function withKept(
  reference: CredentialReference,
  create: (text: string) => TicketSystem,
  load: LoadCredential,
): TicketAccess {
  return {
    // What it can be asked for does not depend on what it is asked with.
    ...abilitiesOf(create('')),
    isPerWorkspace: reference.keeper === 'secret',
    open: async (workspace, signal) => create(await loadText(load, workspace, reference, signal)),
  };
}

const abilitiesOf = ({ source, name, actions }: TicketSystem) => ({ source, name, actions });

async function loadText(
  load: LoadCredential,
  workspace: WorkspaceId,
  reference: CredentialReference,
  signal: AbortSignal,
): Promise<string> {
  const credential = await load(workspace, reference, signal);
  const text = credential.kind === 'key' ? credential.text.trim() : '';
  // Anything else could not stand in the header of a request.
  if (/^[^\p{Cc}]+$/u.test(text)) return text;
  throw new Fault(
    'configuration',
    'ticket-credential',
    `What ${writeCredentialReference(reference)} holds is not one line of text.`,
    'Store the token or password of the system there, and nothing else.',
  );
}
