import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Fault } from '#domain/fault.ts';
import { ownValue } from '#domain/text/own-value.ts';
import type { Team } from './options.ts';

/** What a browser shows to the person who installs the app. */
export interface Page {
  readonly status: 200 | 400 | 403 | 502 | 503;
  readonly title: string;
  /** What happened, and what to do. */
  readonly lines: readonly string[];
  readonly link: { readonly text: string; readonly url: string } | null;
}

type Again = Page['link'];

export const invitation = (url: string): Page => ({
  status: 200,
  title: 'Install Recourse into Slack',
  lines: [
    'Slack shows what Recourse may do and asks which workspace it is for. Then Recourse answers there at once.',
    'The button works for ten minutes, in this browser.',
  ],
  link: { text: 'Add to Slack', url },
});

export const installed = ({ name }: Team, trouble: string | null): Page => ({
  status: 200,
  title: `Recourse is installed into ${name}`,
  lines:
    trouble === null
      ? ['In a channel where problems are told, type /invite @recourse. Then describe a problem.']
      : ['Its token is kept, but Slack is not reached yet:', trouble],
  link: null,
});

export const cancelled = (link: Again): Page => ({
  status: 403,
  title: 'Recourse was not installed',
  lines: ['The installation was cancelled in Slack. Nothing was changed.'],
  link,
});

export const strange = (link: Again): Page => ({
  status: 403,
  title: 'This link is not valid',
  lines: [
    'It was not begun in this browser, is older than ten minutes, or was used already. Nothing was changed.',
    'Begin again, and allow cookies for this page.',
  ],
  link,
});

/** `name` is Slack's own word for what it refuses. */
export const refusedBySlack = (name: string, link: Again): Page => ({
  status: 502,
  title: 'Slack refused the installation',
  lines: [
    `Slack says: ${name}.`,
    ownValue(reasons, name) ?? 'Begin again. If it stays so, tell the operator of this bot.',
  ],
  link,
});

const settings = 'The operator of this bot must correct';
const reasons: Readonly<Record<string, string>> = {
  invalid_code: 'The code was used already or is too old. Begin again.',
  code_already_used: 'The code was used already. Begin again.',
  access_denied: 'An administrator of the workspace must allow it. Ask them, then begin again.',
  bad_client_secret: `${settings} SLACK_CLIENT_SECRET.`,
  invalid_client_id: `${settings} SLACK_CLIENT_ID.`,
  bad_redirect_uri: `${settings} RECOURSE_PUBLIC_URL, or the Redirect URL in the settings of the app: they must agree.`,
  invalid_team_for_non_distributed_app:
    'The app may only be installed where it was made, until its operator activates distribution in the settings of the app.',
};

export const wholeOrganisation = (link: Again): Page => ({
  status: 403,
  title: 'Choose one workspace',
  lines: [
    'Recourse is installed into workspaces, not into a whole Enterprise organisation. Nothing was kept.',
    'Begin again and choose a workspace at the top right of the page of Slack.',
  ],
  link,
});

export const rotating = (link: Again): Page => ({
  status: 403,
  title: 'The token would expire',
  lines: [
    'The app has token rotation turned on, which Recourse does not support. Nothing was kept.',
    'An app cannot turn it off again: its operator makes a new app from slack-manifest.yaml.',
  ],
  link,
});

export const notAdmitted = ({ id, name }: Team, by: string): Page => ({
  status: 403,
  title: `Recourse does not serve ${name}`,
  lines: [
    'Its operator has not named an administrator for this workspace. Nothing was kept.',
    `The operator adds slack:${id}/${by} to RECOURSE_ADMINS, or another person, and starts the bot again. Then begin again.`,
  ],
  link: null,
});

export const failed = ({ message, advice }: Fault, link: Again): Page => ({
  status: 503,
  title: 'Recourse could not keep the installation',
  lines: [message, advice, 'Then begin again.'],
  link,
});

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1f2937}
a{display:inline-block;padding:.6rem 1rem;border-radius:.4rem;background:#1f2937;color:#fff;text-decoration:none}`;
/** For the header that forbids everything else. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

export function drawPage({ title, lines, link }: Page) {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${raw(style)}</style></head>
<body><main><h1>${title}</h1>${lines.map((line) => html`<p>${line}</p>`)}
${link === null ? '' : html`<p><a href="${link.url}">${link.text}</a></p>`}</main></body></html>`;
}
