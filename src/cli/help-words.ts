import type { Bilingual } from '../model/text.js';

export const HELP_OPTION: Bilingual = { zh: '显示用法', en: 'display help for command' };
export const VERSION_OPTION: Bilingual = { zh: '显示版本号', en: 'output the version number' };
export const HELP_COMMAND: Bilingual = { zh: '显示某个命令的用法', en: 'display help for command' };

/** What stands below the options of a command, by the words that call it. */
export const NOTES: Readonly<Record<string, Bilingual>> = {
  check: {
    zh: '退出码：0 没有超过阈值的发现；1 有；2 用法错误，或有输入读不了；3 无法得出结论；4 程序缺陷。有文件不存在、过大或无权打开时，不检测任何输入就以 2 退出；内容坏了的文件不影响其他输入，有发现时仍以 1 退出。',
    en: 'Exit status: 0 nothing over the threshold, 1 findings, 2 usage error or an input that cannot be read, 3 inconclusive, 4 a bug. Where a file is missing, too large or may not be opened, nothing is judged and it exits 2; one whose content is broken hides nothing of the others: with findings it exits 1.',
  },
  'pass-through': {
    zh: '只对新的连接生效：App 若保持着原来的连接，请重新启动它。凡直通过的主机，报告都会列出。',
    en: 'New connections only: restart the app where it keeps its old ones. The report names every host that was passed through.',
  },
};

/** What each command is for, by the words that call it. */
export const COMMAND_WORDS: Readonly<Record<string, Bilingual>> = {
  start: { zh: '启动代理和实时页面，把手机的代理指向它即可检测', en: 'start the proxy and the live page; point a phone at it' },
  demo: { zh: '不用手机，十秒看到效果', en: 'see it work in ten seconds, without a phone' },
  check: { zh: '检测录制的流量（HAR 文件）或已保存的会话，用于 CI', en: 'judge recorded traffic (HAR files) or stored sessions; for CI' },
  diff: { zh: '两个会话、HAR 文件或 JSON 报告之间有什么变化', en: 'what changed between two sessions, HAR files or JSON reports' },
  report: { zh: '导出已保存会话的报告', en: 'export the report of a stored session' },
  export: { zh: '把已保存的会话打包为签名的证据', en: 'pack a stored session as signed evidence' },
  verify: { zh: '验证证据包自签名以来未被改动', en: 'prove that an evidence package is as it was signed' },
  import: {
    zh: '把录制的流量（HAR，或 mitmproxy 的流文件）存为会话',
    en: 'store recorded traffic (HAR, or a flow file of mitmproxy) as a session',
  },
  sessions: { zh: '已保存的会话', en: 'stored sessions' },
  'sessions list': { zh: '列出会话，新的在前', en: 'newest first' },
  'sessions show': { zh: '一个会话的发现项', en: 'the findings of one session' },
  'sessions delete': { zh: '删除一个会话，其数据会被覆写', en: 'delete a session; its bytes are overwritten' },
  'sessions purge': { zh: '删除超过保留期的会话', en: 'delete sessions older than the retention time' },
  scene: { zh: '在正在运行的会话里标记场景，供脚本使用', en: 'mark a scene in the running session, for scripts' },
  'pass-through': {
    zh: '正在运行的会话直通某个主机（固定了证书的 App），不看其内容；或列出这些主机',
    en: 'relay a host of the running session without looking into it (pinned apps), or list such hosts',
  },
  declare: {
    zh: '根据实际传输起草声明清单（供 --declared 使用）',
    en: 'draft the inventory of declared data (for --declared) from what was seen',
  },
  refusal: {
    zh: '拒绝测试（第四条）：显示会话的问题清单，或作答',
    en: 'the refusal test (art. 4): show the checklist of a session, or answer it',
  },
  rejudge: {
    zh: '用另外的规则、类型或答复，对已保存的会话重新判定',
    en: 'judge a stored session again, under other rules, categories or answers',
  },
  categories: { zh: '列出规则包里的 App 类型', en: 'list the app categories of the rule pack' },
  rules: { zh: '规则：App 类型、个人信息类型、检查项、接收方', en: 'the rules: categories, data types, checks, receivers' },
  'rules list': { zh: '已加载的规则：总数，或逐行列出某一类', en: 'what is loaded: counts, or one kind of rule line by line' },
  'rules show': { zh: '官方原文、条目，以及各自如何识别', en: 'official text, items and how each is detected' },
  'rules test': { zh: '运行每个个人信息类型的全部示例', en: 'run every example of every data type' },
  'rules diff': { zh: '两个规则包之间的变化', en: 'what changed between two packs' },
  'rules reload': {
    zh: '让正在运行的会话重新读取规则；有误的规则不会生效',
    en: 'read the rules again in the running session; broken ones are refused',
  },
  'rules matrix': { zh: '全部 App 类型与全部个人信息类型的对照表', en: 'every category against every data type' },
  persona: { zh: '测试人物，其数据事先已知', en: 'the test person whose data is known' },
  'persona new': {
    zh: '生成虚构的测试人物和设备，号码校验有效，且一看便知是测试数据',
    en: 'make a synthetic, valid, unmistakable test person and device',
  },
  'persona from-adb': { zh: '读取 USB 所连手机的标识符', en: 'read the identifiers of a phone that is connected by USB' },
  'persona show': { zh: '脱敏显示人物文件的内容', en: 'what a persona file holds, masked' },
  ca: { zh: '本机安装的证书颁发机构', en: 'the certificate authority of this installation' },
  'ca show': { zh: '证书的位置、指纹和有效期', en: 'where it is, its fingerprint, until when it holds' },
  'ca export': { zh: '导出装到手机上的公开证书', en: 'the public certificate, for a phone' },
  'ca rotate': { zh: '换新证书；之后每部手机都要信任新证书', en: 'make a new one; every phone must then trust the new one' },
  'ca remove': { zh: '删除证书及其私钥', en: 'delete it, with its private key' },
  doctor: {
    zh: '本机是否就绪？检查端口、网络、证书、数据和手机，并给出每一项的解决办法',
    en: 'is this machine ready? checks ports, network, certificate, data, phone; prints each fix',
  },
};

const SESSION: Bilingual = { zh: '会话 id、其开头几位，或 latest（最近一个）', en: 'session id, its beginning, or "latest"' };
const WHICH_SESSION: Bilingual = { zh: '有多个会话在运行时，指明哪一个', en: 'which session, when several run' };
const UNMASKED_FILE: Bilingual = {
  zh: '报告里显示未脱敏的原值；文件权限为 0600',
  en: 'put unmasked values into the report; the file is then 0600',
};

/**
 * What options and arguments mean, by their name; where one command means something of its own by it, by the command's words and the
 * name. A command that adds something itself (the formats there are) has it appended.
 */
export const OPTION_WORDS: Readonly<Record<string, Bilingual>> = {
  '--data-dir': {
    zh: '会话和证书存放的目录（默认：XDG 数据目录）',
    en: 'where sessions and the CA are kept (default: XDG data directory)',
  },
  '--rules': { zh: '另外的规则文件夹（公司规定、其他法律）', en: 'further rule folders (company policy, another law)' },
  '--pack': { zh: '规则包（默认：cn-2021）', en: 'rule pack (default: cn-2021)' },
  '--lang': { zh: '界面文字的语言', en: 'language of texts for people' },
  '--json': { zh: '在标准输出给出机器可读的结果', en: 'machine-readable result on stdout' },

  '--category': { zh: 'App 的类型；小程序写成 APP=ID', en: 'category of the app; APP=ID for a mini program' },
  'start --category': {
    zh: 'App 的类型（见 overreach categories），小程序写成 APP=ID；也可以稍后在页面上选',
    en: 'category of the app (see "overreach categories"), APP=ID for a mini program; may be chosen later in the page',
  },
  'check --category': {
    zh: 'App 的类型（见 overreach categories），小程序写成 APP=ID；只有综合类 App 才给多个',
    en: 'category of the app (see "overreach categories"), APP=ID for a mini program; several only for super-apps',
  },
  'diff --category': { zh: 'App 的类型，用于 HAR 文件', en: 'category of the app, for HAR files' },
  'rejudge --category': {
    zh: 'App 的类型；小程序写成 APP=ID（默认：沿用已保存的）',
    en: 'category of the app; APP=ID for a mini program (default: as stored)',
  },
  '--app': { zh: '被测 App 的名称', en: 'name of the app under test' },
  'diff --app': { zh: '被测 App 的名称，用于 HAR 文件', en: 'name of the app under test, for HAR files' },
  '--persona': {
    zh: '测试人物的已知数据（YAML，见 overreach persona new）',
    en: 'known values of the test person (YAML, see "overreach persona new")',
  },
  'diff --persona': { zh: '测试人物的已知数据，用于 HAR 文件', en: 'known values of the test person, for HAR files' },
  'declare --persona': { zh: '测试人物的已知数据，用于 HAR 文件', en: 'known values of the test person, for a HAR file' },
  'rejudge --persona': {
    zh: '测试人物的已知数据；不给则已有的命中证据保持原样',
    en: 'known values of the test person; without it their evidence is kept as it was found',
  },
  '--hook-modules': {
    zh: '运行人物文件在 keys 里指明的模块（以您的权限执行代码）',
    en: 'run the modules that the persona file names among its keys (code with your rights)',
  },
  '--proto': {
    zh: 'App 的 Protocol Buffers 定义（文件或文件夹），用来按字段名读取消息',
    en: 'Protocol Buffers definition of the app (or a folder of them), to read its messages by name',
  },
  '--context': { zh: '对清单所列条件的答复', en: 'answers to conditions of the list' },
  'diff --context': { zh: '对清单所列条件的答复，用于 HAR 文件', en: 'answers to conditions of the list, for HAR files' },
  'rejudge --context': {
    zh: '对清单所列条件的答复，与已保存的合并',
    en: 'answers to conditions of the list, added to those stored',
  },
  '--first-party': { zh: 'App 运营者自己的域名', en: "the app operator's own domains" },
  'diff --first-party': { zh: 'App 运营者自己的域名，用于 HAR 文件', en: "the app operator's own domains, for HAR files" },
  'declare --first-party': { zh: 'App 运营者自己的域名，用于 HAR 文件', en: "the app operator's own domains, for a HAR file" },
  '--declared': {
    zh: '隐私政策所声明的内容（YAML，见 overreach declare）',
    en: 'what the privacy policy declares (YAML, see "overreach declare")',
  },
  '--countries': {
    zh: '地址登记地的表（每行如 203.0.113.0/24,JP），取代规则附带的那一份',
    en: 'where addresses are registered (lines like 203.0.113.0/24,JP), in place of the table that comes with the rules',
  },
  '--responses': { zh: '服务器的响应也一并判定', en: 'judge what the server answered, too' },
  'diff --responses': { zh: 'HAR 文件里服务器的响应也一并判定', en: 'judge what the server answered, too, in HAR files' },
  '--show-values': UNMASKED_FILE,
  'check --show-values': { zh: '结果里显示未脱敏的原值', en: 'put unmasked values into the result' },
  '--candidates': { zh: '证据较弱的候选也列出', en: 'list weak evidence too' },
  'diff --candidates': { zh: '证据较弱的候选也一并比较', en: 'compare weak evidence too' },
  '--app-id': {
    zh: '只看这个 App 或小程序（main、wechat:wx...），按它自己的类型判定',
    en: 'only this app or mini program (main, wechat:wx...), against its own category',
  },
  'declare --app-id': {
    zh: '起草谁的清单：被测 App（main），或小程序，例如 wechat:wx...',
    en: 'whose: the app under test, or a mini program such as wechat:wx...',
  },

  'start --listen': {
    zh: '手机连接的地址（默认：0.0.0.0:8080；端口 0 表示任选空闲端口）',
    en: 'where the phone connects (default: 0.0.0.0:8080; port 0 takes a free one)',
  },
  'start --ui': { zh: '页面的地址（默认：127.0.0.1:8081）', en: 'where the page is served (default: 127.0.0.1:8081)' },
  'demo --ui': {
    zh: '页面的地址（默认：127.0.0.1 上的空闲端口）',
    en: 'where the page is served (default: a free port on 127.0.0.1)',
  },
  'doctor --listen': { zh: '打算给 start 的监听地址', en: 'the address "start" would be given' },
  'doctor --ui': { zh: '页面的地址', en: 'the address of the page' },
  '--package': {
    zh: '被测 App 的包名：确知属于其他 App 的流量另行计数，不作判定',
    en: 'package name of the app under test: traffic known to be of other apps is then counted apart, not judged',
  },
  '--adb': {
    zh: '向 USB 所连手机查询每个连接属于哪个 App',
    en: 'ask the phone on USB which app each connection belongs to',
  },
  '--pass-through': {
    zh: '直通这些主机，不看其内容（固定了证书的 App）；*.example.com 包括其下所有主机',
    en: 'relay these hosts without looking into them (pinned apps); *.example.com takes all below it',
  },
  '--auto-pass-through': {
    zh: 'App 拒绝某主机的证书达 n 次后，直通该主机十分钟',
    en: 'pass a host through for ten minutes once an app has refused its certificate n times',
  },
  '--upstream-ca': { zh: '另外信任的服务器根证书（PEM 文件）', en: 'PEM file with further roots to trust for origins' },
  '--insecure-host': {
    zh: '不校验这些主机的证书（页面和报告会注明）',
    en: 'do not verify the certificate of these hosts (page and report say so)',
  },
  '--parent-proxy': {
    zh: '经 http://主机:端口 或 socks5://主机:端口 上网；带密码时请用 OVERREACH_PARENT_PROXY 或设置文件',
    en: 'go out by http://HOST:PORT or socks5://HOST:PORT; with a password in it: OVERREACH_PARENT_PROXY or the settings file',
  },
  '--direct-host': {
    zh: '这些主机及其下级域名不经上级代理',
    en: 'reach these hosts, and what is below them, without the parent proxy',
  },
  '--allow-peer': {
    zh: '谁可以使用代理：地址或网段（默认：私有网段）；any 须同时设密码',
    en: 'who may use the proxy: address or network (default: private networks); "any" wants credentials',
  },
  '--credentials-file': {
    zh: '写有“用户:密码”的文件，每部手机都须提供',
    en: 'file with user:password that every phone must give',
  },
  '--magic-host': {
    zh: '手机设好代理后，接入页面的域名（默认：overreach.test）',
    en: 'name of the page for the phone once its proxy is set (default: overreach.test)',
  },
  '--allow-loopback': {
    zh: '允许代理访问本机回环地址上的服务器（测试、模拟器）',
    en: 'let the proxy reach loopback origins (tests, emulators)',
  },

  'check <input>': {
    zh: 'HAR 文件（或 mitmproxy 的流文件）、存放它们的文件夹，或已保存会话的 id',
    en: 'HAR files (or flow files of mitmproxy), folders of them, or ids of stored sessions',
  },
  'check --fail-on': {
    zh: '哪些判定、检查项或级别使退出码为 1（默认：beyond_necessary、high）',
    en: 'verdict, check or severity that makes the exit status 1 (default: beyond_necessary, high)',
  },
  '--baseline': {
    zh: '已接受的发现项（YAML 或 JSON）：照常显示，但不算未通过',
    en: 'accepted findings (YAML or JSON): they are shown, and do not fail',
  },
  '--write-baseline': {
    zh: '写一份基线，接受目前未通过的全部发现项',
    en: 'write a baseline that accepts everything that fails now',
  },
  'check --format': { zh: '结果的格式，可选', en: 'result as one of' },
  'check --out': {
    zh: '把结果写入这个文件；输入有多个时，写入这个文件夹',
    en: 'write the result to this file; to this folder where there are several inputs',
  },

  'diff <before>': { zh: '会话 id、HAR 文件，或 --format json 写出的报告', en: 'session id, HAR file, or report written by --format json' },
  'diff <after>': { zh: '同上；与 --scenes 不同时使用', en: 'the same; not with --scenes' },
  '--scenes': {
    zh: '同一已保存会话的两个场景：id、名称或同意状态（before_consent consented）',
    en: 'two scenes of one stored session: ids, names or consent states (before_consent consented)',
  },
  'diff --fail-on': {
    zh: 'new（新增）、changed（有变化）或 gone（消失）：有这样的发现项、且证据强度不低于“很可能”时，退出码为 1',
    en: 'new, changed or gone: exit 1 when there is such a finding, at grade probable or better',
  },
  'diff --format': { zh: '以什么形式给出', en: 'how to show it' },

  '<session>': SESSION,
  'sessions show <session>': { zh: '会话 id、其开头几位，或 latest（最近一个）', en: 'id, its beginning, or "latest"' },
  'sessions delete <session>': { zh: '会话 id，或其开头几位', en: 'id or its beginning' },
  '--days': { zh: '超过多少天（默认：设置项 retentionDays，30）', en: 'age in days (default: setting retentionDays, 30)' },
  '--dry-run': { zh: '只显示会有什么变化，不作改动', en: 'show what would change, and change nothing' },

  'report --format': { zh: '报告的格式，可选', en: 'one of' },
  '--template': { zh: '报告的用途', en: 'what the report is for' },
  '--out': { zh: '写入这个文件（默认：标准输出）', en: 'write to this file (default: stdout)' },
  'declare --out': {
    zh: '写入这个文件，文件须尚不存在（默认：标准输出）',
    en: 'write to this file, which must not exist yet (default: stdout)',
  },
  'persona new --out': { zh: '写入这个文件，权限 0600（默认：标准输出）', en: 'write to this file, 0600 (default: stdout)' },
  'persona from-adb --out': { zh: '写入这个文件，权限 0600（默认：标准输出）', en: 'write to this file, 0600 (default: stdout)' },
  '--only': {
    zh: '只要这样的发现项，各种格式都可用：verdict、severity、check、type、host、party（first、third、unknown）、scene、finding',
    en: 'only such findings, in any format: verdict, severity, check, type, host, party (first, third, unknown), scene, finding',
  },
  '--judgement': {
    zh: '被 overreach rejudge 取代的较早判定，按编号',
    en: 'an earlier judgement that "overreach rejudge" replaced, by its number',
  },
  'report --raw': {
    zh: '与 --format har 同用：正文、原值和凭据均不脱敏；文件权限为 0600',
    en: 'with --format har: unmasked bodies, values and credentials; the file is then 0600',
  },
  'export --raw': { zh: '包含未脱敏的流量；文件权限为 0600', en: 'with unmasked traffic; the file is then 0600' },
  '--yes': { zh: '确认执行', en: 'do it' },
  'report --yes': { zh: '确认 --raw', en: 'confirms --raw' },
  'export --yes': { zh: '确认 --raw', en: 'confirms --raw' },
  '--evidence': { zh: '要写出的 ZIP 文件', en: 'the ZIP file to write' },

  'verify <file>': { zh: 'overreach export 写出的证据包（ZIP）', en: 'evidence package (ZIP) made by "overreach export"' },
  '--key': { zh: '证据包应由哪把密钥签名：制作者告知您的指纹', en: 'the key it must be signed with, as its maker told you' },
  'import <file>': { zh: 'HAR 文件，或 mitmproxy 的流文件', en: 'HAR file, or flow file of mitmproxy' },

  'scene <name>': { zh: '正在做什么：启动、登录、下单……', en: 'what is being done: launch, login, order ...' },
  '--consent': {
    zh: '用户此时同意到什么程度；只给名称时为 consented',
    en: 'what the user has agreed to by now; consented where only a name is given',
  },
  '--session': WHICH_SESSION,
  '--end': { zh: '结束当前场景，不开始新的', en: 'end the running scene without beginning another' },
  '--screenshot': {
    zh: '随场景保存一张截图（PNG、JPEG、WebP），用于报告和证据；加 --session 也可用于已结束的会话',
    en: 'keep a picture (PNG, JPEG, WebP) with the scene, for report and evidence; with --session also in a session that is over',
  },
  'pass-through <host>': {
    zh: '主机名，或 *.example.com 表示其下所有主机；不给则列出',
    en: 'name, or *.example.com for all names below it; without it: the list',
  },
  '--off': { zh: '恢复解密', en: 'decrypt it again' },

  '--from-session': SESSION,
  '--from-har': { zh: 'HAR 文件', en: 'HAR file' },
  '--answer': { zh: '按问题的问法作答', en: 'answer questions as they are worded' },
  '--note': { zh: '看到的情况，随本次答复保存', en: 'what was seen; goes with the answers given now' },

  'rules list <kind>': { zh: '哪一类规则', en: 'which rules' },
  'rules show <id>': {
    zh: 'App 类型（id、编号或中文名）、个人信息类型或检查项',
    en: 'category (id, number or Chinese name), data type or check',
  },
  'rules diff <from>': { zh: '较早的规则包，例如 cn-2020-draft', en: 'the earlier pack, such as cn-2020-draft' },
  'rules diff <to>': { zh: '较新的规则包，例如 cn-2021', en: 'the later pack, such as cn-2021' },
  'rules matrix --format': { zh: 'csv 或 json', en: 'csv or json' },
  'persona show <file>': { zh: '人物文件（YAML）', en: 'persona file (YAML)' },
  '--seed': { zh: '相同的种子生成相同的人物', en: 'the same seed makes the same person' },
  '--serial': {
    zh: '连接了多部手机时，指明哪一部（见 adb devices）',
    en: 'which one, where several are connected (see "adb devices")',
  },
  'ca export --format': { zh: '手机所需的格式', en: 'what the phone takes' },
  '--clock-against': {
    zh: '再向这个网站查询时间（一次 HEAD 请求）',
    en: 'ask this web server for the time, too (one HEAD request)',
  },
};
