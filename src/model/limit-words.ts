import type { Bilingual } from './text.js';

const WORDS: Readonly<Record<string, Bilingual>> = {
  bodyKept: { zh: '正文太长，只保存和检查了开头', en: 'the body is long; only its beginning was kept and looked at' },
  contentCodings: { zh: '正文叠加的压缩层数太多', en: 'the body is compressed too many times over' },
  byteArrays: { zh: '一份文档里的字节数组太多', en: 'too many arrays of bytes in one document' },
  decodeDepth: { zh: '编码层层嵌套，太深的没有再解', en: 'encodings stand in one another too deep to be undone' },
  decodeFault: { zh: '数据损坏，解码中断', en: 'the data is damaged; decoding stopped' },
  decodeFields: { zh: '字段太多，只检查了一部分', en: 'too many fields; only some were looked at' },
  decodeIdle: { zh: '数据项太多，只检查了一部分', en: 'too many items; only some were looked at' },
  decodeInflated: { zh: '解压后太大，只检查了开头', en: 'too large once inflated; only its beginning was looked at' },
  decodeRatio: { zh: '压缩比异常，只检查了开头', en: 'inflates out of all proportion; only its beginning was looked at' },
  decodeTotal: { zh: '一条消息解出的内容太多，其余没有检查', en: 'one message unfolds to too much; the rest was not looked at' },
  decodeWork: { zh: '解码用时过长，其余没有检查', en: 'decoding took too long; the rest was not looked at' },
  embeddedHits: { zh: '一段文字中命中太多，只列出一部分', en: 'too many hits in one text; only some are listed' },
  exifEntries: { zh: '照片信息条目太多，只检查了一部分', en: 'too many entries in a photograph; only some were looked at' },
  fieldText: {
    zh: '字段很长，只检查了开头（已知值仍全文查找）',
    en: 'a long field; only its beginning was looked at (known values are searched in all of it)',
  },
  followedBody: {
    zh: '响应太大，没有从中记下要追踪的下发值',
    en: 'a long response; values that it hands out are not followed',
  },
  followedHeld: {
    zh: '长连接的消息太多，提前作了检查，其间才下发的值可能没有追踪到',
    en: 'too many messages of a stream; they were read ahead of time, so values handed out meanwhile may not be followed into them',
  },
  followedValues: {
    zh: '服务器下发的值太多，只追踪了一部分',
    en: 'servers handed out too many values; only some are followed',
  },
  hookCalls: { zh: '解密模块调用次数太多', en: 'a decryption module was called too often' },
  hookFault: { zh: '解密模块出错', en: 'a decryption module failed' },
  hookMessageMs: { zh: '解密模块在一条消息上用时过长', en: 'decryption modules took too long over one message' },
  hookMs: { zh: '解密模块一次用时过长', en: 'a decryption module took too long' },
  hookOutput: { zh: '解密模块的结果太大', en: 'a decryption module made too much' },
  httpHead: { zh: 'HTTP/2 头部太长，其余字段没有检查', en: 'an HTTP/2 head is long; the rest of its fields was not looked at' },
  httpHeaderCount: { zh: '头部字段太多，只检查了开头的', en: 'too many header fields; only the first were looked at' },
  jsonDepth: { zh: 'JSON 嵌套太深', en: 'JSON nested too deep' },
  knownDigests: { zh: '测试人物的值太多，摘要只比对了一部分', en: 'too many known values; only some of their digests were compared' },
  knownEvidence: { zh: '一条消息中已知值命中太多，只列出一部分', en: 'too many known values in one message; only some are listed' },
  listDepth: { zh: '列表嵌套太深', en: 'lists nested too deep' },
  multipartParts: { zh: '表单的部分太多，只检查了开头的', en: 'too many parts in a form; only the first were looked at' },
  partHead: { zh: '表单某一部分的头太长', en: 'the head of a form part is too long' },
  pdfObjects: { zh: 'PDF 中的对象太多，只读取了一部分', en: 'too many objects in a PDF; only some were read' },
  protobufDepth: { zh: 'Protobuf 嵌套太深', en: 'Protobuf nested too deep' },
  recurringDigests: {
    zh: '认出的标识太多，其中一些的摘要没有查找',
    en: 'too many identifiers were recognised; the digests of some are not looked for',
  },
  recurringValues: {
    zh: '经过的值太多，有的标识在被认出之前的出现可能没有找到',
    en: 'too many values passed before an identifier was recognised; where it stood in earlier messages may not have been found',
  },
  reportOccurrences: { zh: '出现次数太多，报告只逐条列出一部分', en: 'too many occurrences; the report lists only some one by one' },
  streamMessages: {
    zh: '导入的记录中一条长连接的消息太多，其后的没有读取',
    en: 'a recorded stream has too many messages; those beyond were not read',
  },
  structDepth: {
    zh: '二进制结构（TARS、Thrift、BSON、PHP、Java 等）嵌套太深',
    en: 'a binary structure (TARS, Thrift, BSON, PHP, Java and others) nested too deep',
  },
  textTokens: { zh: '一段文字里要拆开的片段太多', en: 'too many pieces to be taken apart in one text' },
  viewHex: { zh: '只列出开头的字节', en: 'only the first bytes are listed' },
  viewMarks: { zh: '一个请求里的证据太多', en: 'too much evidence in one request' },
  viewMessages: { zh: '流消息很多，只列出附近的', en: 'many stream messages; only those nearby are listed' },
  viewText: { zh: '太长，只显示开头', en: 'long; only its beginning is shown' },
  wireEarly: {
    zh: '响应的消息先于请求结束，太多的没有保留',
    en: 'too many messages of a response came ahead of the end of its request; the rest was not kept',
  },
  wireHeld: { zh: '隧道建立之前发送的内容太多，其余没有检查', en: 'too much was sent before its tunnel stood; the rest was not looked at' },
  wireReadings: {
    zh: '一个请求的长度有多种读法，只检查了其中一部分',
    en: 'the length of a request can be read in many ways; only some of them were looked at',
  },
  zipEntries: { zh: '压缩包里的文件太多，只检查了一部分', en: 'too many files in an archive; only some were looked at' },
};

/**
 * By the name in `limits.ts`: what it means for a reader that this bound was reached. What was beyond it was not looked at. A map,
 * because names also come from stored sessions of other versions, and `constructor` is in every object.
 */
export const LIMIT_WORDS: ReadonlyMap<string, Bilingual> = new Map(Object.entries(WORDS));
