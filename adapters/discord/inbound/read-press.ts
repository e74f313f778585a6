import type { APIMessageComponentInteraction, APIModalSubmitInteraction } from 'discord.js';
import { type Action, isOpening, openingOf, readAction } from '#domain/action.ts';
import type { FormValues } from '#domain/reply.ts';
import { readFormValues } from '../render/read-form-values.ts';
import { readCorrection } from '../render/render-invalid.ts';
import type { Asked } from './asked.ts';
import type { Reading, Tenant } from './reading.ts';
import { readWhoAndWhere } from './who-and-where.ts';

/** A pressed button; undefined for one that is none of the bot's. */
export function readPress(
  reading: Reading,
  interaction: APIMessageComponentInteraction,
  tenant: Tenant,
): Asked | undefined {
  const { custom_id } = interaction.data;
  const pressed = readAction(custom_id);
  const meant = pressed ? { action: pressed, entered: {} } : readCorrected(interaction);
  if (!meant) return undefined;
  const { action, entered } = meant;
  return {
    opens: isOpening(action.verb),
    entered,
    read: async () => ({
      kind: 'button-pressed',
      ...(await readWhoAndWhere(reading, interaction, tenant)),
      action,
    }),
  };
}

/** The button that corrects a form opens it anew, with what had been entered. */
function readCorrected({
  data,
  message,
}: APIMessageComponentInteraction): { readonly action: Action; readonly entered: FormValues } | undefined {
  const correction = readCorrection(data.custom_id, message);
  return correction && { ...correction, action: openingOf(correction.action) };
}

/** A submitted form; undefined for one that is none of the bot's. */
export function readSubmission(
  reading: Reading,
  interaction: APIModalSubmitInteraction,
  tenant: Tenant,
): Asked | undefined {
  const action = readAction(interaction.data.custom_id);
  if (!action) return undefined;
  const values = readFormValues(interaction.data);
  return {
    submitted: { action, values },
    opens: false,
    read: async () => ({
      kind: 'form-submitted',
      ...(await readWhoAndWhere(reading, interaction, tenant)),
      action,
      values,
    }),
  };
}
