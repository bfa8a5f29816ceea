import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';
import { sure } from './lists.js';

const words = '明天下午三点老地方见';

describe('chat message', () => {
  it.each([
    { msgId: '13988402211134455', convId: 'single_1_2', from: '880012345', to: '880067890', content: words },
    { chatType: 1, toUserId: '880067890', text: 'see you at three tomorrow' },
    { msg_seq: 7, GroupId: 'g1', msg: words },
  ])('is the words beside an addressee and the number of a message: %j', (body) => {
    expect(sure(body).map(([dataType]) => dataType)).toContain('chat_content');
  });

  it.each([
    // Words alone, a notice that is logged, a page, a comment.
    { content: words },
    { msgType: 'toast', message: words },
    { groupId: 'g1', content: words },
    { msgId: '1', to: '0', content: words },
    // What the service writes to everybody.
    { msgId: '1', conversationId: 'sys_10000', sender: 'system', content: words },
    // What a machine writes.
    { msgId: '13988402211134455', convId: 'single_1_2', content: 'ack' },
    { msgId: '13988402211134455', convId: 'single_1_2', content: 'https://img.example.com/a.png' },
    { msgId: '13988402211134455', convId: 'single_1_2', content: '{"type":"voice"}' },
  ])('is not %j', (body) => {
    expect(sure(body).map(([dataType]) => dataType)).not.toContain('chat_content');
  });

  it('incident: words to somebody were passed over at the address of a chat, where they have no number', () => {
    const typesAt = (path: string, body: object) =>
      createDetector({ dataTypes })
        .detect(decodeRequest(request({ url: `https://api.example.com${path}`, body: JSON.stringify(body) })))
        .filter(({ grade }) => grade !== 'candidate')
        .map(({ dataType }) => dataType);
    expect(typesAt('/chat/send', { toUid: '880067890', content: words })).toEqual(['chat_content']);
    expect(typesAt('/push/send', { toUid: '880067890', content: words })).toEqual([]);
    expect(typesAt('/chat/list', { content: words })).toEqual([]);
    expect(typesAt('/im/login', { to: '880067890', message: 'login success' })).toEqual([]);
  });
});
