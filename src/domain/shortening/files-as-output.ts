import type { Block, Reply } from '../reply.ts';

/** The reply for a place that takes no file, such as an edit: what would be a file stands in it as output, a picture in words. */
export function filesAsOutput(reply: Reply): Reply {
  return { ...reply, blocks: reply.blocks.flatMap(fileAsOutput) };
}

function fileAsOutput(block: Block): readonly Block[] {
  switch (block.kind) {
    case 'file':
      return [
        { kind: 'note', line: [block.name] },
        { kind: 'code', role: 'output', text: block.text },
      ];
    case 'picture':
      return [{ kind: 'note', line: [block.alt] }];
    default:
      return [block];
  }
}
