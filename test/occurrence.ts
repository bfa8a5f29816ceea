import type { Occurrence } from '../src/model/finding.js';

/** A known value in the body of a request, with what a test wants otherwise. */
export function occurrenceOf(part: Partial<Occurrence> = {}): Occurrence {
  return {
    dataType: 'imei',
    grade: 'confirmed',
    detector: 'known-value',
    form: 'plain',
    direction: 'request',
    message: null,
    part: 'body',
    path: 'body.$.imei',
    steps: ['json'],
    value: 'value',
    span: null,
    placeholder: false,
    trace: [],
    exchange: 0,
    at: 0,
    url: 'https://api.example.test/',
    method: 'POST',
    host: 'api.example.test',
    secure: true,
    app: 'main',
    scene: null,
    masked: '***',
    tag: '00000000',
    ...part,
  };
}
