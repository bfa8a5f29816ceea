import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 13_4_1 like Mac OS X) AppleWebKit/605.1.15';
const releases = (query: string, agent: string) =>
  detector
    .detect(decodeRequest(request({ url: `https://api.example.com/x?${query}`, headers: [['user-agent', agent]] })))
    .filter(({ dataType, grade, path }) => dataType === 'os_version' && grade !== 'candidate' && path.startsWith('query.'))
    .map(({ path }) => path);

describe('agent-release', () => {
  it('knows the system’s release again under any short name', () => {
    expect(releases('sv=13.4.1', IPHONE)).toEqual(['query.sv']);
    expect(releases('r=7.1.1', 'Dalvik/2.1.0 (Linux; U; Android 7.1.1; Pixel Build/NMF26F)')).toEqual(['query.r']);
  });

  it('takes no other release, none in two parts and none of a program', () => {
    expect(releases('sv=13.4.2', IPHONE)).toEqual([]);
    expect(releases('sv=13.4', 'Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15')).toEqual([]);
    expect(releases('appver=13.4.1&sdk_v=13.4.1&version=13.4.1', IPHONE)).toEqual([]);
    expect(releases('x=64.1.0', 'Example Android 64.1.0')).toEqual([]);
    expect(releases('sv=13.4.1', 'Example/13.4.1 (release 13.4.1)')).toEqual([]);
  });

  it('incident: the release of the system stayed a clue under `phoneVersion`, which the agent gives in two parts', () => {
    const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15';
    expect(releases('phoneVersion=13.4', agent)).toEqual(['query.phoneVersion']);
    expect(releases('phoneVersion=13.5', agent)).toEqual([]);
    expect(releases('appVersion=13.4&v=13.4&sv=13.4', agent)).toEqual([]);
  });

  it('knows a whole release under a name that speaks of a device, and an agent that is a parameter', () => {
    const agent = 'Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/UP1A.231005.007) AppleWebKit/537.36';
    expect(releases('deviceVersion=14', agent)).toEqual(['query.deviceVersion']);
    expect(releases('deviceVersion=13', agent)).toEqual([]);
    expect(releases('v=14&count=14&appVersion=14&sv=14', agent)).toEqual([]);
    expect(releases(`sv=13.4.1&userAgent=${encodeURIComponent(IPHONE)}`, 'Example')).toContain('query.sv');
  });
});
