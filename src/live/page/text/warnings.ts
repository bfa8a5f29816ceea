import type { Bilingual } from '../../../model/text.js';

/**
 * What was odd about a message or its recording, and why an exchange failed, by the codes of the observers. The detail beside it is
 * the observers' own: it quotes the bytes.
 */
const WORDS: ReadonlyMap<string, Bilingual> = new Map<string, Bilingual>(
  Object.entries({
    'no-response': { zh: '连接在收到响应之前结束', en: 'the connection ended before a response came' },
    'cut-short': { zh: '连接中途断开，消息不完整', en: 'the connection ended inside the message' },
    reset: { zh: '连接被重置', en: 'the connection was reset' },
    'idle-timeout': { zh: '连接长时间没有数据，由代理关闭', en: 'silent for so long that the proxy closed it' },
    refused: { zh: '服务器拒绝处理', en: 'the server refused it' },
    'tunnel-refused': { zh: '服务器拒绝建立隧道', en: 'the server refused the tunnel' },
    gap: { zh: '有一段内容已转发但没有分析', en: 'a part was relayed but not analysed' },
    'observer-fault': { zh: '解析出错，其后的内容没有分析', en: 'reading failed; what follows was not analysed' },
    'analysis-failed': { zh: '分析出错，这个请求没有查完', en: 'the analysis failed; this request was not looked through' },
    'not-http': { zh: '不是 HTTP，只查找了已知值', en: 'not HTTP; only known values were looked for' },
    'unknown-protocol': { zh: '无法识别的协议', en: 'an unknown protocol' },
    unsolicited: { zh: '服务器在没有请求时发来数据', en: 'the server sent data that nobody had asked for' },
    'carried-over': { zh: '连接在上一个会话中建立', en: 'the connection began in the session before' },
    'open-at-end': { zh: '会话结束时还在传输', en: 'still under way when the session ended' },
    'server-push': { zh: '服务器主动推送，不是手机发出的请求', en: 'pushed by the server, not asked for by the phone' },
    'host-mismatch': { zh: '连接地址、SNI 与 Host 不一致', en: 'the address connected to, SNI and Host disagree' },
    'duplicate-host': { zh: '有多个 Host 头', en: 'several Host headers' },
    'missing-host': { zh: '没有 Host 头', en: 'no Host header' },
    'invalid-host': { zh: 'Host 头无效', en: 'an invalid Host header' },
    'content-length-with-transfer-encoding': {
      zh: '同时给出 Content-Length 与 Transfer-Encoding，长度有两种读法',
      en: 'both Content-Length and Transfer-Encoding: two readings of its length',
    },
    'conflicting-content-length': {
      zh: '多个 Content-Length 互相矛盾，长度有多种读法',
      en: 'contradicting Content-Length headers: several readings of its length',
    },
    'duplicate-content-length': { zh: 'Content-Length 重复', en: 'Content-Length stands twice' },
    'invalid-content-length': { zh: 'Content-Length 无效', en: 'an invalid Content-Length' },
    'content-length-mismatch': { zh: '正文长度与 Content-Length 不符', en: 'the body is not as long as Content-Length says' },
    'invalid-transfer-encoding': {
      zh: 'Transfer-Encoding 无效，长度有多种读法',
      en: 'an invalid Transfer-Encoding: several readings of its length',
    },
    'transfer-encoding-without-body': { zh: '没有正文却给出 Transfer-Encoding', en: 'Transfer-Encoding without a body' },
    'transfer-coding': { zh: '少见的传输编码', en: 'an unusual transfer coding' },
    'obs-fold': { zh: '头部折行，写法已废止', en: 'a folded header line, long out of use' },
    'space-before-colon': { zh: '头部名称与冒号之间有空格', en: 'white space between a header name and its colon' },
    'header-without-colon': { zh: '头部缺少冒号', en: 'a header line without a colon' },
    'header-without-name': { zh: '头部没有名称', en: 'a header line without a name' },
    'invalid-header-name': { zh: '头部名称无效', en: 'an invalid header name' },
    'control-in-header': { zh: '头部含有控制字符', en: 'a control character in a header' },
    'bare-lf': { zh: '只用 LF 换行', en: 'a line that ends in LF alone' },
    'bare-cr': { zh: '头部中有单独的 CR', en: 'a CR without LF in the head' },
    'space-in-target': { zh: '请求地址中有空格', en: 'white space in the request target' },
    'invalid-status': { zh: '状态码无效', en: 'an invalid status' },
    'invalid-version': { zh: '不是 HTTP/1.1', en: 'not HTTP/1.1' },
    'malformed-pseudo-fields': { zh: 'HTTP/2 伪头部有误', en: 'malformed HTTP/2 pseudo fields' },
    'har-from-cache': { zh: '由缓存应答，没有发出请求', en: 'answered from the cache; no request was sent' },
    'sse-coded': { zh: '事件流经过压缩', en: 'a compressed event stream' },
    'flow-replayed': { zh: '由 mitmproxy 重放，不是 App 发出的', en: 'replayed by mitmproxy, not sent by the app' },
    'har-messages-missing': { zh: '导入的记录没有包含 WebSocket 消息', en: 'the recording left out the messages of the WebSocket' },
    'har-body-missing': { zh: '导入的记录没有包含正文', en: 'the recording left out the body' },
    'har-body-short': { zh: '导入的记录只含部分正文', en: 'the recording holds only a part of the body' },
    'har-body-damaged': {
      zh: '导入的记录把二进制正文存成了文本，部分字节丢失',
      en: 'the recording holds a binary body as text; bytes are lost',
    },
    'har-content-damaged': {
      zh: '导入的记录把二进制正文存成了文本，部分字节丢失',
      en: 'the recording holds a binary body as text; bytes are lost',
    },
  }),
);

/** Families of codes, for what is too rare to have words of its own. */
const FAMILIES: ReadonlyArray<readonly [string, Bilingual]> = [
  ['chunk', { zh: '分块传输的写法不规范', en: 'irregular chunked transfer' }],
  ['data-end', { zh: '分块传输的写法不规范', en: 'irregular chunked transfer' }],
  ['http2', { zh: 'HTTP/2 帧的次序或内容不规范', en: 'irregular HTTP/2 frames' }],
  [
    'websocket',
    { zh: 'WebSocket 帧不规范，其后的内容可能没有分析', en: 'irregular WebSocket frames; what follows may not have been analysed' },
  ],
  ['grpc', { zh: 'gRPC 消息不完整', en: 'an incomplete gRPC message' }],
  ['limit', { zh: '达到处理上限，其后的内容没有分析', en: 'a limit was reached; what follows was not analysed' }],
  ['har', { zh: '导入的记录不完整，或经过改写', en: 'the recording is incomplete or was rewritten' }],
];

/** Told in the detail, but nothing a tester has to look into. */
const HARMLESS: ReadonlySet<string> = new Set([
  'carried-over',
  'open-at-end',
  'server-push',
  'invalid-version',
  'transfer-coding',
  'sse-coded',
  'flow-replayed',
  'har-from-cache',
  'har-time',
  'har-cookie-rebuilt',
  'har-query-rebuilt',
  'har-type-rebuilt',
  'har-body-rebuilt',
  'har-body-decoded',
  'har-body-headers',
]);

/** null: we have no words for it. */
export function warningWords(code: string): Bilingual | null {
  return WORDS.get(code) ?? FAMILIES.find(([family]) => code === family || code.startsWith(`${family}-`))?.[1] ?? null;
}

/** Worth a mark in the request list. */
export function isOdd(code: string): boolean {
  return !HARMLESS.has(code);
}

/** Codes, and families of them, after which a part of the message was not looked through, or is not in the record. */
const UNREAD =
  /^(?:gap|observer-fault|analysis-failed|not-http|unknown-protocol|sse-coded|har-messages-(?:missing|cut)|har-(?:body|content)-(?:missing|short|damaged)|(?:limit|websocket|grpc|http2)(?:-.*)?)$/;

/** Where nothing was found in such a message, that is no sign that nothing is in it. */
export function isUnread(code: string): boolean {
  return UNREAD.test(code);
}
