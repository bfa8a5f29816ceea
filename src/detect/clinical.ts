/** Hospitals by what their names end in, and their clinical departments (医疗机构诊疗科目名录, 1994). */
const CLINICAL =
  /(?:医院|卫生院|诊所|门诊部?|急诊|服务中心|[省市县区][一二三四五六七八九十]院)$|(?:内|外|妇|儿|产|儿童|口腔|牙|眼|耳鼻喉|耳鼻咽喉|皮肤|性病|泌尿|骨|肿瘤|神经|消化|心血管|呼吸|精神|心理|中医|针灸|康复|急诊|感染|发热|肛肠|肾病?|血液|分泌|风湿|免疫|整形|美容|男|生殖|疼痛|全|新生儿|乳腺|甲状腺|肝胆|肝病|老年病?|推拿|结核病?|变态反应)(?:内|外)?科(?:门诊)?$/;

/** Whether a text is the name of a hospital or of a department that treats patients; firms have departments too. */
export function isClinical(text: string): boolean {
  return CLINICAL.test(text);
}

/** Names of the day of an appointment, and how a day is written; others have appointments too. */
const DAYS = / (?:date|time)$/;
const DAY = /^20\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$/;
const EXPERT = /^[\u4e00-\u9fff]{2,5}$/;

/**
 * Whether an ambiguous name beside a hospital speaks of the visit to it: the department, who sees the patient, the day.
 * @param key of the dictionary. @param value of the field.
 */
export function isOfVisit(key: string, value: string): boolean {
  if (DAYS.test(key)) return DAY.test(value);
  return isClinical(value) || (key === 'expert name' && EXPERT.test(value));
}
