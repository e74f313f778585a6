import type { ChatCapabilities } from '#ports/chat.ts';

export type Platform = ChatCapabilities['platform'];

interface Feature {
  /** As a row of docs/chat-platforms.md. */
  readonly title: string;
  /** Why a platform cannot, as data beside its capability; every other one must. */
  readonly cannot?: Partial<Readonly<Record<Platform, string>>>;
}

const ownPage = 'One page for everybody, where only the people of its switcher write';

/**
 * What the three chats share, in the order of the table in docs/chat-platforms.md. Each is proved by tests of the same
 * name in chat.contract.ts or chat-outcomes.contract.ts, on every platform that can.
 */
export const features = {
  messages: { title: 'Messages in channels are heard' },
  mentions: { title: 'A mention speaks to the bot' },
  'direct messages': { title: 'Direct messages are heard', cannot: { playground: ownPage } },
  'bots and webhooks': {
    title: 'Alerts of bots and webhooks are read, with their cards',
    cannot: { playground: ownPage },
  },
  threads: { title: 'Replies in threads belong to the incident' },
  edits: { title: 'Edited messages change the question' },
  deletions: { title: 'Deleted messages are taken back' },
  reactions: { title: 'Reactions are votes, and can be taken back' },
  ticks: { title: 'A tick (✅) on what somebody said is heard' },
  buttons: { title: 'Buttons' },
  forms: { title: 'Forms, with what is wrong told to the one who filled it in' },
  commands: { title: '`/recourse …`' },
  suggestions: {
    title: 'Names of runbooks are suggested while one types',
    cannot: { slack: 'Slash commands of Slack are free text, for which Slack asks no app' },
  },
  'message menu': { title: 'Menu of a message: ask about it, save its thread as a case' },
  home: { title: 'A page of one’s own: what is open, what waits' },
  'whole replies': { title: 'Every kind of reply is shown whole' },
  'long output': { title: 'Long output comes as a file' },
  pictures: { title: 'Pictures, with words for who cannot see them' },
  'reading back': { title: 'A thread is read back, for a case to be drafted from it' },
  'edits in place': { title: 'Cards change in place' },
  'private notices': { title: 'Notices that one person alone sees' },
  'nothing alive': { title: 'Text of others calls nobody and leads nowhere' },
  'one message a key': { title: 'One message, however often it is sent' },
  'rate limits': {
    title: 'Rate limits are obeyed, and the order is kept',
    cannot: { playground: 'It is this program itself, and sets no limits' },
  },
  'the main job': { title: 'From the question to the verdict, and learning from it' },
  insights: { title: 'Insights are posted with their chart, once somebody asks for it' },
  'double presses': { title: 'A double press has one effect' },
  restarts: { title: 'Buttons work after a restart' },
  approvals: { title: 'Approvals need the role; the requester does not approve a change' },
  cases: { title: 'Threads become cases, by hand and by themselves, and cases become runbooks' },
  'bots approve nothing': { title: 'Bots and webhooks approve nothing', cannot: { playground: ownPage } },
} as const satisfies Readonly<Record<string, Feature>>;

export type FeatureName = keyof typeof features;
export const featureNames = Object.keys(features) as readonly FeatureName[];

/** Why this platform cannot; undefined when it must. */
export const reasonAgainst = (name: FeatureName, platform: Platform): string | undefined => {
  const feature: Feature = features[name];
  return feature.cannot?.[platform];
};
