import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import type { Received } from '#ports/inbound.ts';
import {
  parameterForm,
  recommendation,
  runningStep,
  stepCard,
  verdictCard,
} from '#test/fixtures/playground-replies.ts';
import { launchChromium, type TestChromium } from '#test/support/chromium.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { openTestPlayground, type TestPlayground, token } from '#test/support/playground.ts';

const wide = { width: 1280, height: 860 };
const narrow = { width: 360, height: 720 };

/** What the core would say: a form for Use, errors for a path that is an option. */
const playCore = async (intent: ChatIntent): Promise<Received> => {
  if (intent.kind === 'button-pressed' && intent.action.verb === 'use') {
    return { kind: 'form', form: parameterForm };
  }
  if (intent.kind === 'form-submitted' && intent.values.path?.startsWith('-')) {
    return { kind: 'invalid', errors: { path: 'A path starts with a slash.' } };
  }
  return { kind: 'accepted' };
};

describeWithPeer('chromium', 'the page of the playground', () => {
  let chromium: TestChromium;
  let playground: TestPlayground;
  let core: typeof playCore;
  let problems: string[];
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    core = playCore;
    problems = [];
    playground = await openTestPlayground((intent) => core(intent));
  });
  afterEach(async () => {
    await Promise.all(chromium.browser.contexts().map((context) => context.close()));
    await playground[Symbol.asyncDispose]();
    // Blocked scripts, broken ones and refused resources; a 4xx that the test asked for is none of them.
    expect(problems).toEqual([]);
  });

  const open = async (viewport: typeof wide, query = ''): Promise<Page> => {
    const page = await chromium.newPage({ viewport });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !/status (of )?(4|503)/.test(line.text())) problems.push(line.text());
    });
    await page.goto(`http://${playground.host}/?token=${token}${query}`);
    return page;
  };

  const send = async (page: Page, label: string, text: string): Promise<void> => {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.keyboard.press('Enter');
  };

  /** Posts a problem on the page and answers in its thread. */
  const ask = async (page: Page) => {
    await send(page, 'Message #incidents', 'disk is filling up on demo-web-01, nginx returns 500');
    await page.waitForURL(/thread=/);
    const thread = new URL(page.url()).searchParams.get('thread') ?? '';
    return { workspace: playground.workspace, channel: 'incidents', thread };
  };

  const pressed = () =>
    playground.received.flatMap(({ intent }) => (intent.kind === 'button-pressed' ? [intent] : []));

  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])('lives through an incident on a %s screen', async (_name, size) => {
    const page = await open(size);
    await page.getByText('Type: disk is filling up on demo-web-01').waitFor();
    const place = await ask(page);
    const thread = page.getByRole('region', { name: 'Thread' });
    await playground.chat.post(place, recommendation, 'answer', false);
    await thread.getByText('worked 18 of 20').waitFor();

    await thread.getByRole('button', { name: 'Use' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Disk full on a web host' });
    await dialog.getByLabel('Path').fill('-x');
    await dialog.getByRole('button', { name: 'Show step 1' }).click();
    await dialog.getByText('A path starts with a slash.').waitFor();
    expect(await dialog.getByLabel('Path').getAttribute('aria-invalid')).toBe('true');
    expect(await dialog.getByLabel('Path').inputValue()).toBe('-x');
    await dialog.getByLabel('Path').fill('/var/log');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(playground.received.at(-1)?.intent).toMatchObject({
      kind: 'form-submitted',
      values: { host: 'demo-web-01', path: '/var/log', keep: '' },
    });

    await playground.chat.post(place, stepCard, 'step', false);
    await thread.getByText('\\u{202E}').waitFor();
    await page.getByLabel('You are').selectOption({ label: 'Ada · approver' });
    await page.waitForURL(/person=ada/);
    await thread.getByRole('button', { name: 'Approve' }).click();
    await thread.getByText('got it').waitFor();
    expect(pressed().at(-1)).toMatchObject({ action: { verb: 'approve' }, speaker: { externalId: 'ada' } });
    await playground.chat.edit(place, 'step', runningStep);
    await thread.getByText('In progress').waitFor();
    expect(await thread.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    await playground.chat.post(place, verdictCard, 'verdict', false);
    const verdict = page.locator('#t-verdict');
    await verdict.getByRole('button', { name: 'React with 👍' }).click();
    await verdict.getByRole('button', { name: '👍 by Ada', pressed: true }).click();
    await verdict.getByRole('button', { name: 'React with 👍', pressed: false }).waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('shows a thread alone on a narrow screen, with a way back', async () => {
    const page = await open(narrow);
    await ask(page);
    expect(await page.getByLabel('Message #incidents').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Back to #incidents' }).click();
    await page.getByRole('link', { name: 'Open thread' }).waitFor();
    expect(await page.getByLabel('Message #incidents').isVisible()).toBe(true);
  });

  it('takes a double click for one press, and a later click for another', async () => {
    const page = await open(wide);
    await playground.chat.post(await ask(page), verdictCard, 'verdict', false);
    await page.getByRole('button', { name: '👍 Yes' }).dblclick();
    await page.getByText('got it').waitFor();
    await page.getByRole('button', { name: '👎 No' }).click();
    await expect.poll(() => pressed().map(({ action }) => action.verb)).toEqual(['worked', 'failed']);
    // Past the span in which two clicks are one.
    await page.waitForTimeout(1_000);
    await page.getByRole('button', { name: '👍 Yes' }).click();
    await expect.poll(() => pressed()).toHaveLength(3);
  });

  it('keeps what was typed when it was not taken, and makes one message of it in the end', async () => {
    const page = await open(wide);
    const box = page.getByLabel('Message #incidents', { exact: true });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Nothing to send yet').waitFor();
    await send(page, 'Message #incidents', 'a'.repeat(40_001));
    await page.getByText('This has 40,001 characters').waitFor();
    expect(await box.inputValue()).toHaveLength(40_001);
    core = async () => {
      throw new Fault('unavailable', 'database-down', 'The database does not answer.', 'Try again soon.');
    };
    await send(page, 'Message #incidents', 'disk full');
    await page.getByText('Not sent: The database does not answer.').waitFor();
    expect(await box.inputValue()).toBe('disk full');
    core = playCore;
    await box.press('Enter');
    await page.waitForURL(/thread=/);
    expect(await page.locator('#channel-list > article').count()).toBe(1);
  });

  it('edits and deletes what one wrote, from the menu of the message', async () => {
    const page = await open(wide);
    await ask(page);
    const message = page.locator('#thread-list > article');
    await message.getByLabel('More about this message').click();
    await message.getByRole('button', { name: 'Edit' }).click();
    const box = page.getByLabel('Text', { exact: true });
    await box.fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Nothing to send yet').waitFor();
    await box.fill('disk is nearly full');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await message.getByText('disk is nearly full').waitFor();
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    page.on('dialog', (dialog) => void dialog.accept());
    if (!(await message.getByRole('button', { name: 'Delete' }).isVisible()))
      await message.getByLabel('More about this message').click();
    await message.getByRole('button', { name: 'Delete' }).click();
    await message.getByText('This message was deleted.').waitFor();
    expect(await message.getByLabel('More about this message').count()).toBe(0);
  });

  it('starts a new line with Shift+Enter, and keeps a draft over a change of page', async () => {
    const page = await open(wide);
    const box = page.getByLabel('Message #incidents', { exact: true });
    await box.pressSequentially('one');
    await box.press('Shift+Enter');
    await box.pressSequentially('two');
    await page.getByRole('link', { name: 'general' }).click();
    await page.getByRole('link', { name: 'incidents' }).click();
    await expect.poll(() => box.inputValue()).toBe('one\ntwo');
    await box.press('Enter');
    await page.waitForURL(/thread=/);
    expect(playground.received[0]?.intent).toMatchObject({ text: 'one\ntwo' });
    await expect.poll(() => box.inputValue()).toBe('');
  });

  it('shows a notice to the person it is for, live', async () => {
    const rae = await open(wide);
    const place = await ask(rae);
    const ada = await open(wide, `&person=ada&channel=incidents&thread=${place.thread}`);
    await ada.getByRole('region', { name: 'Thread' }).getByText('disk is filling up').waitFor();
    const text = 'Somebody else must approve this.';
    await playground.chat.notify(place, 'rae', { ...verdictCard, blocks: [{ kind: 'heading', text }] });
    await playground.chat.post(place, verdictCard, 'after', false);
    await rae.getByText('Only you can see this').waitFor();
    await ada.getByText('Did this solve it?').waitFor();
    expect(await ada.getByText(text).count()).toBe(0);
  });

  it('says how to get in again when its cookie is no longer good', async () => {
    const page = await open(wide);
    await playground.chat.post(await ask(page), verdictCard, 'verdict', false);
    const button = page.getByRole('button', { name: '👍 Yes' });
    await button.waitFor();
    await page.context().clearCookies();
    await button.click();
    await page.getByText('Open the address that Recourse printed').waitFor();
    expect(await button.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    playground.dropStreams();
    await page.getByText('Recourse was started anew').waitFor();
  });

  it('comes back by itself after a lost connection, and catches up', async () => {
    const page = await open(wide);
    const place = await ask(page);
    await page.locator(`#t-${place.thread}`).waitFor();
    await page.context().setOffline(true);
    playground.dropStreams();
    await playground.chat.post(place, recommendation, 'missed', false);
    await page.context().setOffline(false);
    await page.getByText('worked 18 of 20').waitFor();
  });

  it('shows the lines of a field as lines', async () => {
    const page = await open(wide);
    const place = await ask(page);
    const fields = [{ name: 'What fixed it', value: ['One.\nLater: another.'] }];
    const reply: Reply = { summary: 'Saved', tone: 'good', blocks: [{ kind: 'fields', fields }] };
    await playground.chat.post(place, reply, 'lines', false);
    const field = page.locator('dd', { hasText: 'Later' });
    expect((await field.innerText()).split('\n')).toEqual(['One.', 'Later: another.']);
  });
});
