import type { Field } from '../../model/field.js';
import { readAsOne } from '../candidate.js';
import type { Composite } from '../composite.js';

/**
 * Many device features in one message single a phone out without any identifier (GB/T 41391-2022 5.3: 设备指纹). Model, system,
 * screen and language go with nearly every request, so it takes hardware or sensor values beyond those.
 */
const FEATURES = new Set([
  'device_model',
  'os_version',
  'screen_info',
  'locale_timezone',
  'user_agent',
  'network_type',
  'sim_operator',
  'hardware_params',
  'sensor_data',
]);
const KINDS = 5;
const HARDWARE_FIELDS = 3;
/** Charging or not, rooted or not: half of all phones say the same. */
const FLAG = /^(?:[01]|true|false|yes|no|on|off)$/i;

export const composite: Composite = {
  spares: true,
  find(scope) {
    const { candidates, decoded } = scope;
    const features = candidates.filter(
      ({ evidence }) => FEATURES.has(evidence.dataType) && evidence.grade !== 'candidate' && evidence.path !== 'header.user-agent',
    );
    const kinds = new Set(features.map(({ evidence }) => evidence.dataType));
    const hardware = features.filter(
      ({ evidence }) => (evidence.dataType === 'hardware_params' || evidence.dataType === 'sensor_data') && !FLAG.test(evidence.value),
    );
    // What the query says and the body repeats tells no more about the phone.
    const told = new Set(hardware.map(({ evidence: { path } }) => path.slice(path.lastIndexOf('.') + 1))).size;
    const first = hardware[0];
    if (kinds.size < KINDS || told < HARDWARE_FIELDS || first === undefined) return [];
    const isFirst = (field: Field) => field.path === first.evidence.path;
    const at = decoded.fields.find(isFirst) ?? scope.among(() => true).find(isFirst);
    if (!at) return [];
    const candidate = readAsOne(decoded, at, {
      dataType: 'device_fingerprint',
      grade: 'probable',
      form: null,
      value: [...kinds].sort().join(','),
      // The whole message is the evidence, not the field it was counted from.
      path: at.part,
      trace: [
        {
          rule: 'many-features',
          text: {
            zh: `同一报文含 ${kinds.size} 类、${features.length} 项设备特征，其中硬件或传感器 ${told} 项`,
            en: `${features.length} device features of ${kinds.size} kinds in one message, ${told} of them hardware or sensors`,
          },
        },
      ],
      passRate: 1,
      keyLength: 0,
    });
    return [{ candidate, absorbs: [] }];
  },
};
