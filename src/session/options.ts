import type { Attribution, Sender } from '../model/exchange.js';
import type { HookRunner } from '../model/hook.js';
import type { CountryTable } from '../model/party.js';
import type { ProtoSchema } from '../model/proto.js';
import type { Rulebook } from '../model/rulebook.js';
import type { Persona, Session, Subject } from '../model/session.js';
import type { AuditSink } from './audit-sink.js';

/** What an audit is made of. */
export interface AuditOptions {
  readonly session: Session;
  readonly rulebook: Rulebook;
  readonly persona: Persona | null;
  /** Protocol Buffers definitions of the app under test (`--proto`). */
  readonly schemas?: readonly ProtoSchema[];
  /** Runs the persona's modules, if it has any. */
  readonly hooks?: HookRunner;
  readonly tagKey: Uint8Array;
  readonly sink: AuditSink;
  /** Judge responses too (`--responses`). */
  readonly responses?: boolean;
  /** Recognise values that one server handed out in requests to another; on unless switched off. */
  readonly follow?: boolean;
  /** Where an address is registered, if there is a table. A host counts by the first address it was reached at. */
  readonly countries?: CountryTable | null;
  /** Which app or mini program a request or connection belongs to; null: nothing tells, and it counts for the app under test. */
  readonly attribute?: (sender: Sender, subject: Subject) => Attribution | null;
}
