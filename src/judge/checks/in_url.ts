import type { CheckFunction } from '../check.js';
import { named, timesOf } from '../wording.js';

/** Resettable and app-made identifiers in a query are how statistics work everywhere; what names a person or a device for good is not. */
export const check: CheckFunction = ({ facts, dataType }) => {
  const { pipl28, gbt35273B, gbt45574 } = dataType.sensitive;
  const weighs =
    pipl28 === 'yes' || gbt35273B || gbt45574 === 'yes' || dataType.obtainedBy === 'user' || dataType.identifier === 'immutable';
  if (facts.inUrl === null || !weighs) return null;
  const times = timesOf(facts.inUrl);
  return {
    zh: `${named(dataType).zh}写在网址里（${times.zh}）；网址会留在服务器日志、代理记录和 Referer 中。`,
    en: `${named(dataType).en} stands in the URL (${times.en}); URLs stay in server logs, proxies and Referer headers.`,
  };
};
