/**
 * The commands of a terminal transcript: lines behind a `$ ` or `# ` prompt with their continuations, without
 * prompts and without output. A text without any prompt is taken as it is.
 */
export function consoleCommands(transcript: string): string {
  const lines = transcript.split('\n');
  if (!lines.some((line) => prompt.test(line))) return transcript;
  const commands: string[] = [];
  let goesOn = false;
  for (const line of lines) {
    const isCommand = prompt.test(line);
    if (isCommand) commands.push(line.replace(prompt, ''));
    else if (goesOn || (/^>\s/.test(line) && commands.length > 0)) commands.push(line.replace(/^>\s/, ''));
    goesOn = (isCommand || goesOn) && line.endsWith('\\');
  }
  return commands.join('\n');
}

const prompt = /^\s*(?:\[?[\w.-]+@[\w.-]+[^$#]{0,40})?[$#]\s+(?=\S)/;
