import type { ProtoSchema } from '../model/proto.js';
import type { PersonaKey } from '../model/session.js';
import type { MessageContext, ModuleHooks } from './modulehook.js';
import type { Triage } from './triage.js';

/** What a caller may ask of the decoding of one message. */
export interface DecodeOptions {
  /** True when a known value is inside: then a doubtful decode is kept. */
  readonly earns?: (bytes: Uint8Array) => boolean;
  /** Key hooks of the tester who owns the app. */
  readonly keys?: readonly PersonaKey[];
  /** Protocol Buffers definitions of the app under test. */
  readonly schemas?: readonly ProtoSchema[];
  /** Key hooks that are code. */
  readonly hooks?: ModuleHooks;
  /** Where the message went and what its headers say, for key hooks. Requests know theirs. */
  readonly context?: MessageContext;
  /** Leaves of JSON that nobody wants are left out of `fields`. Not served where there are key hooks, which may want any text. */
  readonly triage?: Triage;
}
