import type { OverreachError } from '../errors.js';
import type { Language } from '../model/text.js';
import { printable, type Terminal } from './terminal.js';

/**
 * What went wrong and what to do, in Chinese, by code. The English message names file, line or value; this says the same to somebody who
 * does not read English, without them.
 */
const WORDS: Readonly<Record<string, string>> = {
  OVR_ADB: 'adb 执行失败。拔插数据线、在手机上允许 USB 调试后再试。',
  OVR_ADB_LIMIT: '连接或等待归属的数据太多，有些没能归属到 App，计入被测 App。请核对是否属于它；重启手机或重插数据线可缓解。',
  OVR_ADB_MISSING: '没有安装 adb。请安装 Android platform-tools；不按应用归属流量时不需要它。',
  OVR_ADB_PACKAGE: '手机上没有这个包名的应用。请核对 --package。',
  OVR_ADB_PHONE: '没有可用的手机，或连接了多部。请连接一部并允许 USB 调试，或用序列号指明。',
  OVR_ADB_REVERSE:
    '手机经 adb reverse 或模拟器接入，看不到它的端口，流量无法归属到 App，全部计入被测 App。请在 Wi-Fi 设置里把代理设为本机地址。',
  OVR_ADDRESS: '地址写法不对。请写成 主机:端口，例如 0.0.0.0:8080。',
  OVR_ALLOW_PEER: '--allow-peer 不是地址或网段。例如 192.168.1.0/24。',
  OVR_ANALYSIS_BEHIND:
    '分析落后于流量较久，页面显示的是之前的情况。请等页面跟上再结束会话，结束时尚未分析的内容不在记录中；可在手机上关闭视频、实时行情等大流量内容。',
  OVR_ANALYSIS_DIED: '分析线程意外结束。请重新启动；已保存的内容不受影响。',
  OVR_APP_ID: '没有归属于这个 App 或小程序的流量。请从列出的标识中选择。',
  OVR_BASELINE: '基线文件有误。请按提示改正，或用 --write-baseline 重新生成。',
  OVR_BUG: '程序自身出错。请连同上面几行一并反馈。',
  OVR_CANCELLED: '已取消。',
  OVR_CATEGORY: '规则里没有这个 App 类型。overreach categories 列出全部类型。',
  OVR_CA_BROKEN: '证书与私钥不配套或已损坏。请运行 overreach ca rotate --yes 换新，并在手机上重新安装。',
  OVR_CA_EARLY:
    '证书的生效时间在将来。请校准本机时间；如本机时间无误，则生成证书时时间有误，请运行 overreach ca rotate --yes 换新，并在手机上重新安装。',
  OVR_CA_EXPIRED: '证书已过期。请运行 overreach ca rotate --yes 换新，并在手机上重新安装。',
  OVR_CA_MISSING:
    '这里还没有证书。overreach start 首次启动时生成，overreach ca export --out ca.pem 也会生成；或用 --data-dir 指向正确的目录。',
  OVR_CA_RIGHTS: '证书目录或私钥可被本机其他用户读取。请按提示收紧权限；若可能已被读取，请换新证书。',
  OVR_CLOCK_SET_BACK: '本机时间被调回。记录中的先后顺序不受影响，但时间比本机现在的时间快；如需准确时间，请结束会话并重新启动。',
  OVR_CLOCK: '无法从该服务器取得时间。请换一个网址，或不加 --clock-against。',
  OVR_CONTEXT: '--context 写法不对，或没有这个条件。请写成 条件=yes 或 条件=no；overreach rules show 类型 会列出条件。',
  OVR_COUNTRIES: '地址登记表有一行读不懂。每行写成 网段,国家代码，例如 203.0.113.0/24,JP。',
  OVR_CREDENTIALS_FILE: '凭据文件有误。每行写成 用户:密码，文件只能由本人读取。',
  OVR_DATA_DIR: '数据目录不能使用。请用 --data-dir 换一个可写的目录。',
  OVR_DECLARE: '请用 --from-session 或 --from-har 指明一个来源；隐私政策清单须符合格式。',
  OVR_DIFF: '对比的两边给得不对。请给两个会话或文件，或用一个会话加 --scenes。',
  OVR_EVIDENCE_KEY: '签名密钥不能使用。请按提示检查文件和权限。',
  OVR_EVIDENCE_SIZE: '证据包太大。请缩小范围后再导出。',
  OVR_FAIL_ON: '--fail-on 不认识这个词。请从列出的判定、检查项或级别中选择。',
  OVR_FILE: '文件读不了。请检查路径和权限。',
  OVR_FINGERPRINT: '--key 不是密钥指纹。指纹为 64 位十六进制，由 overreach export 打印。',
  OVR_FORMAT: '--json 与 --format 只能用一个。',
  OVR_HAR_COMPRESSED: '文件是压缩包。请先解压。',
  OVR_HAR_EMPTY: '文件是空的。请重新导出录制文件。',
  OVR_HAR_ENCODING: '文件不是 UTF-8 编码。请转换编码，或重新导出。',
  OVR_HAR_LARGE: '文件超出能读取的大小。请分段录制或分段导出。',
  OVR_HAR_MASKED: '这个文件导出时已脱敏，原值不在其中，无法据此检测。请检测会话本身，或用 --raw --yes 导出。',
  OVR_HAR_MISSING: '没有这个文件，或文件夹里没有录制文件。请检查路径；overreach sessions list 列出已保存的会话。',
  OVR_HAR_NOT_HAR: '文件是 JSON，但不是 HAR。请导出为 HAR 1.2。',
  OVR_HAR_NOT_JSON: '文件不是有效的 JSON。请重新导出。',
  OVR_HAR_READ: '文件读不了。请检查路径和权限。',
  OVR_HAR_TRUNCATED: '文件不完整。请等工具写完后重新导出。',
  OVR_HOOK_ALLOW: '人物文件要运行模块代码。确认可信后加 --hook-modules。',
  OVR_HOOK_MODULE: '模块不能加载或运行。请按提示改正。',
  OVR_JUDGEMENT: '没有这份较早的判定。去掉 --judgement 即为现行判定。',
  OVR_LISTEN: '无法在这个地址监听：端口已被占用、没有权限，或这不是本机的地址。请用 --listen 换一个端口或地址，或结束占用端口的程序。',
  OVR_NOT_EVIDENCE: '文件不是证据包。请给 overreach export 写出的 ZIP 原件。',
  OVR_ONLY: '--only 写法不对。请写成 键=值，例如 verdict=beyond_necessary。',
  OVR_OPEN_PROXY: '任何人都能使用且没有密码的代理不安全。请加 --credentials-file，或用 --allow-peer 限定地址。',
  OVR_OUT: '输出位置不能写，或没有给出。请换一个 --out。',
  OVR_OUT_EXISTS: '输出文件已存在。请换一个 --out，或先移走它。',
  OVR_OWN_DOMAIN: '这不是App自有的域名。请写注册的域名，例如 example.com 或 example.com.cn，其下级域名一并算作自有。',
  OVR_PARENT_PROXY: '连不上上级代理，或它拒绝了。请检查地址和密码。',
  OVR_PARENT_PROXY_PASSWORD: '命令行里的密码会被本机其他用户看到。请改用环境变量 OVERREACH_PARENT_PROXY 或设置文件。',
  OVR_PARENT_PROXY_URL: '上级代理的地址写法不对。请写成 http://主机:端口 或 socks5://主机:端口。',
  OVR_PASS_THROUGH: '--off 须指明恢复解密哪个主机。overreach pass-through 列出正在直通的主机。',
  OVR_PCAP: '这是抓包文件，内容未解密，读不了。请导出 HAR。',
  OVR_PDF: '浏览器没能生成 PDF。请再试一次，或导出 HTML 再打印。',
  OVR_PDF_BROWSER: '生成 PDF 需要 Chromium 或 Chrome。请安装，或导出 HTML 再打印。',
  OVR_PEER_CREDENTIALS:
    '这个地址没有给出代理的用户名和密码，请求被拒绝，未进入记录。若是您的测试手机，请在其代理设置中填写；应用不会发送代理密码的，请不加 --credentials-file 再测。',
  OVR_PEER_CROWDED:
    '这个地址打开的连接过多，其后的连接被拒绝，内容未进入记录；报告按目标主机计数。请关闭手机上的部分应用或重启手机（系统限制文件数时先调高 ulimit -n），重做这段时间的操作。',
  OVR_PEER_REFUSED:
    '这个地址不在允许使用代理之列（默认只允许私有网段），没有应答。若是您的测试手机，请用 --allow-peer 写明它的地址；此后私有网段也须写明。',
  OVR_PERSONA_EMPTY: '人物文件里没有任何值。overreach persona new 可生成完整的文件。',
  OVR_PERSONA_KEY: '人物文件里有规则中没有的信息类型或键名，或不能使用的密钥。请改正；overreach rules list data-types 列出全部。',
  OVR_PERSONA_SHAPE: '人物文件的结构不对。请写成 信息类型: 值。',
  OVR_PERSONA_SIZE: '人物文件太大，或值太多。请删去一些。',
  OVR_PERSONA_VALUE: '人物文件里有一个值不能使用。请按行号改正。',
  OVR_PERSONA_YAML: '人物文件不是有效的 YAML。请按行号改正。',
  OVR_PROTO: 'Protocol Buffers 定义有误。请按提示改正。',
  OVR_PROTO_IMPORT: 'Protocol Buffers 定义引用的文件找不到。请给出所在的文件夹。',
  OVR_RAW: '未脱敏导出只用于 HAR，需要 --raw、--yes 和 --out；去掉 --raw 即为脱敏文件，报告的选项对它无效。',
  OVR_REFUSAL: '拒绝测试没有这个问题，或还没有选择 App 类型。',
  OVR_REGISTRY: '规则附带的地址登记表有误。请重新安装，或用 --countries 换成自己的表。',
  OVR_REPORT: '这个会话不能生成报告。请按提示处理。',
  OVR_REPORT_FORMAT: '没有这种报告格式。请从列出的格式中选择。',
  OVR_RULE: '规则有误或找不到。请按文件、行和键名改正；规则包用 --pack，自己的文件夹用 --rules。',
  OVR_RULE_ID: '没有这个类型、信息类型或检查项。overreach rules list 可列出。',
  OVR_RUNNING: '没有正在运行的会话，有多个，或操作与正在运行的会话冲突。请先启动、用 --session 指明，或先结束它。',
  OVR_SCENE: '场景不能这样标记，或没有这个场景。请按提示改正。',
  OVR_SCREENSHOT: '截图不能使用。请给 PNG、JPEG 或 WebP 文件。',
  OVR_SCREENSHOTS: '截图已达上限。',
  OVR_SESSION: '没有这个会话，或不止一个。overreach sessions list 列出全部会话。',
  OVR_SETTING: '设置的值不对。请按提示改正。',
  OVR_SETTINGS_FILE: '设置文件有误，或不能读写。请按提示改正。',
  OVR_STORE: '数据库拒绝了这次操作。请按提示处理。',
  OVR_STORE_BUSY: '数据库正被另一个进程占用。请等它做完再试。',
  OVR_STORE_CORRUPT: '数据库已损坏，或文件不是本程序的数据库。没有作任何改动；请移走该文件，或用 --data-dir 换一个目录。',
  OVR_STORE_DUPLICATE: '这份录制文件已经导入过。',
  OVR_STORE_FULL: '磁盘已满。请腾出空间。',
  OVR_STORE_GONE: '数据库在使用中被删除或替换，之后的内容没有保存。请把数据目录放回原处，记录会继续；否则请重新启动并重做测试。',
  OVR_STORE_IO: '读写数据库时磁盘报错。请检查磁盘。',
  OVR_STORE_LOST: '磁盘直到结束都写不进去，有记录没有保存，也没有判定。请腾出空间，重做这段时间的操作。',
  OVR_STORE_MISSING: '这个目录里还没有会话。请先运行 overreach start，或用 --data-dir 指向正确的目录。',
  OVR_STORE_NEWER: '数据库由更新版本的程序写成。请升级本程序，或换一个目录。',
  OVR_STORE_NO_SESSION: '没有这个会话。overreach sessions list 列出全部会话。',
  OVR_STORE_OLDER: '数据库由旧版本写成，而这里只能读。请在可写的目录里先运行一次 overreach sessions list。',
  OVR_STORE_OPEN: '数据库打不开。请检查数据目录。',
  OVR_STORE_OWNER: '数据目录属于其他用户。请用 --data-dir 换一个自己的目录。',
  OVR_STORE_READ_ONLY: '数据目录不能写。请给予写权限，或用 --data-dir 换一个目录。',
  OVR_STORE_RIGHTS: '数据目录可被本机其他用户读取，其中存有抓到的个人信息。请按提示收紧权限，或换一个专用目录。',
  OVR_STORE_RUNNING: '这个会话正在记录。请先结束它。',
  OVR_UI_LISTEN: '页面的端口无法监听，多半已被占用。请用 --ui 换一个端口。',
  OVR_UPSTREAM_CA: '--upstream-ca 的文件里没有证书。请给 PEM 文件。',
};

/** One line in Chinese for an error that a command ended with; null for a code that only its own message explains. */
export function errorWords(code: string): string | null {
  return WORDS[code] ?? null;
}

/** An error as the terminal shows it: code and message, the next step, and in Chinese for whoever does not read English. */
export function tellError(terminal: Terminal, error: OverreachError, language: Language): void {
  terminal.say(`${terminal.paint.red(error.code)} ${printable(error.message)}`);
  terminal.say(`  → ${printable(error.next)}`);
  const words = language === 'en' ? null : errorWords(error.code);
  if (words !== null) terminal.say(`  ${words}`);
}
