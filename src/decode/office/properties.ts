import { scanXml, type XmlSink } from '../xml.js';

/** A property that whoever made a document gave it. */
interface CustomProperty {
  readonly name: string;
  readonly value: string;
}

/** The custom properties of a document (ECMA-376 part 1, 22.3), each of which has a name of its own and a value of some kind; whether they could be read to their end. */
export function customProperties(xml: string): { readonly properties: readonly CustomProperty[]; readonly isWhole: boolean } {
  const properties: CustomProperty[] = [];
  let name = '';
  let value = '';
  const sink: XmlSink = {
    open(full, attributes) {
      if (full.endsWith('property')) [name, value] = [attributes.find((each) => each.name === 'name')?.value ?? '', ''];
      return true;
    },
    text(text) {
      value += text;
    },
    close(full) {
      if (full.endsWith('property') && name !== '' && value.trim() !== '') properties.push({ name, value: value.trim() });
    },
  };
  const end = scanXml(xml, sink);
  return { properties, isWhole: end >= xml.length };
}
