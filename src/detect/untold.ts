/**
 * What programs write for a feature that they could not find out: "unknown", "not available", the default of a list, with or without a word
 * for what was asked (`Unknown Model`, `未知机型`, `dispositivo desconocido`). It describes no device.
 */

const LONGEST = 40;
/** None of the words has one, and nearly every model and release has. */
const DIGIT = /\d/;

/** Of what was asked, between words in Latin letters. */
const NOUNS =
  'device|model|brand|make|manufacturer|maker|vendor|product|phone|mobile|handset|hardware|board|chip|cpu|gpu|processor|soc|os|system|platform|version|release|build|' +
  'carrier|operator|provider|network|connection|wi ?fi|ssid|type|name|value|info|browser|user ?agent|agent|screen|resolution|size|locale|language|region|time ?zone|' +
  'dispositivo|aparelho|modelo|marca|rede|sistema|nombre|nome|appareil|modèle|marque|réseau|terminal|gerät|modell|netzwerk|urządzenie|cihaz|устройство|модель|perangkat|thiết bị';
/** `none` and `na` are answers by themselves: there is no network, and Nauru has a language. */
const WORDS =
  'unknow|unknown|unkown|unknwon|unidentified|undetermined|undetected|unspecified|undefined|unavailable|unsupported|uninitialized|' +
  '(?:is )?not (?:available|supported|found|set|provided|detected|known|specified|applicable|determined|defined|obtained)|' +
  'no (?:data|info|information|value|permission)|missing|invalid|error|fail|failed|failure|null|nil|n/a|empty|default|others?|' +
  'desconocid[oa]|desconhecid[oa]|inconnue?|sconosciut[oa]|unbekannt(?:e|er|es)?|onbekende?|okänd|ukjent|ukendt|tuntematon|nieznan[aey]|neznám[áéý]|ismeretlen|necunoscut|' +
  'неизвестн(?:о|ый|ая|ое)|невідом(?:о|ий|а)|bilinmiyor|bilinmeyen|άγνωστο|tidak diketahui|không xác định|không rõ';
const LATIN = new RegExp(`^(?:(?:${NOUNS}) )*(?:${WORDS})(?: (?:${WORDS}|${NOUNS}|none|na))*$`, 'u');
/** Without anything that a system or a maker is called by: `未知` and `其他品牌`, and not `其他安卓`. */
const OTHERS = new RegExp(
  '^(?:(?:设备|手机|机器|系统|网络|运营商|品牌|型号|机型)?' +
    '(?:未知|未知的|未識別|未识别|未获取(?:到)?|未取得|未获得|无法(?:获取|识别|取得)|無法(?:取得|識別)|获取(?:失败|不到|异常)|取得失败|取不到|未设置|未定义|未检测到|不详|不明|不支持|暂无|' +
    '无数据|无|空|其他|其它|其他的|默认|缺省|默认值|没有权限|无权限|未授权|不明な)' +
    '(?:设备|設備|裝置|装置|机型|型号|型號|品牌|厂商|制造商|机器|手机|系统|操作系统|系统版本|版本|平台|运营商|网络|网络类型|类型|浏览器|名称|信息|分辨率|语言|时区|端末|デバイス|機種)?' +
    '|알 ?수 ?없(?:음|는(?: ?(?:기기|장치|모델))?)|ไม่(?:ทราบ|รู้จัก)|غير معروف|अज्ञात)$',
  'u',
);
const FIRST = new Uint8Array(128);
for (const sign of 'unimefdopalrstcvbkw<([{"\'') FIRST[sign.charCodeAt(0)] = 1;

/**
 * Whether a text says that a feature could not be told.
 * @param value as sent; case, and how its words are parted, do not count.
 */
export function isUntoldText(value: string): boolean {
  if (value.length < 1 || value.length > LONGEST) return false;
  const first = value.charCodeAt(0);
  // Asked of every feature with a name: a digit begins most.
  if ((first < 0x80 && FIRST[first] !== 1 && FIRST[first | 0x20] !== 1) || DIGIT.test(value)) return false;
  const text = value
    .toLowerCase()
    .replace(/^[\s<([{"'-]+|[\s>)\]}"'.!-]+$/g, '')
    .replace(/[\s_-]+/g, ' ');
  return LATIN.test(text) || OTHERS.test(text);
}
