import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';
import { unescapeXml } from '../xml.js';

/**
 * Character references outside of markup (HTML Standard section 13.1.4): `&#24352;&#x4e09;` in a form value or a JSON string. Quotes alone are
 * undone only where they make a document: `{&quot;imei&quot;:...}`, as templates write it into a page.
 */
export const decoder: Decoder = {
  id: 'reference',
  order: 47,
  shapes: SHAPE.reference,
  open({ text }) {
    if (text === null || !(text.includes('&#') || /^\s*[{[]\s*(?:[{[]\s*)?&quot;/.test(text))) return null;
    const plain = unescapeXml(text);
    return plain === text ? null : { child: { text: plain, sure: true } };
  },
};
