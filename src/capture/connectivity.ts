/**
 * Hosts that a phone asks by itself when it joins a network, to see whether there is an Internet behind it. They show that the proxy is
 * set, and nothing of the app: Apple, Google, Xiaomi, Huawei, Honor, OPPO, vivo.
 */
const HOSTS: ReadonlySet<string> = new Set([
  'captive.apple.com',
  'connectivitycheck.gstatic.com',
  'connectivitycheck.android.com',
  'clients3.google.com',
  'connect.rom.miui.com',
  'connectivitycheck.platform.hicloud.com',
  'connectivitycheck.cbg-app.huawei.com',
  'connectivitycheck.platform.hihonorcloud.com',
  'conn1.oppomobile.com',
  'conn2.oppomobile.com',
  'conn1.coloros.com',
  'conn2.coloros.com',
  'wifi.vivo.com.cn',
]);

/** @param host in any case. */
export function isConnectivityCheck(host: string): boolean {
  return HOSTS.has(host.toLowerCase());
}
