export { makeFolder, prepareFolder } from './directory.js';
export type { Facets } from './facet-list.js';
export { mayPass } from './failure.js';
export type { Judgement } from './judgement-list.js';
export type { KnownValues } from './known-values.js';
export { clearOwner, isAlive as ownerLives, Owner } from './owner.js';
export type { RulesUsed } from './session-list.js';
export { type Erasure, openStore, retentionEdge, type Store, type StoreOptions } from './store.js';
export type { FlushResult, Writer } from './writer.js';
