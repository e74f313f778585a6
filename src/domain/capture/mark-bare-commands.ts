import { looksLikeCommand } from './looks-like-command.ts';

/** What a sentence says of the answer of a command; no command has such a word. */
export const reporting = '(?:says|said|gives|gave|shows|showed|returns|returned|prints|reports)';

/** At the beginning of a line or behind a comma or a colon, up to what it answered or to the end of the line. */
const bare = new RegExp(
  `(?<=^|[,:] )([a-z][\\w.-]*(?: [^\\s\`]*[^\\s\`,:]){1,12}?)(?= ${reporting}\\b|$)`,
  'gm',
);

/** What sentences do not have: options, paths, or a tool that steers something and one of its long words. */
const typed = /^\S+(?: \S+)*? (?:-{1,2}[a-z]|\/\w)|^\w+ctl [a-z_]+_[a-z_]+/i;

/** What steers services, with the word for what it is to do: an order that a sentence holds whole, up to what it says of it. */
const order = new RegExp(
  '(?<=^|[,:] |\\b(?:ran|running|executed) (?:an? )?)' +
    '((?:sudo )?(?:systemctl|service|kubectl|oc|helm|docker|podman|nomad|supervisorctl|pm2|ceph|zpool|pcs|net|sc) ' +
    '[^\\s`,;]+(?: [^\\s`,;]*[^\\s`,;:.!?]){1,7}?)' +
    '(?= (?:on|and|again|but|then|done|worked|works|fixed|helped|brought|did|' +
    `${reporting})\\b|[.;,!]?$|[.;,!] )`,
  'gim',
);
const orders =
  /^(?:sudo )?\S+ (?:\S+ )*?(?:re)?(?:start|stop|reload|status|rollout|rollback|undo|delete|scale|drain|cordon|uncordon|get|describe|logs|exec|apply|patch|enable|disable|set|top|ps|kill|rm|scrub|clear|standby|unstandby|cleanup|up|down)\b/;
/** Words of a sentence that goes on about a program, as no order has. */
const ofSentence =
  / (?:is|was|are|were|does|do|did|not|the|it|its|an?|to|still|after|before|with|for|of|will|would|should|can|has|had|have|because|so|if|or|we|i|you|that|this)(?= |$)/i;

/** The text of a message with backticks around commands that stand in a sentence without any. */
export const markBareCommands = (text: string): string =>
  markOrders(
    text.replace(bare, (words) =>
      typed.test(words) && !/[.!?;]$/.test(words) && looksLikeCommand(words, 'line') ? `\`${words}\`` : words,
    ),
  );

/** Outside of what stands between backticks already. */
const markOrders = (text: string): string =>
  text
    .split(/(`[^`\n]*`)/)
    .map((piece, at) =>
      at % 2 === 1
        ? piece
        : piece.replace(order, (words) =>
            orders.test(words) && !ofSentence.test(words) && looksLikeCommand(words, 'line')
              ? `\`${words}\``
              : words,
          ),
    )
    .join('');
