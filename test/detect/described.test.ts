import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { withDescribed } from '../../src/detect/described.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const evidenceOf = (body: object) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })));
const sure = (body: object) => [
  ...new Set(
    evidenceOf(body)
      .filter(({ grade }) => grade === 'strong' || grade === 'probable')
      .map(({ dataType }) => dataType),
  ),
];
const SHOPPER = { realName: '李晓明', phone: '13912345678', email: 'xiaoming@example.com' };
const AGENTS = [
  'Mozilla/5.0 (Linux; Android 13; V2049A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
];

describe('withDescribed', () => {
  it('incident: examples in the description of an interface were told as the user', () => {
    expect(sure(SHOPPER)).toEqual(expect.arrayContaining(['real_name', 'phone_number', 'email']));
    expect(sure({ openapi: '3.1.0', components: { examples: { 'post-order': { value: SHOPPER } } } })).toEqual([]);
    expect(sure({ definitions: { Destination: { type: 'object', example: SHOPPER } } })).toEqual([]);
    expect(sure({ parameters: [{ in: 'body', 'x-examples': { 'application/json': SHOPPER } }] })).toEqual([]);
    expect(sure({ paths: { '/orders': { post: { responses: { 200: { sandbox: [{ response: SHOPPER }] } } } } } })).toEqual([]);
    expect(sure({ '#comment': 'write to xiaoming@example.com' })).toEqual([]);
    // A name that only begins so is no example.
    expect(sure({ exampleApp: SHOPPER })).toContain('phone_number');
  });

  it('incident: requests of a collection to be sent by hand were told as sent', () => {
    const item = [{ name: 'register', request: { method: 'POST', body: { mode: 'raw', raw: JSON.stringify(SHOPPER) } } }];
    expect(sure({ info: { name: 'shop' }, item })).toEqual([]);
    // An item of a shop with a request of its own is none.
    expect(sure({ items: [{ request: SHOPPER }] })).toContain('phone_number');
  });

  it('incident: the processors that packages run on were hardware of the phone', () => {
    const lock = { packages: { '@example/binding-android-arm64@1.0.0': { cpu: ['arm64'], os: ['linux'] } } };
    expect(sure(lock)).toEqual([]);
    expect(sure({ device: { model: 'V2049A', cpu: 'arm64', os: 'Android 13' } })).toContain('hardware_params');
  });

  it('incident: what a drawing numbers, and what drew it, were told of the phone', () => {
    const xml = `<svg><g data-cell-id="11"><text>A</text></g></svg>`;
    const told = detector
      .detect(decodeRequest(request({ headers: [['Content-Type', 'image/svg+xml']], body: xml })))
      .filter(({ grade, part }) => part === 'body' && grade !== 'candidate');
    expect(told).toEqual([]);
    expect(sure({ email: { label: 'E-mail', placeholder: 'z. B. lilei@example.com' } })).toEqual([]);
  });

  it('incident: labels of a cluster, steps of a way and requests kept with their answers were told of the phone', () => {
    expect(sure({ spec: { nodeSelector: { 'kubernetes.io/os': 'linux' } } })).toEqual([]);
    const at = (lat: number) => ({ lat, lng: 120.191234 });
    const steps = [30.281234, 30.291234].map((lat) => ({ start_location: at(lat), end_location: at(lat + 0.01), duration: 60 }));
    expect(sure({ leg: { steps } })).not.toContain('trip_origin');
    expect(sure({ leg: { start_location: at(30.281234), end_location: at(30.381234) } })).toContain('trip_origin');
    const kept = { item: [{ response: [{ originalRequest: { body: { raw: JSON.stringify(SHOPPER) } } }] }] };
    expect(sure({ item: [kept] })).toEqual([]);
  });

  it('incident: the systems of an image and of a build, and the places of a table by names, were told of the phone', () => {
    expect(sure({ manifests: [{ platform: { architecture: 'amd64', os: 'linux' } }] })).toEqual([]);
    expect(sure({ matrix: { platform: ['debian10', 'macos'] } })).toEqual([]);
    const places = [...'ABCDEFGHI'].map((one, index) => [`A${one}`, { lat: 30.281234 + index, lng: 120.191234 - index }] as const);
    expect(sure({ countries: Object.fromEntries(places) })).toEqual([]);
    expect(sure({ countries: Object.fromEntries(places.slice(0, 2)) })).toEqual(['location_precise']);
  });

  it('incident: every line of a table of agents was the agent of the phone', () => {
    expect(sure([{ app: 'Example Player', user_agents: AGENTS }])).toEqual([]);
    expect(sure([{ app: 'Example Player', user_agents: [AGENTS[0]] }])).toContain('user_agent');
  });

  it('keeps what was found as a clue, with the reason in both languages', () => {
    const found = evidenceOf({ example: SHOPPER }).filter(({ dataType }) => dataType === 'phone_number');
    expect(found.map(({ grade }) => grade)).toEqual(['candidate']);
    const line = found[0]?.trace.at(-1);
    expect(line?.rule).toBe('doubt-example');
    expect(line?.text.zh).not.toBe(line?.text.en);
  });

  it('leaves what the test person is known by, and headers', () => {
    const [phone] = evidenceOf({ phone: '13912345678' }).filter(({ dataType }) => dataType === 'phone_number');
    const known = { ...phone!, path: 'body.$.example.phone', grade: 'confirmed' as const };
    const header = { ...phone!, path: 'header.example', part: 'header' as const };
    expect(withDescribed([known, header])).toEqual([known, header]);
  });
});
