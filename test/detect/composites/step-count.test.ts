import { expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const walked = (body: object) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'step_count' && grade !== 'candidate')
    .map(({ path }) => path);

it('incident: the steps of a day were not seen for a name that forms have as well', () => {
  expect(walked({ list: [{ step: 10000, calories: 5.0, distance: 666 }] })).toEqual(['body.$.list[0].step']);
  expect(walked({ steps: '8421', calorie: '210' })).toEqual(['body.$.steps']);
});

it('takes no step of a form, of a route or of a recipe', () => {
  expect(walked({ step: 2, page: 'confirm' })).toEqual([]);
  expect(walked({ step: 3, distance: 666, duration: 90 })).toEqual([]);
  expect(walked({ step: 'boil', calories: 120 })).toEqual([]);
});

it('incident: the steps of a recipe were taken for steps that somebody walked', () => {
  expect(walked({ steps: 6, calories: 320, time: '20分钟' })).toEqual([]);
  expect(walked({ steps: 96, calories: 3, distance: 70 })).toEqual(['body.$.steps']);
  expect(walked({ todaySteps: 96, calories: 3 })).toEqual(['body.$.todaySteps']);
});
