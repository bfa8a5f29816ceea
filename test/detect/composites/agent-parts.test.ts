import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const inAgent = (agent: string) =>
  detector
    .detect(decodeRequest(request({ headers: [['user-agent', agent]] })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, span }) => `${dataType}${span === null ? '' : ` ${agent.slice(...span)}`}`);

describe('agent-parts', () => {
  it('finds identifiers that an app adds to its User-Agent, beside the whole', () => {
    expect(inAgent('Dalvik/2.1.0 (Linux; Android 4.4.4) Example 3.5|866123456789018|13912345678|460001234567890')).toEqual([
      'user_agent',
      'imei 866123456789018',
      'phone_number 13912345678',
      'imsi 460001234567890',
    ]);
    expect(inAgent('Example/1.0 (SM-G9910; 3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f; 11)')).toEqual([
      'user_agent',
      'device_uuid 3f0c1d5e-7a2b-4c6d-8e9f-0a1b2c3d4e5f',
    ]);
  });

  it('takes no build, no time and no number of eleven digits alone', () => {
    expect(inAgent('Example/1.0 (Build 13912345678; 1700000000123; 123456789012345)')).toEqual(['user_agent']);
    expect(inAgent('Example/1.0 (00000000-0000-0000-0000-000000000000)')).toEqual(['user_agent']);
  });
});
