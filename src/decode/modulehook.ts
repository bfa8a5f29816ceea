import { limits } from '../limits.js';
import type { Headers } from '../model/exchange.js';
import type { AskHook, HookRunner } from '../model/hook.js';
import type { PersonaModule } from '../model/session.js';
import type { Child } from './decoder.js';
import type { Node } from './node.js';

/** Modules of the tester who owns the app, and who runs them. */
export interface ModuleHooks {
  readonly modules: readonly PersonaModule[];
  readonly runner: HookRunner;
}

/** What is told of the message that the bytes stand in. */
export interface MessageContext {
  readonly host: string;
  /** Of the URL, without the query. */
  readonly path: string;
  readonly headers: Headers;
}

/** The modules as one message meets them: who is asked about what, how often, and what is told. */
export class MessageHooks {
  /** Whether any of them may want text that no decoder would look at. */
  readonly wantsText: boolean;
  readonly #modules: readonly PersonaModule[];
  readonly #ask: AskHook;
  readonly #about: Omit<Parameters<AskHook>[2], 'field'>;
  #calls = 0;

  constructor({ modules, runner }: ModuleHooks, { host, path, headers }: MessageContext) {
    this.#modules = modules;
    this.#ask = runner.begin();
    this.wantsText = modules.some(({ where }) => where !== null && where !== host);
    const joined = new Map<string, string>();
    for (const [name, value] of headers) {
      const before = joined.get(name.toLowerCase());
      joined.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
    }
    this.#about = { host, path, headers: Object.fromEntries(joined) };
  }

  /**
   * Asks in turn until `keep` takes what one made of the bytes. A module that fails leaves that with the node.
   * @returns whether the node was opened.
   */
  open(node: Node, keep: (child: Child) => boolean): boolean {
    const { origin } = node;
    for (const module of this.#modules) {
      // Once on each way: what a module made of its own output would be noise.
      if (!this.#fits(module, node) || origin.steps.includes(module.step)) continue;
      if (this.#calls >= limits.hookCalls) {
        origin.work.hit(origin.path, 'hookCalls');
        return false;
      }
      this.#calls++;
      if (!origin.work.read(node.size, origin.path)) return false;
      node.tried.push(module.step);
      const answer = this.#ask(module, node.bytes, { ...this.#about, field: origin.path });
      if (answer === null) continue;
      if ('failure' in answer) {
        origin.work.hit(origin.path, answer.failure.limit);
        node.failed = [...(node.failed ?? []), answer.failure];
      } else if (answer.bytes.length > 0 && keep({ bytes: answer.bytes, sure: false, step: module.step })) return true;
    }
    return false;
  }

  /** Bytes that are no text are shown to every module; a text value only to one that names its place, or it would be asked about every word. */
  #fits({ where }: PersonaModule, node: Node): boolean {
    const { path, base } = node.origin;
    const named = where !== null && path.startsWith(where);
    if (where !== null && where !== this.#about.host && !named) return false;
    return (node.isBytes && node.read === null) || base || named;
  }
}
