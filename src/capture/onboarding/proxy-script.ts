/**
 * The PAC file for phones that take an address of a script instead of host and port. No `DIRECT` behind the proxy: a phone that
 * fell back to it would send unseen traffic, and the audit would look cleaner than the app is.
 * @param proxy `address:port` of this proxy, already in the shape of an address.
 */
export function proxyScript(proxy: string): string {
  return `function FindProxyForURL(url, host) {\n  return ${JSON.stringify(`PROXY ${proxy}`)};\n}\n`;
}
