import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });

/** What a JSON body gives: type, grade and place, candidates left out. */
export function sure(body: unknown): Array<[dataType: string, grade: string, path: string]> {
  return detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, grade, path }) => [dataType, grade, path]);
}
