import { VERDICTS } from '../../model/finding.js';
import { byText } from '../../model/text.js';
import { ANSWER_WORDS, VERDICT_WORDS } from '../words.js';
import { breakable } from './findings.js';
import { html, type Printable } from './markup.js';
import { blanks, facts, type Page, type Section, table } from './page.js';
import { screenshots } from './screenshots.js';

/** Requests with evidence listed in the appendix; the JSON report and the HAR hold the rest. */
const REQUESTS_SHOWN = 300;

/** Whether the basic function was refused to who declines; left open where nobody tried. */
export function refusalTest(page: Page): Section {
  const { refusal, session, findings } = page.report;
  const refused = session.scenes.filter(({ consent }) => consent === 'refused').map(({ id }) => id);
  const after = findings.filter(({ byScene }) => refused.some((id) => (byScene?.[id] ?? 0) > 0));
  const answers: Printable =
    refusal === undefined || refusal.length === 0
      ? html`<p class="note">${page.say(
          '本次未做。第四条（不得因用户拒绝提供非必要个人信息而拒绝其使用基本功能服务）是否得到遵守，本报告不作结论。',
          'Not done. Whether article 4 is kept (no refusal of the basic function to a user who declines what is not necessary) is left open by this report.',
        )}</p>`
      : table(
          page.say('测试者的回答', "The tester's answers"),
          [
            { head: page.say('检查项', 'Question') },
            { head: page.say('结果', 'Result'), kind: 'tight' },
            { head: page.say('备注', 'Note') },
          ],
          refusal.map(({ question, answer, note }) => [page.text(question), page.text(ANSWER_WORDS[answer]), note]),
        );
  const traffic =
    refused.length === 0
      ? null
      : html`<p>${page.say('在标记为“已拒绝”的场景中观察到的传输，按判定：', 'Transfers seen in scenes marked as refused, by verdict:')}</p>${
          after.length === 0
            ? html`<p>${page.none()}</p>`
            : facts(
                VERDICTS.flatMap((verdict) => {
                  const some = after.filter((finding) => finding.verdict === verdict);
                  return some.length === 0
                    ? []
                    : [[page.text(VERDICT_WORDS[verdict]), page.list(some.map((finding) => page.finding(finding)))] as const];
                }),
              )
        }`;
  return { id: 'refusal', title: page.say('拒绝测试（第四条）', 'Refusal test (article 4)'), body: html`${answers}${traffic}` };
}

/** What traffic cannot show and a person has to look at, as far as this session raises it. */
export function manualItems(page: Page): Section {
  const { findings, coverage, session } = page.report;
  const items: string[] = [];
  if (findings.some(({ verdict }) => verdict === 'beyond_necessary'))
    items.push(
      page.say(
        '对每项“超出必要范围”的信息：是否在传输前取得用户同意，是否属于用户主动使用的附加功能，隐私政策是否列明目的、方式、范围和接收方。',
        'For each item beyond necessary: was consent obtained before, is it part of an optional function the user chose, does the privacy policy name purpose, manner, scope and receiver?',
      ),
      page.say('用户拒绝提供上述信息后，基本功能服务是否仍可使用。', 'Does the basic function still work when the user declines them?'),
    );
  if (findings.some(({ verdict }) => verdict === 'conditional'))
    items.push(
      page.say(
        '对每项“有条件必要”的信息：被测业务是否符合清单所附条件（用 --context 回答后重新判定）。',
        'For each conditional item: does the tested service meet the condition (answer with --context and judge again)?',
      ),
    );
  if (findings.some(({ party }) => party.firstParty === null))
    items.push(page.say('核实归属未知的接收方由谁运营。', 'Find out who operates the receivers whose owner is unknown.'));
  if (coverage.pinned.length + coverage.notInspected.length + coverage.passedThrough.length > 0)
    items.push(
      page.say(
        '对未能读取的主机，用调试版本、日志或开发者说明补充核查。',
        'For hosts that could not be read, check with a debug build, logs or the developer.',
      ),
    );
  if (coverage.opaque.length > 0)
    items.push(
      page.say(
        '向开发者取得自行加密载荷的密钥或明文样本后复测。',
        "Ask the developer for key or sample of the app's own encryption, and test again.",
      ),
    );
  if (session.scenes.length === 0)
    items.push(
      page.say(
        '标记场景（同意前、已同意、已拒绝、后台）后复测。',
        'Test again with scenes marked (before consent, consented, refused, background).',
      ),
    );
  items.push(
    page.say(
      '隐私政策的展示、可读性、撤回同意与注销途径等不在网络通信中体现的事项。',
      'What network traffic does not show: how the privacy policy is presented, how consent is withdrawn, how an account is closed.',
    ),
  );
  return {
    id: 'manual',
    title: page.say('需人工核实的事项', 'To be checked by a person'),
    body: html`<ul class="boxes">${items.map((item) => html`<li>${item}</li>`)}</ul>`,
  };
}

/** Requests with findings, the rules and data types judged by, and checksums. */
export function appendices(page: Page): Section {
  const { findings, basis, rules, tool, schemaVersion } = page.report;
  const requests = new Map<string, { exchange: number; method: string; url: string; findings: Set<string> }>();
  for (const finding of findings) {
    for (const piece of finding.occurrences) {
      const key = String(piece.exchange);
      const known = requests.get(key) ?? { exchange: piece.exchange, method: piece.method, url: piece.url, findings: new Set<string>() };
      known.findings.add(page.finding(finding));
      requests.set(key, known);
    }
  }
  const list = [...requests.values()].sort((a, b) => a.exchange - b.exchange);
  const yes = (value: boolean | 'yes' | 'no' | 'context') =>
    value === 'context' ? page.say('视情形', 'depends') : value === true || value === 'yes' ? page.say('是', 'yes') : page.say('否', 'no');
  return {
    id: 'appendices',
    title: page.say('附录', 'Appendices'),
    body: html`<h3>${page.say('附录 A　含发现项的请求', 'Appendix A: requests with findings')}</h3>
${table(
  page.showsValues ? page.say('请求清单', 'Requests') : page.say('请求清单（查询参数的值已隐去）', 'Requests (query values hidden)'),
  [
    { head: page.say('序号', 'No.'), kind: 'tight num' },
    { head: page.say('方法', 'Method'), kind: 'tight' },
    { head: 'URL', kind: 'mono wide' },
    { head: page.say('发现项', 'Findings') },
  ],
  list
    .slice(0, REQUESTS_SHOWN)
    .map((request) => [`#${request.exchange}`, request.method, breakable(request.url), page.list([...request.findings].sort(byText))]),
)}${list.length > REQUESTS_SHOWN ? html`<p class="soft">${page.say(`另有 ${list.length - REQUESTS_SHOWN} 次请求，见 JSON 报告。`, `${list.length - REQUESTS_SHOWN} more requests: see the JSON report.`)}</p>` : null}
<h3>${page.say('附录 B　规则与数据字典', 'Appendix B: rules and data types')}</h3>
${(basis?.categories ?? []).map(
  (category) =>
    html`<div class="list"><p><b>${page.text(category.name)}</b>${category.app === 'main' ? null : html` <span class="mono soft">${category.app}</span>`}${category.basicFunction === null ? null : html` · ${page.say('基本功能服务：', 'basic function: ')}${page.text(category.basicFunction)}`}</p>${
      category.items === null
        ? html`<p class="note">${page.say('该类型的清单未能核实，未据以判定。', 'The list of this category could not be verified and was not used.')}</p>`
        : category.noPersonalInfoNeeded || category.items.length === 0
          ? html`<p>${page.say('无须个人信息，即可使用基本功能服务。', 'No personal information is needed for the basic function.')}</p>`
          : html`<ol>${category.items.map((item) => html`<li>${page.text(item.text)}${item.condition === null ? null : html` <span class="soft">${page.say('（条件：', ' (condition: ')}${page.text(item.condition)}${page.say('）', ')')}</span>`}</li>`)}</ol>`
    }</div>`,
)}
${table(
  page.say('出现的个人信息类型', 'Data types that were found'),
  [
    { head: page.say('类型', 'Type') },
    { head: page.say('标识', 'Id'), kind: 'mono' },
    { head: page.say('GB/T 35273 类别', 'GB/T 35273 class') },
    { head: page.say('敏感：个保法', 'Sensitive: PIPL'), kind: 'tight' },
    { head: 'GB/T 35273', kind: 'tight' },
    { head: 'GB/T 45574', kind: 'tight' },
  ],
  (basis?.dataTypes ?? []).map((type) => [
    page.text(type.name),
    type.id,
    page.text(type.gbt35273),
    yes(type.sensitive.pipl28),
    yes(type.sensitive.gbt35273B),
    yes(type.sensitive.gbt45574),
  ]),
)}
${
  (basis?.checks ?? []).length === 0
    ? null
    : table(
        page.say('出现的问题所依据的条款', 'Clauses behind the issues raised'),
        [
          { head: page.say('问题', 'Issue') },
          { head: page.say('条款', 'Clause'), kind: 'wide' },
          { head: page.say('可不视为问题的情形', 'Fine when') },
        ],
        (basis?.checks ?? []).map((check) => [
          page.text(check.name),
          html`<b>${check.clause}</b><div>${page.text(check.clauseText)}</div>`,
          page.text(check.fineWhen),
        ]),
      )
}
<h3>${page.say('附录 C　校验信息', 'Appendix C: checksums')}</h3>
${facts([
  [page.say('规则 SHA-256', 'Rules SHA-256'), html`<span class="mono">${rules.sha256}</span>`],
  [page.say('规则包 / 版本', 'Pack / version'), html`<span class="mono">${rules.pack} ${rules.version}</span>`],
  [page.say('工具', 'Tool'), html`<span class="mono">${tool.name} ${tool.version}</span>`],
  [page.say('会话', 'Session'), page.reportNumber()],
  [page.say('数据格式', 'Data format'), html`<span class="mono">SessionReport v${schemaVersion}</span>`],
])}${screenshots(page)}`,
  };
}

/** What the words of the report mean, and what it cannot see. */
export function statement(page: Page): Section {
  const lines = [
    page.say(
      '“超出必要范围”指该信息不在相应App类型的必要个人信息清单内，本身不等于违法：App可以在告知并取得用户同意后处理，但不得因用户拒绝而拒绝提供基本功能服务（第四条）。',
      '"Beyond necessary" means that the data is not on the list of the app\'s category. This is not unlawful by itself: an app may process it after notice and consent, but may not refuse its basic function to a user who declines (article 4).',
    ),
    page.say(
      '本报告只反映检测期间经过代理、且能够解密和解码的客户端通信；服务器之间的传输、未触发的功能、证书锁定或自行加密的通信不在可见范围内。',
      'This report shows only client traffic that passed the proxy during the test and could be decrypted and decoded. Transfers between servers, functions that were not used, pinned or app-encrypted traffic are out of sight.',
    ),
    page.say(
      '未列为发现项不表示不存在个人信息传输；“未判定”不表示合规。是否违反法律由主管部门依法认定，本报告不构成法律意见。',
      'That something is not listed does not mean it was not sent; "not judged" does not mean compliant. Whether the law was broken is for the authorities to decide; this report is no legal advice.',
    ),
    page.showsValues
      ? page.say(
          '应测试者要求，本报告载有个人信息的原值和完整网址，请妥善保管；同一安装内，标签相同即值相同。',
          'As the tester asked, this report holds values in clear and whole URLs: keep it safe. Within one installation equal tags mean equal values.',
        )
      : page.say(
          '个人信息的值以掩码和标签表示；同一安装内，标签相同即值相同。',
          'Values are masked and tagged; within one installation equal tags mean equal values.',
        ),
  ];
  if (page.language === 'en') lines.push('The provisions are quoted in an unofficial translation; the Chinese text prevails.');
  return {
    id: 'statement',
    title: page.say('声明', 'Statement'),
    body: html`<ol class="statement">${lines.map((line) => html`<li>${line}</li>`)}</ol>${blanks([page.say('检测人', 'Tested by'), page.say('复核人', 'Reviewed by'), page.say('日期', 'Date')])}`,
  };
}
