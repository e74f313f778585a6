import { expect } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { readRunbookForm } from '#application/read-runbook-form.ts';
import { isTick } from '#domain/capture/is-tick.ts';
import type { RecommendationId, VersionId } from '#domain/ids.ts';
import type { Form } from '#domain/reply.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import { partsOf } from '#domain/runbook-form/runbook-parts.ts';
import { commentForm, commentProblems, readSaid } from '#domain/wording/comment-form.ts';
import { runbookForm } from '#domain/wording/runbook-form.ts';
import { someReply } from '#test/support/rows.ts';
import { eventually } from '#test/support/slack/team.ts';
import { someRunbook } from '#test/support/solutions.ts';
import { waitForNotice } from '#test/support/stage/stage.ts';
import { cardWith, id } from './cards.ts';
import type { ChatScene } from './chat-scene.ts';
import type { FeatureTests } from './feature-tests.ts';

const text = { hint: '', initial: '', required: true, kind: 'text', lines: 'one' } as const;
const form: Form = {
  action: { verb: 'use', id },
  title: 'Disk full',
  intro: 'Where?',
  submitLabel: 'Start',
  fields: [
    { ...text, name: 'host', label: 'Host', initial: 'web-01' },
    { ...text, name: 'path', label: 'Path', initial: '/var/log' },
    { ...text, name: 'kind', label: 'Kind', initial: 'soft', kind: 'choice', options: ['soft', 'hard'] },
    { ...text, name: 'wait', label: 'Wait', initial: '5s' },
    { ...text, name: 'size', label: 'Size', initial: '10' },
    { ...text, name: 'note', label: 'Note', required: false },
  ],
};
const someStep = (number: number): RunbookStep => ({
  ...{ id: `look-${number}`, kind: 'diagnostic', title: `Look at part ${number}.`, notes: '' },
  ...{ command: `df -h /srv/${number}`, timeoutMs: 60_000, exitCodes: [0], hostParameter: 'host' },
});

/** What people do, and what the core hears of it. */
export function intentsIn(feature: FeatureTests, scene: ChatScene): void {
  feature('messages', {
    'are handed in with who said what where and when': async () => {
      const before = Date.now();
      const message = await scene.stage().say('rae', 'the disk of web-01 is full & <slow>');
      const { place, speaker, ...said } = await scene.heard('message-posted', (one) => one.id === message);
      expect(said).toMatchObject({ text: 'the disk of web-01 is full & <slow>', mentionsBot: false });
      expect(place).toMatchObject({ channel: scene.stage().channel, thread: null, channelName: 'incidents' });
      expect(speaker).toMatchObject({ externalId: scene.stage().idOf('rae'), standing: 'member' });
      expect(Math.abs(said.at - before)).toBeLessThan(10_000);
    },
  });
  feature('mentions', {
    'are told apart': async () => {
      const message = await scene.stage().say('rae', `${scene.stage().mention} the disk is full`);
      const said = await scene.heard('message-posted', (one) => one.id === message);
      expect(said).toMatchObject({ mentionsBot: true, text: expect.stringContaining('the disk is full') });
    },
  });
  feature('direct messages', {
    'are said to the bot alone': async () => {
      await scene.peer().sayDirectly?.('in private: the disk is full');
      const { place } = await scene.heard('message-posted', (one) => one.text.startsWith('in private'));
      expect(place.direct).toBe(true);
    },
  });
  feature('bots and webhooks', {
    'are read, and known for what they are': async () => {
      const title = 'HostOutOfDiskSpace on web-01';
      const count = await scene.peer().sendAlerts?.(title);
      const alerts = () =>
        scene
          .peer()
          .received.filter(({ intent }) => intent.kind === 'message-posted' && intent.text.includes(title));
      await eventually(() => expect(alerts()).toHaveLength(count ?? 0));
      expect(count).toBeGreaterThan(0);
      for (const { intent } of alerts()) expect(intent.speaker).toMatchObject({ standing: 'bot' });
    },
  });
  feature('threads', {
    'keep what is said in them': async () => {
      const thread = await scene.stage().say('rae', 'the disk is full');
      const reply = await scene.stage().say('ada', 'which one?', thread);
      const { place } = await scene.heard('message-posted', (one) => one.id === reply);
      expect(place).toMatchObject({ channel: scene.stage().channel, thread });
    },
  });
  feature('edits', {
    'are handed in with the new text': async () => {
      const message = await scene.stage().say('rae', 'the disk is ful');
      await scene.stage().edit('rae', message, 'the disk is full');
      const edited = await scene.heard('message-edited', (one) => one.id === message);
      expect(edited).toMatchObject({
        text: 'the disk is full',
        place: { channel: scene.stage().channel, thread: null },
      });
      expect(edited.speaker.externalId).toBe(scene.stage().idOf('rae'));
    },
  });
  feature('deletions', {
    'are handed in': async () => {
      const message = await scene.stage().say('rae', 'a mistake');
      await scene.heard('message-posted', (one) => one.id === message);
      await scene.stage().remove('rae', message);
      expect(await scene.heard('message-deleted', (one) => one.id === message)).toMatchObject({
        place: { channel: scene.stage().channel },
      });
    },
  });
  feature('reactions', {
    'are handed in when they come and go': async () => {
      const { message } = await scene.posted(cardWith('use'));
      for (const present of [true, false]) {
        await scene.stage().react('ada', message, '👍', present);
        const change = present ? 'added' : 'removed';
        const said = await scene.heard(
          'reaction-changed',
          (one) => one.messageId === message && one.change === change,
        );
        expect(said.speaker.externalId).toBe(scene.stage().idOf('ada'));
      }
    },
  });
  feature('ticks', {
    'are handed in, on what a person said': async () => {
      const message = await scene.stage().say('rae', 'the checkout is down');
      await scene.stage().react('ada', message, '✅', true);
      const said = await scene.heard('reaction-changed', (one) => one.messageId === message);
      expect(said).toMatchObject({ change: 'added', place: { channel: scene.stage().channel } });
      expect(isTick(said.emoji)).toBe(true);
    },
  });
  feature('buttons', {
    'are handed in with where and by whom': async () => {
      const { thread, card: shown } = await scene.posted(cardWith('more'));
      await scene.stage().press('ada', shown, 'more', thread);
      expect(await scene.heard('button-pressed')).toMatchObject({
        action: { verb: 'more', id },
        place: { channel: scene.stage().channel, thread },
        speaker: { externalId: scene.stage().idOf('ada') },
      });
    },
    'are answered to one person alone': async () => {
      const { thread, card: shown } = await scene.posted(cardWith('more'));
      scene.answer = () => ({ kind: 'shown', reply: someReply('only for you') });
      await scene.stage().press('ada', shown, 'more', thread);
      await waitForNotice(scene.stage(), thread, 'ada', /only for you/);
      const others = (await scene.stage().thread(thread, 'rae')).map(({ words }) => words);
      expect(others.join()).not.toContain('only for you');
    },
  });
  feature('forms', {
    'open, tell what is wrong, and are handed in': async () => {
      const { thread, card: shown } = await scene.posted(cardWith('use'));
      scene.answer = ({ kind }) =>
        kind === 'button-pressed'
          ? { kind: 'form', form }
          : { kind: 'invalid', errors: { host: 'No such host.' } };
      await scene.stage().press('rae', shown, 'use', thread);
      const opened = await scene.stage().form('rae');
      expect(opened.title).toBe('Disk full');
      expect(await opened.submit({ host: 'web-99' })).toContain('No such host.');
      scene.answer = () => ({ kind: 'accepted' });
      expect(await (await scene.stage().form('rae')).submit({ host: 'web-02' })).toBeUndefined();
      expect(await scene.heard('form-submitted', ({ values }) => values.host === 'web-02')).toMatchObject({
        action: form.action,
        place: { channel: scene.stage().channel, thread },
        values: { path: '/var/log', kind: 'soft', wait: '5s', size: '10', note: '' },
      });
    },
    'hold a whole runbook, or stand for what they have no room for': async () => {
      const { thread, card: shown } = await scene.posted(cardWith('make-runbook'));
      const steps = Array.from({ length: 40 }, (_, number) => someStep(number));
      const made = someRunbook('Relay stuck', { steps, lead: 'It hangs.\n\nSince noon.' });
      if (made.kind !== 'runbook') throw new Error('no runbook');
      const drafted = { runbook: made.runbook, texts: partsOf(made.runbook) };
      const approval = { 'read-only': 40, mutating: 0, destructive: 0 };
      scene.answer = ({ kind }) =>
        kind === 'button-pressed'
          ? {
              kind: 'form',
              form: runbookForm(id as VersionId, drafted.texts, { approval, waits: false, shownTo: null }),
            }
          : { kind: 'accepted' };
      await scene.stage().press('rae', shown, 'make-runbook', thread);
      const opened = await scene.stage().form('rae');
      expect(await opened.submit({ title: 'Relay hangs' })).toBeUndefined();
      const { values } = await scene.heard('form-submitted', ({ action }) => action.verb === 'make-runbook');
      const runbookParser = createRunbookParser(matchWhole);
      expect(readRunbookForm({ runbookParser }, values, drafted)).toMatchObject({
        runbook: { title: 'Relay hangs', steps, lead: 'It hangs.\n\nSince noon.' },
      });
    },
    'hold all that a person says of a recommendation': async () => {
      const { thread, card: shown } = await scene.posted(cardWith('comment'));
      const before = { outcome: 'no effect', stars: '4', byHand: 'stopped it\ntwice', better: 'a' } as const;
      scene.answer = ({ kind }) =>
        kind === 'button-pressed'
          ? { kind: 'form', form: commentForm(id as RecommendationId, 'Disk', { text: '', report: before }) }
          : { kind: 'accepted' };
      await scene.stage().press('rae', shown, 'comment', thread);
      const opened = await scene.stage().form('rae');
      expect(await opened.submit({ outcome: 'made worse', comment: 'slow' })).toBeUndefined();
      const { values } = await scene.heard('form-submitted', ({ action }) => action.verb === 'comment');
      expect(commentProblems(values)).toEqual({});
      expect(readSaid(values, (text) => text)).toEqual({
        text: 'slow',
        report: { ...before, outcome: 'made worse' },
      });
    },
  });
  feature('commands', {
    'are handed in as they were given, and answered to one person alone': async () => {
      scene.answer = () => ({ kind: 'shown', reply: someReply('here is your answer') });
      expect(await scene.stage().command('vic', 'runbooks disk')).toContain('here is your answer');
      expect(await scene.heard('command-given')).toMatchObject({
        text: 'runbooks disk',
        place: { channel: scene.stage().channel },
        speaker: { externalId: scene.stage().idOf('vic') },
      });
    },
    'open forms': async () => {
      scene.answer = ({ kind }) => (kind === 'command-given' ? { kind: 'form', form } : { kind: 'accepted' });
      await scene.stage().command('rae', 'run disk-full');
      expect(await (await scene.stage().form('rae')).submit({ note: 'by command' })).toBeUndefined();
      await scene.heard('form-submitted', ({ values }) => values.note === 'by command');
    },
  });
  feature('suggestions', {
    'are asked for while somebody types': async () => {
      expect(await scene.stage().suggestions('rae', 'di')).toEqual(['disk-full']);
      expect(scene.inquiries.at(-1)).toMatchObject({
        about: 'runbook',
        typed: 'di',
        place: { channel: scene.stage().channel },
        speaker: { externalId: scene.stage().idOf('rae') },
      });
    },
  });
  feature('message menu', {
    'asks about a message as if it had been said to the bot': async () => {
      const message = await scene.stage().say('rae', 'the disk is full, said to nobody');
      await scene.heard('message-posted', (one) => one.id === message);
      await scene.stage().menu('ada', 'ask', message);
      const asked = await scene.heard('message-posted', (one) => one.id === message && one.mentionsBot);
      expect(asked.text).toContain('said to nobody');
      expect(asked.speaker.externalId).toBe(scene.stage().idOf('ada'));
    },
    'saves the thread of a message': async () => {
      const thread = await scene.stage().say('rae', 'solved by hand');
      scene.answer = ({ kind }) =>
        kind === 'button-pressed' ? { kind: 'form', form } : { kind: 'accepted' };
      await scene.stage().menu('ada', 'save', thread);
      expect(await scene.heard('button-pressed', ({ action }) => action.id === thread)).toMatchObject({
        action: { verb: 'save-case', id: thread },
        place: { thread },
      });
      expect((await scene.stage().form('ada')).title).toBe('Disk full');
    },
  });
  feature('home', {
    'is asked for when it is opened': async () => {
      scene.answer = () => ({ kind: 'shown', reply: someReply('what is open') });
      expect(await scene.stage().home('ada')).toContain('what is open');
      expect((await scene.heard('home-opened')).speaker.externalId).toBe(scene.stage().idOf('ada'));
    },
  });
}
