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

  it('reads an identifier by the name that the agent gives it', () => {
    expect(inAgent('exampleapp;android;9.4.4;10;network/wifi;oaid/0f0b9c2a3d4e5f60;aid/f3f34488828b105f;model/SM-G9910')).toEqual([
      'user_agent',
      'oaid 0f0b9c2a3d4e5f60',
      'android_id f3f34488828b105f',
    ]);
    expect(inAgent('exampleapp;iPhone;9.3.4;14.3;network/4g;ADID/3F0C1D5E-7A2B-4C6D-8E9F-0A1B2C3D4E5F;appBuild/167502')).toEqual([
      'user_agent',
      'idfa 3F0C1D5E-7A2B-4C6D-8E9F-0A1B2C3D4E5F',
    ]);
    expect(inAgent('Example/1.0 (Linux; Android 11; SM-G9910) deviceId=0f0b9c2a3d4e5f60718293a4b5c6d7e8')).toEqual([
      'user_agent',
      'device_uuid 0f0b9c2a3d4e5f60718293a4b5c6d7e8',
    ]);
  });

  it('takes no name for an identifier by a word alone, and none that says that there is none', () => {
    expect(inAgent('Example/1.0 (iPhone; iOS 14.3) ADID/00000000-0000-0000-0000-000000000000;model/iPhone11')).toEqual(['user_agent']);
    expect(inAgent('Example/1.0 (Linux; Android 11) aid/1128789574986200;build/0f0b9c2a3d4e5f60;commit:0f0b9c2a3d4e5f60718293a4')).toEqual([
      'user_agent',
    ]);
    expect(
      inAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.44 guid/not-available-today'),
    ).toEqual(['user_agent']);
  });

  it('takes no build, no time and no number of eleven digits alone', () => {
    expect(inAgent('Example/1.0 (Build 13912345678; 1700000000123; 123456789012345)')).toEqual(['user_agent']);
    expect(inAgent('Example/1.0 (00000000-0000-0000-0000-000000000000)')).toEqual(['user_agent']);
  });

  it('incident: a name with a stroke in it was read by its last word only', () => {
    expect(
      inAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) example/1.2.3 device-id/0f0b9c2a3d4e5f60718293a4b5c6d7e8'),
    ).toEqual(['user_agent', 'device_uuid 0f0b9c2a3d4e5f60718293a4b5c6d7e8']);
    expect(
      inAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) example/1.2.3 build-id/0f0b9c2a3d4e5f60718293a4b5c6d7e8'),
    ).toEqual(['user_agent']);
  });

  it('knows an identifier again that the rest of the request names', () => {
    const agent = 'exampleapp;iPhone;9.3.2;13.6;0f0b9c2a3d4e5f60718293a4b5c6d7e8a1b2c3d4;network/wifi;abc/0f0b9c2a3d4e5f60718';
    const found = (query: string) =>
      detector
        .detect(decodeRequest(request({ url: `https://api.example.com/x?${query}`, headers: [['user-agent', agent]] })))
        .filter(({ grade, path, span }) => grade !== 'candidate' && path === 'header.user-agent' && span !== null)
        .map(({ dataType, value }) => `${dataType} ${value}`);
    expect(found('openudid=0f0b9c2a3d4e5f60718293a4b5c6d7e8a1b2c3d4')).toEqual(['device_uuid 0f0b9c2a3d4e5f60718293a4b5c6d7e8a1b2c3d4']);
    expect(found('openudid=0f0b9c2a3d4e5f60718293a4b5c6d7e8a1b2c3d5')).toEqual([]);
    expect(found('commit=0f0b9c2a3d4e5f60718293a4b5c6d7e8a1b2c3d4')).toEqual([]);
  });
});
