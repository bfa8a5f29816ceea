import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { limits } from '../limits.js';
import type { AskHook, HookAnswer, HookContext, HookFailure, HookRunner } from '../model/hook.js';
import type { PersonaModule } from '../model/session.js';
import { HOOK_THREAD } from './hook-thread.js';

/** What the module's thread says: that it is loaded, or why not; then one word for each question. */
type Word = { readonly ready: true } | { readonly refused: string } | Reply;
type Reply = { readonly bytes: Uint8Array } | Pick<HookFailure, 'limit' | 'detail'> | null;

/** The bounds, smaller in tests. */
export type HookBounds = Record<'hookLoadMs' | 'hookMs' | 'hookMessageMs' | 'hookOverruns' | 'hookOutput' | 'hookMemory', number>;

/**
 * DANGER: runs the tester's modules (see `hook-thread` for what that code may do). Decoding cannot wait for a promise, so this thread
 * sleeps until the module's thread has answered, at most `limits.hookMs`; then that thread is stopped and the question counts as failed.
 * The thread that relays the phone's traffic never decodes it: a slow module makes the analysis late, never the app.
 */
export class HookThreads implements HookRunner {
  readonly #bounds: HookBounds;
  readonly #threads = new Map<string, HookThread>();

  constructor(bounds: Partial<HookBounds> = {}) {
    this.#bounds = { ...limits, ...bounds };
  }

  /** Loads a module if it is not loaded yet. @returns why that is not possible; null where it is. */
  prove(module: PersonaModule): string | null {
    return this.#of(module).load();
  }

  begin(): AskHook {
    let left: number = this.#bounds.hookMessageMs;
    return (module, bytes, context) => {
      if (left <= 0) return failed(module, 'hookMessageMs', 'the time for this message is used up');
      const thread = this.#of(module);
      const refused = thread.load();
      if (refused !== null) return failed(module, 'hookFault', refused);
      const began = performance.now();
      const answer = thread.ask(bytes, context);
      left -= performance.now() - began;
      return answer;
    };
  }

  /** Stops the threads; later questions start new ones. */
  close(): void {
    for (const thread of this.#threads.values()) thread.stop();
    this.#threads.clear();
  }

  #of(module: PersonaModule): HookThread {
    const key = `${module.step} ${module.sha256}`;
    const thread = this.#threads.get(key) ?? new HookThread(module, this.#bounds);
    this.#threads.set(key, thread);
    return thread;
  }
}

function failed({ step }: PersonaModule, limit: HookFailure['limit'], detail: string): HookAnswer {
  return { failure: { step, limit, detail } };
}

/** One module, loaded in a thread of its own. */
class HookThread {
  readonly #module: PersonaModule;
  readonly #bounds: HookBounds;
  #running: { readonly worker: Worker; readonly port: MessagePort; readonly state: Int32Array } | null = null;
  #refused: string | null = null;
  #overruns = 0;

  constructor(module: PersonaModule, bounds: HookBounds) {
    this.#module = module;
    this.#bounds = bounds;
  }

  /** @returns why it cannot be used. That is not tried again: the code does not change. */
  load(): string | null {
    if (this.#running !== null || this.#refused !== null) return this.#refused;
    const { port1: port, port2 } = new MessageChannel();
    const state = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(HOOK_THREAD, {
      eval: true,
      workerData: {
        port: port2,
        state,
        url: `data:text/javascript;base64,${Buffer.from(this.#module.code).toString('base64')}`,
        most: this.#bounds.hookOutput,
      },
      transferList: [port2],
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: this.#bounds.hookMemory / 1024 / 1024 },
    });
    // An end of its own (memory, process.exit) shows as an answer that does not come.
    worker.on('error', () => {});
    worker.unref();
    port.unref();
    this.#running = { worker, port, state };
    const word = this.#wait(0, this.#bounds.hookLoadMs);
    if (word === undefined) this.#refused = `it was not loaded within ${this.#bounds.hookLoadMs} ms`;
    else if (word !== null && 'refused' in word) this.#refused = word.refused;
    if (this.#refused !== null) this.stop();
    return this.#refused;
  }

  ask(bytes: Uint8Array, context: HookContext): HookAnswer {
    const running = this.#running;
    if (running === null || this.#overruns >= this.#bounds.hookOverruns)
      return failed(this.#module, 'hookMs', 'it was too slow too often and is asked no more');
    const before = Atomics.load(running.state, 0);
    running.port.postMessage({ bytes: new Uint8Array(bytes), context });
    const word = this.#wait(before, this.#bounds.hookMs);
    if (word === undefined) {
      this.#overruns++;
      this.stop();
      return failed(this.#module, 'hookMs', `no answer within ${this.#bounds.hookMs} ms`);
    }
    if (word === null || 'ready' in word || 'refused' in word) return null;
    return 'bytes' in word ? word : failed(this.#module, word.limit, word.detail);
  }

  stop(): void {
    const running = this.#running;
    this.#running = null;
    running?.port.close();
    void running?.worker.terminate();
  }

  /** The next word; undefined where none came in time. */
  #wait(before: number, ms: number): Word | undefined {
    if (this.#running === null) return undefined;
    const { state, port } = this.#running;
    Atomics.wait(state, 0, before, ms);
    const received = receiveMessageOnPort(port) as { readonly message: Word } | undefined;
    return received?.message;
  }
}

/** One for each thread that decodes: a module is loaded once in it. */
export const hookRunner = new HookThreads();
