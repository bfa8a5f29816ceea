/**
 * What a person changes: the session's subject, its scenes, its beginning and its end. Every one asks the server and shows its
 * refusal; none throws.
 */
import { computed } from '@preact/signals';
import type { ConsentState, Declaration, RefusalAnswer, Session } from '../../model/session.js';
import type { NewSession } from '../options.js';
import type { deleted, State } from '../schema.js';
import { net, Refusal, sessionPath } from './net.js';
import { address, adopt, attempt, go, isRunning, refresh, reload, replaced, server, serverTime, session, show } from './state.js';

function current(): string {
  return session.value?.id ?? '';
}

let before: Promise<void> = Promise.resolve();

/**
 * What a person may change; the answer is in the next batch, and taken at once so that the button reacts.
 * @param work is told the session that was on screen when it was asked for: by the time its turn has come another may be. It reads that
 * session only then: lists are sent whole, and one that was read before the last change was answered would take that change back.
 */
function change(work: (id: string) => Promise<{ readonly session: Session }>): Promise<void> {
  const id = current();
  before = before.then(() => attempt(async () => adopt((await work(id)).session)));
  return before;
}

/** The tab shows another session by now, and nobody here knows how the one that was meant stands. */
const movedOn = () => new Refusal(0, 'OVR_UI_MOVED_ON', '', '');

type Subject = Session['subject'];

/**
 * One change of the session's subject. The server is told how what is changed was seen here: where another tab has changed it
 * meanwhile, this one is read anew and the change is made of that.
 * @param edit the subject as it stands when its turn has come -> what is to be different.
 */
const edited = (edit: (subject: Partial<Subject>) => Partial<Subject>) =>
  change(async (id) => {
    const send = (): Promise<{ readonly session: Session }> => {
      if (session.value?.id !== id) throw movedOn();
      const subject: Partial<Subject> = session.value.subject;
      const patch = edit(subject);
      const seen = Object.fromEntries(Object.keys(patch).map((key) => [key, subject[key as keyof Subject] ?? null]));
      return net.post(sessionPath(id, 'subject'), { ...patch, seen });
    };
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'OVR_UI_STALE') throw error;
      await refresh();
      return send();
    }
  });

export const markScene = (name: string, consent: ConsentState) => change((id) => net.post(sessionPath(id, 'scene'), { name, consent }));
export const endScene = () => change((id) => net.remove(sessionPath(id, 'scene')));
/** @param app empty: the app has no name. */
export const renameApp = (app: string) => edited(() => ({ app: app.trim() === '' ? null : app.trim() }));
/** @param answer null takes it back: the condition is open again. */
export const answerContext = (id: string, answer: boolean | null) =>
  edited(({ context }) => {
    const { [id]: _, ...others } = context ?? {};
    return { context: answer === null ? others : { ...others, [id]: answer } };
  });
/** Of the app itself; its mini programs keep theirs. @param id null: none is chosen, and nothing is judged. */
export const chooseCategory = (id: string | null) =>
  edited(({ categories }) => ({ categories: { ...categories, main: id === null ? [] : [id] } }));
/** Whether notes of a person (accepted findings, the refusal test) can be kept: the judge reads none of them. */
export const canNote = computed(
  () =>
    isRunning.value ||
    (session.value !== null && session.value.status !== 'running' && server.value?.commands.includes('annotate') === true),
);
/** @param edit the answers as they stand when its turn has come -> as they are to be. */
export const saveRefusal = (edit: (given: readonly RefusalAnswer[]) => readonly RefusalAnswer[]) =>
  edited(({ refusal = [] }) => ({ refusal: edit(refusal) }));
/** @param declared what the privacy policy declares; null: none was entered. */
export const saveDeclared = (declared: readonly Declaration[] | null) => edited(() => ({ declared }));
export const addOwnDomain = (domain: string) =>
  edited(({ firstPartyDomains = [] }) => ({ firstPartyDomains: [...new Set([...firstPartyDomains, domain])] }));
export const removeOwnDomain = (domain: string) =>
  edited(({ firstPartyDomains = [] }) => ({ firstPartyDomains: firstPartyDomains.filter((one) => one !== domain) }));
/** @param label empty: takes the name away. */
export const labelDevice = (address: string, label: string) =>
  edited(({ devices = [] }) => {
    const others = devices.filter((one) => one.address !== address);
    return { devices: label === '' ? others : [...others, { address, label }] };
  });
/** @param reason null takes the acceptance back. */
export const accept = (finding: string, reason: string | null) =>
  edited(({ accepted = [] }) => {
    const others = accepted.filter((one) => one.finding !== finding);
    return { accepted: reason === null ? others : [...others, { finding, reason, at: serverTime() }] };
  });
/** By finding. */
export const acceptances = computed(() => new Map((session.value?.subject.accepted ?? []).map((one) => [one.finding, one])));
export const endSession = async () => {
  await change((id) => net.post(sessionPath(id, 'end')));
  await reload();
};
/** @returns whether it began; a refusal is shown. */
export async function beginSession(wish: NewSession): Promise<boolean> {
  let begun = false;
  await attempt(async () => {
    await net.post('/api/sessions', wish);
    begun = true;
    go({ session: null, view: 'findings', finding: null, exchange: null, filter: '', muted: [], compare: null }, true);
    await refresh();
    replaced.value = null;
  });
  return begun;
}
/** Reads the rule files again; what does not hold is shown with file and line, and the rules before stay in force. */
export const reloadRules = () => change((id) => net.post(sessionPath(id, 'rules')));
type Deleted = (typeof deleted)['_output'];

/** Nothing was refused, and still whoever deleted must know of it. */
export const remains = () => new Refusal(200, 'OVR_STORE_REMAINS', '', '');
/** A stored session with everything in it; for good. */
export const deleteSession = (id: string) =>
  attempt(async () => {
    const { complete } = await net.remove<Deleted>(sessionPath(id));
    if (address.value.session === id) go({ session: null, finding: null, exchange: null });
    await refresh();
    if (!complete) show(remains());
  });
/** @param on true: the host is relayed without looking into it. */
export const passThrough = (host: string, on: boolean) =>
  attempt(async () => {
    await net.post('/api/pass-through', { host, on });
    server.value = await net.get<State>('/api/state');
  });
