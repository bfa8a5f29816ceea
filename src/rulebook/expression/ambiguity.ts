import type { Automaton } from './automaton.js';

/**
 * Ambiguity is what makes a backtracking engine slow: the text that fails at its end is tried again in every way it can be read.
 * Exponential: one loop reads a text in two ways (Weber and Seidl 1991, criterion EDA). Polynomial: two loops one after the other
 * can share a text in many ways (criterion IDA). `^(a+)+$` is the first, `^\d+\d+$` the second.
 */
export type Ambiguity = 'exponential' | 'polynomial' | null;

/** Each position's set as bits over the pieces into which all sets together cut the alphabet. */
function pieces(automaton: Automaton): readonly bigint[] {
  const cuts = [...new Set(automaton.sets.flatMap((ranges) => ranges.flatMap(([from, to]) => [from, to + 1])))].sort((a, b) => a - b);
  return automaton.sets.map((ranges) =>
    cuts.reduce((bits, cut, index) => (ranges.some(([from, to]) => from <= cut && cut <= to) ? bits | (1n << BigInt(index)) : bits), 0n),
  );
}

/** Number of the strongly connected component of each node, or -1 for nodes on no cycle. */
function cycles(size: number, next: (node: number) => Iterable<number>): Int32Array {
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const component = new Int32Array(size).fill(-1);
  const open: number[] = [];
  const isOpen = new Uint8Array(size);
  let count = 0;
  let components = 0;
  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    const frames: Array<{ node: number; edges: Iterator<number> }> = [];
    const enter = (node: number): void => {
      order[node] = low[node] = count++;
      open.push(node);
      isOpen[node] = 1;
      frames.push({ node, edges: next(node)[Symbol.iterator]() });
    };
    enter(root);
    while (frames.length > 0) {
      const frame = frames[frames.length - 1]!;
      const edge = frame.edges.next();
      if (!edge.done) {
        const to = edge.value;
        if (order[to] === -1) enter(to);
        else if (isOpen[to] === 1) low[frame.node] = Math.min(low[frame.node]!, order[to]!);
        continue;
      }
      frames.pop();
      const above = frames[frames.length - 1];
      if (above !== undefined) low[above.node] = Math.min(low[above.node]!, low[frame.node]!);
      if (low[frame.node] !== order[frame.node]) continue;
      const members: number[] = [];
      let member: number;
      do {
        member = open.pop()!;
        isOpen[member] = 0;
        members.push(member);
      } while (member !== frame.node);
      const loops = members.length > 1 || [...next(frame.node)].includes(frame.node);
      if (loops) {
        for (const one of members) component[one] = components;
        components++;
      }
    }
  }
  return component;
}

function isExponential(automaton: Automaton, bits: readonly bigint[], component: Int32Array): boolean {
  const inLoop = (node: number): number[] => [...automaton.next[node]!.keys()].filter((to) => component[to] === component[node]);
  const groups = new Map<number, number[]>();
  for (const [node, number] of component.entries()) if (number >= 0) groups.set(number, [...(groups.get(number) ?? []), node]);
  for (const [number, nodes] of groups) {
    for (const node of nodes) for (const [to, ways] of automaton.next[node]!) if (ways > 1 && component[to] === number) return true;
    const place = new Map(nodes.map((node, index) => [node, index]));
    const width = nodes.length;
    const pairs = cycles(width * width, (pair) => {
      const [a, b] = [nodes[Math.floor(pair / width)]!, nodes[pair % width]!];
      return inLoop(a).flatMap((toA) =>
        inLoop(b)
          .filter((toB) => (bits[toA]! & bits[toB]!) !== 0n)
          .map((toB) => place.get(toA)! * width + place.get(toB)!),
      );
    });
    const same = new Set<number>();
    for (let index = 0; index < width; index++) same.add(pairs[index * width + index]!);
    for (const [pair, cycle] of pairs.entries())
      if (cycle >= 0 && Math.floor(pair / width) !== pair % width && same.has(cycle)) return true;
  }
  return false;
}

/** Is there a text that leads from loop state `p` back to `p`, from `p` to `q`, and from `q` back to `q`? */
function sharesText(automaton: Automaton, bits: readonly bigint[], component: Int32Array, p: number, q: number): boolean {
  const size = automaton.sets.length;
  const goal = (p * size + q) * size + q;
  const start = (p * size + p) * size + q;
  const seen = new Set([start]);
  const queue = [start];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const [a, b, c] = [Math.floor(at / (size * size)), Math.floor(at / size) % size, at % size];
    for (const toA of automaton.next[a]!.keys()) {
      if (component[toA] !== component[p]) continue;
      for (const toC of automaton.next[c]!.keys()) {
        if (component[toC] !== component[q]) continue;
        const shared = bits[toA]! & bits[toC]!;
        if (shared === 0n) continue;
        for (const toB of automaton.next[b]!.keys()) {
          if ((shared & bits[toB]!) === 0n) continue;
          const to = (toA * size + toB) * size + toC;
          if (to === goal) return true;
          if (!seen.has(to)) {
            seen.add(to);
            queue.push(to);
          }
        }
      }
    }
  }
  return false;
}

/**
 * How much longer an expression may look for each further character. The search is bounded by the size of the automaton.
 * @returns null: at most in proportion to the text.
 */
export function ambiguity(automaton: Automaton): Ambiguity {
  const bits = pieces(automaton);
  const component = cycles(automaton.sets.length, (node) => automaton.next[node]!.keys());
  if (isExponential(automaton, bits, component)) return 'exponential';
  const loops = [...component.keys()].filter((node) => component[node]! >= 0);
  for (const p of loops)
    for (const q of loops) if (component[p] !== component[q] && sharesText(automaton, bits, component, p, q)) return 'polynomial';
  return null;
}
