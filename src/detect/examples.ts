import type { Decoded, Field } from '../model/field.js';
import type { DataType, Endpoint, EndpointField, Example } from '../model/rulebook.js';
import { aroundPart } from './delimited.js';
import { createDetector, type Detector } from './detector.js';
import type { Place } from './endpoint.js';

export interface ExampleFailure {
  readonly dataType: string;
  readonly problem: string;
}

/**
 * Runs every `match` and `noMatch` example of the data types through the detector, all types together, so that an example also fails
 * when another type takes its value away. Types found by known values or composites alone are not run: one field cannot show them.
 */
export function runExamples(
  dataTypes: readonly DataType[],
  endpoints: readonly Endpoint[] = [],
): { readonly run: number; readonly failures: readonly ExampleFailure[] } {
  const detector = createDetector({ dataTypes, endpoints });
  const failures: ExampleFailure[] = [];
  let run = 0;
  for (const type of dataTypes) {
    if (type.detectable === 'known-value-only' || type.detectable === 'container') continue;
    // Of a type that a name makes no more than a clue, a clue is all that an example can show.
    const clue = type.detect.withKey === 'candidate';
    for (const [examples, wanted] of [
      [type.match, true],
      [type.noMatch, false],
    ] as const) {
      for (const example of examples) {
        run += 1;
        const found = detector
          .detect(messageOf(example))
          .some((evidence) => evidence.dataType === type.id && (evidence.grade !== 'candidate' || (wanted && clue)));
        if (found !== wanted)
          failures.push({ dataType: type.id, problem: `${wanted ? 'is not found' : 'is found'}: ${JSON.stringify(example)}` });
      }
    }
  }
  for (const endpoint of endpoints)
    for (const field of endpoint.fields)
      for (const [values, wanted] of [
        [field.match, true],
        [field.noMatch, false],
      ] as const)
        for (const value of values) {
          run += 1;
          if (isTold(detector, endpoint, field, value) !== wanted)
            failures.push({
              dataType: field.type ?? 'no data type',
              problem: `endpoint ${endpoint.id}, ${field.key ?? field.path ?? ''} ${wanted ? 'is not found' : 'is found'}: ${JSON.stringify(value)}`,
            });
        }
  return { run, failures };
}

/** A message to the first host and path of the endpoint, with what must stand in it and beside the field. */
function isTold(detector: Detector, endpoint: Endpoint, field: EndpointField, value: string): boolean {
  const keys = (field.key ?? field.path?.replace(/\*/g, '').split('.').slice(1).join('.') ?? '').split('.');
  const path = field.path?.replace(/^\*/, 'body.').replace(/\*/g, '') ?? ['body.$', ...keys].join('.');
  const fields = [
    fieldOf(path, keys, field.part === null ? value : aroundPart(value, field.part)),
    ...Object.entries(field.beside).map(([name, other]) => fieldOf(`body.$.${name}`, [...keys.slice(0, -1), name], other)),
    ...endpoint.having.map((name) => fieldOf(`body.$.${name}.there`, name.split('.'), '')),
  ];
  const place: Place = { host: endpoint.hosts[0] ?? 'endpoint.invalid', path: endpoint.paths[0]?.replace(/\*/g, 'x') ?? '/' };
  const found = detector
    .detect({ direction: 'request', message: null, fields, layers: [], opaque: [], limits: [] }, place)
    .filter((evidence) => evidence.path === path && evidence.grade !== 'candidate');
  return field.type === null ? found.length === 0 : found.some(({ dataType }) => dataType === field.type);
}

function fieldOf(path: string, keys: readonly string[], value: string): Field {
  const part = (/^[a-z]+/.exec(path)?.[0] ?? 'body') as Field['part'];
  return { path, part, keys, value, kind: 'string', steps: [], group: 1 };
}

/** A JSON body with this one field. */
function messageOf(example: Example): Decoded {
  const keys = example.key === undefined ? [] : example.key.split('.');
  const field: Field = {
    path: ['body.$', ...keys].join('.'),
    part: 'body',
    keys,
    value: example.value,
    kind: 'string',
    steps: ['json'],
    group: 1,
  };
  return { direction: 'request', message: null, fields: [field], layers: [], opaque: [], limits: [] };
}
