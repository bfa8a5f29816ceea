/** What the structs of the tests hold, whichever protocol they are written in. */
const FIELDS = {
  '1': '490154203237518',
  '2': '70000',
  '3': '13900000000',
  '4': '31.2304',
  '5': 'true',
  '6': 'false',
  '7': '-5',
  '8': '-7',
  '9.oaid': '0f8fad5b-d9cb-469f-a165-70867728950e',
  '9.channel': 'store',
  '10[0]': 'com.example.a',
  '10[1]': '张三',
  '11.1': 'a4:5e:60:11:22:33',
  '12[0]': 'true',
  '12[1]': 'false',
  '40[15]': '1500',
  '41|json$.a': 'x',
};
/** The same behind the path of the struct. */
export const fieldsUnder = (path: string) => Object.fromEntries(Object.entries(FIELDS).map(([name, value]) => [`${path}.${name}`, value]));
/** Bytes of hex digits, which blanks may divide. */
export const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** With the length of four bytes before it, as it goes over a socket. */
export const framed = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, bytes.length >> 8, bytes.length & 255]), bytes]);
