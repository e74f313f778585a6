import type { Action } from '../action.ts';
import type { Host } from '../host.ts';
import { groupsOf, groupValue } from '../host-group.ts';
import type { Form, FormField, FormValues } from '../reply.ts';
import type { Parameter, Runbook } from '../runbook/runbook.ts';
import { ownValue } from '../text/own-value.ts';

/** What pre-fills a form: the inventory, and the hosts that the incident named. */
export interface FormKnowledge {
  readonly hosts: readonly Host[];
  readonly mentioned: readonly string[];
}

/** The parameters of a runbook as a form, pre-filled from the named host's defaults and the runbook's own. */
export function parameterForm(action: Action, runbook: Runbook, knowledge: FormKnowledge): Form {
  return {
    action,
    title: runbook.title,
    intro: 'Nothing runs yet. Each step is shown with its exact command and waits for an approval.',
    fields: runbook.parameters.map((parameter) => fieldFor(parameter, knowledge)),
    submitLabel: 'Show step 1',
  };
}

/** Values that need no question: a lone host parameter whose host was named, and defaults. */
export function presetValues(runbook: Runbook, knowledge: FormKnowledge): FormValues {
  return Object.fromEntries(
    runbook.parameters.map((parameter) => [parameter.name, initialValue(parameter, knowledge)]),
  );
}

function fieldFor(parameter: Parameter, knowledge: FormKnowledge): FormField {
  const base = {
    name: parameter.name,
    label: parameter.name.replaceAll('_', ' '),
    hint: parameter.description,
    initial: initialValue(parameter, knowledge),
    required: true,
  };
  if (parameter.type === 'host') return { ...base, kind: 'choice', options: targetsOf(knowledge.hosts) };
  if (parameter.type === 'enum') return { ...base, kind: 'choice', options: parameter.values };
  return { ...base, kind: 'text', lines: 'one' };
}

/** Hosts first: a group is the rarer choice, and the one with more at stake. */
const targetsOf = (hosts: FormKnowledge['hosts']): readonly string[] => [
  ...hosts.map(({ name }) => name),
  ...groupsOf(hosts).map(groupValue),
];

function initialValue(parameter: Parameter, { hosts, mentioned }: FormKnowledge): string {
  const named = hosts.find(({ name }) => mentioned.includes(name));
  if (parameter.type === 'host') return named?.name ?? (hosts.length === 1 ? (hosts[0]?.name ?? '') : '');
  return (named && ownValue(named.parameters, parameter.name)) ?? parameter.default ?? '';
}
