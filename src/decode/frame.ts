import type { Leaf, Source } from './decoder.js';
import { element } from './path.js';

/** One of several messages behind one another; what it is and how it is compressed where the frame or the message around it says so. */
export interface Frame extends Pick<Leaf, 'contentType' | 'encoding'> {
  readonly bytes: Uint8Array;
}

/** Messages that a decoder found behind one another: each is taken apart as a document of its own, under its number from 0. */
export function frameLeaves({ root, keys, work }: Pick<Source, 'root' | 'keys' | 'work'>, frames: readonly Frame[]): readonly Leaf[] {
  const group = work.group();
  return frames.map((frame, index) => ({ path: element(root, index), keys, value: '', kind: 'binary', group, frame: true, ...frame }));
}
