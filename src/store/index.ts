export type { Judgement } from './judgement-list.js';
export type { RulesUsed } from './session-list.js';
export { type Erasure, openStore, retentionEdge, type Store, type StoreOptions } from './store.js';
export type { FlushResult, SearchText, Writer } from './writer.js';
