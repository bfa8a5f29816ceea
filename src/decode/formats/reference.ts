import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';
import { unescapeXml } from '../xml.js';

/**
 * Character references outside of markup (HTML Standard section 13.1.4): `&#24352;&#x4e09;` in a form value or a JSON string, or `&amp;#24352;` where
 * they were escaped once more. Quotes and brackets alone are undone only where they make a document: `{&quot;imei&quot;:...}`, as templates
 * write it into a page, `&lt;imei&gt;`.
 */
export const decoder: Decoder = {
  id: 'reference',
  says: { zh: 'HTML 字符引用还原（&#24352;）', en: 'character references of HTML undone (&#24352;)' },
  order: 47,
  shapes: SHAPE.reference,
  open({ text }) {
    if (text === null || !(/&(?:amp;)?#/.test(text) || /^\s*(?:[{[]\s*(?:[{[]\s*)?&quot;|&lt;[A-Za-z?!])/.test(text))) return null;
    const plain = unescapeXml(text);
    return plain === text ? null : { child: { text: plain, sure: true } };
  },
};
