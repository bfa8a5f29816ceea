/**
 * How fast is the analysis of one thread? JSON with a persona of 40 values: the search for known values alone, decoding, detection, and all
 * of it as a session runs it; `JSON.parse` and a walk that writes paths in the same run as the measure of the machine. Processor time,
 * best of `--rounds` (5). `node --import tsx scripts/bench/analysis.ts [--megabytes 8]`.
 *
 * Each set says how much of the text of its leaves was read leaf by leaf: behind the bounds (`decodeFields` leaves that are wanted,
 * `decodeIdle` others, `bodyKept` bytes) only known values are searched, and what is measured there is no speed of the analysis. It says too
 * how much came again: what was read of a value under its names is remembered, and each round sends the same messages, so that a set is only
 * as fresh as it is larger than that memory (`readingsKept`).
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RequestMessage } from '../../src/model/exchange.js';
import type { Decoded } from '../../src/model/field.js';
import type { Persona } from '../../src/model/session.js';

const { values: flags } = parseArgs({
  options: { megabytes: { type: 'string', default: '8' }, rounds: { type: 'string', default: '5' } },
});
// The built program: a loader that keeps names for stack traces would cost a third.
const dist = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;
const { decodeRequest, Triage } = (await import(dist('decode/index.js'))) as typeof import('../../src/decode/index.js');
const { createDetector } = (await import(dist('detect/detector.js'))) as typeof import('../../src/detect/detector.js');
const { createKnownValues } = (await import(dist('detect/known-values.js'))) as typeof import('../../src/detect/known-values.js');
const { makePersona } = (await import(dist('persona/synthetic.js'))) as typeof import('../../src/persona/synthetic.js');
const { loadRulebook } = (await import(dist('rulebook/load.js'))) as typeof import('../../src/rulebook/load.js');
const { createAnalyst } = (await import(dist('session/analyst.js'))) as typeof import('../../src/session/analyst.js');

const VALUES = 40;
const PLACE = { host: 'log.example.com', path: '/collect/v2' };

function persona(): Persona {
  let left = VALUES;
  const whole = makePersona('bench');
  const values: Record<string, readonly string[]> = {};
  for (const [type, list] of Object.entries(whole.values)) {
    if (left > 0) values[type] = list.slice(0, left);
    left -= list.length;
  }
  return { ...whole, values };
}

/** Repeatable draws: numbers, digits, hexadecimal ones, one of several words. */
function draws(seed: string) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) >>> 3;
  };
  return {
    next,
    digits: (count: number) => Array.from({ length: count }, () => next() % 10).join(''),
    hex: (count: number) => Array.from({ length: count }, () => (next() & 15).toString(16)).join(''),
    pick: (all: readonly string[]) => all[next() % all.length] ?? '',
  };
}

const pages = ['home', 'detail', 'cart', 'search', 'profile', 'video', 'order_list'];
const words = ['春季新款连衣裙', '手机壳透明', '今日热点', 'running shoes', 'usb c cable', '蓝牙耳机 降噪'];

/** Repeatable events of a shop: ids, clocks, addresses of pictures, exposures. @param known values that a share of the messages carry. */
function* bodies(seed: string, least: number, most: number, known: Persona | null): Generator<Buffer> {
  const { next, digits, hex, pick } = draws(seed);
  const person =
    known === null ? {} : Object.fromEntries(['imei', 'oaid', 'android_id', 'phone_number'].map((type) => [type, known.values[type]?.[0]]));
  let clock = 1_760_000_000_000;
  for (;;) {
    const size = least + (next() % (most - least));
    const events: unknown[] = [];
    for (let bytes = 0; bytes < size; ) {
      clock += next() % 4_000;
      const event = {
        event: pick(['page_view', 'item_click', 'cart_add', 'search_submit', 'video_play']),
        ts: clock,
        seq: next() % 100_000,
        session_id: hex(32),
        page: { name: pick(pages), refer: pick(pages), duration: next() % 60_000 },
        item: {
          id: Number(digits(9)),
          title: pick(words),
          price: (next() % 99_900) / 100,
          image: `https://img.example.com/${hex(24)}.webp?w=375&q=80`,
        },
        expo: Array.from({ length: 1 + (next() % 6) }, (_, pos) => ({
          pos,
          sku: digits(12),
          score: (next() % 1_000_000) / 1e6,
          clicked: next() % 7 === 0,
        })),
        trace_id: hex(16),
        net: { rtt: next() % 300, ok: true, err: null },
      };
      events.push(event);
      bytes += JSON.stringify(event).length;
    }
    yield Buffer.from(
      JSON.stringify({ app: 'com.example.shop', device: { model: 'PD2183A', os: 'Android', ...person }, upload_time: clock, events }),
    );
  }
}

/**
 * Events as an analytics SDK sends them: each repeats what it knows of the device, the app and the account, eighteen finds in some thousand
 * bytes. @param fresh every event is of another device, so that no identifier, model or version comes again but by chance.
 */
function* reports(seed: string, least: number, most: number, fresh: boolean): Generator<Buffer> {
  const { next, digits, hex, pick } = draws(seed);
  const device = () => ({
    $lib: 'Android',
    $lib_version: '6.8.2',
    $app_version: `8.${next() % 99}.${next() % 99}`,
    $app_id: `com.example${digits(4)}.shop`,
    $app_name: '示例商城',
    $os: 'Android',
    $os_version: String(8 + (next() % 7)),
    $manufacturer: 'vivo',
    $brand: 'vivo',
    $model: `${pick(['PD', 'V', 'M', 'RMX'])}${digits(4)}A`,
    $screen_width: 700 + (next() % 900),
    $screen_height: 1_200 + (next() % 1_900),
    $carrier: pick(['中国移动', '中国联通', '中国电信']),
    $network_type: pick(['WIFI', '4G', '5G']),
    $wifi: next() % 2 === 0,
    $timezone_offset: -480,
    $device_id: hex(16),
    $is_first_day: false,
    anonymous_id: hex(16),
    oaid: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    channel: `ch${digits(4)}`,
    platform: 'android',
    lang: 'zh_CN',
  });
  const who = () => ({
    distinct_id: digits(10),
    session_id: hex(32),
    $url: `https://m.example.com/detail?id=${digits(7)}&from=${pick(pages)}`,
  });
  const same = { device: device(), who: who() };
  let clock = 1_760_000_000_000;
  for (;;) {
    const size = least + (next() % (most - least));
    const events: unknown[] = [];
    for (let bytes = 0; bytes < size; ) {
      clock += next() % 4_000;
      const { distinct_id, ...where } = fresh ? who() : same.who;
      const event = {
        _track_id: next() % 1_000_000_000,
        time: clock,
        type: 'track',
        distinct_id,
        event: pick(['$AppViewScreen', '$AppClick', 'ProductExpose', 'AddCart']),
        lib: { $lib: 'Android', $lib_version: '6.8.2', $lib_method: 'code' },
        properties: {
          ...(fresh ? device() : same.device),
          ...where,
          $screen_name: pick(pages),
          $title: pick(words),
          event_duration: (next() % 99_900) / 1_000,
          sku: digits(12),
          request_id: hex(32),
        },
      };
      events.push(event);
      bytes += JSON.stringify(event).length;
    }
    yield Buffer.from(JSON.stringify({ app: 'com.example.shop', upload_time: clock, events }));
  }
}

/** A list of articles with their texts, some 90 bytes a leaf: what a body of a megabyte is that stays below the bounds. */
function* articles(seed: string, least: number): Generator<Buffer> {
  let turn = 0;
  const pick = (all: readonly string[], salt: string) =>
    all[createHash('sha256').update(`${seed} ${turn} ${salt}`).digest().readUInt32LE(0) % all.length] ?? '';
  const texts = [
    'The harbour was quiet when the first boats came back, and nobody on the quay asked what the night had been like for them.',
    '雨停之后，山路上的行人渐渐多了起来，茶馆门口的灯也一盏一盏亮了，掌柜把昨天没卖完的点心又热了一遍。',
    'Three rooms, a kitchen and a garden; the owner wants to sell before the winter and would rather not talk about the roof.',
  ];
  for (;;) {
    const list: unknown[] = [];
    for (let bytes = 0; bytes < least; turn++) {
      const article = {
        aid: turn,
        headline: pick(texts, 'a').slice(0, 40),
        teaser: pick(texts, 'b'),
        text: Array.from({ length: 4 }, (_, index) => `${pick(texts, `c${index}`)} ${pick(texts, `d${index}`)}`).join('\n'),
        section: pick(['politics', 'sport', 'culture', 'travel'], 'e'),
        words: 80 + (turn % 70),
        comments: [pick(texts, 'f'), pick(texts, 'g')],
        open: turn % 3 === 0,
      };
      list.push(article);
      bytes += Buffer.byteLength(JSON.stringify(article));
    }
    yield Buffer.from(JSON.stringify({ edition: turn, list }));
  }
}

function requests(megabytes: number, made: Generator<Buffer>): RequestMessage[] {
  const all: RequestMessage[] = [];
  let total = 0;
  for (const bytes of made) {
    all.push({
      method: 'POST',
      target: PLACE.path,
      url: `https://${PLACE.host}${PLACE.path}`,
      httpVersion: '1.1',
      headers: [
        ['host', PLACE.host],
        ['content-type', 'application/json'],
      ],
      trailers: [],
      body: { bytes, size: bytes.length, sha256: '', truncated: false },
    });
    total += bytes.length;
    if (total >= megabytes * 1e6) break;
  }
  return all;
}

function walk(value: unknown, path: string, found: string[]): void {
  if (Array.isArray(value)) for (const [index, each] of value.entries()) walk(each, `${path}[${index}]`, found);
  else if (value !== null && typeof value === 'object')
    for (const [key, each] of Object.entries(value)) walk(each, `${path}.${key}`, found);
  else found.push(path, String(value));
}

/** Characters of all leaves of a message's JSON, and of those that were read one by one. */
function leavesOf({ body }: RequestMessage, { fields }: Decoded): { readonly all: number; readonly read: number } {
  const found: string[] = [];
  walk(JSON.parse(Buffer.from(body.bytes).toString()), '$', found);
  const all = found.reduce((sum, text, index) => sum + (index % 2 === 1 ? text.length : 0), 0);
  const read = fields.reduce((sum, { steps, value }) => sum + (steps.length === 1 && steps[0] === 'json' ? value.length : 0), 0);
  return { all, read: Math.min(all, read) };
}

/** Share of the leaves whose value has stood under the same names before. */
function repeatedOf(all: readonly RequestMessage[]): number {
  const met = new Set<string>();
  let leaves = 0;
  let again = 0;
  for (const { body } of all) {
    const found: string[] = [];
    walk(JSON.parse(Buffer.from(body.bytes).toString()), '$', found);
    for (let index = 0; index < found.length; index += 2) {
      const leaf = `${found[index]?.replace(/\[\d+\]/g, '')} ${found[index + 1]}`;
      if (met.has(leaf)) again++;
      met.add(leaf);
      leaves++;
    }
  }
  return again / leaves;
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}

/** Milliseconds of processor time, the best round. @param run gives those that are not to be counted. */
function best(run: () => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < Number(flags.rounds); round++) {
    const before = process.cpuUsage();
    const apart = run();
    least = Math.min(least, millisecondsSince(before) - apart);
  }
  return least;
}

const person = persona();
const { dataTypes, endpoints = [] } = loadRulebook({ dir: fileURLToPath(new URL('../../rules', import.meta.url)) });
const known = createKnownValues(person, dataTypes);
const detector = createDetector({ dataTypes, endpoints, persona: person });
const analyst = createAnalyst({ dataTypes, endpoints, persona: person, follow: true, tagKey: new Uint8Array(32) });
const megabytes = Number(flags.megabytes);
const sets = [
  ['events of 2 to 50 KB, nothing known', requests(megabytes, bodies('a', 2_000, 50_000, null))],
  ['events of 2 to 50 KB, persona in each', requests(megabytes, bodies('b', 2_000, 50_000, person))],
  ['events of an SDK, the same device in each', requests(megabytes, reports('g', 2_000, 50_000, false))],
  ['events of an SDK, another device in each', requests(megabytes, reports('h', 2_000, 50_000, true))],
  ['plain JSON, events of 64 KB', requests(megabytes, bodies('e', 64_000, 64_001, null))],
  ['plain JSON, articles of 1 MB', requests(megabytes, articles('f', 1_000_000))],
  ['one body of events, beyond the bounds', requests(megabytes, bodies('c', megabytes * 1e6, megabytes * 1e6 + 1, null))],
] as const;
/** As a session decodes: with what the detectors want of a message. */
const options = { earns: known.contains, triage: new Triage(detector.interest, true) };
let at = 1;
for (const [name, all] of sets) {
  const size = all.reduce((sum, { body }) => sum + body.size, 0) / 1e6;
  const leaves = all.map((request) => leavesOf(request, decodeRequest(request)));
  const share = leaves.reduce((sum, { read }) => sum + read, 0) / leaves.reduce((sum, each) => sum + each.all, 0);
  let fields = 0;
  let idle = 0;
  for (const request of all) {
    const decoded = decodeRequest(request, options);
    fields += decoded.fields.length;
    idle += decoded.idle?.whole().fields.length ?? decoded.fields.length;
  }
  const each = (run: (request: RequestMessage) => unknown) => () => {
    for (const request of all) run(request);
    return 0;
  };
  // Decoded anew each time, and not counted: what a message remembers of itself would be ready, and messages that are kept make V8 give
  // all others room among what lives long.
  const eachDecoded = (run: (message: Decoded) => unknown) => () => {
    let apart = 0;
    for (const request of all) {
      const before = process.cpuUsage();
      const message = decodeRequest(request, options);
      apart += millisecondsSince(before);
      run(message);
    }
    return apart;
  };
  const jobs: ReadonlyArray<readonly [string, () => number]> = [
    ['JSON.parse and walk', each(({ body }) => walk(JSON.parse(Buffer.from(body.bytes).toString()), '$', []))],
    ['known values, bytes', each(({ body }) => known.scan(body.bytes, { path: 'body', part: 'body', steps: [] }))],
    ['known values, message', eachDecoded((message) => known.find(message))],
    ['decode', each((request) => decodeRequest(request, options))],
    ['detect', eachDecoded((message) => detector.detect(message, PLACE))],
    ['whole analysis', each((request) => analyst.request(request, at++))],
  ];
  console.log(`${name}: ${all.length} messages, ${size.toFixed(1)} MB`);
  console.log(
    `  ${(share * 100).toFixed(1)} % of the text of its leaves read leaf by leaf; ${((fields / idle) * 100).toFixed(0)} % of ${(idle / size / 1e3).toFixed(1)} thousand leaves a megabyte became fields; ${(repeatedOf(all) * 100).toFixed(0)} % of the leaves had come before under their names`,
  );
  let measure = 0;
  for (const [job, run] of jobs) {
    const speed = (size / best(run)) * 1e3;
    if (measure === 0) measure = speed;
    console.log(
      `  ${job.padEnd(22)} ${speed.toFixed(1).padStart(7)} MB/s  ${(speed / measure).toFixed(2).padStart(6)} of JSON.parse and walk`,
    );
  }
}
const small = requests(2, bodies('d', 3_500, 4_500, null));
const times = small.map((request) => {
  const before = performance.now();
  analyst.request(request, at++);
  return performance.now() - before;
});
times.sort((a, b) => a - b);
const part = (share: number) => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(2);
console.log(`messages of 4 KB: ${part(0.5)} ms typical, ${part(0.99)} ms at p99 (wall clock)`);
