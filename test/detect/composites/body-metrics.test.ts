import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { composite } from '../../../src/detect/composites/body-metrics.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });

function metrics(body: object): string[] {
  return detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'body_metrics' && grade !== 'candidate')
    .map(({ path }) => path);
}

describe('body-metrics', () => {
  it('takes height and weight beside what describes a person', () => {
    expect(metrics({ height: 170, weight: 62.5, gender: 'female' })).toEqual(['body.$.height', 'body.$.weight']);
    expect(metrics({ height: '1.70', weight: '62', birthday: '1990-03-07' })).toEqual(['body.$.height', 'body.$.weight']);
  });

  it('takes neither alone, nor without a person', () => {
    expect(metrics({ height: 170, gender: 'female' })).toEqual([]);
    expect(metrics({ height: 170, weight: 62.5 })).toEqual([]);
    expect(metrics({ user: { gender: 'female' }, banner: { height: 170, weight: 62 } })).toEqual([]);
  });

  it('takes no sides of a picture and no share of a ranking', () => {
    expect(metrics({ height: 1080, weight: 62, gender: 'female' })).toEqual([]);
    expect(metrics({ height: 170, weight: 0.35, gender: 'female' })).toEqual([]);
  });

  it('is asked only where one of the names stands', () => {
    expect(composite.named?.(['height'], { lookup: () => [] } as never)).toBe(true);
    expect(composite.named?.(['lineHeight'], { lookup: () => [] } as never)).toBe(false);
  });
});
