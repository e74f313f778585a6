import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { launchChromium, type TestChromium } from '#test/support/chromium.ts';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { startBot, type TestBot } from '#test/support/start-bot.ts';

describeWithPeer('chromium', 'the main job in a browser', () => {
  let bot: TestBot;
  let chromium: TestChromium;
  beforeAll(async () => {
    bot = await startBot();
    chromium = await launchChromium();
  });
  afterAll(async () => {
    await chromium.close();
    await bot.stop();
  });

  const ask = async (page: Page, text: string) => {
    await page.getByLabel('Message #incidents', { exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await page.waitForURL(/thread=/);
    const thread = page.getByRole('region', { name: 'Thread' });
    await thread.getByRole('heading', { name: '1. Disk full' }).waitFor();
    return thread;
  };

  const report = async (
    page: Page,
    chosen: Readonly<Record<string, string>>,
    label: string,
    written: string,
  ) => {
    await page.getByRole('button', { name: '💬 Comment' }).last().click();
    const form = page.getByRole('dialog');
    for (const [name, value] of Object.entries(chosen)) await form.getByLabel(name).selectOption(value);
    await form.getByLabel(label).fill(written);
    await form.getByRole('button', { name: 'Save' }).click();
  };

  const become = async (page: Page, name: string) => {
    const people = page.getByLabel('You are');
    const label = (await people.locator('option').allTextContents()).find((text) => text.startsWith(name));
    await people.selectOption({ label: label ?? name });
    await page.waitForURL(new RegExp(`person=${name.toLowerCase()}`));
    await page.waitForLoadState();
  };

  it('is played from the question to the vote with a mouse', async () => {
    const page = await chromium.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(bot.playgroundUrl ?? '');
    await page.getByText('Type what is wrong').waitFor();
    const thread = await ask(page, problem);

    await thread.getByRole('button', { name: 'Use' }).first().click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel('Host').inputValue()).toBe('demo-web-01');
    await form.getByRole('button', { name: 'Show step 1' }).click();

    for (let number = 1; number <= 7; number += 1) {
      const card = thread.getByRole('article').filter({ hasText: `Step ${number} of 7` });
      await card.getByRole('button', { name: 'Approve', exact: true }).waitFor();
      const text = (await card.textContent()) ?? '';
      for (const name of approvers(text)) {
        await become(page, name);
        await card.getByRole('button', { name: 'Approve', exact: true }).click();
      }
      await card.getByText('succeeded, approved by').waitFor();
      await become(page, 'Rae');
    }
    const again = thread.getByRole('article').filter({ hasText: /Check again 1 of \d/ });
    await again.getByRole('button', { name: /^Approve all \d checks$/ }).waitFor();
    await again.getByRole('button', { name: /^Approve all \d checks$/ }).click();
    await thread.getByRole('heading', { name: /^Before and after: \d of \d checks differ/ }).waitFor();
    await thread.getByRole('button', { name: '👍 Yes' }).click();
    await thread.getByText('Votes: 👍 Rae').waitFor();
    await report(page, { 'What came of it?': 'partial', Stars: '4' }, 'What was missing', 'the owner');
    await thread.getByText('Votes: 🤔 Rae').waitFor();
    await thread.getByText('Missing: the owner').waitFor();
    await report(page, { 'What came of it?': 'resolved' }, 'Comment', 'all well in the end');
    await thread.getByText('💬 Rae (4 of 5): all well in the end').waitFor();
    await thread.getByText('Votes: 👍 Rae').waitFor();

    for (const { id } of await bot.open.core.workspaces.all()) await createFoldWorkspace(bot.open.core)(id);
    await page.goto(`http://${bot.localAddress}/?person=rae&channel=incidents`);
    await ask(page, `${problem} once more`);
    await page.getByText(/worked \d of \d, last on/).waitFor();
  }, 120_000);

  it('suggests runbooks while /recourse run is typed, and puts the chosen one into the text', async () => {
    const page = await chromium.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(bot.playgroundUrl ?? '');
    const text = page.getByLabel('Message #incidents', { exact: true });
    const suggestions = page.getByRole('group', { name: 'Runbooks that may be meant' });
    await text.pressSequentially('/recourse run disk');
    await suggestions.getByRole('button', { name: 'Disk full' }).click();
    expect(await text.inputValue()).toBe('/recourse run disk-full');
    expect(await suggestions.getByRole('button').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Host').waitFor();
  });
});

/** Who must approve, read off the card: it says so itself. */
function approvers(card: string): readonly string[] {
  if (card.includes('Waits for a responder')) return ['Rae'];
  return card.includes('2 different approvers') ? ['Ada', 'Ben'] : ['Ada'];
}
