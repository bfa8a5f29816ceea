export { type ExplainStep, explainPath } from './explain.js';
export { contextOf, decodeBytes, decodeRequest, decodeResponse, decodeStreamMessage } from './message.js';
export { type FindImport, linkProto, type ProtoSource } from './proto-link.js';
export type { DecodeOptions } from './tree.js';
export { Triage } from './triage.js';
