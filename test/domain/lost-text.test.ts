import { expect, it } from 'vitest';
import { lostNotice } from '#domain/wording/lost-text.ts';

const lost = { title: 'Restart', host: 'web-1', isActive: true, isPart: false };
const textOf = (of: Partial<typeof lost>) => JSON.stringify(lostNotice({ ...lost, ...of }));

it('names what the card of the step has', () => {
  expect(textOf({})).toContain(
    'Look at the host, then press Propose again, Skip or Stop the run on its card.',
  );
  expect(textOf({ isActive: false })).toContain('Look at the host; the run is over.');
});

it('says of one host of a group when its card has what to press, and what there is until then', () => {
  expect(textOf({ isPart: true })).toContain(
    'Once what is at work on the other hosts of its group has ended, press Propose again, Skip or Stop the run on the card of the group; until then Stop the run ends it everywhere.',
  );
});
