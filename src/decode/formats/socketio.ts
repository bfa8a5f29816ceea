import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** Engine.IO and Socket.IO packets: digits for the packet type, a namespace, an acknowledgement id, then JSON (socket.io-protocol 5). */
export const decoder: Decoder = {
  id: 'socketio',
  says: { zh: 'Socket.IO 报文：去掉前面的数字', en: 'Socket.IO packet: what stands behind its digits' },
  order: 36,
  shapes: SHAPE.digit,
  open(source) {
    const { text } = source;
    const prefix = text === null ? null : /^\d{1,2}(?:\d?-)?(?:\/[\w-]{1,64},)?\d{0,10}(?=[[{])/.exec(text.slice(0, 96));
    if (text === null || prefix === null) return null;
    const start = prefix[0].length;
    return { child: { text: text.slice(start), sure: false, structured: true, start, end: text.length } };
  },
};
