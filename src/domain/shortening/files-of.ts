import type { Block, PostFile, Reply } from '../reply.ts';

/** What a reply gives as files, in its order; an empty one is none. */
export const filesOf = ({ blocks }: Reply): readonly PostFile[] => blocks.filter(isFile);

const isFile = (block: Block): block is PostFile =>
  block.kind === 'picture' || (block.kind === 'file' && block.text !== '');
