import type { Decoded, Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { DataType, Endpoint, EndpointField } from '../model/rulebook.js';
import { describePart } from './delimited.js';

/** Where a message went: host in lower case without port, URL path without query. */
export interface Place {
  readonly host: string;
  readonly path: string;
}

/** A field that the vendor's interface explains. */
export interface Told {
  /** null: the interface says that this is no personal data. */
  readonly type: DataType | null;
  /** Takes the place of the type's own tests. */
  readonly shape: RegExp | null;
  readonly field: EndpointField;
  readonly line: TraceLine;
}

/** The endpoints that one message fits. */
export interface Explained {
  /** It may explain a field of a body by its path, whatever its name. */
  readonly anywhere: boolean;
  /** Last names of the fields that it explains, and of those that it looks at beside them. */
  readonly names: ReadonlySet<string>;
  /** What the interface says of a field, in the order of the rule files; mostly nothing. */
  of(field: Field): readonly Told[];
}

interface Ready {
  readonly endpoint: Endpoint;
  readonly paths: readonly RegExp[];
  readonly having: ReadonlyArray<readonly string[]>;
  /** Last name -> fields. */
  readonly byKey: ReadonlyMap<string, ReadonlyArray<Told & { readonly keys: readonly string[] }>>;
  readonly byPath: ReadonlyArray<Told & { readonly test: RegExp }>;
}

const NONE: readonly Told[] = [];
const WHOLE = { zh: '', en: '' };
/** Paths that begin outside of any body. */
const OUTSIDE = /^(?:url|query|header|trailer|cookie)\b/;

/**
 * Short names of vendors (`m2`, `ds`, `mod`), which mean something only in messages to that vendor, or in messages of one form.
 * Matched in the vendor's own case and whole: `ds` is no screen anywhere else.
 */
export class EndpointBook {
  readonly #byHost = new Map<string, Ready[]>();
  readonly #byForm: Ready[] = [];
  /** Last name -> names by which endpoints are known. */
  readonly #having = new Map<string, Array<readonly string[]>>();

  constructor(endpoints: readonly Endpoint[], types: ReadonlyMap<string, DataType>) {
    for (const endpoint of endpoints) {
      const ready = prepare(endpoint, types);
      if (endpoint.hosts.length === 0) this.#byForm.push(ready);
      for (const host of endpoint.hosts) this.#byHost.set(host, [...(this.#byHost.get(host) ?? []), ready]);
      for (const names of ready.having) {
        const last = names[names.length - 1] ?? '';
        this.#having.set(last, [...(this.#having.get(last) ?? []), names]);
      }
    }
  }

  /** Whether a field of these names may be one by which an endpoint is known. */
  isKnownBy(keys: readonly string[]): boolean {
    return this.#having.get(keys[keys.length - 1] ?? '')?.some((names) => endsWith(keys, names)) === true;
  }

  /**
   * @param speakers one field for each name of the message, where they are known already.
   * @returns null: nothing is known of this place.
   */
  at(decoded: Decoded, place: Place | undefined, speakers: readonly Field[] = decoded.fields): Explained | null {
    const fitting = [...this.#hosted(place), ...this.#formed(speakers)].filter(({ having }) => holdsAll(speakers, having));
    if (fitting.length === 0) return null;
    return {
      anywhere: fitting.some(({ byPath }) => byPath.some(({ field }) => !OUTSIDE.test(field.path ?? ''))),
      names: new Set(fitting.flatMap(({ endpoint }) => endpoint.fields.flatMap(namesIn))),
      of: (field) => {
        let all = NONE;
        for (const ready of fitting) {
          const told = toldOf(ready, field, decoded);
          if (told.length > 0) all = all.length === 0 ? told : [...all, ...told];
        }
        return all;
      },
    };
  }

  /** Those whose last names are all there; most messages hold none of them, so their fields are gone through once for all forms. */
  #formed(speakers: readonly Field[]): Ready[] {
    if (this.#byForm.length === 0) return [];
    const last = new Set(speakers.map(({ keys }) => keys[keys.length - 1]));
    return this.#byForm.filter(({ having }) => having.every((names) => last.has(names[names.length - 1])));
  }

  #hosted(place: Place | undefined): Ready[] {
    if (place === undefined || this.#byHost.size === 0) return [];
    const found: Ready[] = [];
    for (let host = place.host; host !== ''; ) {
      for (const ready of this.#byHost.get(host) ?? [])
        if (ready.paths.length === 0 || ready.paths.some((path) => path.test(place.path))) found.push(ready);
      const dot = host.indexOf('.');
      host = dot < 0 ? '' : host.slice(dot + 1);
    }
    return found;
  }
}

function prepare(endpoint: Endpoint, types: ReadonlyMap<string, DataType>): Ready {
  const byKey = new Map<string, Array<Told & { readonly keys: readonly string[] }>>();
  const byPath: Array<Told & { readonly test: RegExp }> = [];
  for (const field of endpoint.fields) {
    const type = field.type === null ? null : types.get(field.type);
    // A pack of one's own may come without the type; the loader refuses it where the rules are read as a whole.
    if (type === undefined) continue;
    const told: Told = { type, field, shape: field.shape === null ? null : new RegExp(field.shape, 'u'), line: lineOf(endpoint, field) };
    if (field.path !== null) byPath.push({ ...told, test: new RegExp(`^${quote(field.path)}$`, 'su') });
    if (field.key === null) continue;
    const keys = field.key.split('.');
    const last = keys[keys.length - 1] ?? '';
    byKey.set(last, [...(byKey.get(last) ?? []), { ...told, keys }]);
  }
  return {
    endpoint,
    paths: endpoint.paths.map((path) => new RegExp(`^${quote(path)}`, 'su')),
    having: endpoint.having.map((name) => name.split('.')),
    byKey,
    byPath,
  };
}

function namesIn({ key, beside }: EndpointField): readonly string[] {
  return [...(key === null ? [] : [lastName(key)]), ...Object.keys(beside)];
}

function lastName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

/** `*` stands for any text; everything else for itself. */
function quote(path: string): string {
  return path
    .split('*')
    .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
}

/** `cid` means something else at every address; a name as long as `un_area` hardly does. */
const SHORTEST_QUOTED = 6;

function toldOf({ byKey, byPath }: Ready, field: Field, decoded: Decoded): readonly Told[] {
  const own = field.keys[field.keys.length - 1];
  // In an address that the message only quotes, short names are those of that address's host; a vendor quotes its own as well.
  const foreign = own === undefined || (own.length < SHORTEST_QUOTED && field.path.includes('|url.'));
  const keyed = foreign ? undefined : byKey.get(own);
  if (keyed === undefined && byPath.length === 0) return NONE;
  const found = [...(keyed ?? []).filter(({ keys }) => endsWith(field.keys, keys)), ...byPath.filter(({ test }) => test.test(field.path))];
  return found.filter((told) => besides(told.field, field, decoded));
}

function besides(rule: EndpointField, field: Field, decoded: Decoded): boolean {
  return Object.entries(rule.beside).every(([name, value]) =>
    decoded.fields.some((other) => other.group === field.group && other.keys[other.keys.length - 1] === name && other.value === value),
  );
}

function endsWith(keys: readonly string[], end: readonly string[]): boolean {
  const from = keys.length - end.length;
  return from >= 0 && end.every((name, index) => keys[from + index] === name);
}

function holdsAll(fields: readonly Field[], having: ReadonlyArray<readonly string[]>): boolean {
  return having.every((names) => fields.some(({ keys }) => endsWith(keys, names)));
}

function lineOf({ vendor }: Endpoint, { reason, part }: EndpointField): TraceLine {
  const where = part === null ? WHOLE : describePart(part);
  return {
    rule: 'endpoint',
    text: { zh: `${vendor.zh}的接口：${reason.zh}${where.zh}`, en: `interface of ${vendor.en}: ${reason.en}${where.en}` },
  };
}
