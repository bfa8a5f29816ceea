import type { Persona } from '../model/session.js';
import type { Bilingual } from '../model/text.js';
import { luhnDigit } from './checksum.js';

/**
 * The identifiers that a connected Android phone shows to adb, so that the audit knows the very values an app can read. What a
 * phone prints is checked against the shape of each identifier before it is believed, and what it refuses is said.
 */

/** Runs these words in the phone's shell. @returns what it printed; rejects where it could not. */
export type PhoneShell = (words: readonly string[]) => Promise<string>;

export interface Remark {
  readonly dataType: string;
  readonly text: Bilingual;
}

export interface PhonePersona {
  readonly persona: Persona;
  /** What could not be read, or is not what an app would see. */
  readonly remarks: readonly Remark[];
}

const MAC = /\b((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\b/i;
/** What Android gives to those who may not know (WifiInfo.DEFAULT_MAC_ADDRESS), and no address at all. */
const NO_MAC = ['02:00:00:00:00:00', '00:00:00:00:00:00'];

/** iphonesubinfo's transactions differ from version to version; an answer counts only when it is a valid IMEI. */
const IMEI_CALLS: ReadonlyArray<readonly string[]> = [
  ['service', 'call', 'iphonesubinfo', '1'],
  ['service', 'call', 'iphonesubinfo', '1', 's16', 'com.android.shell'],
  ['service', 'call', 'iphonesubinfo', '4', 'i32', '0', 's16', 'com.android.shell'],
  ['service', 'call', 'iphonesubinfo', '4', 'i32', '1', 's16', 'com.android.shell'],
];

const NOT_READABLE = {
  zh: '手机不允许 adb 读取此项；请在“设置 → 关于手机”中查看后手动填入。',
  en: 'This phone does not let adb read it; look it up under Settings, About phone, and put it in by hand.',
};

/** A parcel is printed in hex with its UTF-16 text beside it, dots for zero bytes: `'8.6.0.1...'`. */
function parcelDigits(output: string): string {
  return [...output.matchAll(/'([^']*)'/g)]
    .map(([, text = '']) => text)
    .join('')
    .replace(/[^0-9]/g, '');
}

function isImei(digits: string): boolean {
  return /^\d{15}$/.test(digits) && !/^(\d)\1{14}$/.test(digits) && luhnDigit(digits.slice(0, 14)) === digits[14];
}

/** The first line, where it has this shape; a shell that prints more, or something else first, has not answered the question. */
function shaped(output: string, shape: RegExp): string | null {
  const text = (output.trim().split(/\r?\n/)[0] ?? '').trim();
  return text !== 'null' && text !== 'unknown' && shape.test(text) ? text : null;
}

/**
 * Reads one phone.
 * @param shell the phone's shell; fixed command lines only are sent. A command that fails counts as "not readable".
 */
export async function personaFromPhone(shell: PhoneShell): Promise<PhonePersona> {
  const values = new Map<string, string[]>();
  const remarks: Remark[] = [];
  const ask = async (...words: string[]): Promise<string> => {
    try {
      return await shell(words);
    } catch {
      // A refusal is the normal case on new versions; what stays empty becomes a remark below.
      return '';
    }
  };
  const keep = (dataType: string, value: string | null | undefined): void => {
    if (value === null || value === undefined) return;
    const known = values.get(dataType) ?? [];
    if (!known.includes(value)) values.set(dataType, [...known, value]);
  };
  const mac = (output: string): string | null => {
    const found = MAC.exec(output)?.[1]?.toLowerCase() ?? null;
    return found === null || NO_MAC.includes(found) ? null : found;
  };

  for (const call of IMEI_CALLS) {
    const digits = parcelDigits(await ask(...call));
    if (isImei(digits)) keep('imei', digits);
  }
  keep('android_id', shaped(await ask('settings', 'get', 'secure', 'android_id'), /^[0-9a-f]{14,16}$/i));
  keep('device_serial', shaped(await ask('getprop', 'ro.serialno'), /^[A-Za-z0-9._-]{4,64}$/));
  keep('mac_address', mac(await ask('cat', '/sys/class/net/wlan0/address')) ?? mac(await ask('ip', 'link', 'show', 'wlan0')));
  keep('bluetooth_mac', mac(await ask('settings', 'get', 'secure', 'bluetooth_address')));
  keep('device_model', shaped(await ask('getprop', 'ro.product.model'), /^[\p{L}\p{N} ._()+-]{1,64}$/u));
  const wifi = await ask('cmd', 'wifi', 'status');
  keep('bssid', mac(/BSSID: ([0-9a-f:]{17})/i.exec(wifi)?.[1] ?? ''));
  keep('ssid', /connected to "([^"\r\n]{1,32})"/.exec(wifi)?.[1] ?? null);

  for (const dataType of ['imei', 'android_id', 'device_serial', 'mac_address', 'bluetooth_mac', 'device_model', 'bssid', 'ssid'])
    if (!values.has(dataType)) remarks.push({ dataType, text: NOT_READABLE });
  if (values.has('android_id'))
    remarks.push({
      dataType: 'android_id',
      text: {
        zh: '自 Android 8 起每个应用看到各自的 ANDROID_ID，此处是 shell 看到的值；被测应用的值会按格式识别，但不能“确认”。',
        en: 'Since Android 8 each app sees an ANDROID_ID of its own; this one is what the shell sees. The app’s is told by its shape, not confirmed.',
      },
    });
  if (values.has('mac_address'))
    remarks.push({
      dataType: 'mac_address',
      text: {
        zh: '自 Android 10 起默认按网络随机生成 MAC，此处是当前网络所用的地址；出厂地址请在“关于手机”中查看。',
        en: 'Since Android 10 the address is random for each network by default; this is the one in use. The factory’s stands under About phone.',
      },
    });
  remarks.push({
    dataType: 'oaid',
    text: {
      zh: 'OAID、VAID、AAID 只能由应用经厂商 SDK 读取，adb 读不到；可用 OAID 查询应用查看后填入。',
      en: 'OAID, VAID and AAID are given to apps by the maker’s SDK only, not to adb; look them up with an OAID viewer and put them in.',
    },
  });
  return { persona: { values: Object.fromEntries(values), salts: [], keys: [] }, remarks };
}

/** The persona file: values quoted, remarks as comments beside them. */
export function writePhoneYaml({ persona, remarks }: PhonePersona): string {
  const lines = [
    '# 从已连接的手机读取的真实标识，请妥善保管，勿提交到代码库。',
    '# Real identifiers, read from the connected phone. Keep this file private and out of repositories.',
  ];
  const entries = Object.entries(persona.values);
  for (const [dataType, values] of entries) lines.push(`${dataType}: [${values.map((value) => JSON.stringify(value)).join(', ')}]`);
  lines.push('');
  for (const { dataType, text } of remarks) lines.push(`# ${dataType}: ${text.zh}`, `#   ${text.en}`);
  return `${lines.join('\n')}\n`;
}
