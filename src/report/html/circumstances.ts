import { LIMIT_WORDS } from '../../model/limit-words.js';
import type { UnreadHost } from '../../model/report.js';
import { chineseNumber } from '../../model/text.js';
import { byteSize, clockTime, duration, thousands, ZONE } from '../figures.js';
import { BASIS_WORDS, CONSENT_WORDS, KIND_WORDS } from '../words.js';
import { type Html, html, type Printable } from './markup.js';
import { facts, type Page, paragraphs, type Section, table } from './page.js';

/** Whose traffic was looked at, and against which lists. */
export function subject(page: Page): Section {
  const { session, basis } = page.report;
  const others = basis?.categories.filter(({ app }) => app !== 'main') ?? [];
  return {
    id: 'subject',
    title: page.say('检测对象', 'Subject under test'),
    body: facts([
      [page.say('App', 'App'), session.app ?? page.say('未填写', 'not given')],
      [
        page.say('App类型', 'Category'),
        session.category === null
          ? page.say('未选择（未作必要性判定）', 'not chosen (nothing was judged)')
          : html`${session.categoryName === null ? session.category : page.text(session.categoryName)} <span class="soft mono">${session.category}</span>`,
      ],
      ...others.map((category): [string, Printable] => [
        page.say('小程序', 'Mini program'),
        html`<span class="mono">${category.app}</span> · ${page.text(category.name)}`,
      ]),
      [page.say('版本、下载来源', 'Version, source'), html`<span class="blank"></span>`],
      [page.say('设备', 'Device'), session.device ?? page.say('未填写', 'not given')],
      [
        page.say('已回答的条件', 'Conditions answered'),
        Object.keys(session.context).length === 0
          ? page.none()
          : Object.entries(session.context).map(
              ([id, yes]) => html`<span class="mono">${id}</span> = ${yes ? page.say('是', 'yes') : page.say('否', 'no')} `,
            ),
      ],
    ]),
  };
}

/** The provisions and rules that were applied. */
export function basis(page: Page): Section {
  const { rules, basis: norms } = page.report;
  const norm =
    norms === undefined
      ? facts([[page.say('规则包', 'Rule pack'), rules.pack]])
      : html`${facts([
          [
            page.say('文件', 'Document'),
            html`<b>${page.say(`《${norms.title.zh}》`, norms.title.en)}</b>${page.language === 'en' ? html`<br><span class="soft">《${norms.title.zh}》</span>` : null}`,
          ],
          [page.say('文号', 'Document no.'), norms.documentNumber ?? page.none()],
          [page.say('发布机关', 'Issued by'), norms.issuers.map((issuer) => html`<div>${page.text(issuer)}</div>`)],
          [page.say('印发 / 施行', 'Dated / in force'), `${norms.dated} / ${norms.effective ?? page.say('未施行', 'not in force')}`],
          [page.say('原文', 'Source'), html`<span class="mono">${norms.url ?? ''}</span>`],
        ])}${norms.articles
          .filter(({ no }) => [2, 3, 4].includes(no))
          .map(
            (article) =>
              html`<blockquote><b>${page.say(`第${chineseNumber(article.no)}条`, `Article ${article.no}`)}</b>${paragraphs(page.text(article.text))}</blockquote>`,
          )}`;
  return {
    id: 'basis',
    title: page.say('检测依据', 'Basis'),
    body: html`${norm}
<p>${page.say(
      '行为类问题另依据《App违法违规收集使用个人信息行为认定方法》（国信办秘字〔2019〕191号）、《个人信息保护法》、GB/T 35273-2020《个人信息安全规范》及 GB/T 45574-2025；所引条款见各发现项。',
      'Issues of behaviour also rest on the Methods for Identifying Unlawful Collection and Use of Personal Information by Apps (2019, no. 191), the Personal Information Protection Law, GB/T 35273-2020 and GB/T 45574-2025; each finding names its clause.',
    )}</p>
<p class="soft">${page.say('规则包', 'Rule pack')} <span class="mono">${rules.pack}</span> ${page.say('版本', 'version')} <span class="mono">${rules.version}</span> · SHA-256 <span class="mono">${rules.sha256}</span></p>`,
  };
}

/** How and with what was captured, and who looked at clear values. */
export function environment(page: Page): Section {
  const { tool, session, reveals } = page.report;
  const sources = {
    proxy: page.say(
      '代理实时采集：设备网络代理指向本工具，经测试者安装的证书解密',
      "Live capture: the device's proxy is this tool, decrypting with a certificate the tester installed",
    ),
    har: page.say('导入的 HAR 录制文件', 'An imported HAR recording'),
    demo: page.say('内置演示（模拟设备与接收方，均在本机）', 'Built-in demonstration (scripted phone and receivers on this machine)'),
  };
  return {
    id: 'environment',
    title: page.say('检测环境与工具', 'Environment and tools'),
    body: facts([
      [page.say('工具', 'Tool'), `${tool.name} ${tool.version}`],
      [page.say('采集方式', 'Capture'), session.source === undefined ? page.none() : sources[session.source]],
      [page.say('开始', 'Began'), clockTime(session.startedAt)],
      [page.say('结束', 'Ended'), session.endedAt === null ? page.say('未结束', 'not yet') : clockTime(session.endedAt)],
      ...(session.endedAt === null ? [] : [[page.say('时长', 'Duration'), duration(session.startedAt, session.endedAt)] as const]),
      ...(reveals === undefined
        ? []
        : [
            [
              page.say('查看原值', 'Values looked at'),
              page.say(
                `${reveals.count} 次，最近一次 ${clockTime(reveals.lastAt)}`,
                `${reveals.count} time${reveals.count === 1 ? '' : 's'}, last ${clockTime(reveals.lastAt)}`,
              ),
            ] as const,
          ]),
      [page.say('时区', 'Time zone'), page.say(`${ZONE}（北京时间）`, `${ZONE} (Beijing time)`)],
    ]),
  };
}

/** A process that was killed closes no scene: it ended when the session did, nobody knows when. */
function openScene(page: Page): string {
  return page.report.session.status === 'interrupted'
    ? page.say('随会话中断而结束，时刻不详', 'ended when the session was cut short, at an unknown time')
    : page.say('进行中', 'running');
}

/** The parts of the session, with the consent in each. */
export function scenes(page: Page): Section {
  const { session } = page.report;
  const body: Html =
    session.scenes.length === 0
      ? html`<p class="note">${page.say('检测过程中未标记场景，因此“同意前收集”“拒绝后收集”等检查未判定。', 'No scene was marked, so the checks "before consent" and "after refusal" were not judged.')}</p>`
      : table(
          page.say('测试场景', 'Scenes'),
          [
            { head: page.say('场景', 'Scene') },
            { head: page.say('同意状态', 'Consent'), kind: 'tight' },
            { head: page.say('开始', 'Began'), kind: 'tight num' },
            { head: page.say('时长', 'Duration'), kind: 'num' },
          ],
          session.scenes.map((scene) => [
            scene.name,
            page.text(CONSENT_WORDS[scene.consent]),
            clockTime(scene.startedAt),
            scene.endedAt === null ? openScene(page) : duration(scene.startedAt, scene.endedAt),
          ]),
        );
  return { id: 'scenes', title: page.say('测试场景', 'Scenes'), body };
}

function attributionOf(page: Page): Html | null {
  const { attribution } = page.report.coverage;
  if (attribution === undefined) return null;
  const ways = Object.entries(attribution.main).filter(([, count]) => count > 0);
  return html`<h3>${page.say('流量归属', 'Whose traffic this is')}</h3>
${facts([
  [
    page.say('被测 App 的包名', 'Package under test'),
    attribution.package ??
      page.say('未指定，无法与手机上的其他应用完全区分', 'not named: other apps on the phone cannot all be told from it'),
  ],
  [
    page.say('计入被测 App 的请求', 'Counted for the app'),
    ways.map(
      ([basis, count]) =>
        html`<div>${page.text(BASIS_WORDS[basis as keyof typeof BASIS_WORDS])}${page.say('：', ': ')}${thousands(count)}</div>`,
    ),
  ],
])}
${
  attribution.others.length === 0
    ? null
    : table(
        page.say('同一手机上的其他应用、小程序与系统', 'Other apps, mini programs and system on the same phone'),
        [
          { head: page.say('来源', 'Sender'), kind: 'mono host' },
          { head: page.say('种类', 'Kind'), kind: 'tight' },
          { head: page.say('请求', 'Exch.'), kind: 'num' },
          { head: page.say('上传', 'Up'), kind: 'num' },
          { head: page.say('主机（其中未能读取）', 'Hosts (of them not read)'), kind: 'wide' },
          { head: page.say('判定', 'Judged'), kind: 'tight' },
        ],
        attribution.others.map((other) => [
          other.app,
          page.text(KIND_WORDS[other.kind]),
          other.exchanges,
          byteSize(other.bytesUp),
          html`${other.hosts.length}${page.say('（', ' (')}${other.unread.length}${page.say('）', ') ')}<span class="soft">${page.list(other.hosts)}</span>`,
          other.judged ? page.say('是', 'yes') : page.say('否', 'no'),
        ]),
      )
}`;
}

/** What it means in words, and the bound's name, by which it is found in the code. */
function limitLine(page: Page, name: string, times: number): Printable {
  const words = LIMIT_WORDS.get(name);
  return html`<div>${words === undefined ? null : `${page.text(words)} `}<span class="mono soft">${name}</span> × ${times}</div>`;
}

/** Hosts that were read, of which there is something to say all the same. @param why head of what is said. */
function readHosts(page: Page, caption: string, why: string, hosts: readonly UnreadHost[] | undefined): Html | null {
  if (hosts === undefined) return null;
  const columns = [{ head: page.say('主机', 'Host'), kind: 'mono host' }, { head: page.say('连接', 'Conn.'), kind: 'num' }, { head: why }];
  return table(
    caption,
    columns,
    hosts.map((host) => [host.host, host.connections, page.text(host.cause)]),
  );
}

/** What could not be looked at, and why. */
export function coverage(page: Page): Section {
  const { coverage: seen, exchanges, session } = page.report;
  const unread = [
    ...seen.pinned.map((host) => ({ ...host, kind: page.say('证书锁定', 'Pinned') })),
    ...seen.passedThrough.map((host) => ({ ...host, kind: page.say('直通', 'Passed through') })),
    ...seen.notInspected.map((host) => ({ ...host, kind: page.say('未检查', 'Not inspected') })),
  ];
  const reached = Object.entries(seen.limitsReached);
  return {
    id: 'coverage',
    title: page.say('覆盖范围与局限', 'Coverage and limits'),
    body: html`${facts([
      [
        page.say('请求', 'Exchanges'),
        `${thousands(exchanges.count)}${page.say('（上传 ', ' (up ')}${byteSize(exchanges.bytesUp)}${page.say('，下载 ', ', down ')}${byteSize(exchanges.bytesDown)}${page.say('）', ')')}`,
      ],
      [
        page.say('主机', 'Hosts'),
        page.say(`共 ${seen.hosts} 个，其中 ${seen.decrypted} 个可读`, `${seen.hosts}, of which ${seen.decrypted} could be read`),
      ],
      [page.say('未分析的请求', 'Exchanges not analysed'), thousands(seen.notAnalysed)],
      [page.say('仅保留开头的消息', 'Messages cut'), thousands(seen.truncated)],
      [page.say('未检查的字节', 'Bytes not looked at'), byteSize(seen.notAnalysedBytes ?? 0)],
      [page.say('未能保存的记录', 'Records not stored'), thousands(seen.notStored ?? 0)],
      [
        page.say('达到的处理上限', 'Limits reached'),
        reached.length === 0 ? page.none() : reached.map(([name, times]) => limitLine(page, name, times)),
      ],
      ...(seen.checksNotJudged === undefined
        ? []
        : [
            [
              page.say('未判定的检查（不等于没有问题）', 'Checks not judged (not the same as passed)'),
              seen.checksNotJudged.map(({ name, why }) => html`<div>${page.text(name)}${page.say('：', ': ')}${page.text(why)}</div>`),
            ] as const,
          ]),
      ...(session.modules ?? []).map(({ file, step, sha256 }): [string, Printable] => [
        page.say('测试者的解密模块', "The tester's own module"),
        html`<span class="mono">${file}</span> → <span class="mono">${step}</span>, SHA-256 <span class="mono">${sha256}</span>`,
      ]),
    ])}
${
  unread.length === 0
    ? null
    : table(
        page.say('未能读取的主机', 'Hosts that could not be read'),
        [
          { head: page.say('主机', 'Host'), kind: 'mono host' },
          { head: page.say('情形', 'Kind'), kind: 'tight' },
          { head: page.say('连接', 'Conn.'), kind: 'num' },
          { head: page.say('上传', 'Up'), kind: 'num' },
          { head: page.say('原因与下一步', 'Cause and next step') },
        ],
        unread.map((host) => [host.host, host.kind, host.connections, byteSize(host.bytesUp), page.text(host.cause)]),
      )
}
${readHosts(
  page,
  page.say('证书未通过校验、按设置放行的主机', 'Hosts let through although their certificate does not verify'),
  page.say('原因', 'Cause'),
  seen.notVerified,
)}
${readHosts(
  page,
  page.say('提供 HTTP/3 的主机：可能另有未经代理的流量', 'Hosts that offer HTTP/3: there may be traffic that did not pass the proxy'),
  page.say('原因与下一步', 'Cause and next step'),
  seen.http3Offered,
)}
${
  seen.opaque.length === 0
    ? null
    : table(
        page.say('无法解读的载荷', 'Payloads that could not be read'),
        [
          { head: page.say('主机', 'Host'), kind: 'mono host' },
          { head: page.say('位置', 'Place'), kind: 'mono' },
          { head: page.say('次数', 'Times'), kind: 'num' },
        ],
        seen.opaque.map((row) => [row.host, row.path, row.count]),
      )
}
${attributionOf(page)}
<p class="note">${page.say('未能读取的部分不作“合规”推定：其中是否含有个人信息，本报告无法回答。', 'Nothing is presumed about what could not be read: whether it holds personal data this report cannot say.')}</p>`,
  };
}
