/** Landlines, service numbers and those of enterprises (工信部《电信网编号计划》). */
const BUSINESS_NUMBER = /^(?:0\d{2,3}-?\d{7,8}|[48]00[\d-]{7,9}|9[56]\d{3,4})(?:[-,转]+\d{1,6})?$/;

/** Whether a text is a number that a business answers, and no mobile's. */
export function isBusinessNumber(text: string): boolean {
  return BUSINESS_NUMBER.test(text.trim());
}

const MOBILE = /^(?:\+?86|0086)?1[3-9]\d{9}$/;

/** Whether a text, without blanks and brackets, is a mobile's number: somebody's, whoever answers it in a shop. */
export function isMobileNumber(text: string): boolean {
  return MOBILE.test(text.replace(/[\s()-]/g, ''));
}
