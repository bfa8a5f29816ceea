import type { Bilingual } from './text.js';

/** By the name of the step as it stands in a path; a container says what its members are called there, too. */
const WORDS: Readonly<Record<string, Bilingual>> = {
  avro: {
    zh: 'Avro 数据文件，按文件头中的模式读取；[n] 为第 n 条记录',
    en: 'Avro data file, read by the schema in its head; [n] is the record',
  },
  base32: { zh: 'Base32（RFC 4648）', en: 'base32 (RFC 4648)' },
  'base32-crockford': { zh: 'Crockford 字母表的 Base32', en: "base32 in Crockford's alphabet" },
  base32hex: { zh: '扩展十六进制字母表的 Base32（RFC 4648）', en: 'base32 in the extended hex alphabet (RFC 4648)' },
  base45: { zh: 'Base45（RFC 9285）', en: 'base45 (RFC 9285)' },
  base64: { zh: 'Base64，两种字母表均可，补位可缺', en: 'base64 in either alphabet, with or without padding' },
  'base64-custom': { zh: '测试人物文件给出字母表的 Base64', en: 'base64 in the alphabet that the persona file gives' },
  base64star: { zh: 'Base64，以 * 代 +、- 代 /、_ 代 =', en: 'base64 with * for +, - for / and _ for =' },
  base64url: {
    zh: 'URL 安全字母表的 Base64（- 与 _），补位可缺',
    en: 'base64 in the URL-safe alphabet (- and _), with or without padding',
  },
  base85: { zh: 'RFC 1924 字母表的 Base85（Python 的 b85decode）', en: "base85 in the alphabet of RFC 1924 (Python's b85decode)" },
  ascii85: { zh: 'Adobe 的 Ascii85（Python 的 a85decode）', en: "Adobe's Ascii85 (Python's a85decode)" },
  z85: { zh: 'ZeroMQ 的 Base85（Z85）', en: 'base85 of ZeroMQ (Z85)' },
  'z-base-32': { zh: 'z-base-32', en: 'z-base-32' },
  basic: { zh: 'HTTP Basic 凭据：Base64 解开后为“用户名:密码”', en: 'HTTP Basic credentials: base64 of user:password' },
  bencode: { zh: 'bencode（BEP 3）', en: 'bencode (BEP 3)' },
  bplist: {
    zh: '二进制 plist（plutil 可读）；NSKeyedArchiver 的引用已还原',
    en: 'binary property list (plutil reads it); references of NSKeyedArchiver are followed',
  },
  br: { zh: 'Brotli 解压', en: 'brotli, inflated' },
  bson: { zh: 'BSON', en: 'BSON' },
  bytearray: { zh: '文档中写成数字列表的字节，按先后编号', en: 'bytes written as a list of numbers in a document, counted in their order' },
  cbor: { zh: 'CBOR（RFC 8949）', en: 'CBOR (RFC 8949)' },
  codes: { zh: '一串数字，每个数字是一个字节或一个字符的编码', en: 'numbers, each the code of a byte or of a character' },
  dataurl: { zh: 'data: URL 的内容（RFC 2397）', en: 'the content of a data: URL (RFC 2397)' },
  deflate: { zh: 'zlib 解压（RFC 1950）', en: 'zlib stream, inflated (RFC 1950)' },
  dns: {
    zh: 'DNS 报文（RFC 1035）；joined 为相邻标签首尾相接',
    en: 'DNS message (RFC 1035); joined: labels next to each other, put together',
  },
  encodedword: { zh: 'MIME 编码字 =?UTF-8?B?…?=（RFC 2047）', en: 'encoded word of MIME, =?UTF-8?B?…?= (RFC 2047)' },
  exif: {
    zh: '照片的 Exif 信息（exiftool 可读）；经纬度已换算为度',
    en: 'Exif of a photograph (exiftool reads it); coordinates in degrees',
  },
  form: { zh: '表单：以 & 分隔的 名=值，各自百分号解码', en: 'form: name=value between &, each percent-decoded' },
  formlines: { zh: '每行一个表单；[n] 为行号', en: 'a form on each line; [n] is the line' },
  frames: { zh: '逐条冠以长度的消息；[n] 为第 n 条', en: 'messages, each behind its length; [n] is the message' },
  fullwidth: { zh: '全角字符换成半角', en: 'full-width characters as ASCII' },
  graphql: { zh: 'GraphQL 语句中的字面量，按字段与参数名', en: 'literals of a GraphQL document, by field and argument' },
  grpc: { zh: 'gRPC 帧：5 字节头之后的消息；[n] 为第 n 帧', en: 'gRPC frames: what stands behind the head of 5 bytes; [n] is the frame' },
  gzip: { zh: 'gzip 解压', en: 'gzip, inflated' },
  header: { zh: '自定义头部中的可读文字', en: "readable text in a header of the app's own" },
  hessian: { zh: 'Hessian（版本 1 或 2）；[n] 为第 n 个参数', en: 'Hessian (version 1 or 2); [n] is the argument' },
  hex: { zh: '十六进制写成的字节', en: 'bytes in hex' },
  javaserial: { zh: 'Java 对象序列化流（ObjectInputStream），按字段名', en: 'Java object stream (ObjectInputStream), by field' },
  jsescape: { zh: 'JavaScript 的 unescape()：%uXXXX 与 %XX', en: 'unescape() of JavaScript: %uXXXX and %XX' },
  json: { zh: 'JSON；路径中写作 $', en: 'JSON; in the path it is the $' },
  jsonp: { zh: 'JSONP：函数调用括号里的 JSON', en: 'JSONP: the JSON in the brackets of the call' },
  jwt: {
    zh: 'JWT：以点分段，header 与 payload 各为 Base64 编码的 JSON',
    en: 'JWT: parts between dots; header and payload are JSON in base64',
  },
  latin1: { zh: '每个字符当作一个字节（ISO 8859-1），再按 UTF-8 读', en: 'each character as a byte (ISO 8859-1), and then read anew' },
  listing: {
    zh: '“名:值”式的列表（冒号、制表符或箭头），逐对读取',
    en: 'list of names and values with a colon, a tab or an arrow between them',
  },
  lz4: { zh: 'LZ4 解压（lz4 -dc；无帧头者为裸块）', en: 'LZ4, inflated (lz4 -dc; without a frame it is a bare block)' },
  mqtt: { zh: 'MQTT 报文；[n] 为第 n 个报文', en: 'MQTT packets; [n] is the packet' },
  msgpack: { zh: 'MessagePack', en: 'MessagePack' },
  multipart: { zh: 'multipart/form-data 的各部分，按名称', en: 'parts of multipart/form-data, by name' },
  name: { zh: '值就是字段名本身', en: 'the name of the field is the value' },
  ndjson: { zh: '每行或逐个相接的 JSON 文档；[n] 为第 n 个', en: 'JSON documents in lines or one behind the other; [n] is the document' },
  office: {
    zh: 'Office 或 OpenDocument 文件：zip 内的 XML；text[n] 为段落，A1 式为单元格',
    en: 'Office or OpenDocument file: XML in a zip; text[n] is the paragraph, A1 the cell',
  },
  pdf: { zh: 'PDF；page[n] 为页，text[n] 为行（pdftotext 可读）', en: 'PDF; page[n] is the page, text[n] the line (pdftotext reads it)' },
  percent: { zh: '百分号解码（%XX）', en: 'percent-decoded (%XX)' },
  phpserialize: { zh: 'PHP serialize() 的结果', en: 'what serialize() of PHP wrote' },
  pickle: { zh: 'Python pickle（只看不执行）', en: 'Python pickle (read, never run)' },
  plist: { zh: 'XML plist；NSKeyedArchiver 的引用已还原', en: 'property list in XML; references of NSKeyedArchiver are followed' },
  properties: { zh: '以分隔符隔开的 名=值', en: 'name=value between separators' },
  protobuf: {
    zh: 'Protocol Buffers：路径中的数字为字段编号（protoc --decode_raw）',
    en: 'Protocol Buffers: numbers in the path are field numbers (protoc --decode_raw)',
  },
  quicktime: { zh: '视频（MP4/MOV）中的拍摄地点', en: 'where a video (MP4/MOV) says it was taken' },
  'quoted-printable': { zh: 'Quoted-Printable（RFC 2045）', en: 'quoted-printable (RFC 2045)' },
  rawdeflate: { zh: '无头部的 deflate 解压（RFC 1951）', en: 'deflate without a head, inflated (RFC 1951)' },
  record: { zh: '程序打印的对象或日志行中的 名=值', en: 'name=value in an object as programs print it, or in the line of a log' },
  reference: { zh: 'HTML 字符引用还原（&#24352;）', en: 'character references of HTML undone (&#24352;)' },
  reversed: { zh: '首尾倒置', en: 'read from its end to its beginning' },
  rot47: { zh: 'ROT47：可见 ASCII 字符循环移 47 位', en: 'ROT47: visible ASCII turned by 47 places' },
  smile: { zh: 'Smile（Jackson 的二进制 JSON）', en: 'Smile (binary JSON of Jackson)' },
  snappy: { zh: 'Snappy 解压', en: 'Snappy, inflated' },
  socketio: { zh: 'Socket.IO 报文：去掉前面的数字', en: 'Socket.IO packet: what stands behind its digits' },
  sqlite: { zh: 'SQLite 数据库：表名[行].列名', en: 'SQLite database: table[row].column' },
  table: {
    zh: '有表头的表（CSV 等）；[n] 为表头之下第 n 行',
    en: 'table under a line of names (CSV and its like); [n] is the row below it',
  },
  tar: { zh: 'tar 归档中的文件', en: 'file in a tar archive' },
  tars: { zh: 'TARS/JCE（腾讯）：路径中的数字为标签号', en: 'TARS/JCE (Tencent): numbers in the path are tags' },
  tdbase64: { zh: '京东设备指纹所用字母表的 Base64', en: "base64 in the alphabet of JD's device fingerprint" },
  text: { zh: '整段文字，未再分解', en: 'the text as a whole, not taken apart' },
  thrift: { zh: 'Thrift 二进制协议：路径中的数字为字段编号', en: 'Thrift, binary protocol: numbers in the path are field numbers' },
  thriftcompact: { zh: 'Thrift 紧凑协议：路径中的数字为字段编号', en: 'Thrift, compact protocol: numbers in the path are field numbers' },
  token: { zh: '从较长文字中截取的一段；[n] 为截取的次序', en: 'a piece cut out of a longer text; [n] counts the pieces that were tried' },
  ubjson: { zh: 'UBJSON', en: 'UBJSON' },
  umeng: { zh: '友盟信封（Thrift 紧凑协议），按字段名', en: 'envelope of Umeng (Thrift, compact protocol), by field' },
  unescape: { zh: '\\uXXXX、\\xXX 等转义还原', en: 'escapes such as \\uXXXX and \\xXX undone' },
  unfold: { zh: '把 vCard、iCalendar 的折行接回（RFC 5545）', en: 'folded lines of vCard and iCalendar put together again (RFC 5545)' },
  url: { zh: '作为值的网址，读取其查询参数', en: 'an address as a value: the parameters of its query' },
  xml: { zh: 'XML：按元素名，@ 之后为属性', en: 'XML: by element, behind @ the attribute' },
  xor: { zh: '用测试人物文件中的密钥异或', en: 'XOR with the key of the persona file' },
  zip: { zh: 'zip 归档中的文件', en: 'file in a zip archive' },
  zstd: { zh: 'Zstandard 解压', en: 'Zstandard, inflated' },
};

/** Steps whose names carry a number, a charset or a cipher. */
const FAMILIES: ReadonlyArray<readonly [pattern: RegExp, zh: string, en: string]> = [
  [/^field ([\d.]+)$/, '按 .proto 定义得名，字段编号为 $1', 'named by the .proto definition; its field numbers are $1'],
  [/^skip-(\d+)$/, '去掉前 $1 个字节', 'without its first $1 bytes'],
  [/^xor-([0-9a-f]{2})$/, '每个字节与 0x$1 异或', 'each byte XOR 0x$1'],
  [/^added-(\d+)$/, '每个字节减 $1', '$1 taken from each byte'],
  [/^shift-(\d+)$/, '每个字符的编码减 $1', '$1 taken from the code of each character'],
  [/^shift-minus-(\d+)$/, '每个字符的编码加 $1', '$1 added to the code of each character'],
  [
    /^(?:aes|sm4|des)-[a-z0-9-]+$/,
    '解密（openssl enc -d）：密钥见测试人物文件，友盟信封的则随信封发送',
    'decrypted (openssl enc -d) with a key of the persona file, or inside of umeng with the one that is sent along',
  ],
  [
    /^(?:utf-(?:16|32)[a-z]*|gb\w+|big5\S*|shift_jis|euc-\w+|iso-\S+|windows-\d+)$/,
    '按此字符集读取（iconv -f $&）',
    'read in this charset (iconv -f $&)',
  ],
];

/**
 * What a decode step did, so that whoever has the request can do it again.
 * @param step as it stands in a path, with its number or place: `xor-5a`, `bytearray[0]`.
 * @returns null for a step of the tester's own module, which only the module knows.
 */
export function stepWords(step: string): Bilingual | null {
  const known = WORDS[step.replace(/\[\d+\]$/, '')];
  if (known !== undefined) return known;
  for (const [pattern, zh, en] of FAMILIES) if (pattern.test(step)) return { zh: step.replace(pattern, zh), en: step.replace(pattern, en) };
  return null;
}
