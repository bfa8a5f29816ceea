/** Whether only this machine reaches an address, given as a number or as `localhost` (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3): no phone does. */
export function isLoopback(host: string): boolean {
  return host === '::1' || host === 'localhost' || host.startsWith('127.');
}
