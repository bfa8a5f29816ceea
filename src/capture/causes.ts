/**
 * Why a connection could not be looked into, and what to do next: one text per code, in both languages. The code is what
 * programs read; the text stands in the connection list, in the report and on the page that the phone gets instead of an answer.
 */
import type { Bilingual } from '../model/text.js';

export interface Cause {
  readonly code: string;
  readonly text: Bilingual;
}

export interface CauseFacts {
  readonly host: string;
  readonly port: number;
  /** The words of the system or of OpenSSL; never bytes of the traffic. */
  readonly detail?: string;
  /** Other hosts of the same phone that accepted our certificate. */
  readonly others?: number;
  /** Where no other host has: this very host did before. Else the trust test of the onboarding page did. */
  readonly before?: boolean;
}

type Words = (facts: CauseFacts) => Bilingual;

const at = (facts: CauseFacts): string => `${facts.host}:${facts.port}`;
const detail = (facts: CauseFacts): string => (facts.detail === undefined || facts.detail === '' ? '' : ` (${facts.detail})`);

/** What shows that the phone trusts our certificate, although this was refused. */
function trustShown({ others = 0, before = false }: CauseFacts): Bilingual {
  if (others > 0)
    return {
      zh: `同一手机上另有 ${others} 个主机正常`,
      en: `${others} other ${others === 1 ? 'host of the same phone works' : 'hosts of the same phone work'}`,
    };
  return before
    ? { zh: '同一手机此前访问该主机是正常的', en: 'this host worked before on the same phone' }
    : { zh: '接入页的信任测试已通过', en: 'the trust test of the onboarding page passed' };
}

function silentOthers({ others = 0 }: CauseFacts): Bilingual {
  return others > 0
    ? { zh: `其他 ${others} 个主机正常`, en: `${others} other ${others === 1 ? 'host works' : 'hosts work'}` }
    : { zh: '尚无其他主机可资对照', en: 'no other host has worked yet to compare with' };
}

const certificate =
  (zh: string, en: string): Words =>
  (facts) => ({
    zh: `服务器 ${facts.host} 的证书未通过校验：${zh}${detail(facts)}。连接未放行。若确认是您自己的测试服务器，可用 --upstream-ca 加入其根证书，或用 --insecure-host ${facts.host} 仅对该主机放行（会写入报告）。`,
    en: `The certificate of ${facts.host} did not verify: ${en}${detail(facts)}. The connection was not let through. If this is your own test server, add its root with --upstream-ca, or allow this host alone with --insecure-host ${facts.host} (the report will say so).`,
  });

const TEXTS = {
  OVR_UPSTREAM_DNS: (facts) => ({
    zh: `查不到 ${facts.host} 的地址${detail(facts)}。请检查域名，以及运行代理的电脑的 DNS。`,
    en: `No address was found for ${facts.host}${detail(facts)}. Check the name, and the DNS of the machine that runs the proxy.`,
  }),
  OVR_UPSTREAM_REFUSED: (facts) => ({
    zh: `服务器 ${at(facts)} 拒绝连接${detail(facts)}。请确认服务已启动、端口无误。`,
    en: `${at(facts)} refused the connection${detail(facts)}. Check that the server runs and the port is right.`,
  }),
  OVR_UPSTREAM_UNREACHABLE: (facts) => ({
    zh: `无法到达服务器 ${at(facts)}${detail(facts)}。请检查运行代理的电脑的网络，或是否需要上级代理。`,
    en: `${at(facts)} cannot be reached${detail(facts)}. Check the network of the machine that runs the proxy, or whether it needs a parent proxy.`,
  }),
  OVR_UPSTREAM_TIMEOUT: (facts) => ({
    zh: `连接服务器 ${at(facts)} 超时${detail(facts)}。请检查网络或防火墙。`,
    en: `${at(facts)} did not answer in time${detail(facts)}. Check the network or a firewall between.`,
  }),
  OVR_UPSTREAM_CLOSED: (facts) => ({
    zh: `服务器 ${at(facts)} 在建立加密连接时断开${detail(facts)}。`,
    en: `${at(facts)} closed the connection while it was being secured${detail(facts)}.`,
  }),
  OVR_UPSTREAM_TLS: (facts) => ({
    zh: `与服务器 ${at(facts)} 的 TLS 协商失败${detail(facts)}：可能只支持 TLS 1.2 以下的旧协议，或要求客户端证书（双向 TLS，可对该主机设为直通），或该端口不是 TLS。`,
    en: `The TLS negotiation with ${at(facts)} failed${detail(facts)}: it may speak only versions older than TLS 1.2, demand a client certificate (mutual TLS: pass this host through undecrypted), or speak no TLS at all on that port.`,
  }),
  OVR_UPSTREAM_CLIENT_CERTIFICATE: (facts) => ({
    zh: `服务器 ${facts.host} 要求客户端证书（双向 TLS）${detail(facts)}，代理没有应用的私钥，无法代为出示。可对该主机设为直通。`,
    en: `${facts.host} demands a client certificate (mutual TLS)${detail(facts)}; the proxy does not hold the app's key. Pass this host through undecrypted.`,
  }),
  OVR_UPSTREAM_CERT_EXPIRED: certificate('证书已过期', 'it has expired'),
  OVR_UPSTREAM_CERT_NOT_YET_VALID: certificate(
    '证书尚未生效（也请检查本机时钟）',
    'it is not valid yet (check the clock of this machine, too)',
  ),
  OVR_UPSTREAM_CERT_WRONG_HOST: certificate('证书不属于该域名', 'it is for another name'),
  OVR_UPSTREAM_CERT_SELF_SIGNED: certificate('自签名证书', 'it is self-signed'),
  OVR_UPSTREAM_CERT_UNKNOWN_ISSUER: certificate(
    '签发者不受信任，或服务器未发送中间证书',
    'its issuer is not trusted, or the server does not send the intermediate certificate',
  ),
  OVR_UPSTREAM_CERT_REVOKED: certificate('证书已吊销', 'it was revoked'),
  OVR_UPSTREAM_CERT_WEAK: certificate('密钥或签名算法过弱', 'its key or signature algorithm is too weak'),
  OVR_UPSTREAM_CERT: certificate('证书无效', 'it is not valid'),
  OVR_UPSTREAM_NOT_VERIFIED: (facts) => ({
    zh: `按您的设置，${facts.host} 的服务器证书未校验即放行${detail(facts)}。`,
    en: `As you asked, ${facts.host} was let through although its certificate does not verify${detail(facts)}.`,
  }),
  OVR_UPSTREAM_SHORT_KEY: (facts) => ({
    zh: `${facts.host} 的服务器证书密钥过短${detail(facts)}，低于 2048 位的行业下限；苹果系统会拒绝这类证书。内容已正常解密，请提醒服务器方更换证书。`,
    en: `The certificate of ${facts.host} has a short key${detail(facts)}, below the 2048 bits that the industry demands; Apple's systems refuse such certificates. The content was decrypted as usual; the server's owner should replace the certificate.`,
  }),
  OVR_PARENT_PROXY: (facts) => ({
    zh: `上级代理未能连接 ${at(facts)}${detail(facts)}。请检查上级代理的地址与账号。`,
    en: `The parent proxy did not connect to ${at(facts)}${detail(facts)}. Check its address and credentials.`,
  }),
  OVR_CLIENT_CA_NOT_TRUSTED: (facts) => ({
    zh: `手机不信任本机根证书${detail(facts)}，尚无任何主机成功解密。请打开接入页完成“安装并信任证书”；Android 7 及以上的应用默认不信任用户证书，见接入页说明。`,
    en: `The phone does not trust our certificate${detail(facts)}; no host has been decrypted yet. Open the onboarding page and finish "install and trust"; apps on Android 7 and later do not trust user certificates by default, the page says what to do.`,
  }),
  OVR_CLIENT_PINNED: (facts) => ({
    zh: `应用拒绝了 ${facts.host} 的证书${detail(facts)}，而${trustShown(facts).zh}：该主机可能启用了证书锁定（或该应用不信任用户证书）。可将其设为直通使应用可用（内容不解密，报告会列出），或使用未锁定的测试包。`,
    en: `The app refused the certificate for ${facts.host}${detail(facts)}, while ${trustShown(facts).en}: this host may be pinned (or this app does not trust user certificates). Pass it through so that the app works (undecrypted, and listed in the report), or use a build without pinning.`,
  }),
  OVR_CLIENT_PINNED_SILENT: (facts) => ({
    zh: `应用多次在与 ${facts.host} 握手后立即断开且未发送数据（${silentOthers(facts).zh}）：可能在代码中校验证书（证书锁定）。可将其设为直通，或使用未锁定的测试包。`,
    en: `The app repeatedly closed its connection to ${facts.host} right after the handshake without sending anything (${silentOthers(facts).en}): it may check the certificate in its own code (pinning). Pass it through, or use a build without pinning.`,
  }),
  OVR_CLIENT_SILENT: (facts) => ({
    zh: `手机与 ${facts.host} 完成握手后立即断开，没有发送任何数据：没有内容可查。若反复出现，可能是在代码中校验证书（证书锁定）。`,
    en: `The phone closed its connection to ${facts.host} right after the handshake without sending anything: there was nothing to look into. If this happens again, the app may check the certificate in its own code (pinning).`,
  }),
  OVR_CLIENT_CLOSED_HANDSHAKE: (facts) => ({
    zh: `手机在与 ${facts.host} 握手中断开，未说明原因${detail(facts)}。若反复出现，可能是不信任证书或证书锁定。`,
    en: `The phone left during the handshake for ${facts.host} without saying why${detail(facts)}. If this happens again and again, it may not trust the certificate, or pin another.`,
  }),
  OVR_CLIENT_TLS: (facts) => ({
    zh: `与手机的 TLS 协商失败（${facts.host}）${detail(facts)}：客户端可能只支持 TLS 1.2 以下的旧协议。`,
    en: `The TLS negotiation with the phone failed for ${facts.host}${detail(facts)}: the client may speak only versions older than TLS 1.2.`,
  }),
  OVR_CLIENT_TIMEOUT: (facts) => ({
    zh: `手机未在限时内完成与 ${facts.host} 的握手${detail(facts)}。`,
    en: `The phone did not finish its handshake for ${facts.host} in time${detail(facts)}.`,
  }),
  OVR_CLIENT_LEFT: (facts) => ({
    zh: `手机断开时，请求还没有发送完，或与 ${at(facts)} 的连接尚未就绪${detail(facts)}：没有内容到达该服务器，应用要发送的内容不在记录中。若反复出现，请检查运行代理的电脑到该服务器的网络：应用的等待时间往往只有几秒。`,
    en: `The phone left before its request was whole, or before the connection to ${at(facts)} was ready${detail(facts)}: nothing of it has reached that server, and what the app wanted to send is not in the record. If this happens again and again, check the network between the machine that runs the proxy and that server: many apps wait only seconds.`,
  }),
  OVR_PASSED_THROUGH: (facts) => ({
    zh: `按设置直通 ${facts.host}：内容未解密、未检查。取消直通后将重新解密。`,
    en: `${facts.host} is passed through as you set it: not decrypted, not audited. Take it off the list to decrypt it again.`,
  }),
  OVR_PASSED_THROUGH_AUTO: (facts) => ({
    zh: `${facts.host} 多次拒绝证书，已自动临时直通：内容未解密、未检查；稍后会再次尝试解密。`,
    en: `${facts.host} refused our certificate several times and is passed through for a while: not decrypted, not audited; decryption is tried again later.`,
  }),
  OVR_NOT_INSPECTED_PROTOCOL: (facts) => ({
    zh: `${at(facts)} 使用的不是 TLS 或 HTTP 的协议：已原样转发，仅按已知值扫描明文。`,
    en: `${at(facts)} speaks neither TLS nor HTTP: relayed as it is, and only scanned for known values in clear.`,
  }),
  OVR_NOT_INSPECTED_SERVER_FIRST: (facts) => ({
    zh: `${at(facts)} 由服务器先发言（如邮件协议）：已原样转发，仅按已知值扫描明文。`,
    en: `On ${at(facts)} the server speaks first (mail protocols do): relayed as it is, and only scanned for known values in clear.`,
  }),
  OVR_DESTINATION_MALFORMED: (facts) => ({
    zh: `目标“${at(facts)}”不是合法的主机与端口。`,
    en: `"${at(facts)}" is not a host name and port.`,
  }),
  OVR_DESTINATION_NUMERIC: (facts) => ({
    zh: `目标 ${facts.host} 使用了非常规的数字地址写法，已拒绝。请写成常规形式。`,
    en: `${facts.host} is an unusual numeric spelling of an address and was refused. Write it in its usual form.`,
  }),
  OVR_DESTINATION_OWN: (facts) => ({
    zh: `${at(facts)} 是本程序自身的端口，不能经代理访问。请直接打开页面。`,
    en: `${at(facts)} is this program itself and is not reachable through the proxy. Open the page directly.`,
  }),
  OVR_DESTINATION_LOOPBACK: (facts) => ({
    zh: `${at(facts)} 指向运行代理的电脑本机（回环地址），已拒绝。若被测服务在本机，请以 --allow-loopback 启动。`,
    en: `${at(facts)} is loopback of the machine that runs the proxy and was refused. If the server under test runs there, start with --allow-loopback.`,
  }),
  OVR_DESTINATION_UNSPECIFIED: (facts) => ({
    zh: `${at(facts)} 是未指定地址，已拒绝。`,
    en: `${at(facts)} is the unspecified address and was refused.`,
  }),
  OVR_DESTINATION_LINK_LOCAL: (facts) => ({
    zh: `${at(facts)} 是链路本地地址或云主机元数据服务，不能经代理访问。`,
    en: `${at(facts)} is link-local or a cloud metadata service and is never reached through the proxy.`,
  }),
  OVR_DESTINATION_MULTICAST: (facts) => ({
    zh: `${at(facts)} 是组播或保留地址，已拒绝。`,
    en: `${at(facts)} is a multicast or reserved address and was refused.`,
  }),
  OVR_DESTINATION_PORT: (facts) => ({
    zh: `${at(facts)} 的端口属于远程登录、文件共享等应用不会使用的服务，已拒绝。如确有需要，请不经代理直接访问。`,
    en: `The port of ${at(facts)} belongs to a service that no app speaks to (remote shells, file shares), and was refused. Reach it without the proxy if you need it.`,
  }),
  OVR_SOCKS_COMMAND: (facts) => ({
    zh: `手机经 SOCKS 请求了本代理不转发的方式${detail(facts)}：未转发，其中没有内容可查。UDP 多为 QUIC 或 DNS，应用通常会改走 TCP；若绕开代理直接发送，则不在记录中。`,
    en: `The phone asked over SOCKS for what this proxy does not carry${detail(facts)}: nothing of it was let through or looked into. UDP is mostly QUIC or DNS, and apps usually go on over TCP; what goes around the proxy is not in the record.`,
  }),
  OVR_HTTP_HEAD: (facts) => ({
    zh: `请求头不合规范${detail(facts)}，未转发。`,
    en: `The request head is malformed${detail(facts)} and was not forwarded.`,
  }),
  OVR_HTTP_AMBIGUOUS: (facts) => ({
    zh: `请求的长度声明自相矛盾${detail(facts)}：不同服务器会有不同解读（请求走私），未转发。`,
    en: `The request contradicts itself about its length${detail(facts)}: servers would read it differently (request smuggling), so it was not forwarded.`,
  }),
  OVR_HTTP_SCHEME: (facts) => ({
    zh: `不支持以明文代理请求转发该地址${detail(facts)}。HTTPS 请使用 CONNECT。`,
    en: `This address cannot be asked for in a plain proxy request${detail(facts)}. Use CONNECT for HTTPS.`,
  }),
  OVR_PROXY_CREDENTIALS: () => ({
    zh: '此代理需要用户名和密码。请在手机的代理设置中填写。有的应用不会发送代理密码：它的请求被拒绝，内容不在记录中；测试这类应用请不设密码（不加 --credentials-file，默认只允许私有网段）。',
    en: 'This proxy wants a user name and password. Enter them in the proxy settings of the phone. Some apps do not send a proxy password: their requests are refused and not in the record; test those without a password (no --credentials-file; private networks only are allowed then).',
  }),
  OVR_TOO_MANY_CONNECTIONS: (facts) => ({
    zh: `同时打开的连接已达上限${detail(facts)}，这个连接被拒绝，要发送的内容不在记录中。请关闭手机上的部分应用，重做这段操作；若上限来自系统的文件数限制（ulimit -n），请调高后重新启动。`,
    en: `Too many connections were open${detail(facts)}: this one was turned away, and what it would have sent is not in the record. Close apps on the phone and do that part of the test again; where the system bounds the open files (ulimit -n), raise that and start again.`,
  }),
} satisfies Record<string, Words>;

export type CauseCode = keyof typeof TEXTS;

/** Whether an error's code is one that there are words for. */
export function isCauseCode(code: string): code is CauseCode {
  return Object.hasOwn(TEXTS, code);
}

/** The cause of that code in words. */
export function causeOf(code: CauseCode, facts: CauseFacts): Cause {
  return { code, text: TEXTS[code](facts) };
}
