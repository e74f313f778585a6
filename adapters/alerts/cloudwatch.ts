import { z } from 'zod';
import type { Alert } from '#domain/alert/alert.ts';
import { createReader, filled, firstOf, optionalText, readTime, toLabels } from './create-reader.ts';

/**
 * Alarms of CloudWatch in the envelope of SNS. Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
const alarm = z.looseObject({
  AlarmName: filled,
  AlarmDescription: optionalText,
  AlarmArn: optionalText,
  AWSAccountId: optionalText,
  Region: optionalText,
  NewStateValue: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA'], {
    error: 'must be ALARM, OK or INSUFFICIENT_DATA',
  }),
  NewStateReason: optionalText,
  StateChangeTime: optionalText,
  Trigger: z
    .looseObject({
      MetricName: optionalText,
      Namespace: optionalText,
      Dimensions: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
    })
    .nullish(),
});

const message = z.string({ error: 'must be a text' }).transform((text, context): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'is not the JSON of an alarm' });
    return z.NEVER;
  }
});

const payload = z.discriminatedUnion(
  'Type',
  [
    z.looseObject({ Type: z.literal('Notification'), Message: message.pipe(alarm) }),
    z.looseObject({ Type: z.literal('SubscriptionConfirmation') }),
    z.looseObject({ Type: z.literal('UnsubscribeConfirmation') }),
  ],
  { error: 'must be Notification, SubscriptionConfirmation or UnsubscribeConfirmation' },
);

export const readCloudWatch = createReader(payload, (given) =>
  given.Type === 'Notification' ? [readAlarm(given.Message)] : [],
);

function readAlarm(one: z.output<typeof alarm>): Alert {
  const changedAt = readTime(one.StateChangeTime);
  const isResolved = one.NewStateValue === 'OK';
  const dimensions = (one.Trigger?.Dimensions ?? []).map(({ name, value }) => [name, value] as const);
  return {
    source: 'cloudwatch',
    fingerprint: firstOf(one.AlarmArn, `${one.AWSAccountId}/${one.Region}/${one.AlarmName}`),
    state: isResolved ? 'resolved' : 'firing',
    name: one.AlarmName,
    // CloudWatch knows none; who has one writes it into the route.
    severity: null,
    summary: firstOf(one.AlarmDescription, one.AlarmName),
    description: one.NewStateReason,
    labels: toLabels({
      account: one.AWSAccountId,
      region: one.Region,
      namespace: one.Trigger?.Namespace,
      metric: one.Trigger?.MetricName,
      ...Object.fromEntries(dimensions),
    }),
    group: null,
    startedAt: isResolved ? null : changedAt,
    changedAt,
    link: null,
    runbookUrl: null,
  };
}
