import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import type { Candidate } from '../../src/detect/candidate.js';
import { createDetector } from '../../src/detect/detector.js';
import { NamingBook } from '../../src/detect/naming.js';
import { ReadingMemory } from '../../src/detect/reading-memory.js';
import { limits } from '../../src/limits.js';
import type { RequestMessage } from '../../src/model/exchange.js';
import type { Decoded } from '../../src/model/field.js';
import { dataTypes, decodedOf, request } from './fixture.js';

const MODEL = 'PD2183A';

/** A memory whose reader says where it was asked, and how often. */
function counted() {
  const book = new NamingBook(dataTypes);
  const asked: string[] = [];
  const memory = new ReadingMemory((field, decoded) => {
    asked.push(`${field.kind} ${field.value}`);
    const { direction, message } = decoded;
    const { part, path, steps, value } = field;
    const evidence = {
      ...({
        dataType: 'device_model',
        grade: 'probable',
        detector: 'pattern',
        form: 'plain',
        direction,
        message,
        part,
        path,
        steps,
      } as const),
      ...{ value, span: null, placeholder: false, trace: [] },
    };
    const candidate: Candidate = { evidence, passRate: 1, keyLength: 5, preference: 0 };
    return value.startsWith('none') ? [] : [candidate];
  });
  const read = (decoded: Decoded) => {
    const found = decoded.fields.flatMap((field) => memory.read(field, decoded, book.of(field.keys)));
    memory.settle();
    return found.map(({ evidence }) => `${evidence.direction} ${evidence.path} ${evidence.value}`);
  };
  return { memory, book, asked, read };
}

function modelAt(path: string, value = MODEL, more: object = {}): Decoded {
  return decodedOf([{ path, value, keys: ['model'], part: 'body', ...more }]);
}

describe('ReadingMemory', () => {
  it('reads what comes once in each message twice, and no more', () => {
    const { read, asked } = counted();
    for (let turn = 0; turn < 20; turn++)
      expect(read(modelAt(`body.$.e[${turn}].model`))).toEqual([`request body.$.e[${turn}].model ${MODEL}`]);
    // The second time it is known by its hash, and read once more for keeping.
    expect(asked.length).toBe(3);
  });

  it('gives each place of one message its own path', () => {
    const { read, asked } = counted();
    const fields = Array.from({ length: 9 }, (_, index) => ({
      path: `body.$[${index}].model`,
      value: MODEL,
      keys: ['model'],
      part: 'body' as const,
    }));
    expect(read(decodedOf(fields, 'response'))).toEqual(fields.map(({ path }) => `response ${path} ${MODEL}`));
    expect(asked.length).toBe(2);
    expect(read(modelAt('body.$.x.model'))).toEqual([`request body.$.x.model ${MODEL}`]);
    expect(asked.length).toBe(2);
  });

  it('tells kinds and names apart, and remembers that there was nothing', () => {
    const { read, asked, book, memory } = counted();
    for (let turn = 0; turn < 5; turn++) {
      expect(read(modelAt('body.$.model', '13', { kind: 'number' }))).toHaveLength(1);
      expect(read(modelAt('body.$.model', '13', { kind: 'string' }))).toHaveLength(1);
      expect(read(modelAt('body.$.brand', '13', { keys: ['brand'] }))).toHaveLength(1);
      expect(read(modelAt('body.$.model', 'none'))).toHaveLength(0);
    }
    expect(asked.length).toBe(4 * 3);
    const [leaf] = modelAt('body.$.model', 'none').fields;
    expect(memory.asks(leaf!, book.of(['model']))).toBe(false);
    expect(asked.length).toBe(4 * 3);
  });

  it('does not take the question of the decoder and the reading after it for a value that came twice', () => {
    const { read, asked, book, memory } = counted();
    const decoded = modelAt('body.$.model');
    expect(memory.asks(decoded.fields[0]!, book.of(['model']))).toBe(true);
    expect(read(decoded)).toHaveLength(1);
    expect(asked.length).toBe(1);
  });

  it('is asked each time where the place decides, and of long texts', () => {
    const { read, asked } = counted();
    const long = 'x'.repeat(limits.readingLength + 1);
    for (let turn = 0; turn < 6; turn++) {
      read(modelAt('header.model', MODEL, { part: 'header' }));
      read(modelAt('body.$.model', MODEL, { opened: true }));
      read(modelAt('body.$.basic.password', MODEL, { keys: ['basic', 'password'] }));
      read(modelAt('body.$.model', long));
    }
    expect(asked.length).toBe(24);
  });

  it('gives the same as without memory when more is read than it has places for', () => {
    const { read } = counted();
    for (let turn = 0; turn < 3; turn++)
      for (let index = 0; index < 2 * limits.readingsKept; index += 7)
        expect(read(modelAt('body.$.model', `PD${index}`))).toEqual([`request body.$.model PD${index}`]);
  });
});

describe('a detector with a memory', () => {
  const device = {
    model: MODEL,
    brand: 'vivo',
    os_version: '13',
    imei: '490154203237518',
    network: 'wifi',
    lat: '31.2304',
    lng: '121.4737',
  };
  const person = {
    phone: '13900000000',
    name: '张三',
    email: 'someone@example.com',
    note: '我的手机号是13900000000',
    token: 'x'.repeat(40),
  };
  const bodies = [
    { device },
    { events: [{ device, person }, { device: { ...device, model: 'unknown' }, person }, device, person] },
    { list: [device.imei, device.imei, person.phone], password: 'e10adc3949ba59abbe56e057f20f883e' },
    { basic: { password: 'e10adc3949ba59abbe56e057f20f883e' } },
    { basic: [{ password: 'e10adc3949ba59abbe56e057f20f883e' }] },
    {
      items: [
        { name: 'imei', value: device.imei },
        { name: 'memory', value: '512' },
      ],
      shop: { phone: person.phone },
    },
    { server: { ip: '203.0.113.7', port: 443 }, ip: '203.0.113.7' },
  ];
  const messages: readonly RequestMessage[] = [
    ...bodies.map((body) => request({ body: JSON.stringify(body) })),
    request({ url: 'https://a.example.com/v1/imei/490154203237518?model=PD2183A&phone=13900000000', headers: [['model', MODEL]] }),
    request({ body: new URLSearchParams(Object.entries(device)).toString(), contentType: 'application/x-www-form-urlencoded' }),
  ];

  it('says of every message what one without says, whatever came before', () => {
    const remembering = createDetector({ dataTypes });
    for (let turn = 0; turn < 4; turn++)
      for (const message of messages) {
        const decoded = decodeRequest(message);
        expect(remembering.detect(decoded)).toEqual(createDetector({ dataTypes }).detect(decoded));
      }
  });
});
