import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName, tokensOf } from '../keys.js';

/**
 * `{ convId, msgId, content }`: words that somebody types to somebody. `content` alone is anything's; beside a conversation or an
 * addressee and what only messages have (a number of their own, a kind) it is the message. An address that chats are sent to says the same.
 */
const TEXT = /^(?:content|text|msg|message|body|msgcontent|msgtext|messagetext|msgbody)$/;
const ADDRESSEE =
  /^(?:to|toid|touid|touser|touserid|toaccount|toaccid|tousername|receiverid|receiveruid|peerid|peeruid|convid|conversationid|conversation|dialogid|chatid|chatroomid|groupid)$/;
const MESSAGE =
  /^(?:msgid|messageid|clientmsgid|clientmsgno|clientmessageid|localmsgid|localid|msgseq|msgrandom|msgtype|messagetype|chattype|convtype|conversationtype)$/;
/** What the service writes to everybody. */
const SENDER = /^(?:from|fromid|fromuid|fromuser|sender|senderid|senderuid|type|msgtype|messagetype)$/;
const SYSTEM = /^(?:sys|system|notice|notification|official|admin|server|push|broadcast)$/i;
/** Typed by people: Chinese characters, or words with blanks; no address, markup or expression. */
const TYPED = /^(?!\s*[<{[])(?!https?:\/\/\S*$)[\s\S]*(?:[\u3400-\u9fff]{2}|\p{L}{2,}[ ,.!?]+\p{L}+)/u;
const CHAT = /^(?:chats?|dialogs?|conversations?|sendmsg|sendmessage)$/;
const NOBODY = /^(?:|0|-1|null|undefined|all|system|admin)$/i;

export const composite: Composite = {
  named: (keys) => TEXT.test(leafName(keys)),
  triggers: (field, named) => named && isTyped(field),
  prose: true,
  find(scope) {
    const sure = surePaths(scope.candidates);
    const isOfChat = scope.decoded.fields.some(
      ({ part, path, value }) => part === 'url' && path.startsWith('url.path[') && tokensOf(value).some((word) => CHAT.test(word)),
    );
    const found: CompositeFinding[] = [];
    for (const fields of scope.groups.values()) {
      if (!isMessage(fields, isOfChat)) continue;
      for (const field of fields)
        if (isTyped(field) && !sure.has(field.path))
          found.push({ candidate: readTogether(scope.decoded, field, 'chat_content', line), absorbs: [] });
    }
    return found;
  },
};

/** @param isOfChat whether the address says that chats are sent there. */
function isMessage(fields: readonly Field[], isOfChat: boolean): boolean {
  let addressed = false;
  let numbered = isOfChat;
  for (const { keys, value, part } of fields) {
    if (part !== 'body') continue;
    const name = leafName(keys);
    if (SENDER.test(name) && SYSTEM.test(value.trim())) return false;
    addressed ||= ADDRESSEE.test(name) && !NOBODY.test(value.trim());
    numbered ||= MESSAGE.test(name) && value.trim() !== '';
  }
  return addressed && numbered;
}

function isTyped({ part, kind, keys, value, opened }: Field): boolean {
  return part === 'body' && kind === 'string' && opened !== true && TEXT.test(leafName(keys)) && TYPED.test(value);
}

const line = {
  rule: 'chat-message',
  text: {
    zh: '同一对象内有会话或接收人，又有消息编号、消息类型或发往聊天的地址：是一条聊天消息的文字',
    en: 'the same object names a conversation or an addressee, and a number, a kind or the address is of a chat: the words of a message',
  },
} as const;
