import { z } from 'zod';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { type Asked, askSystem, refuse } from './ask-system.ts';

export interface JiraOptions {
  readonly url: string;
  /** The mail address that an API token of the cloud belongs to; null for a personal token of a Jira of one's own. */
  readonly user: string | null;
  readonly token: string;
  readonly escalationPriority: string;
}

const status = z.looseObject({ statusCategory: z.looseObject({ key: z.string() }) });
const issue = z.looseObject({ fields: z.looseObject({ status }) });
const transitions = z.looseObject({
  transitions: z.array(z.looseObject({ id: z.string(), name: z.string(), to: status })),
});
const comments = z.looseObject({ comments: z.array(z.looseObject({ body: z.string() })) });

/** The category of status that an issue is in while somebody works on it, and when it is over. */
const categories = { acknowledge: 'indeterminate', resolve: 'done' } as const;

/**
 * Issues of Jira, by version 2 of its REST API, whose texts are plain. Source:
 * https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/,
 * https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-comments/. Workflows differ, so a transition is
 * found by the category that it leads to. A comment has no key, so the mark in it tells one that is there already.
 */
export function createJiraTickets({ url, user, token, escalationPriority }: JiraOptions): TicketSystem {
  const login = user === null ? `Bearer ${token}` : `Basic ${btoa(`${user}:${token}`)}`;
  const asked: Asked = {
    name: 'Jira',
    url,
    headers: { authorization: login },
    settings: 'JIRA_URL, JIRA_USER and JIRA_API_TOKEN',
  };
  return {
    source: 'jira',
    name: asked.name,
    actions: {
      acknowledge: 'repeatable',
      comment: 'repeatable',
      resolve: 'repeatable',
      escalate: 'repeatable',
    },
    act: async (order, signal) => {
      if (order.action === 'comment') return comment(asked, order, signal);
      if (order.action === 'acknowledge' || order.action === 'resolve')
        return moveTo(asked, order, categories[order.action], signal);
      const body = { fields: { priority: { name: escalationPriority } } };
      await askSystem(asked, { method: 'PUT', path: pathOf(order), body }, signal);
    },
    silencing: null,
    check: async (signal) => {
      await askSystem(asked, { method: 'GET', path: '/rest/api/2/myself' }, signal);
    },
  };
}

const pathOf = ({ ticket }: TicketOrder): string => `/rest/api/2/issue/${encodeURIComponent(ticket.key)}`;

async function comment(asked: Asked, order: TicketOrder, signal: AbortSignal): Promise<void> {
  const path = `${pathOf(order)}/comment`;
  const body = `${order.note} [recourse ${order.id}]`;
  if (order.isRepeated) {
    const newest = `${path}?orderBy=-created&maxResults=100`;
    const read = comments.safeParse(await askSystem(asked, { method: 'GET', path: newest }, signal));
    if (read.success && read.data.comments.some((one) => one.body === body)) return;
  }
  await askSystem(asked, { method: 'POST', path, body: { body } }, signal);
}

async function moveTo(
  asked: Asked,
  order: TicketOrder,
  category: string,
  signal: AbortSignal,
): Promise<void> {
  const get = async (path: string) => askSystem(asked, { method: 'GET', path }, signal);
  const now = issue.safeParse(await get(`${pathOf(order)}?fields=status`));
  if (now.success && now.data.fields.status.statusCategory.key === category) return;
  const read = transitions.safeParse(await get(`${pathOf(order)}/transitions`));
  if (!read.success) throw refuse(asked, 'answers with something that is no list of transitions');
  const all = read.data.transitions;
  const found = all.find(({ to }) => to.statusCategory.key === category);
  if (!found) {
    const names = all.map(({ name }) => name).join(', ') || 'none';
    throw refuse(asked, `has no transition of this issue to such a status; it has: ${names}`);
  }
  const body = { transition: { id: found.id } };
  await askSystem(asked, { method: 'POST', path: `${pathOf(order)}/transitions`, body }, signal);
}
