import { routeAlert } from '#domain/alert/alert-route.ts';
import type { RoutedPayload } from '#domain/alert/routed-payload.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { createGenericReader } from './generic.ts';
import type { AlertTables } from './read-alerts-file.ts';
import type { Headers, ReadPayload } from './sender.ts';
import { readers, recogniseSender } from './senders.ts';

/** Reads a payload of a sender, or without one of the sender that it looks like, and says where each alert goes. */
export function routePayload(
  file: AlertTables,
  sender: string | undefined,
  payload: unknown,
  headers: Headers = {},
): RoutedPayload {
  const name = sender ?? recogniseSender(payload);
  const read = name === undefined ? undefined : readerOf(file, name);
  if (name === undefined || read === undefined) return { kind: 'unknown-sender', known: knownSenders(file) };
  const result = read(payload, headers);
  if (result.kind === 'wrong') return { kind: 'wrong', sender: name, ...result.wrong };
  const alerts = result.alerts.map((alert) => ({ alert, route: routeAlert(alert, file.routes) }));
  return { kind: 'routed', sender: name, alerts };
}

const generic = 'generic/';

function readerOf({ generic: tables }: AlertTables, name: string): ReadPayload | undefined {
  const table = name.startsWith(generic) ? ownValue(tables, name.slice(generic.length)) : undefined;
  return table ? createGenericReader(table) : ownValue<ReadPayload>(readers, name);
}

const knownSenders = (file: AlertTables): readonly string[] => [
  ...Object.keys(readers),
  ...Object.keys(file.generic).map((name) => `${generic}${name}`),
];
