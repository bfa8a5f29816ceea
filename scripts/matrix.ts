/**
 * How well known values are found, measured against encoders that are not ours (Python, openssl, coreutils):
 *
 *   tsx scripts/matrix.ts [--types a,b] [--list] [--json] [--noise MB]
 *
 * 1. Matrix: every data type x form x container x nesting depth 0 to 4. A cell counts as found when evidence of that type, of
 *    grade `confirmed` (or `probable` where the form or the value allows no more), is in it. Cells out of scope are listed with
 *    the reason.
 * 2. Swap: the same traffic read with another person's persona, and with a neighbour's, each of whose values differs in one
 *    character. `confirmed` must be 0 for both.
 * 3. Noise (`--noise`): ids, timestamps, UUIDs, digests and order numbers, read by the whole detector: findings per MB by grade; a tenth as much
 *    of it beside what events say of a phone, twenty in a body and one, where a value needs less of its own to be believed.
 *
 * Exit 1 when a cell in scope is missed, the swap test finds anything `confirmed`, or noise yields `confirmed`, more than 0.01
 * `strong` per MB, or more `probable` than its place allows.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bodyOf } from '../src/capture/har-body.js';
import { decodeRequest } from '../src/decode/index.js';
import { createDetector } from '../src/detect/detector.js';
import { canonicalValue } from '../src/detect/forms/canonical.js';
import { createKnownValues } from '../src/detect/known-values.js';
import type { RequestMessage } from '../src/model/exchange.js';
import { GRADES, type Grade } from '../src/model/finding.js';
import type { Persona } from '../src/model/session.js';
import { makePersona } from '../src/persona/synthetic.js';
import { loadRulebook } from '../src/rulebook/load.js';
import { noise } from './noise.js';

interface Cell {
  readonly type: string;
  readonly form: string;
  readonly container: string;
  readonly depth: number;
  readonly url: string;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly body: string;
}

interface Tally {
  found: number;
  missed: number;
  outOfScope: number;
}

const { values: flags } = parseArgs({
  options: {
    types: { type: 'string' },
    noise: { type: 'string' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const root = fileURLToPath(new URL('..', import.meta.url));
const { dataTypes } = loadRulebook({ dir: `${root}rules` });
/** The salt is the one of `matrix-encode.py`. */
const person = { ...makePersona('matrix a'), salts: ['matrix-salt'] };
const others = [makePersona('matrix b'), neighbour(person)];
const chosen = flags.types?.split(',') ?? Object.keys(person.values);

/** The same person with one character changed in every value: the check digit would hide a change of an IMEI's last one. */
function neighbour({ values, ...rest }: Persona): Persona {
  const change = (type: string, value: string) => {
    if (type === 'location_precise') return value.replace(/^40/, '41');
    const last = value.search(/[0-9a-z][^0-9a-z]*$/i);
    const at = type === 'imei' ? 10 : last < 0 ? value.length - 1 : last;
    const next = /\d/.test(value[at]!)
      ? String((Number(value[at]) + 1) % 10)
      : /[a-z]/i.test(value[at]!)
        ? value[at] === 'b'
          ? 'c'
          : 'b'
        : '某';
    return value.slice(0, at) + next + value.slice(at + 1);
  };
  return {
    ...rest,
    values: Object.fromEntries(Object.entries(values).map(([type, list]) => [type, list.map((value) => change(type, value))])),
  };
}

/** Coreutils and openssl write these; a line feed of theirs is cut off. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  base64: ['base64', '-w0'],
  hex: ['xxd', '-p', '-c0'],
  md5: ['openssl', 'dgst', '-md5', '-r'],
  sha1: ['openssl', 'dgst', '-sha1', '-r'],
  sha256: ['openssl', 'dgst', '-sha256', '-r'],
  sha512: ['openssl', 'dgst', '-sha512', '-r'],
  sm3: ['openssl', 'dgst', '-sm3', '-r'],
};

function run(command: readonly string[], input: string | Buffer): string {
  const [program = '', ...args] = command;
  const { stdout, status, stderr, error } = spawnSync(program, args, { input, maxBuffer: 1024 * 1024 * 1024 });
  if (status !== 0) throw new Error(`${command.join(' ')}: ${error?.message ?? stderr.toString()}`);
  return stdout.toString();
}

function commandForms(value: string): Record<string, string> {
  const forms = Object.fromEntries(
    Object.entries(COMMANDS).map(([form, command]) => [form, run(command, value).trim().split(' ')[0]!] as const),
  );
  const md5 = forms.md5!;
  return {
    ...forms,
    'md5-upper': md5.toUpperCase(),
    'md5-16': md5.slice(8, 24),
    'md5-twice': run(COMMANDS.md5!, md5).split(' ')[0]!,
    'sha256-base64': run(['base64', '-w0'], Buffer.from(forms.sha256!, 'hex')),
  };
}

const DIGESTS = new Set(['md5', 'md5-upper', 'md5-16', 'md5-twice', 'sha1', 'sha256', 'sha512', 'sm3', 'sha256-base64']);
/** Forms that keep a short value a whole leaf once the decoders are through. */
const WHOLE = new Set(['plain', 'percent', 'upper', 'compact', 'slashes']);

/** Why a cell need not be found; null when it must be. */
function excused({ type, form, container }: Cell): string | null {
  const value = person.values[type]![0]!;
  if (type === 'location_precise') {
    const readable = ['plain', 'percent', 'lng-lat', 'four-decimals', 'numbers', 'e6'].includes(form);
    return readable
      ? null
      : 'coordinates are compared as numbers, once a decoder has made them readable; a digest of them cannot be listed';
  }
  const { leafOnly } = canonicalValue(type, value);
  if (leafOnly !== null) {
    if (['path', 'text', 'protobuf', 'grpc', 'grpc-web-text', 'tars', 'thrift', 'thrift-call', 'header'].includes(container))
      return 'a short or common value counts only as a whole leaf under a key of its type';
    if (!WHOLE.has(form) && !(DIGESTS.has(form) && /\p{Script=Han}{2}/u.test(value) && type !== 'gender'))
      return 'a short or common value is not searched in encodings that no decoder opens';
  }
  return null;
}

function request(cell: Cell): RequestMessage {
  const target = cell.url.replace(/^https:\/\/[^/]+/, '');
  return {
    method: 'POST',
    target,
    url: cell.url,
    httpVersion: '1.1',
    headers: cell.headers,
    trailers: [],
    body: bodyOf(Buffer.from(cell.body, 'base64')),
  };
}

function matrix(cells: readonly Cell[]): boolean {
  const known = createKnownValues(person, dataTypes);
  const swapped = others.map((other) => createKnownValues(other, dataTypes));
  const tallies = new Map<string, Tally>();
  const misses: Cell[] = [];
  const reasons = new Map<string, number>();
  const accusations: string[] = [];
  const started = performance.now();
  for (const cell of cells) {
    const decoded = decodeRequest(request(cell), { earns: known.contains });
    const { leafOnly, short } = canonicalValue(cell.type, person.values[cell.type]![0]!);
    const weak = cell.form === 'masked' || short || leafOnly !== null;
    const found = known
      .find(decoded)
      .some(({ dataType, grade }) => dataType === cell.type && (grade === 'confirmed' || (weak && grade === 'probable')));
    const reason = found ? null : excused(cell);
    const id = `${cell.form} | ${cell.container} | ${cell.depth}`;
    const tally = tallies.get(id) ?? { found: 0, missed: 0, outOfScope: 0 };
    tallies.set(id, tally);
    if (found) tally.found++;
    else if (reason !== null) {
      tally.outOfScope++;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    } else {
      tally.missed++;
      misses.push(cell);
    }
    for (const other of swapped)
      for (const { grade, dataType, path, form } of other.find(decoded))
        if (grade === 'confirmed') accusations.push(`${id}: ${dataType} at ${path} (${form})`);
  }
  report(cells, tallies, misses, reasons, accusations, performance.now() - started);
  return misses.length === 0 && accusations.length === 0;
}

function report(
  cells: readonly Cell[],
  tallies: ReadonlyMap<string, Tally>,
  misses: readonly Cell[],
  reasons: ReadonlyMap<string, number>,
  accusations: readonly string[],
  milliseconds: number,
): void {
  if (flags.json) {
    const missed = misses.map(({ type, form, container, depth }) => ({ type, form, container, depth }));
    print(
      JSON.stringify({ cells: Object.fromEntries(tallies), missed, outOfScope: Object.fromEntries(reasons), swap: accusations }, null, 2),
    );
    return;
  }
  const containers = [...new Set(cells.map(({ container }) => container))];
  const forms = [...new Set(cells.map(({ form }) => form))];
  print(`found/in scope of each form (rows), container (columns) over all types, depths 0-4; "." no such cell, "-" out of scope`);
  print(['form'.padEnd(20), ...containers.map((container) => container.padStart(14))].join(''));
  for (const form of forms) {
    const row = containers.map((container) => {
      const all = [0, 1, 2, 3, 4].flatMap((depth) => tallies.get(`${form} | ${container} | ${depth}`) ?? []);
      if (all.length === 0) return '.'.padStart(14);
      const found = all.reduce((sum, tally) => sum + tally.found, 0);
      const missed = all.reduce((sum, tally) => sum + tally.missed, 0);
      return (found + missed === 0 ? '-' : `${found}/${found + missed}`).padStart(14);
    });
    print(form.padEnd(20) + row.join(''));
  }
  const total = [...tallies.values()].reduce((sum, { found, missed }) => ({ found: sum.found + found, missed: sum.missed + missed }), {
    found: 0,
    missed: 0,
  });
  print(
    `\n${cells.length} cells: ${total.found} found, ${total.missed} missed, ${cells.length - total.found - total.missed} out of scope; ${Math.round(milliseconds)} ms`,
  );
  for (const [reason, count] of reasons) print(`  out of scope ${count}: ${reason}`);
  const groups = new Map<string, Set<string>>();
  for (const { type, form, container, depth } of misses) {
    const id = `${form} in ${container} at depth ${depth}`;
    groups.set(id, (groups.get(id) ?? new Set()).add(type));
  }
  for (const [id, types] of flags.list ? groups : [...groups].slice(0, 40)) print(`  missed ${id}: ${[...types].join(' ')}`);
  if (!flags.list && groups.size > 40) print(`  ... ${groups.size - 40} more (--list)`);
  print(`swap test: ${accusations.length} confirmed`);
  for (const line of accusations.slice(0, flags.list ? undefined : 20)) print(`  wrong: ${line}`);
}

/** What every event of an SDK says. */
const DEVICE: Readonly<Record<string, unknown>> = {
  brand: 'vivo',
  model: 'V2183A',
  os: 'Android',
  os_version: '13',
  screen_width: 1080,
  network_type: 'WIFI',
  carrier: '中国移动',
  language: 'zh-CN',
};

/** Per MB of events of 900 bytes with one number of 15 digits each: one in 500 begins and ends as an IMEI does, and there is no other event to tell. */
const IMEI_BY_CHANCE = 4;

function noiseTest(megabytes: number): boolean {
  const alone = readNoise('noise', megabytes, noise('matrix noise'), 0.01);
  const listed = readNoise('noise beside a device, 20 events in a body', megabytes / 10, noise('matrix noise', DEVICE), 0.01);
  const single = readNoise('noise beside a device, one event in a body', megabytes / 10, noise('matrix noise', DEVICE, 1), IMEI_BY_CHANCE);
  return alone && listed && single;
}

/** The whole detector, as a session runs it, over traffic in which nobody's data is. */
function readNoise(title: string, megabytes: number, bodies: Iterable<Buffer>, mostProbable: number): boolean {
  const detector = createDetector({ dataTypes, persona: person });
  const known = createKnownValues(person, dataTypes);
  const counts = new Map<Grade, number>(GRADES.map((grade) => [grade, 0]));
  const examples = new Map<string, { readonly first: string; count: number }>();
  let bytes = 0;
  const started = performance.now();
  for (const body of bodies) {
    if (bytes >= megabytes * 1e6) break;
    bytes += body.length;
    const message: RequestMessage = {
      method: 'POST',
      target: '/n',
      url: 'https://noise.example/n',
      httpVersion: '1.1',
      headers: [['content-type', 'application/json']],
      trailers: [],
      body: bodyOf(body),
    };
    for (const { grade, dataType, path, value } of detector.detect(decodeRequest(message, { earns: known.contains }))) {
      if (Object.hasOwn(DEVICE, path.slice(path.lastIndexOf('.') + 1)) || path === 'body') continue;
      counts.set(grade, counts.get(grade)! + 1);
      const id = `${grade} ${dataType}`;
      const example = examples.get(id) ?? { first: `${path} ${value.slice(0, 60)}`, count: 0 };
      example.count += 1;
      examples.set(id, example);
    }
  }
  const size = bytes / 1e6;
  print(`\n${title}: ${size.toFixed(1)} MB in ${Math.round(performance.now() - started)} ms`);
  for (const [grade, count] of counts) print(`  ${grade.padEnd(10)} ${(count / size).toFixed(3)} per MB (${count})`);
  for (const [id, { first, count }] of examples) print(`  ${count} ${id}, first ${first}`);
  return counts.get('confirmed') === 0 && counts.get('strong')! / size <= 0.01 && counts.get('probable')! / size <= mostProbable;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function encodedCells(): readonly Cell[] {
  const input = chosen.map((type) => {
    const value = person.values[type]?.[0];
    if (value === undefined) throw new Error(`no value of ${type} in the persona`);
    return { type, value, forms: commandForms(value) };
  });
  const lines = run(['python3', `${root}scripts/matrix-encode.py`], JSON.stringify({ values: input }))
    .trimEnd()
    .split('\n');
  return lines.map((line): Cell => JSON.parse(line));
}

const matrixHolds = matrix(encodedCells());
const noiseHolds = flags.noise === undefined || noiseTest(Number(flags.noise));
process.exitCode = matrixHolds && noiseHolds ? 0 : 1;
