import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** A piece of markup whose data is escaped. Only `markup` and this file make one. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The tagged template that escapes every value put into it, in text and in attributes. */
export const markup = html;

/** The attribute `hx-vals` takes: fixed fields that a request carries. */
export function fixedFields(fields: Readonly<Record<string, string>>): string {
  return JSON.stringify(fields);
}

export async function writeHtml(piece: Html): Promise<string> {
  return String(await piece);
}

/** The first thing of every page; no data in it. */
export const doctype: Html = raw('<!doctype html>\n');
