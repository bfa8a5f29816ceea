import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request, typeOf } from './fixture.js';

/**
 * Field names in English, pinyin and Chinese, each alone in a JSON body and in a form: `names/unmeant.txt` holds those that look
 * personal on values that are not, `names/meant.txt` those that are what they say. Without company, endpoint or persona.
 */
const detector = createDetector({ dataTypes });
const SURE = new Set(['confirmed', 'strong', 'probable']);

interface Line {
  readonly text: string;
  readonly type: string;
  readonly keys: readonly string[];
  readonly value: unknown;
}

function linesOf(file: string, typed: boolean): Line[] {
  const lines: Line[] = [];
  for (const text of readFileSync(new URL(`./names/${file}`, import.meta.url), 'utf8').split('\n')) {
    if (text.startsWith('#') || text.trim() === '') continue;
    const [, type = '', path = '', written = ''] = (typed ? /^(\S+) (.*?) = (.*)$/ : /^()(.*?) = (.*)$/).exec(text) ?? [];
    // Quoted text, flags and numbers that JavaScript holds exactly are JSON; the rest is bare text.
    const json = /^(?:".*"|true|false|-?(?:0|[1-9]\d{0,14})(?:\.\d+)?)$/.test(written);
    const value: unknown = json ? JSON.parse(written) : written;
    lines.push({ text, type, keys: path.split('.'), value });
  }
  return lines;
}

/** A brand, a terminal and a scale beside five kinds of device data are the device's, as far as a message can tell. */
const AMBIGUOUS_BESIDE_A_DEVICE = new Set(['brand = HUAWEI', 'machine = slot-3', 'terminal = T2', 'scale = 5']);

/** `goods.brand` -> `{ goods: { brand: … } }`. */
function objectOf({ keys, value }: Line): Record<string, unknown> {
  const [outer = '', ...inner] = keys;
  return { [outer]: inner.reduceRight<unknown>((held, key) => ({ [key]: held }), value) };
}

function inJson(line: Line) {
  const body = JSON.stringify(objectOf(line));
  return detector.detect(decodeRequest(request({ body })));
}

function inForm({ keys, value }: Line) {
  const body = new URLSearchParams([[keys[keys.length - 1] ?? '', String(value)]]).toString();
  return detector.detect(decodeRequest(request({ body, contentType: 'application/x-www-form-urlencoded' })));
}

const unmeant = linesOf('unmeant.txt', false);
const meant = linesOf('meant.txt', true);

describe('field names', () => {
  it('come in hundreds, no line twice', () => {
    for (const lines of [unmeant, meant]) {
      expect(lines.length).toBeGreaterThan(300);
      expect(new Set(lines.map(({ text }) => text)).size).toBe(lines.length);
    }
  });

  it('accuse nothing by their looks', () => {
    const accused = unmeant.flatMap((line) =>
      [...inJson(line), ...inForm(line)]
        .filter(({ grade }) => SURE.has(grade))
        .map(({ dataType, grade, path }) => `${line.text} -> ${grade} ${dataType} at ${path}`),
    );
    expect(accused).toEqual([]);
  });

  it('accuse nothing beside the data of a device, where ambiguous names are believed sooner', () => {
    const device = { os_version: '11', imei: '866123456789026', screen_width: 1080, language: 'zh-CN', carrier_name: '中国移动' };
    const accused = unmeant
      .filter(({ text }) => !AMBIGUOUS_BESIDE_A_DEVICE.has(text))
      .flatMap((line) =>
        detector
          .detect(decodeRequest(request({ body: JSON.stringify({ ...device, ...objectOf(line) }) })))
          .filter(({ grade, path }) => SURE.has(grade) && !Object.keys(device).some((key) => path === `body.$.${key}`))
          .map(({ dataType, grade, path }) => `${line.text} -> ${grade} ${dataType} at ${path}`),
      );
    expect(accused).toEqual([]);
  });

  it('are believed where the value agrees', () => {
    const missed = meant
      .filter(
        (line) => !inJson(line).some(({ grade, dataType }) => SURE.has(grade) && typeOf(dataType).family === typeOf(line.type).family),
      )
      .map(({ text }) => text);
    expect(missed).toEqual([]);
  });

  it('are believed in a form too, where the name needs no object above it', () => {
    const missed = meant
      .filter(({ keys }) => keys.length === 1)
      .filter(
        (line) => !inForm(line).some(({ grade, dataType }) => SURE.has(grade) && typeOf(dataType).family === typeOf(line.type).family),
      )
      .map(({ text }) => text);
    expect(missed).toEqual([]);
  });
});
