/** Every scope that the bot's token needs, and what does not work without it. slack-manifest.yaml asks for the same. */
export const scopes = {
  'app_mentions:read': 'mentions are not heard',
  'channels:history': 'messages in public channels are not heard, and missed ones not read back',
  'channels:read':
    'names of public channels are not known, so patterns of channels match nothing there, and cases are for their channel alone',
  'chat:write': 'nothing can be posted',
  commands: '/recourse and the message shortcuts do not exist',
  'files:write': 'long output cannot be given as a file',
  'groups:history': 'messages in private channels are not heard, and missed ones not read back',
  'groups:read': 'names of private channels are not known, so patterns of channels match nothing there',
  'im:history': 'direct messages to the bot are not heard',
  'im:read': 'missed direct messages are not read back',
  'im:write': 'nobody can be told something outside of a channel that they are in',
  'reactions:read': 'reactions do not count as votes',
  'usergroups:read': 'roles cannot come from user groups',
  'users:read': 'guests and closed accounts cannot be told from members, so everybody may only look on',
} as const satisfies Readonly<Record<string, string>>;
