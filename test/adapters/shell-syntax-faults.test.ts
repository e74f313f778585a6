import { afterEach, describe, expect, it, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { classifyCommand } from '#domain/risk/classify-command.ts';

const parser = await createBashCommandParser();

/** As WebAssembly throws it when a program has no memory left. */
const aborted = Object.assign(new Error('Aborted()'), { name: 'RuntimeError' });

afterEach(() => vi.restoreAllMocks());

describe('createBashCommandParser when the grammar fails', () => {
  it.each([
    ['aborts', aborted],
    ['runs out of stack', new RangeError('Maximum call stack size exceeded')],
  ])('calls the text unparsable and goes on with a new parser when it %s', (_how, fault) => {
    const parse = vi.spyOn(Parser.prototype, 'parse');
    parse.mockImplementationOnce(() => {
      throw fault;
    });
    expect(classifyCommand('df -h', parser.parse).risk).toBe('destructive');
    expect(classifyCommand('df -h', parser.parse).risk).toBe('read-only');
    const [broken, next] = parse.mock.contexts;
    expect(next).not.toBe(broken);
  });

  it('calls the text unparsable when no new parser can be made either', () => {
    vi.spyOn(Parser.prototype, 'parse').mockImplementationOnce(() => {
      throw aborted;
    });
    expect(classifyCommand('df -h', parser.parse).risk).toBe('destructive');
    vi.spyOn(Parser.prototype, 'setLanguage').mockImplementationOnce(() => {
      throw aborted;
    });
    expect(classifyCommand('df -h', parser.parse).risk).toBe('destructive');
    expect(classifyCommand('df -h', parser.parse).risk).toBe('read-only');
  });

  it('gives up on a text that takes too long, and judges the next one', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 1_000;
      return now;
    });
    expect(parser.parse('echo a '.repeat(5_000))).toEqual({
      kind: 'unparsable',
      why: 'it takes too long to parse',
    });
    vi.restoreAllMocks();
    expect(classifyCommand('df -h', parser.parse).risk).toBe('read-only');
  });
});
