/** What a card says when a platform's limits do not let it show everything. */
export const tooLong = {
  shortened: (file: string) => `Shortened to fit here. Everything is in the file ${file} in this thread.`,
  shortenedWithoutFile: 'Shortened to fit here.',
  command:
    'This is too long to be shown here whole, so nobody can approve it here. Reject or skip it and run it by hand, or make it shorter in the runbook.',
  hidden: (count: number) =>
    count === 1
      ? 'One character of it would not show and is written as \\u{…}.'
      : `${count} characters of it would not show and are written as \\u{…}.`,
  file: (name: string, size: string) => `📄 ${name} (${size}), in this thread.`,
} as const;
