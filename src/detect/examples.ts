import type { Decoded, Field } from '../model/field.js';
import type { DataType, Example } from '../model/rulebook.js';
import { createDetector } from './detector.js';

export interface ExampleFailure {
  readonly dataType: string;
  readonly problem: string;
}

/**
 * Runs every `match` and `noMatch` example of the data types through the detector, all types together, so that an example also fails
 * when another type takes its value away. Types found by known values or composites alone are not run: one field cannot show them.
 */
export function runExamples(dataTypes: readonly DataType[]): { readonly run: number; readonly failures: readonly ExampleFailure[] } {
  const detector = createDetector({ dataTypes });
  const failures: ExampleFailure[] = [];
  let run = 0;
  for (const type of dataTypes) {
    if (type.detectable === 'known-value-only' || type.detectable === 'container') continue;
    for (const [examples, wanted] of [
      [type.match, true],
      [type.noMatch, false],
    ] as const) {
      for (const example of examples) {
        run += 1;
        const found = detector
          .detect(messageOf(example))
          .some((evidence) => evidence.dataType === type.id && evidence.grade !== 'candidate');
        if (found !== wanted)
          failures.push({ dataType: type.id, problem: `${wanted ? 'is not found' : 'is found'}: ${JSON.stringify(example)}` });
      }
    }
  }
  return { run, failures };
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
