import { expect, test } from 'vitest';
import { luhnDigit } from '../../src/persona/checksum.js';
import { personaFromPhone, writePhoneYaml } from '../../src/persona/from-adb.js';
import { parsePersona } from '../../src/persona/parse.js';

/** What `service call iphonesubinfo` prints: a parcel in hex (left out here), its UTF-16 beside it with a dot for each zero byte. */
function parcel(imei: string): string {
  const parts = ['........', ...(imei.match(/.{1,4}/g) ?? []).map((digits) => [...digits].map((digit) => `${digit}.`).join(''))];
  return `Result: Parcel(\n${parts.map((part) => `  0x00000000: 00380036 '${part}'`).join('\n')})`;
}
const IMEI = `86000000123456${luhnDigit('86000000123456')}`;
const SECOND = `86000000123999${luhnDigit('86000000123999')}`;

const PHONE: Readonly<Record<string, string>> = {
  'service call iphonesubinfo 1': parcel(IMEI),
  'settings get secure android_id': '9774d56d682e549c\n',
  'getprop ro.serialno': 'EMULATOR1\r\n',
  'cat /sys/class/net/wlan0/address': '00:00:5e:00:53:2a\n',
  'settings get secure bluetooth_address': 'null\n',
  'getprop ro.product.model': 'Test Phone 1\n',
  'cmd wifi status': 'Wifi is connected to "Lab"\nWifiInfo: SSID: "Lab", BSSID: 00:00:5E:00:53:2B, MAC: 02:00:00:00:00:00\n',
};

const shellOf = (phone: Readonly<Record<string, string>>) => async (words: readonly string[]) => {
  const answer = phone[words.join(' ')];
  if (answer === undefined) throw new Error('Security exception');
  return answer;
};

test('what the phone shows becomes a persona that can be read back', async () => {
  const read = await personaFromPhone(shellOf(PHONE));
  expect(read.persona.values).toEqual({
    imei: [IMEI],
    android_id: ['9774d56d682e549c'],
    device_serial: ['EMULATOR1'],
    mac_address: ['00:00:5e:00:53:2a'],
    device_model: ['Test Phone 1'],
    bssid: ['00:00:5e:00:53:2b'],
    ssid: ['Lab'],
  });
  expect(parsePersona(writePhoneYaml(read), 'phone.yaml').values).toEqual(read.persona.values);
});

test('what it refuses is said, OAID always', async () => {
  const { persona, remarks } = await personaFromPhone(shellOf({}));
  expect(persona.values).toEqual({});
  expect(remarks.map(({ dataType }) => dataType)).toEqual([
    'imei',
    'android_id',
    'device_serial',
    'mac_address',
    'bluetooth_mac',
    'device_model',
    'bssid',
    'ssid',
    'oaid',
  ]);
  expect(remarks.every(({ text }) => /[一-鿿]/.test(text.zh) && text.en.length > 20)).toBe(true);
});

test('an answer that only looks like one is not believed', async () => {
  const { persona } = await personaFromPhone(
    shellOf({
      'service call iphonesubinfo 1': parcel(`86000000123456${(Number(IMEI.at(-1)) + 1) % 10}`),
      'settings get secure android_id': 'Exception occurred while executing get',
      'getprop ro.serialno': 'unknown',
      'cat /sys/class/net/wlan0/address': '02:00:00:00:00:00',
      'getprop ro.product.model': 'x\u001b]0;title\u0007"\n- y',
      'cmd wifi status': 'Wifi is connected to "a\r\nimei: [1]"',
    }),
  );
  expect(persona.values).toEqual({});
});

test('the second SIM slot adds a second IMEI, the same one twice does not', async () => {
  const { persona } = await personaFromPhone(
    shellOf({
      'service call iphonesubinfo 1': parcel(IMEI),
      'service call iphonesubinfo 1 s16 com.android.shell': parcel(IMEI),
      'service call iphonesubinfo 4 i32 1 s16 com.android.shell': parcel(SECOND),
    }),
  );
  expect(persona.values.imei).toEqual([IMEI, SECOND]);
});
