/** The rest of a HAR entry whose request is what a test is about: an empty answer, after a millisecond (HAR 1.2). */
export const ANSWERED = {
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: '' },
    redirectURL: '',
    headersSize: -1,
    bodySize: 0,
  },
  cache: {},
  timings: { send: 0, wait: 1, receive: 0 },
};
