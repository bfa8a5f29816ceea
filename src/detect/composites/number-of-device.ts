import { isDistinct } from '../account.js';
import { readTogether } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `{ uid: X, deviceid: X }`: before anybody signs in, apps number whoever uses them by the device. A name that means an account oftener than not gives
 * way to one that can mean nothing but a device, where both hold the same value; numbers may agree by chance, and stay accounts.
 */
const NAMES = /^(?:uid|userid|usercode|userno)$/;
const DRAWN = /^(?=.*\d)(?=.*[A-Za-z])[\w:.-]{16,128}$/;
/** WeChat numbers a person so, whatever an app takes it for. */
const OPEN_ID = /^o[\w-]{27}$/;

export const composite: Composite = {
  spares: true,
  named: (keys) => NAMES.test(leafName(keys)),
  triggers: ({ value }, named) => named && DRAWN.test(value) && !OPEN_ID.test(value),
  find({ candidates, decoded, types, groupOf }) {
    const devices = new Map<string, string>();
    candidates.forEach(({ evidence: { grade, dataType, value }, match }, index) => {
      // What analytics kits count is an account's number as well, once somebody has signed in.
      if (grade === 'candidate' || match === undefined || match.weak || match.reach !== 'full' || isDistinct(match.key)) return;
      if (types.get(dataType)?.family === 'device_id') devices.set(`${groupOf(index)} ${value}`, dataType);
    });
    if (devices.size === 0) return [];
    return decoded.fields.flatMap((field): CompositeFinding[] => {
      const { group, value, keys, path } = field;
      if (!NAMES.test(leafName(keys)) || !DRAWN.test(value) || OPEN_ID.test(value)) return [];
      const device = devices.get(`${group} ${value}`);
      return device === undefined ? [] : [{ candidate: readTogether(decoded, field, device, line), absorbs: [path] }];
    });
  },
};

const line = {
  rule: 'number-of-device',
  text: {
    zh: '与同一对象中的设备标识是同一个值：是设备的编号，不是账号',
    en: 'the same value as the device’s identifier in the same object: the number of the device, and of no account',
  },
} as const;
