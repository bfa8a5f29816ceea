import { senderOf } from '../capture/device/sender.js';
import type { Attribution, Sender } from '../model/exchange.js';
import type { Subject } from '../model/session.js';

/** Which app a request or connection belongs to under what the tester said of the app under test; null: nothing tells. */
export function attribute(sender: Sender, subject: Pick<Subject, 'app' | 'package'>): Attribution | null {
  return senderOf(sender, { name: subject.app, package: subject.package ?? null });
}
