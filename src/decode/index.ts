export { type ExplainStep, explainPath } from './explain.js';
export { contextOf, decodeBytes, decodeRequest, decodeResponse, decodeStreamMessage } from './message.js';
export type { DecodeOptions } from './options.js';
export { type FindImport, linkProto, type ProtoSource } from './proto-link.js';
export { stepWords } from './step-words.js';
export { Triage } from './triage.js';
