import { html } from './markup.js';
import { type Page, type Section, table } from './page.js';

/** How to follow a path from the recorded request to the value, with every step that occurs in this report: a finding that nobody can check again proves nothing. */
export function redoing(page: Page): Section {
  const { steps = [] } = page.report;
  const lines = [
    page.say(
      '路径从消息的一个部分开始：url.path[n]（以 / 分隔的第 n 段）、query.名称、header.名称、cookie.名称、body（正文）、ws[n]、grpc[n]、sse[n]（长连接中的第 n 条消息，在 HAR 中列于 _webSocketMessages 或 _streamMessages）。编号都从 0 起。',
      'A path begins with a part of the message: url.path[n] (what stands between two slashes), query.NAME, header.NAME, cookie.NAME, body, ws[n], grpc[n] or sse[n] (a message of a stream: in a HAR under _webSocketMessages or _streamMessages). All counting begins at 0.',
    ),
    page.say(
      '.名称 或 ["名称"] 为成员，[n] 为列表中的第 n 项；重名的依次为 a、a[1]、a[2]。$ 为整份 JSON 文档，body.form、body.multipart 为按声明读取的正文。',
      '.NAME or ["NAME"] is a member, [n] an element; of equal names the second is a[1]. $ is a whole JSON document; body.form and body.multipart are the body as it is declared.',
    ),
    page.say(
      '“|步骤”表示对它前面的内容做一次解码，各步骤见下表。URL 各段、查询参数和表单的值已作百分号解码，不另列为步骤；UTF-8 以外的字符集列为步骤。',
      '"|step" decodes what stands before it; the table says how. Segments of the URL, values of queries and of forms are percent-decoded, which is no step of its own; a charset other than UTF-8 is one.',
    ),
    page.say(
      '复核需要原始流量：证据包以 --raw 导出时，其中的 traffic.har 保留正文原样（encoding 为 base64 的，先解 Base64）；脱敏的 traffic.har 不含足以复核的内容。',
      'It takes the traffic as it was: the traffic.har of an evidence package that was exported with --raw keeps bodies as they were sent (where encoding is base64, decode that first); a masked one does not hold enough.',
    ),
  ];
  return {
    id: 'redoing',
    title: page.say('如何按路径复核', 'How to follow a path'),
    body: html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>${
      steps.length === 0
        ? null
        : table(
            page.say('本报告中出现的解码步骤', 'Decode steps in this report'),
            [{ head: page.say('步骤', 'Step'), kind: 'tight mono' }, { head: page.say('做什么', 'What it does') }],
            steps.map((words) => [words.step, page.text(words)]),
          )
    }`,
  };
}
