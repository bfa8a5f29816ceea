import type { Bilingual } from '../../../model/text.js';

const WORDS: Readonly<Record<string, Bilingual>> = {
  OVR_BUG: {
    zh: '程序自身出错。请刷新页面；若仍出现，请连同终端里的提示一并反馈。',
    en: 'The program met an error of its own. Reload; if it stays, report it with what the terminal says.',
  },
  OVR_UI_LOST: {
    zh: '连不上程序。请确认终端里的 overreach 仍在运行，然后重试。',
    en: 'The program cannot be reached. See whether overreach still runs in the terminal, then try again.',
  },
  OVR_UI_INPUT: {
    zh: '填写的内容不符合要求，没有保存。请检查后重试。',
    en: 'What was entered cannot be taken; nothing was changed. Check it and try again.',
  },
  OVR_UI_NOT_FOUND: {
    zh: '找不到了，可能已被删除。请刷新页面。',
    en: 'It is not there any more; it may have been deleted. Reload the page.',
  },
  OVR_UI_ELSEWHERE: {
    zh: '这个会话由另一个进程记录，不能在这里修改。请打开那个进程的页面。',
    en: 'Another process records this session; it cannot be changed here. Open the page of that process.',
  },
  OVR_UI_NOT_RUNNING: {
    zh: '这个会话已经结束，只能查看。要继续测试请新建会话；要按新的信息重新判定，请用“重新判定”。',
    en: 'This session is over and can only be read. Begin a new one to go on testing, or judge this one again.',
  },
  OVR_SESSION_ENDED: {
    zh: '这个会话已停止记录。请刷新页面；要按新的信息重新判定，请用“重新判定”。',
    en: 'This session is no longer recorded. Reload the page; a stored session can be judged again.',
  },
  OVR_UI_RUNNING: {
    zh: '有会话正在记录，现在不能这样做。请先结束它。',
    en: 'A session is being recorded, so this cannot be done now. End it first.',
  },
  OVR_STORE_RUNNING: {
    zh: '这个会话正由另一个进程记录，不能删除。请先结束它。',
    en: 'Another process records this session. End it first, then delete it.',
  },
  OVR_STORE_REMAINS: {
    zh: '已删除，不再显示；但另一个程序仍在读取数据库，残余内容要等它结束后才从磁盘上清除。',
    en: 'It is deleted and shown no more; but another program still reads the database, and the remains leave the disk when that one ends.',
  },
  OVR_UI_CATEGORY: {
    zh: '现用规则里没有这个 App 类型。请从列表中重新选择。',
    en: 'The rules in use have no such category. Choose one of the list.',
  },
  OVR_UI_CHANGED: {
    zh: '到期的会话数刚刚变了，没有删除。请看清新的数目再确认。',
    en: 'Another number of sessions is due by now; nothing was deleted. Look at it and confirm again.',
  },
  OVR_OWN_DOMAIN: {
    zh: '这不是 App 自有的域名，没有保存。请写注册的域名，例如 example.com 或 example.com.cn，其下级域名一并算作自有。',
    en: "That is no domain of the app's own, so nothing was saved. Write the registered name, such as example.com or example.com.cn; what lies below it belongs to it.",
  },
  OVR_UI_STALE: {
    zh: '这项内容刚在别处改过，没有保存。请看清新的内容，再改一次。',
    en: 'This was changed elsewhere a moment ago, so nothing was saved. Look at it as it is now and change it again.',
  },
  OVR_UI_MOVED_ON: {
    zh: '页面已转到另一个会话，这项改动没有保存。请回到原来的会话再改。',
    en: 'The page shows another session by now, so this change was not saved. Go back to the one it was meant for.',
  },
  OVR_UI_BUSY: { zh: '同时进行的查找太多。请稍候再试。', en: 'Too many searches at once. Wait a moment and try again.' },
  OVR_UI_ORIGIN: {
    zh: '这个操作来自别的网站，已拒绝。请在单独的标签页打开终端里打印的地址。',
    en: 'This was sent by another site and refused. Open the printed address in a tab of its own.',
  },
  OVR_STORE_NO_SESSION: {
    zh: '没有这个会话，可能已被删除。请刷新页面。',
    en: 'There is no such session; it may have been deleted. Reload the page.',
  },
  OVR_PEER_REFUSED: {
    zh: '有设备想使用代理，但它的地址不在允许之列（默认只允许私有网段），没有应答；地址见终端。若是您的测试手机，请用 --allow-peer 写明它的地址后重新启动。',
    en: 'A device asked for the proxy and got no answer: its address, which stands in the terminal, is not among those allowed (private networks by default). If it is your phone, start again with --allow-peer and that address.',
  },
  OVR_PEER_CREDENTIALS: {
    zh: '有设备没有给出代理的用户名和密码，请求被拒绝，内容不在记录中；地址见终端。若是您的测试手机，请在其代理设置中填写；有的应用不发送代理密码，测试这类应用请不加 --credentials-file 重新启动。',
    en: 'A device was asked for the proxy password and did not come back with it, so what it wanted to send is not in the record; its address stands in the terminal. If it is your phone, enter it in its proxy settings. Apps that do not send a proxy password are tested without --credentials-file.',
  },
  OVR_PEER_CROWDED: {
    zh: '有设备打开的连接过多，其后的连接被拒绝，内容不在记录中；报告按目标主机计数，地址和上限见终端。请关闭手机上的部分应用，重做这段操作；若受系统文件数限制，请先调高 ulimit -n 再启动。',
    en: 'A device has too many connections open and further ones are turned away: what they would have sent is not in the record, and the report counts them; address and bound stand in the terminal. Close apps on the phone and do that part again; where the system bounds the open files, raise "ulimit -n" and start again.',
  },
  OVR_STORE_FULL: {
    zh: '磁盘已满，写不进去。请腾出空间，记录会自动继续；没能保存的会计数并写入报告。',
    en: 'The disk is full. Free some space; writing resumes by itself, and what could not be kept is counted in the report.',
  },
  OVR_STORE_BUSY: {
    zh: '数据库正被另一个进程占用。请等它做完再试。',
    en: 'Another process holds the database. Wait until it has finished, then try again.',
  },
  OVR_STORE_GONE: {
    zh: '数据库在使用中被删除或替换，之后的内容没有保存。请把数据目录放回原处，记录会继续；否则请重新启动并重做测试。',
    en: 'The database was removed or replaced while it was in use, and nothing more is kept. Put the data folder back and recording goes on; otherwise start again and do the test again.',
  },
  OVR_STORE_IO: { zh: '读写数据库时磁盘报错。请检查磁盘及剩余空间。', en: 'The disk reports an error. Check the disk and its free space.' },
  OVR_STORE_READ_ONLY: {
    zh: '数据目录没有写权限。请放开权限，或用 --data-dir 换一个目录。',
    en: 'The data folder cannot be written. Give yourself the right, or name another with --data-dir.',
  },
  OVR_STORE_CORRUPT: {
    zh: '数据库文件已损坏，没有改动它。请把它移走，或用 --data-dir 换一个目录。',
    en: 'The database is damaged and was not changed. Move it away, or name another folder with --data-dir.',
  },
  OVR_RULES_STORE: {
    zh: '磁盘写不进去，规则保持不变。请腾出空间后重新读取。',
    en: 'The disk refuses to be written, so the rules stay as they are. Make room, then load them again.',
  },
  OVR_RULES_RELOADS: {
    zh: '这个会话更换规则的次数已到上限。请结束它，再按新规则重新判定。',
    en: 'The rules of this session were replaced too often. End it, then judge it again.',
  },
  OVR_SESSION_STORE: {
    zh: '磁盘写不进去，没有开始新会话，原会话继续记录。请腾出空间后再试。',
    en: 'The disk refuses to be written, so no session was begun. Make room, then begin it again.',
  },
  OVR_PERSONA_STALE: {
    zh: '要保留的值已被别处改掉。请重新打开测试人物再改。',
    en: 'A value that was to be kept was changed elsewhere. Load the values again and repeat the change.',
  },
  OVR_ARCHIVE_DIED: {
    zh: '生成报告的线程意外结束，正在记录的会话不受影响。请再试一次。',
    en: 'The thread that makes reports ended; the running session is not touched. Ask again.',
  },
  OVR_ANALYSIS_DIED: {
    zh: '分析线程意外结束：手机仍可上网，但此后的流量不再分析。请退出程序并重新启动；已经显示的都已保存。',
    en: 'The analysis thread ended: the phone still has its connection, but nothing more is analysed. End the program and start it again; what was shown is stored.',
  },
  OVR_CLOCK_SET_BACK: {
    zh: '本机时间被调回。先后顺序不受影响，但记录中的时间比本机现在的时间快；如需准确时间，请结束会话并重新启动程序。',
    en: 'The clock of this machine was set back. The order of what is recorded holds, but its times are ahead of the clock. For times that are right, end the session and start the program again.',
  },
  OVR_ANALYSIS_BEHIND: {
    zh: '分析落后于流量，页面显示的是较早的情况。请等页面跟上再结束会话，结束时尚未分析的内容不在记录中；可关闭手机上的视频、直播等大流量内容。',
    en: 'The analysis is behind the traffic, and what you see is of earlier. Let the page catch up before you end the session: what is not analysed by its end is not in it. Close what loads most on the phone (video, live feeds).',
  },
  OVR_ANALYSIS: {
    zh: '有内容分析出错，会话继续。请连同终端里的提示一并反馈。',
    en: 'Something could not be analysed; the session goes on. Report it with what the terminal says.',
  },
  OVR_SEARCH_DIED: {
    zh: '查找线程意外结束，正在记录的会话不受影响。请再查一次。',
    en: 'The thread that searches ended; the running session is not touched. Search again.',
  },
  OVR_ENDED: { zh: '程序正在退出。请重新启动后再试。', en: 'The program is ending. Start it again.' },
  OVR_PDF_BROWSER: {
    zh: '生成 PDF 需要 Chromium、Chrome 或 Edge，本机没有找到。可安装后重试，或导出 HTML 再打印成 PDF。',
    en: 'PDF needs Chromium, Chrome or Edge, and none was found. Install one, or export HTML and print that.',
  },
  OVR_PDF: {
    zh: '浏览器没能把报告印成 PDF。请再试一次，或导出 HTML 再打印。',
    en: 'The browser could not print the report. Try again, or export HTML and print that.',
  },
};

/**
 * What a refusal of the server means, by its code, and what to do. The server speaks English, for programs; a tester reads this.
 * Codes whose message names a file and line, or a value of the asker's, are not here: there the message itself says more.
 */
export const REFUSALS: ReadonlyMap<string, Bilingual> = new Map(Object.entries(WORDS));
