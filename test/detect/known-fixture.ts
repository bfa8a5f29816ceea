import type { Decoded, Field, Layer } from '../../src/model/field.js';
import type { DataType } from '../../src/model/rulebook.js';

/** A data type with keys and nothing else that matters here. */
export function dataType(
  id: string,
  keys: readonly string[] = [],
  weakKeys: readonly string[] = [],
  mask = { start: 3, end: 2 },
): DataType {
  return {
    id,
    name: { zh: `${id} 中文名`, en: `${id} in English` },
    family: id,
    gbt35273: { zh: '', en: '' },
    sensitive: { pipl28: 'no', gbt35273B: false, gbt45574: 'no' },
    obtainedBy: 'user',
    identifier: null,
    technical: false,
    mask,
    detectable: 'detectors',
    detect: { keys, weakKeys, contextKeys: [], notKeys: [], shape: null, validator: null, withKey: null, withoutKey: null },
    match: [],
    noMatch: [],
    note: null,
  };
}

/** A leaf of a JSON body; its last key is the last part of its path. */
export function leaf(path: string, value: string, more: Partial<Field> = {}): Field {
  return {
    path,
    part: 'body',
    keys: path
      .replace(/\[\d+\]/g, '')
      .split(/[.|]/)
      .slice(2),
    value,
    kind: 'string',
    steps: ['json'],
    group: 0,
    ...more,
  };
}

export function layer(path: string, bytes: Uint8Array | string, more: Partial<Layer> = {}): Layer {
  return { path, part: 'body', steps: [], bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, ...more };
}

export function decoded(fields: readonly Field[], layers: readonly Layer[] = []): Decoded {
  return { direction: 'request', message: null, fields, layers, opaque: [], limits: [] };
}
