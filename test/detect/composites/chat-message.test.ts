import { describe, expect, it } from 'vitest';
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
});
