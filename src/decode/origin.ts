import type { Child, Leaf, Opener } from './decoder.js';
import type { Draft } from './harvest.js';
import { Node, type NodeOrigin } from './node.js';

/** Where a value of a document stands. @param steps its own. @param depth of its own. */
export function leafOrigin(node: Node, leaf: Leaf, path: string, steps: readonly string[], depth: number): NodeOrigin {
  return {
    path,
    part: node.origin.part,
    steps,
    keys: leaf.keys,
    group: leaf.group,
    depth,
    base: false,
    leaf: true,
    frame: leaf.frame === true,
    truncated: node.origin.truncated,
    contentType: leaf.contentType ?? '',
    encoding: leaf.encoding ?? '',
    parent: node,
    span: leaf.start === undefined || leaf.end === undefined ? null : [leaf.start, leaf.end],
    work: node.origin.work,
  };
}

/** The layer that a decoder found in a node. @param base it is still a whole body. */
export function layerBelow(node: Node, decoder: Opener, child: Child, base: boolean): Node {
  const { origin } = node;
  const step = child.step ?? decoder.id;
  return new Node(
    {
      path: `${origin.path}|${step}`,
      part: origin.part,
      steps: [...origin.steps, step],
      keys: origin.keys,
      group: origin.group,
      depth: origin.depth + 1,
      base,
      leaf: false,
      frame: false,
      truncated: origin.truncated || child.truncated === true,
      contentType: child.contentType ?? (base || decoder.encodings !== undefined ? origin.contentType : ''),
      encoding: origin.encoding,
      parent: node,
      span: child.start === undefined || child.end === undefined ? null : [child.start, child.end],
      work: origin.work,
    },
    child.bytes ?? child.text ?? '',
  );
}

/** A whole field as the leaf it was, with its place in the text. */
export function spanned({ path, keys, value, kind, group }: Draft, spans: readonly number[], index: number): Leaf {
  const start = spans[2 * index];
  const end = spans[2 * index + 1];
  return start === undefined || end === undefined ? { path, keys, value, kind, group } : { path, keys, value, kind, group, start, end };
}
