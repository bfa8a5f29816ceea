import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { decodeRequest } from '../../../src/decode/index.js';
import { element, member } from '../../../src/decode/path.js';
import { createAnalyst } from '../../../src/session/analyst.js';
import { dataTypes } from '../../detect/fixture.js';
import { threadTime } from '../../processor-time.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, request, under } from '../sample.js';

const TYPE = 'application/yaml';

/** As PyYAML writes it (`safe_dump`, with `allow_unicode`): lists stand as far left as their name. */
const PYTHON = `device:
  imei: '490154203237518'
  lat: 31.2304
  ok: true
  none: null
user:
  name: 张三
  note: 'it''s a long text that goes on in the
    next line'
  phones:
  - '13900000001'
  - kind: home
    number: "13900000002"
`;
const FIELDS = {
  '.device.imei': '490154203237518',
  '.device.lat': '31.2304',
  '.device.ok': 'true',
  '.device.none': 'null',
  '.user.name': '张三',
  '.user.note': "it's a long text that goes on in the next line",
  '.user.phones[0]': '13900000001',
  '.user.phones[1].kind': 'home',
  '.user.phones[1].number': '13900000002',
};

const yamlOf = (text: string) => Object.keys(opened(text)).filter((path) => path.includes('|yaml'));

test('names of all objects around a value, with the content type and without, as a value too', () => {
  for (const type of [TYPE, 'text/yaml; charset=utf-8', 'application/x-yaml', 'application/openapi+yaml', undefined])
    expect(opened(PYTHON, type)).toMatchObject(under('body|yaml', FIELDS));
  expect(inside(PYTHON, 'utf8')).toMatchObject(under('|yaml', FIELDS));
});

test('literal and folded texts, collections between brackets, tags, anchors, comments', () => {
  const text = `# written by a program
%YAML 1.2
---
text: |-   # as it stands
  first line
    second: line

folded: >
  one
  two
flow: { imei: "490154203237518", list: [a, 'b, c', {d: e}],
  more: 1 } # behind
"quoted name": !!str 5
base: &base
  a: 1
use: *base
empty:
url: https://a.test/?a=b#c
...
`;
  expect(opened(text, TYPE)).toMatchObject({
    'body|yaml.text': 'first line\n  second: line',
    'body|yaml.folded': 'one two',
    'body|yaml.flow.imei': '490154203237518',
    'body|yaml.flow.list[1]': 'b, c',
    'body|yaml.flow.list[2].d': 'e',
    'body|yaml.flow.more': '1',
    'body|yaml["quoted name"]': '5',
    'body|yaml.base.a': '1',
    'body|yaml.use': '*base',
    'body|yaml.empty': 'null',
    'body|yaml.url': 'https://a.test/?a=b#c',
  });
});

test('lists in lists, lists at the top, several documents', () => {
  expect(opened('- imei: "490154203237518"\n  os: 14\n- - a\n  - b\n', TYPE)).toMatchObject({
    'body|yaml[0].imei': '490154203237518',
    'body|yaml[0].os': '14',
    'body|yaml[1][0]': 'a',
    'body|yaml[1][1]': 'b',
  });
  expect(opened('---\nname: a\nphone: 13900000001\n---\nname: b\nphone: 13900000002\n')).toMatchObject({
    'body|yaml[0].phone': '13900000001',
    'body|yaml[1].phone': '13900000002',
  });
});

test('what it cannot read stays a text', () => {
  const broken = opened('a:\n  b: 1\n c: 13900000001\n', TYPE);
  expect(broken).toMatchObject({ 'body|yaml.a.b': '1' });
  expect(Object.entries(broken).some(([path, value]) => path.endsWith('text') && value.includes('13900000001'))).toBe(true);
  expect(opened('a: "never closed\nb: 13900000001', TYPE)['body.text']).toContain('13900000001');
});

test('prose, logs, cards, code and what is flat are none without the content type', () => {
  for (const text of [
    'Dear all:\n  we meet at: ten\nbye',
    'name: a\nphone: 13900000001\nmail: b',
    'Error: failed\n  at: run\n  by: me\n  of: a',
    'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:a\r\nEND:VCARD\r\n',
    'steps to do it:\n  - first one: open the box\n  - second one: close it',
    'switch (a) {\n  case b:\n    c: d;\n}',
    '---\nTitle of a page\n---\ntext: one\nmore: two\n',
    '--boundary\nname: a\nphone: b\n',
    'imei: a\nlist:\n\t- tab: b\n\t- tab: c',
  ])
    expect(yamlOf(text), text).toEqual([]);
});

describe('whose a value is', () => {
  const analyst = createAnalyst({ dataTypes: [...dataTypes], persona: null, tagKey: new Uint8Array(32) });
  const found = (body: string, type?: string) =>
    analyst
      .request(request(type === undefined ? { body } : { body, type }))
      .evidence.map(({ dataType, grade, path }) => `${dataType} ${grade} ${path.replace(/^body(?:\|yaml|\.\$)/, '')}`);

  test('is told as it is in JSON', () => {
    const documents = [
      {
        user: { name: '王伟', phone: '13800000137', idCard: '110101199003070732' },
        device: { imei: '860000000000004', model: 'LYA-AL10' },
      },
      { merchant: { name: '王伟', phone: '13800000137' }, orders: [{ courier: { phone: '13800000174', name: '李娜' } }] },
    ];
    for (const document of documents) {
      expect(found(stringify(document), TYPE)).toEqual(found(JSON.stringify(document)));
      expect(found(stringify(document))).toEqual(found(JSON.stringify(document)));
    }
    expect(found(stringify(documents[0]))).not.toEqual([]);
  });
});

test('whatever is written is read', () => {
  const name = fc
    .stringMatching(/^[A-Za-z_\u4e00-\u9fa5][\w\u4e00-\u9fa5-]{0,12}$/)
    .filter((text) => !/^(?:true|false|null|y|n|yes|no|on|off)$/i.test(text));
  const scalar = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ab1 :#-{}[],&*!|>\'"%@`张😀\n?~.'), maxLength: 30 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 80, maxLength: 200 }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3 }),
    ),
  }));
  const leavesOf = (path: string, each: unknown): Array<readonly [string, string]> => {
    if (typeof each !== 'object' || each === null) return [[path, Object.is(each, -0) ? '-0' : String(each)]];
    return Array.isArray(each)
      ? each.flatMap((inner, index) => leavesOf(element(path, index), inner))
      : Object.entries(each).flatMap(([key, inner]) => leavesOf(member(path, key), inner));
  };
  fc.assert(
    fc.property(
      fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }),
      fc.constantFrom('BLOCK_LITERAL', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'),
      fc.boolean(),
      (document, style, flow) => {
        // Between brackets the writer leaves such a text unquoted where it folds it; whoever reads it finds a name.
        fc.pre(!flow || leavesOf('', document).every(([, text]) => !/^[:?-]\s|:\s*\n/.test(text)));
        const written = stringify(document, {
          defaultStringType: style as 'PLAIN',
          defaultKeyType: 'PLAIN',
          collectionStyle: flow ? 'flow' : 'any',
        });
        const fields = opened(written, TYPE);
        const space = (text: string) => text.replace(/\s+/g, ' ').trim();
        for (const [path, expected] of leavesOf('body|yaml', document))
          expect(space(fields[path] ?? 'absent'), `${path} in ${written}`).toBe(space(expected));
      },
    ),
    { numRuns: 300, endOnFailure: true },
  );
});

test('a million lists in one line, and brackets that nobody closes, are bounded', () => {
  const of = (body: string) => [...new Set(decodeRequest(request({ body, type: TYPE })).limits.map(({ limit }) => limit))];
  expect(of('- '.repeat(100_000))).toEqual(['structDepth']);
  expect(of(`a: ${'['.repeat(100_000)}`)).toEqual(['structDepth']);
  expect(of(Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n'))).toEqual(['decodeFields']);
  const long = 200_000;
  for (const slow of [
    `a: x${' '.repeat(long)}y`,
    `a: "${' '.repeat(long)}y"`,
    `a: '${'\n '.repeat(long)}'`,
    `${'\n'.repeat(long)}a:\n b: c`,
    `a: [${'"x" '.repeat(long)}`,
  ]) {
    const started = threadTime();
    decodeRequest(request({ body: slow, type: TYPE }));
    decodeRequest(request({ body: slow }));
    expect(threadTime() - started).toBeLessThan(1_000);
  }
  expect(limitsOf(Buffer.from(`---\na:\n${'- '.repeat(1_000)}`))).toContain('structDepth');
});

nearMisses('yaml', { content: PYTHON });
nearMisses('yaml', { content: PYTHON, type: TYPE });

test('incident: comments of YAML stood in no field, and a number in one was found by nobody', () => {
  const text =
    '# call 13900000001\ndevice:\n  os: a # of the test\n  imei: "490154203237518" # 13900000002\n  tags: [a, # inside\n    b]\nuser: b\nmore: c # end\n';
  for (const type of [TYPE, undefined])
    expect(opened(text, type)['body|yaml#']).toBe('# call 13900000001\n# of the test\n# 13900000002\n# inside\n# end');
  const found = createAnalyst({ dataTypes, persona: null, tagKey: new Uint8Array(32) }).request(request({ body: text, type: TYPE }));
  expect(found.evidence.filter(({ dataType }) => dataType === 'phone_number').map(({ value }) => value)).toEqual([
    '13900000001',
    '13900000002',
  ]);
  expect(opened('a: "# no comment"\nb: c#d\n', TYPE)['body|yaml#']).toBeUndefined();
});

test('incident: names that came twice in YAML had one path', () => {
  expect(opened('user:\n  phone: 1\n  phone: 2\nflow: { a: 3, a: 4 }\n', TYPE)).toMatchObject(
    under('body|yaml', { '.user.phone': '1', '.user.phone[1]': '2', '.flow.a': '3', '.flow.a[1]': '4' }),
  );
});

test('incident: a program of Python and what several people said were read as YAML', () => {
  for (const text of [
    'try:\n  phone = "13900000001"\nexcept:\n  raise\nfinally:\n  pass\n',
    'Alice:\n- hi\n- there\nBob:\n- hello\nCarol:\n- bye\n',
  ])
    expect(yamlOf(text), text).toEqual([]);
});

test('incident: a text whose head says how far it stands in lost what stood left of its first line', () => {
  expect(opened('a:\n- - |2-\n     }\n    @\nb: >1\n  x\n y\n', TYPE)).toMatchObject(
    under('body|yaml', { '.a[0][0]': ' }\n@', '.b': ' x y' }),
  );
});
