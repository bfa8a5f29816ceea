import { contextOf, type DecodeOptions, decodeRequest, decodeResponse, decodeStreamMessage, explainPath } from '../decode/index.js';
import type { Explain, ExplainStep, FieldsOf } from '../live/index.js';
import type { Exchange, RequestMessage, ResponseMessage, StreamMessage } from '../model/exchange.js';

/**
 * The way to a field as the page shows it: each decode step with what it read and what it made.
 * @param optionsOf what the session's audit decoded with; a decode that only a known value earned is otherwise not found again.
 */
export function createExplain(optionsOf: (session: string) => DecodeOptions): Explain {
  return (exchange, direction, message, path, session) => {
    const source = messageOf(exchange, direction, message);
    const context = contextOf(exchange.request);
    return source === null ? [] : stepsTo(explainPath(source, path, { context, ...optionsOf(session) }));
  };
}

/** All fields of one message. @param optionsOf as for `createExplain`. */
export function createFields(optionsOf: (session: string) => DecodeOptions): FieldsOf {
  return (exchange, direction, message, session) => {
    const source = messageOf(exchange, direction, message);
    if (source === null) return [];
    const options = { context: contextOf(exchange.request), ...optionsOf(session) };
    if ('method' in source) return decodeRequest(source, options).fields;
    return ('status' in source ? decodeResponse(source, options) : decodeStreamMessage(source, options)).fields;
  };
}

function stepsTo(steps: ReturnType<typeof explainPath>): ExplainStep[] {
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return {
      step: step.step,
      says: step.says,
      path: step.path,
      input: before?.span === undefined ? null : before.text.slice(before.span[0], before.span[1]),
      text: step.text,
      bytes: Buffer.byteLength(step.text),
    };
  });
}

function messageOf(exchange: Exchange, direction: string, index: number | null): RequestMessage | ResponseMessage | StreamMessage | null {
  if (index !== null) return exchange.messages.find((message) => message.index === index) ?? null;
  return direction === 'request' ? exchange.request : exchange.response;
}
