export { type ExplainStep, explainPath } from './explain.js';
export { contextOf, decodeBytes, decodeRequest, decodeResponse, decodeStreamMessage } from './message.js';
export { parseProto } from './proto.js';
export type { DecodeOptions } from './tree.js';
