import type { Field } from '../../model/field.js';
import type { TraceLine } from '../../model/finding.js';
import { readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { phraseOf } from '../keys.js';

/** Pictures and sound that go up with a request, told by their first bytes; the name says whether it is a face, a document or an album picture. */
const FORMATS: ReadonlyArray<readonly [string, (bytes: Uint8Array) => boolean]> = [
  ['image', (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ['image', (b) => b[0] === 0x89 && b[1] === 0x50 && b[2] === 0x4e && b[3] === 0x47],
  ['image', (b) => text(b, 0, 4) === 'RIFF' && text(b, 8, 4) === 'WEBP'],
  ['image', (b) => text(b, 4, 4) === 'ftyp' && /^(?:heic|heix|mif1|avif)$/.test(text(b, 8, 4))],
  ['video', (b) => text(b, 4, 4) === 'ftyp'],
  ['audio', (b) => text(b, 0, 5) === '#!AMR' || text(b, 0, 10) === '\u0002#!SILK_V3'.slice(0, 10) || text(b, 0, 9) === '#!SILK_V3'],
  ['audio', (b) => text(b, 0, 4) === 'RIFF' && text(b, 8, 4) === 'WAVE'],
  ['audio', (b) => text(b, 0, 4) === 'OggS' || text(b, 0, 3) === 'ID3' || text(b, 0, 4) === 'fLaC'],
];

const ROLES: ReadonlyArray<readonly [string, RegExp]> = [
  ['face_feature', /(?:^|\b)(?:face|faces|liveness|live ?body|best ?image|selfie|renlian|人脸)/],
  // 驾驶证件信息 is what a list calls it, picture or number.
  ['driver_license', /(?:driver|drivers|driving) ?licen[cs]e|jia ?shi ?zheng|驾驶证|驾照/],
  [
    'id_document_image',
    /(?:id ?card|idcard|identity|\bid (?:photo|image|img|pic|picture|front|back)\b|cert|certificate|passport|front ?im(?:g|age)|back ?im(?:g|age)|ocr|sfz|证件|身份证)/,
  ],
  ['avatar', /(?:avatar|head ?(?:img|image|pic|portrait)|portrait|头像)/],
  // A page draws a picture and reads it back: the differences tell browsers apart.
  ['device_fingerprint', /(?:finger ?print|canvas|webgl)/],
  ['voiceprint', /(?:voice ?print|vpr|shengwen|声纹)/],
];

/** Bytes: pages write icons and what they drew on a canvas as data: URLs; no photograph is as small (the tables of a JPEG alone take 600). */
const SMALLEST_INLINE = 1_024;
/** The same of what stands in the source of a page or a program, spinners and logos among it; what somebody photographs and pastes is longer. */
const SMALLEST_IN_TEXT = 16_384;
/** Names that mean one all the same. */
const PICTURE = /\b(?:photos?|pictures?|pics?|images?|imgs?|snapshots?|screenshots?)\b|照片|图片|相片/;

export const composite: Composite = {
  triggers: ({ kind, bytes }) => kind === 'binary' && bytes !== undefined && bytes.length >= 64,
  find({ decoded }) {
    // Pictures in a response are the service's own content.
    if (decoded.direction === 'response') return [];
    const found: CompositeFinding[] = [];
    for (const field of decoded.fields) {
      const format = mediaOf(field);
      if (format === null) continue;
      const size = field.bytes?.length ?? 0;
      const name = field.keys.map(phraseOf).join(' ');
      const role = ROLES.find(([id, words]) => words.test(name) && (id !== 'voiceprint' || format === 'audio'))?.[0];
      const dataType = role ?? (format === 'audio' ? 'audio_recording' : 'photo_video');
      if (role === undefined && size < SMALLEST_INLINE && field.steps.at(-1) === 'dataurl' && !PICTURE.test(name)) continue;
      const isDrawn = role === undefined && size < SMALLEST_IN_TEXT && isInSource(field);
      const candidate = readAsOne(decoded, field, {
        dataType,
        grade: isDrawn ? 'candidate' : 'probable',
        value: `${format}, ${size} bytes`,
        trace: [
          {
            rule: 'media-magic',
            text: {
              zh: `文件头为${{ image: '图片', video: '视频', audio: '音频' }[format] ?? format}，${size} 字节`,
              en: `begins like ${format}, ${size} bytes`,
            },
          },
          ...(isDrawn ? [drawnLine] : []),
          ...(role === undefined ? [] : [{ rule: 'key', text: { zh: '字段名说明用途', en: 'the name says what it is for' } }]),
        ],
        passRate: 1e-6,
      });
      found.push({ candidate, absorbs: [field.path] });
    }
    return found;
  },
};

const drawnLine: TraceLine = {
  rule: 'doubt-drawn-into-text',
  text: {
    zh: '文字中间没有名称的小图：多为网页、程序里的图标',
    en: 'a small picture under no name in the middle of a text: mostly an icon of a page or a program',
  },
};

/** Whether it was cut out of running text under no name: the source of a page or a program. */
function isInSource({ steps, path }: Field): boolean {
  return steps.at(-2) === 'token' && /\|token\|[a-z]+\d*[a-z]*$/.test(path);
}

function text(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

function mediaOf(field: Field): string | null {
  const { bytes } = field;
  if (field.kind !== 'binary' || bytes === undefined || bytes.length < 64) return null;
  return FORMATS.find(([, fits]) => fits(bytes))?.[0] ?? null;
}
