/**
 * DANGER: this text runs code of the tester's with the tester's own rights. It may read files and use the network; nothing here keeps it from that.
 * What fences it: it is never run without being allowed by flag, environment or user file (`hook-module`); it has a thread of its own that
 * is stopped when it takes too long or too much memory; it gets copies and gives copies; its output goes nowhere; the environment is empty.
 *
 * Text, not a file: the thread is the same whether the program runs built or from source. It is started with `ThreadStart`, loads the
 * module from a `data:` URL, so that the bytes that were hashed are the bytes that run and no other file can be imported beside it, and
 * counts each word it says in `state[0]`, which wakes whoever waits.
 */
export const HOOK_THREAD = `
const { workerData } = require('node:worker_threads');
const { port, state, url, most } = workerData;
process.stdout.write = process.stderr.write = () => true;
function say(word) {
  port.postMessage(word);
  Atomics.add(state, 0, 1);
  Atomics.notify(state, 0);
}
function told(error) {
  return String(error instanceof Error ? error.message : error).slice(0, 200);
}
function answer(open, bytes, context) {
  try {
    const made = open(bytes, context);
    if (made === null || made === undefined) return null;
    if (!(made instanceof Uint8Array)) return { limit: 'hookFault', detail: typeof made.then === 'function' ? 'it is asynchronous' : 'it answered neither bytes nor null' };
    if (made.byteLength > most) return { limit: 'hookOutput', detail: made.byteLength + ' bytes' };
    return { bytes: new Uint8Array(made) };
  } catch (error) {
    return { limit: 'hookFault', detail: told(error) };
  }
}
import(url).then(
  (module) => {
    const { open } = module;
    if (typeof open !== 'function') return say({ refused: 'it exports no function "open"' });
    port.on('message', ({ bytes, context }) => say(answer(open, bytes, context)));
    say({ ready: true });
  },
  (error) => say({ refused: told(error) }),
);
`;
