import { attributeApp } from '../capture/device/app.js';
import type { Headers } from '../model/exchange.js';

/**
 * Which mini program a request belongs to; null: the app under test. A WebView's `X-Requested-With` names a package too, but as a rule
 * that of the app under test itself, whose package name nobody has told us: to take it for another app would leave its traffic
 * unjudged in silence.
 */
export function attributeMiniProgram(headers: Headers, url: string): { readonly id: string } | null {
  const app = attributeApp(headers, url);
  return app?.kind === 'mini_program' ? app : null;
}
