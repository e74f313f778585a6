import { describe, expect, it } from 'vitest';
import { readContent } from '#adapters/slack/inbound/read-content.ts';
import { readText } from '#adapters/slack/inbound/read-text.ts';

const self = 'U0RECOURSE';

describe('text of Slack', () => {
  it.each([
    ['<@U0RECOURSE> disk &lt;full&gt; &amp;amp; &amp;lt;b', 'disk <full> &amp; &lt;b'],
    ['<@U1> <@U2|max> <#C1|general> <#C2>', '@U1 @max #general #C2'],
    [
      '<!here> <!subteam^S1|@sre> <!subteam^S2> <!date^1392734382^{date}|on Tuesday>',
      '@here @sre @S2 on Tuesday',
    ],
    [
      '<http://web-01|web-01> <https://a.example/x?y=1&amp;z=2|the graph>',
      'web-01 the graph (https://a.example/x?y=1&z=2)',
    ],
    ['<mailto:a@b.example|a@b.example> <https://a.example>', 'a@b.example https://a.example'],
    ['a < b and c > d', 'a < b and c > d'],
  ])('%s', (raw, read) => expect(readText(raw, self)).toBe(read));
});

describe('messages of other programs', () => {
  const message = { ts: '1.0', bot_id: 'B1' };

  it('are read from attachments, as Alertmanager and Grafana send them', () => {
    const attachment = {
      fallback: '[FIRING:1] DiskFull | http://am.example',
      title: '[FIRING:1] DiskFull',
      title_link: 'http://am.example',
      text: '*Instance:* web-01\n*Severity:* critical',
      fields: [{ title: 'Value', value: '97%', short: true }],
      footer: 'Grafana v11',
      color: 'danger',
    };
    expect(readContent({ ...message, text: '', attachments: [attachment] }, self)).toBe(
      '[FIRING:1] DiskFull\n*Instance:* web-01\n*Severity:* critical\nValue\n97%',
    );
  });

  it('are read from blocks, what stands in the text as well only once', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Disk full' } },
      { type: 'section', fields: [{ type: 'mrkdwn', text: 'host\nweb-01' }] },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'since 03:00' },
          { type: 'image', image_url: 'x' },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'look at ' },
              { type: 'link', url: 'https://a.example', text: 'the graph' },
            ],
          },
        ],
      },
    ];
    expect(readContent({ ...message, text: 'Disk full', blocks }, self)).toBe(
      'Disk full\nhost\nweb-01\nsince 03:00\nlook at the graph',
    );
  });

  it('are read to an end, however deep they are nested', () => {
    let piece: unknown = { text: 'deep' };
    for (let depth = 0; depth < 10_000; depth += 1) piece = { elements: [piece] };
    expect(readContent({ ...message, text: 'top', blocks: [piece] }, self)).toBe('top');
  });
});
