import type { Block, Reply } from '../reply.ts';

/** The reply for a place that takes no file, such as an edit: what would be a file stands in it as output. */
export function filesAsOutput(reply: Reply): Reply {
  return { ...reply, blocks: reply.blocks.flatMap(fileAsOutput) };
}

const fileAsOutput = (block: Block): readonly Block[] =>
  block.kind === 'file'
    ? [
        { kind: 'note', line: [block.name] },
        { kind: 'code', role: 'output', text: block.text },
      ]
    : [block];
