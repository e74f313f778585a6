import { type Context, type ContextLabel, contextLabels } from '../context.ts';

/** The labels as a person types them; `environment` takes several values, between bars. */
const names: Readonly<Record<ContextLabel, string>> = {
  os: 'os',
  application: 'application',
  environment: 'environment',
  service: 'service',
  hostGroup: 'host_group',
};

export const placeHint = 'Such as: os=linux, application=nginx, environment=prod|staging. Empty: anywhere.';

/** `os=linux, environment=prod|staging`: where something applies, in one line that can be changed. */
export function writePlace(context: Context): string {
  return contextLabels
    .flatMap((label) => {
      const value = context[label];
      const values = (typeof value === 'string' ? [value] : (value ?? [])).filter((one) => one.trim() !== '');
      return values.length === 0 ? [] : [`${names[label]}=${values.join('|')}`];
    })
    .join(', ');
}

/** What `writePlace` wrote, or the sentence that says what is wrong with it. */
export function readPlace(
  text: string,
): { readonly kind: 'read'; readonly context: Context } | { readonly kind: 'wrong'; readonly why: string } {
  const context: Partial<Record<ContextLabel, string | readonly string[]>> = {};
  for (const part of text.split(/[,\n]/).filter((one) => one.trim() !== '')) {
    const [, name = '', value = ''] = /^\s*([\w ]*?)\s*[=:]\s*(.*?)\s*$/.exec(part) ?? [];
    const label = contextLabels.find((one) => names[one] === name.toLowerCase().replaceAll(' ', '_'));
    if (label === undefined || value === '') return { kind: 'wrong', why: whyWrong(part) };
    context[label] = label === 'environment' ? value.split('|').map((one) => one.trim()) : value;
  }
  return { kind: 'read', context: context as Context };
}

const whyWrong = (part: string): string =>
  `Write “${part.trim()}” as name=value, with one of: ${Object.values(names).join(', ')}.`;
