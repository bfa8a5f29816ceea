import type { Field } from '../../model/field.js';
import { evidenceAt } from '../candidate.js';
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

export const composite: Composite = {
  spares: true,
  find(scope) {
    const { candidates, decoded, types } = scope;
    if (!types.has('device_fingerprint')) return [];
    const features = candidates.filter(
      ({ evidence }) => FEATURES.has(evidence.dataType) && evidence.grade !== 'candidate' && evidence.path !== 'header.user-agent',
    );
    const kinds = new Set(features.map(({ evidence }) => evidence.dataType));
    const hardware = features.filter(({ evidence }) => evidence.dataType === 'hardware_params' || evidence.dataType === 'sensor_data');
    const first = hardware[0];
    if (kinds.size < KINDS || hardware.length < HARDWARE_FIELDS || first === undefined) return [];
    const isFirst = (field: Field) => field.path === first.evidence.path;
    const at = decoded.fields.find(isFirst) ?? scope.among(() => true).find(isFirst);
    if (!at) return [];
    return [
      {
        candidate: {
          evidence: {
            ...evidenceAt(at, decoded.direction, decoded.message, {
              dataType: 'device_fingerprint',
              grade: 'probable',
              detector: 'composite',
              form: null,
              value: [...kinds].sort().join(','),
              span: null,
              placeholder: false,
              trace: [
                {
                  rule: 'many-features',
                  text: {
                    zh: `同一报文含 ${kinds.size} 类、${features.length} 项设备特征，其中硬件或传感器 ${hardware.length} 项`,
                    en: `${features.length} device features of ${kinds.size} kinds in one message, ${hardware.length} of them hardware or sensors`,
                  },
                },
              ],
            }),
            // The whole message is the evidence, not the field it was counted from.
            path: at.part === 'query' ? 'query' : at.part === 'header' ? 'header' : at.part,
          },
          passRate: 1,
          keyLength: 0,
          preference: 0,
        },
        absorbs: [],
      },
    ];
  },
};
