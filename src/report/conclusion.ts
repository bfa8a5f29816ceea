import { LIMIT_WORDS } from '../model/limit-words.js';
import type { ReportFinding, SessionReport } from '../model/report.js';
import { type Bilingual, joined } from '../model/text.js';
import { judgedOf, unjudgedCounts } from './attribution.js';
import { isNothingRead } from './coverage.js';
import { byteSize } from './figures.js';
import { isAnswer } from './gate.js';

/** The answer in one sentence, three numbers, and what keeps it from being the whole answer. */
export interface Conclusion {
  readonly tone: 'beyond' | 'none_found' | 'inconclusive';
  readonly sentence: Bilingual;
  readonly numbers: ReadonlyArray<{ readonly value: number; readonly label: Bilingual; readonly note: Bilingual }>;
  /** Each a full sentence; empty when everything captured was read and judged. */
  readonly limits: readonly Bilingual[];
}

function distinct<T>(findings: readonly ReportFinding[], of: (finding: ReportFinding) => T): number {
  return new Set(findings.map(of)).size;
}

/** A bound on what the report lists one by one: all of it was looked at. */
const OF_THE_LIST = 'reportOccurrences';
/** So many kinds are named; the section on coverage has all of them. */
const NAMED_BOUNDS = 3;

/** Bounds that kept something from being looked at, the most frequent first; empty texts: none. */
function boundsOf(reached: Readonly<Record<string, number>>): Bilingual {
  const cut = Object.entries(reached).filter(([name]) => name !== OF_THE_LIST);
  const named = cut.sort(([, a], [, b]) => b - a).slice(0, NAMED_BOUNDS);
  const more = cut.length - named.length;
  const words = named.map(([name, times]) => ({ times, text: LIMIT_WORDS.get(name) ?? { zh: name, en: name } }));
  return {
    zh: [...words.map(({ times, text }) => `${text.zh}（${times} 次）`), ...(more === 0 ? [] : [`另有 ${more} 种`])].join('；'),
    en: [...words.map(({ times, text }) => `${text.en} (${times}×)`), ...(more === 0 ? [] : [`${more} more kinds`])].join('; '),
  };
}

/** A sentence where it applies. */
type Said = readonly [applies: boolean, zh: string, en: string];

const s = (count: number): string => (count === 1 ? '' : 's');
const was = (count: number): string => (count === 1 ? 'was' : 'were');

/** What a person left out or accepted. */
function chosen({ selection, findings }: SessionReport): Said[] {
  const accepted = findings.filter((finding) => finding.accepted !== undefined).length;
  return [
    [
      selection !== undefined,
      `本报告只列出筛选出的 ${selection?.shown} 项发现，全部共 ${selection?.of} 项。`,
      `This report lists a selection: ${selection?.shown} of ${selection?.of} findings.`,
    ],
    [
      accepted > 0,
      `${accepted} 项发现已由测试者附理由接受；判定不变。`,
      `${accepted} finding${s(accepted)} ${was(accepted)} accepted by the tester with a reason; the verdicts stand.`,
    ],
  ];
}

const NO_PAYLOADS = { sent: 0, closed: 0 };

/** What was not read, not kept or not read to its end. */
function unread({ coverage }: SessionReport): Said[] {
  const hosts = new Set([...coverage.passedThrough, ...coverage.pinned, ...coverage.notInspected].map(({ host }) => host)).size;
  const places = coverage.opaque.reduce((sum, { count }) => sum + count, 0);
  const { notAnalysed, notAnalysedBytes: bytes = 0, notStored = 0, truncated, payloads = NO_PAYLOADS } = coverage;
  const beyond = boundsOf(coverage.limitsReached);
  return [
    [
      hosts > 0,
      `${hosts} 个主机的通信未能解密或未检查。`,
      `Traffic with ${hosts} host${s(hosts)} could not be decrypted or was not inspected.`,
    ],
    [
      places > 0,
      `${places} 处载荷经过加密或采用未知编码，无法解读。`,
      `${places} payload${s(places)} encrypted or in an unknown encoding could not be read.`,
    ],
    [
      payloads.closed > 0,
      `带有内容的 ${payloads.sent} 个请求和消息中，${payloads.closed} 个的内容完全无法查看。`,
      `Of ${payloads.sent} request${s(payloads.sent)} and messages that carried something, ${payloads.closed} could not be looked into at all.`,
    ],
    [
      notAnalysed > 0,
      `${notAnalysed} 次请求已转发但未分析。`,
      `${notAnalysed} exchange${s(notAnalysed)} ${was(notAnalysed)} relayed but not analysed.`,
    ],
    [bytes > 0, `连接中有 ${byteSize(bytes)} 未检查。`, `${byteSize(bytes)} of what the connections carried was not looked at.`],
    [notStored > 0, `${notStored} 条记录未能写入磁盘，没有保存。`, `${notStored} record${s(notStored)} could not be stored.`],
    [
      truncated > 0,
      `${truncated} 个消息只保留并分析了开头部分。`,
      `Of ${truncated} message${s(truncated)} only the beginning was kept and read.`,
    ],
    [beyond.zh !== '', `有内容超出处理上限：${beyond.zh}。`, `Bounds of processing were reached: ${beyond.en}.`],
  ];
}

/** Who and where nothing is said of. */
function unjudged(report: SessionReport): Said[] {
  const { apps, exchanges, hosts } = unjudgedCounts(report);
  const unverified = report.coverage.notVerified?.length ?? 0;
  const elsewhere = report.coverage.http3Offered?.length ?? 0;
  const unplaced = distinct(
    report.findings.filter(({ party }) => party.country === null),
    ({ party }) => party.host,
  );
  return [
    [
      apps > 0,
      `手机上另有 ${apps} 个应用或系统组件的 ${exchanges} 次请求（${hosts} 个主机），不属于被测对象，未作判定。`,
      `${apps} other app${s(apps)} or parts of the phone's system sent ${exchanges} exchange${s(exchanges)} to ${hosts} host${s(hosts)}; not under test and not judged.`,
    ],
    [
      unverified > 0,
      `按测试者设置，${unverified} 个主机的服务器证书未通过校验仍予放行。`,
      `As the tester asked, ${unverified} host${s(unverified)} with a certificate that does not verify ${was(unverified)} let through.`,
    ],
    [
      elsewhere > 0,
      `${elsewhere} 个主机提供 HTTP/3：App若改走 QUIC，那部分流量不经过代理，不在记录中。`,
      `${elsewhere} host${s(elsewhere)} ${elsewhere === 1 ? 'offers' : 'offer'} HTTP/3: what the app sends over QUIC does not pass the proxy and is not in the record.`,
    ],
    [
      unplaced > 0,
      `${unplaced} 个接收方的服务器地址登记在何处未查明，对其未判定是否可能向境外提供。`,
      `Where the address of ${unplaced} receiver${s(unplaced)} is registered was not determined; whether they may be abroad was not judged.`,
    ],
  ];
}

/** Whether some of it is on the list is for the tester to say: until then nobody knows that it is not beyond. */
function unanswered({ findings }: SessionReport): Said[] {
  const open = findings.filter((finding) => finding.verdict === 'conditional' && !isAnswer(finding));
  const types = distinct(open, ({ dataType }) => dataType);
  return [
    [
      types > 0,
      `${types} 类个人信息是否在清单内取决于尚未回答的条件（用 --context 或在页面上回答），未计入结论。`,
      `Whether ${types} type${s(types)} of personal data ${types === 1 ? 'is' : 'are'} on the list hangs on conditions not answered yet (by --context or on the page); the conclusion leaves ${types === 1 ? 'it' : 'them'} out.`,
    ],
  ];
}

/** What became of rules and known values while the session ran. */
function changed({ rules, session }: SessionReport): Said[] {
  const { earlier = [], ...inForce } = rules;
  const named = ({ pack, version, sha256 }: typeof inForce) => `${pack} ${version} (${sha256.slice(0, 12)})`;
  const before = earlier.slice(-3).map(named);
  const looked = session.knownSince?.exchanges ?? 0;
  return [
    [
      earlier.length > 0,
      `检测期间更换过 ${earlier.length} 次规则（此前为 ${before.join('、')}）；已发现的内容都按 ${named(inForce)} 重新判定，更换前的判定另存。更换前的流量是按当时的规则识别的，要重新识别须运行 rejudge。`,
      `The rules were replaced ${earlier.length} time${s(earlier.length)} while the session ran (before: ${before.join(', ')}); everything found was judged again by ${named(inForce)}, and the judgements before are kept. What passed before was searched by the rules of that time; run rejudge to search it anew.`,
    ],
    [
      looked > 0,
      `检测期间改过测试人物的已知值：此前的 ${looked} 次请求是按原来的值查找的，可能漏查或误列；重新判定（rejudge）后才是按现在的值。`,
      `The known values of the test person were changed while the session ran: the ${looked} exchange${s(looked)} before ${was(looked)} looked through for the values of that time, so something may be missing or too much; judge the session again (rejudge) to look for the present ones.`,
    ],
  ];
}

/** Whether the session came to its end. */
function unfinished({ session: { status } }: SessionReport): Said[] {
  return [
    [status === 'interrupted', '检测过程意外中断，记录可能不完整。', 'The session was interrupted; the record may be incomplete.'],
    [status === 'running', '检测仍在进行，本报告为中间结果。', 'The session still runs; this is an interim report.'],
  ];
}

/** What the report cannot speak for. An audit that could not look never ends in "clean". */
function limitSentences(report: SessionReport): Bilingual[] {
  return [chosen, unanswered, unread, unjudged, changed, unfinished]
    .flatMap((part) => part(report))
    .flatMap(([applies, zh, en]) => (applies ? [{ zh, en }] : []));
}

/** Someone whose traffic was held against a list of its own: the app under test, or a mini program or app judged beside it. */
interface Judged {
  readonly app: string;
  readonly name: Bilingual;
  readonly kind: Bilingual;
}

/** What was sent beyond a list belongs to whoever sent it: a mini program answers for its own list, and the app under test not for it. */
function judgedApps({ session, basis }: SessionReport): Judged[] {
  const kinds = new Map<string, Bilingual>();
  for (const { app, name } of basis?.categories ?? []) {
    const before = kinds.get(app);
    kinds.set(app, before === undefined ? name : { zh: `${before.zh}、${name.zh}`, en: `${before.en}, ${name.en}` });
  }
  kinds.delete('main');
  const main = session.app === null ? { zh: '被测App', en: 'the app' } : { zh: `“${session.app}”`, en: `"${session.app}"` };
  const { category } = session;
  return [
    ...(category === null ? [] : [{ app: 'main', name: main, kind: session.categoryName ?? { zh: category, en: category } }]),
    ...[...kinds].map(([app, kind]) => ({ app, name: { zh: `“${app}”`, en: `"${app}"` }, kind })),
  ];
}

/** Requests of one of them; where nothing tells traffic apart, all of it counts for the app under test. */
function requestsOf(app: string, { coverage: { attribution }, summary }: SessionReport): number {
  if (attribution === undefined) return app === 'main' ? summary.exchanges : 0;
  if (app === 'main') return Object.values(attribution.main).reduce((sum, count) => sum + count, 0);
  return attribution.others.find((other) => other.app === app)?.exchanges ?? 0;
}

/** What one of them was seen to send. */
function outcome({ app, name, kind }: Judged, all: readonly ReportFinding[], report: SessionReport): Bilingual {
  // A report of one mini program alone has its list in the place of the app under test.
  const others = new Set((report.basis?.categories ?? []).map((category) => category.app).filter((other) => other !== 'main'));
  const beyond = all.filter((finding) => (app === 'main' ? !others.has(finding.app) : finding.app === app));
  if (beyond.length === 0 && requestsOf(app, report) === 0)
    return {
      zh: `没有采集到${name.zh}（${kind.zh}）的网络请求，对其没有结论。`,
      en: `No exchange of ${name.en} (${kind.en}) was captured; there is no conclusion on it.`,
    };
  const types = distinct(beyond, ({ dataType }) => dataType);
  const receivers = distinct(beyond, ({ party }) => party.host);
  return beyond.length > 0
    ? {
        zh: `检测期间，${name.zh}（${kind.zh}）向 ${receivers} 个主机传输了 ${types} 类超出该类App必要个人信息范围的个人信息。`,
        en: `During the test, ${name.en} (${kind.en}) sent ${types} type${s(types)} of personal data beyond what its category needs to ${receivers} host${s(receivers)}.`,
      }
    : {
        zh: `在已检查的通信中，未发现${name.zh}（${kind.zh}）传输超出该类App必要个人信息范围的个人信息。`,
        en: `In the traffic that was inspected, ${name.en} (${kind.en}) was not seen to send personal data beyond what its category needs.`,
      };
}

/** Why nothing can be concluded; null where something can. */
function nothingToConclude(report: SessionReport, beyond: readonly ReportFinding[]): Bilingual | null {
  const { summary, coverage, selection } = report;
  if (judgedOf(summary.exchanges, report) === 0)
    return {
      zh: '没有采集到可检查的网络请求，无法得出结论。',
      en: 'No exchange was captured that could be inspected; there is no conclusion.',
    };
  if (coverage.decrypted === 0)
    return {
      zh: '采集到的通信均未能解密，无法得出结论。',
      en: 'Nothing that was captured could be decrypted; there is no conclusion.',
    };
  if (beyond.length === 0 && isNothingRead(report))
    return {
      zh: '采集到的请求内容全部经过加密或采用未知编码、超出处理上限或未被录下，一处也无法查看，无法得出结论。',
      en: 'All that was sent is encrypted or in an unknown encoding, beyond a bound of processing, or left out of the recording; none of it could be looked into, and there is no conclusion.',
    };
  // What was left out may be the very thing a conclusion would have to name.
  if (selection !== undefined && selection.shown < selection.of)
    return {
      zh: '本报告只包含筛选出的部分发现，不作总体结论。',
      en: 'This report holds only a selection of the findings; there is no conclusion on the whole.',
    };
  return null;
}

/** What is not beyond a list may still have been sent too soon, after a refusal, or to somebody else: a sentence on the list alone would pass it over. */
function problemsElsewhere(findings: readonly ReportFinding[]): Bilingual[] {
  const raised = findings.filter(
    (finding) =>
      finding.verdict !== 'beyond_necessary' && finding.issues.some(({ severity }) => severity === 'high' || severity === 'medium'),
  );
  if (raised.length === 0) return [];
  const high = raised.filter(({ issues }) => issues.some(({ severity }) => severity === 'high')).length;
  return [
    {
      zh: `未计为超出清单的发现中，有 ${raised.length} 项存在高、中风险问题，其中高风险 ${high} 项。`,
      en: `Of the findings not counted as beyond a list, ${raised.length} ${raised.length === 1 ? 'has' : 'have'} high or medium issues, ${high} of them high.`,
    },
  ];
}

/** The app under test without a category, whatever was chosen for others. */
const NO_CATEGORY: Bilingual = {
  zh: '尚未选择被测App的类型，仅列出所发现的个人信息，未对其作必要性判定。',
  en: 'No category was chosen for the app under test: its personal data is listed, but not held against any list.',
};

/** What the report comes to. Nothing is called clean that could not be looked at. */
export function conclude(report: SessionReport): Conclusion {
  const { session, summary, findings } = report;
  const beyond = findings.filter((finding) => finding.verdict === 'beyond_necessary' && !isAnswer(finding));
  const types = distinct(beyond, ({ dataType }) => dataType);
  const receivers = distinct(beyond, ({ party }) => party.host);
  const outside = distinct(
    beyond.filter(({ party }) => party.firstParty !== true),
    ({ party }) => party.host,
  );
  const raised = summary.bySeverity.high + summary.bySeverity.medium;
  const nothing = nothingToConclude(report, beyond);
  const said = judgedApps(report).map((app) => outcome(app, beyond, report));
  return {
    tone: nothing !== null || session.category === null ? 'inconclusive' : beyond.length > 0 ? 'beyond' : 'none_found',
    sentence: nothing ?? joined(...(session.category === null ? [NO_CATEGORY] : []), ...said, ...problemsElsewhere(findings)),
    numbers: [
      {
        value: types,
        label: { zh: '类个人信息超出必要范围', en: `data type${s(types)} beyond necessary` },
        note: { zh: `共 ${beyond.length} 项发现`, en: `${beyond.length} finding${s(beyond.length)}` },
      },
      {
        value: receivers,
        label: { zh: '个主机收到上述信息', en: `host${s(receivers)} received that data` },
        note: { zh: `其中 ${outside} 个属第三方或归属未知`, en: `${outside} of a third party or of an unknown owner` },
      },
      {
        value: raised,
        label: { zh: '项发现存在高、中风险问题', en: `finding${s(raised)} with high or medium issues` },
        note: { zh: `其中高风险 ${summary.bySeverity.high} 项`, en: `${summary.bySeverity.high} of them high` },
      },
    ],
    limits: limitSentences(report),
  };
}
