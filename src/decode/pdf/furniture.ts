import { limits } from '../../limits.js';
import type { PdfFile } from './file.js';
import { isDictionary, nameOf, type PdfDictionary, PdfName, type PdfValue } from './syntax.js';

/** Names under which fonts, pictures and pages refer to streams that hold nothing of anybody: programs of fonts, tables, masks. */
const REFERRED = [
  'FontFile',
  'FontFile2',
  'FontFile3',
  'CIDToGIDMap',
  'CIDSet',
  'CharSet',
  'SMask',
  'Mask',
  'Thumb',
  'Function',
  'TR',
  'BG',
  'UCR',
  'HT',
];
/** Colours are arrays that begin with one of these. */
const COLOURS = new Set(['ICCBased', 'Indexed', 'Separation', 'DeviceN', 'Pattern']);

/** Whether a stream says of itself that it is a picture, a table of objects, a font, a colour or a shading. */
function isFurniture(dictionary: PdfDictionary, file: PdfFile): boolean {
  const of = (name: string) => nameOf(file.get(dictionary.get(name)));
  return (
    of('Subtype') === 'Image' ||
    of('Type') === 'XRef' ||
    of('Type') === 'CMap' ||
    /^(?:Type1C|CIDFontType0C|OpenType)$/.test(of('Subtype')) ||
    ['FunctionType', 'ShadingType', 'HalftoneType'].some((name) => dictionary.has(name))
  );
}

/** Settles the streams of a file in which there is nothing to be read, so that those which are left were missed. */
export function settleFurniture(file: PdfFile): void {
  const settle = (value: PdfValue | undefined) => {
    const stream = file.stream(value);
    if (stream !== null) file.settled.add(stream);
  };
  const walk = (value: PdfValue, depth: number) => {
    if (depth > limits.structDepth) return;
    if (Array.isArray(value)) {
      const [first] = value;
      if (first instanceof PdfName && COLOURS.has(first.name)) for (const each of value) settle(each);
      for (const each of value) walk(each, depth + 1);
    } else if (isDictionary(value)) {
      for (const name of REFERRED) {
        settle(value.get(name));
        for (const each of file.list(value.get(name))) settle(each);
      }
      const shapes = file.dictionary(value.get('CharProcs'));
      if (shapes !== null) for (const shape of shapes.values()) settle(shape);
      for (const each of value.values()) walk(each, depth + 1);
    }
  };
  for (const value of file.objects.values()) walk(value, 0);
  for (const stream of [...file.streams.values(), ...file.replaced]) if (isFurniture(stream.dictionary, file)) file.settled.add(stream);
}
