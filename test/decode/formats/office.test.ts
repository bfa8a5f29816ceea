import { expect, test } from 'vitest';
import { RULES_DIR } from '../../../src/cli/place.js';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { loadRulebook } from '../../../src/rulebook/load.js';
import { createAnalyst } from '../../../src/session/analyst.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request } from '../sample.js';

/** Written by Python's zipfile: the least of each kind that its program opens. */
const DOCUMENT = Buffer.from(
  'UEsDBBQAAAAIAAAAIVzHHBc8CgAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3AwBQSwMEFAAAAAgAAAAhXILZHNUSAAAAEAAAAAsAAABfcmVscy8ucmVsc7MJSs1JLMnMzyvOyCwo1rcDAFBLAwQUAAAACAAAACFc36yE9JoAAAARAQAAEQAAAHdvcmQvZG9jdW1lbnQueG1ssym3SslPLs1NzStRqMjNySu2KrdVKleysym3SspPqQTRBSCiCESU2D1dPvnphN73e2Y9mzfdRh8kAiKL4CqKAsBUkj5EPACq7dnMyS9nr8CmoSQRpBasprP72ZxdQKMNjS2wqrQzMDA0RpMpKMrPT3MtKlIAilYWpNoqFRek5uS45qUo6SNptDA3M0XRqA/2lT7Mj/qIQLADAFBLAwQUAAAACAAAACFcmF3qRiIAAAAyAAAADwAAAHdvcmQvc3R5bGVzLnhtbLMptyouqcxJLbazgbIUoLRniq2SX35RbmKOkr6djT5cHQBQSwMEFAAAAAgAAAAhXA8Khx5LAAAAZAAAABwAAAB3b3JkL19yZWxzL2RvY3VtZW50LnhtbC5yZWxzswlKzUksyczPK87ILCi2s0HmKoQkFqWnltgq5SZm5pTkW+Vk5jmkViTmFuSk6iXn5ypB5X3zU1JtlVwrSlKL8hJzlPTtbPRRDQUAUEsDBBQAAAAIAAAAIVyg4JBGMwAAAEkAAAARAAAAZG9jUHJvcHMvY29yZS54bWyzSS6wSs4vSg0oyi9ILSrJTC22s0lJtkouSk0syS+yezZv+rOZk1/OXmGjjyRqo4+pCwBQSwECFAMUAAAACAAAACFcxxwXPAoAAAAIAAAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIUAxQAAAAIAAAAIVyC2RzVEgAAABAAAAALAAAAAAAAAAAAAACAATsAAABfcmVscy8ucmVsc1BLAQIUAxQAAAAIAAAAIVzfrIT0mgAAABEBAAARAAAAAAAAAAAAAACAAXYAAAB3b3JkL2RvY3VtZW50LnhtbFBLAQIUAxQAAAAIAAAAIVyYXepGIgAAADIAAAAPAAAAAAAAAAAAAACAAT8BAAB3b3JkL3N0eWxlcy54bWxQSwECFAMUAAAACAAAACFcDwqHHksAAABkAAAAHAAAAAAAAAAAAAAAgAGOAQAAd29yZC9fcmVscy9kb2N1bWVudC54bWwucmVsc1BLAQIUAxQAAAAIAAAAIVyg4JBGMwAAAEkAAAARAAAAAAAAAAAAAACAARMCAABkb2NQcm9wcy9jb3JlLnhtbFBLBQYAAAAABgAGAH8BAAB1AgAAAAA=',
  'base64',
);
const SHEET = Buffer.from(
  'UEsDBBQAAAAIAAAAIVzHHBc8CgAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3AwBQSwMEFAAAAAgAAAAhXM6emBMNAAAACwAAAA8AAAB4bC93b3JrYm9vay54bWyzKc8vyk7Kz8/WtwMAUEsDBBQAAAAIAAAAIVzSj2mzRgAAAHQAAAAUAAAAeGwvc2hhcmVkU3RyaW5ncy54bWyzKS4usbMpzrSzKbF7unzy0wm9NvpAAX2QCET0WWf3szm7UEWLwBLzpkNEi8ACRQFAIkkfxA+AyM+c/HL2CrgSsGZ9kHUAUEsDBBQAAAAIAAAAIVzDmDybYgAAAMQAAAAYAAAAeGwvd29ya3NoZWV0cy9zaGVldDEueG1ssynPL8ouzkhNLbGzAVMuiSWJdjZF+eUKRbZKhkp2NskghqOhkkKJrVIxkF9mZ2CjX2Zno58MlXNCljOEy+kDzYAbZAQ3yAhJsRGaQUYQI4wtDAyAhLmZKZph+kgu1Ec4HABQSwECFAMUAAAACAAAACFcxxwXPAoAAAAIAAAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIUAxQAAAAIAAAAIVzOnpgTDQAAAAsAAAAPAAAAAAAAAAAAAACAATsAAAB4bC93b3JrYm9vay54bWxQSwECFAMUAAAACAAAACFc0o9ps0YAAAB0AAAAFAAAAAAAAAAAAAAAgAF1AAAAeGwvc2hhcmVkU3RyaW5ncy54bWxQSwECFAMUAAAACAAAACFcw5g8m2IAAADEAAAAGAAAAAAAAAAAAAAAgAHtAAAAeGwvd29ya3NoZWV0cy9zaGVldDEueG1sUEsFBgAAAAAEAAQABgEAAIUBAAAAAA==',
  'base64',
);
const OPEN_DOCUMENT = Buffer.from(
  'UEsDBBQAAAAIAAAAIVxexjIMKQAAACcAAAAIAAAAbWltZXR5cGVLLCjIyUxOLMnMz9Mvy0vRy08szizWyy9IzUvJTy7NTc0r0StJrSgBAFBLAwQUAAAACAAAACFcmledgEkAAABvAAAACwAAAGNvbnRlbnQueG1ss8lPS8tMTrVKyU8uzU3NK9FNzs8rAdJ2NiWpFSVWBXbPOrufzdn1fs8sQ2MLiFhxQWKenYGBobGNPoJvYW5mCuUX2Nno4zIVAFBLAQIUAxQAAAAIAAAAIVxexjIMKQAAACcAAAAIAAAAAAAAAAAAAACAAQAAAABtaW1ldHlwZVBLAQIUAxQAAAAIAAAAIVyaV52ASQAAAG8AAAALAAAAAAAAAAAAAACAAU8AAABjb250ZW50LnhtbFBLBQYAAAAAAgACAG8AAADBAAAAAAA=',
  'base64',
);
const SLIDES = Buffer.from(
  'UEsDBBQAAAAIAAAAIVzHHBc8CgAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3AwBQSwMEFAAAAAgAAAAhXJPVNRwGAAAABAAAABQAAABwcHQvcHJlc2VudGF0aW9uLnhtbLMp0LcDAFBLAwQUAAAACAAAACFcdJnVpC0AAABRAAAAFQAAAHBwdC9zbGlkZXMvc2xpZGUxLnhtbLMpsCrOSbGzSbQqABFFIKLEztDYwkYfxACRRUgSBgZAKXMzUxRZfbBmfYhJAFBLAwQUAAAACAAAACFcHy1YLwcAAAAFAAAAFAAAAHBwdC9tZWRpYS9pbWFnZTEucG5nO9QZ4OcOAFBLAQIUAxQAAAAIAAAAIVzHHBc8CgAAAAgAAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAgAAAAhXJPVNRwGAAAABAAAABQAAAAAAAAAAAAAAIABOwAAAHBwdC9wcmVzZW50YXRpb24ueG1sUEsBAhQDFAAAAAgAAAAhXHSZ1aQtAAAAUQAAABUAAAAAAAAAAAAAAIABcwAAAHBwdC9zbGlkZXMvc2xpZGUxLnhtbFBLAQIUAxQAAAAIAAAAIVwfLVgvBwAAAAUAAAAUAAAAAAAAAAAAAACAAdMAAABwcHQvbWVkaWEvaW1hZ2UxLnBuZ1BLBQYAAAAABAAEAAgBAAAMAQAAAAA=',
  'base64',
);

/** With a chart, comments of both kinds, who wrote them, properties of its own and a macro. */
const NOTED = Buffer.from(
  'UEsDBBQAAAAIAAAAIVzHHBc8CgAAAAgAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3AwBQSwMEFAAAAAgAAAAhXM6emBMNAAAACwAAAA8AAAB4bC93b3JrYm9vay54bWyzKc8vyk7Kz8/WtwMAUEsDBBQAAAAIAAAAIVxpLX+ZvQAAAEYBAAAUAAAAeGwvY2hhcnRzL2NoYXJ0MS54bWyzSbZKzkgsKgkuSExOtbOB8kCMksySHLBISQWILMpMzrCzSbQqABFFIKLE7tm86c9mTn45e8XzWS02+iAREFmErGLt0mdTN6DI6YPN0IeZqA+xQB/JwuLUIrBLEsHuKC4pCkpNA7HS7BwVVRxVjECK06BSzonJGWBNBSXO+aV5JQpliTm2SoZK+hAxhcyUClslAyUQr8zO0NjCwABImJuZgswoA1tbUAKmEGbpI+zUh7pCH+oofXj46KOEGwBQSwMEFAAAAAgAAAAhXNy9M2l2AAAAwwAAABAAAAB4bC9jb21tZW50czEueG1ss0nOz81NzSsptrNJLC3JyC+CM+yezZv+bObkl7NX2OhDRWAMoBqoNp/M4hI4R6EoNc1WydFQSQGizDPFVslAyc6mJLUCqAiovcTuWWf3szm73u+ZZaMPFNIvggobGlsYGAAJczMzuIQ+RJs+1HAEC2KnPtzhAFBLAwQUAAAACAAAACFcdM0s1EkAAAB0AAAAKAAAAHhsL3RocmVhZGVkQ29tbWVudHMvdGhyZWFkZWRDb21tZW50MS54bWyzCckoSk1MSU1xzs/NTc0rKbazKUEVUShKTbNVcjRUAsqkVpTYvWxa93zdRoWczDyH1IrE3IKcVL3k/FwbfbAkkELVDRTBsAEAUEsDBBQAAAAIAAAAIVzvyBg1SQAAAFMAAAAVAAAAeGwvcGVyc29ucy9wZXJzb24ueG1ssylILSrOz/PJLC6xs4GwFVIyiwtyEiv9EnNTbZWezZv+bObkl7NXKCmUFqcWeabYKuVk5jmkViTmFuSk6iXn5yrp29noIxkDAFBLAwQUAAAACAAAACFcSLpaiJIAAAAEAQAAEwAAAGRvY1Byb3BzL2N1c3RvbS54bWylz98KwiAUBvBXEe9lR504wwlNF3TXKwQZCHOJkyKid+/PGO2+uw/OB7/z6UO+JJ9L8JPRac53dI4lnFr8cMI6J0AQ1itLKNCOKK4kgQaAdczu1LZ/YpQ+ZYbReIy+xSH6gI2+ls2QblPJplZARc2AMy4FbXT1O+lqMf/U+aLbIfixoL2bXwi1kV/wHdZYtdr9AlBLAwQUAAAACAAAACFcyICt6h8CAACvBAAAEQAAAHhsL3ZiYVByb2plY3QuYmlujc/FQhRQAEBRYIixUFE6bCzawlbabhq7pbELJe0O0i5ghlRRsWiwm7QVk7Rb787lO39wspb0qE2a3f5RjHPL6+vtFc8v7Vknm9PhcayLxo0NDkoXlvWql8/t+CTOtdXNjY6Si8t7NyTP6/Q03q31rU1OypdW9PmQMt/42T53rdubh6lkr7T+mOrd+fl+D+07W4ar5qzq+ynNp8uLA546d7eOUMtd3e9zum/Xlwe9dO9tGynNC+7/JcOvW9WhyXr3t49qlL9mwNeT/iavDk/RL9kxunFByMBvpwJMXx+ZalC6c0yTwtBB308Hmr05Os2wbNfYpkVhg39kBpm/PTbdqHz3uGbF4UN+nllo8e74jDYVe8arX4mw+XV2kWX1iZltK6MmNL8aafv73GKrmoRZ7R5GT2xxbZ3dn6x/50TOkzgrcE7i7MxZkbNM4KzJ+TLnBZy1OGdz9uaszTlH4Nyd8wPOazmbcC7hHMLZVPQ8lPN7zns523Cu5hzF2Vb07MJZibOcsytnCedkzm6iZx/OOpxzOfty1uWcx9lP4FzKOZSzGecyzmGczTmXcw4XONdwjuZsx7mWcwxne851omdlzimc3TmrcE7l7MFZVfSsxzmfsz9nfc4FnAM4G4ieLThXcI7gbMm5knMkZyuBcyxnB871nOM4O3Ju4BzP2UngnMbZk7Ma53TOXpylnDNEz4WcAzkbci7iHMTZiHPx/+e/UEsBAhQDFAAAAAgAAAAhXMccFzwKAAAACAAAABMAAAAAAAAAAAAAAIABAAAAAFtDb250ZW50X1R5cGVzXS54bWxQSwECFAMUAAAACAAAACFczp6YEw0AAAALAAAADwAAAAAAAAAAAAAAgAE7AAAAeGwvd29ya2Jvb2sueG1sUEsBAhQDFAAAAAgAAAAhXGktf5m9AAAARgEAABQAAAAAAAAAAAAAAIABdQAAAHhsL2NoYXJ0cy9jaGFydDEueG1sUEsBAhQDFAAAAAgAAAAhXNy9M2l2AAAAwwAAABAAAAAAAAAAAAAAAIABZAEAAHhsL2NvbW1lbnRzMS54bWxQSwECFAMUAAAACAAAACFcdM0s1EkAAAB0AAAAKAAAAAAAAAAAAAAAgAEIAgAAeGwvdGhyZWFkZWRDb21tZW50cy90aHJlYWRlZENvbW1lbnQxLnhtbFBLAQIUAxQAAAAIAAAAIVzvyBg1SQAAAFMAAAAVAAAAAAAAAAAAAACAAZcCAAB4bC9wZXJzb25zL3BlcnNvbi54bWxQSwECFAMUAAAACAAAACFcSLpaiJIAAAAEAQAAEwAAAAAAAAAAAAAAgAETAwAAZG9jUHJvcHMvY3VzdG9tLnhtbFBLAQIUAxQAAAAIAAAAIVzIgK3qHwIAAK8EAAARAAAAAAAAAAAAAACAAdYDAAB4bC92YmFQcm9qZWN0LmJpblBLBQYAAAAACAAIABcCAAAkBgAAAAA=',
  'base64',
);

nearMisses('office', { content: OPEN_DOCUMENT });

test('docx_runs: a paragraph is one text, however many pieces it is written in', () => {
  expect(opened(DOCUMENT)).toMatchObject({
    'body|office["word/document.xml"].text[0].姓名': '林晓雨',
    'body|office["word/document.xml"].text[0].手机': '13800138765',
    'body|office["word/_rels/document.xml.rels"].link[0]': 'mailto:lin@example.com',
    'body|office["docProps/core.xml"]|xml.cp:coreProperties.dc:creator': '林晓雨',
  });
  expect(Object.keys(opened(DOCUMENT)).filter((path) => path.includes('styles'))).toEqual([]);
});

test('cells by the row, under the names of their columns', () => {
  expect(opened(SHEET)).toMatchObject({
    'body|office["xl/worksheets/sheet1.xml"].A2': '林晓雨',
    'body|office["xl/worksheets/sheet1.xml"].B2': '13800138765',
  });
  const cells = decodeBytes(SHEET, 'body').fields.filter(({ path }) => /[AB]2$/.test(path));
  expect(cells.map(({ keys, group }) => [keys.at(-1), group === cells[0]?.group])).toEqual([
    ['姓名', true],
    ['手机', true],
  ]);
});

test('OpenDocument and slides, as values within a document too', () => {
  expect(inside(OPEN_DOCUMENT)).toMatchObject({ '|base64|office["content.xml"].text[0].手机': '13800138765' });
  expect(opened(SLIDES)).toMatchObject({ 'body|office["ppt/slides/slide1.xml"].text[0]': '13800138765' });
});

test('cv_as_docx: what a persona wrote in it is found', () => {
  const { dataTypes } = loadRulebook({ dir: RULES_DIR });
  const persona = { values: { phone_number: ['13800138765'], real_name: ['林晓雨'] }, salts: [], keys: [] };
  const { evidence } = createAnalyst({ dataTypes, persona, tagKey: new Uint8Array(32) }).request(
    request({ type: 'application/json', body: JSON.stringify({ file: DOCUMENT.toString('base64') }) }),
  );
  const told = evidence.filter(({ grade }) => grade === 'confirmed').map(({ dataType, path }) => `${dataType} ${path}`);
  expect(told).toEqual([
    'real_name body.$.file|base64|office["word/document.xml"].text[0].姓名',
    'phone_number body.$.file|base64|office["word/document.xml"].text[0].手机',
  ]);
});

test('a document that was read is not opaque, and of one that was not, the part is told', () => {
  expect(decodeRequest(request({ body: DOCUMENT })).opaque).toEqual([]);
  const broken = Buffer.from(DOCUMENT);
  const at = broken.indexOf('PK\x01\x02', 0, 'latin1');
  const part = broken.indexOf('word/document.xml', at) - 46;
  broken.writeUInt16LE(14, part + 10);
  expect(decodeRequest(request({ body: broken })).opaque).toMatchObject([
    { path: 'body|office["word/document.xml"]', shape: ['unread-part', 'zip'] },
  ]);
});

test('incident: values of charts, comments of sheets and names of custom properties were not read, and macros not told', () => {
  expect(opened(NOTED)).toMatchObject({
    'body|office["xl/charts/chart1.xml"].text[0]': '林晓雨的步数',
    'body|office["xl/charts/chart1.xml"].text[1]': '13800138765',
    'body|office["xl/comments1.xml"].text[0]': '林晓雨',
    'body|office["xl/comments1.xml"].text[1].手机': '13800138766',
    'body|office["xl/threadedComments/threadedComment1.xml"].text[0]': '邮箱 lin@example.com',
    'body|office["xl/persons/person.xml"]|xml.personList.person.@displayName': '林晓雨',
    'body|office["docProps/custom.xml"].imei': '490154203237518',
    'body|office["docProps/custom.xml"]["Client ID"]': '7',
  });
  expect(decodeRequest(request({ body: NOTED })).opaque).toMatchObject([
    { path: 'body|office["xl/vbaProject.bin"]', shape: ['unread-part', 'vba'] },
  ]);
});

test('an ordinary archive is none', () => {
  const archive = Buffer.from(SHEET);
  for (let at = archive.indexOf('[Content_Types]'); at >= 0; at = archive.indexOf('[Content_Types]', at))
    archive.write('[Nothing_Types]', at);
  expect(Object.keys(opened(archive)).some((path) => path.includes('|office'))).toBe(false);
});
