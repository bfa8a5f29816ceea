import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addOwnDomain, removeOwnDomain } from '../edits.js';
import { visible } from '../format.js';
import { allFindings, isRunning, session } from '../state.js';
import { t } from '../text/index.js';
import { Icon } from './icon.js';

/** A name with a dot; what lies below it belongs to it. Addresses and URLs are no domains. */
const DOMAIN = /^(?!\d+(?:\.\d+){3}$)[^\s/:@*.]+(?:\.[^\s/:@*.]+)+$/u;
const MOST_OFFERED = 12;

/**
 * Domains that nobody knows yet, those that got most first: learned from the session, and only offered. Whether one is the app's own
 * is for the tester to say; a guess would turn a third party into the operator.
 */
function offered(own: readonly string[]): readonly string[] {
  const count = new Map<string, number>();
  for (const { party, count: times } of allFindings.value) {
    const domain = party.registrableDomain;
    if (party.firstParty === null && domain !== null && !own.includes(domain)) count.set(domain, (count.get(domain) ?? 0) + times);
  }
  return [...count]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_OFFERED)
    .map(([domain]) => domain);
}

function Editor({ own }: { readonly own: readonly string[] }): JSX.Element {
  const [text, setText] = useState('');
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/^\*?\./, '');
  const wrong = typed !== '' && !DOMAIN.test(typed);
  const add = (domain: string) => void addOwnDomain(domain);
  const rest = offered(own);
  return (
    <>
      <form
        class="work-tools"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === '' || wrong) return;
          add(typed);
          setText('');
        }}
      >
        <input
          class="field"
          type="text"
          maxLength={200}
          placeholder="example.com"
          aria-label={t('own.domain')}
          aria-invalid={wrong}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit" class="button" disabled={typed === '' || wrong}>
          {t('own.add')}
        </button>
      </form>
      {wrong ? <p class="sub">{t('own.wrong')}</p> : null}
      {rest.length === 0 ? null : (
        <>
          <p class="sub">{t('own.offered')}</p>
          <ul class="chips">
            {rest.map((domain) => (
              <li key={domain}>
                <button
                  type="button"
                  class="type-chip"
                  aria-label={t('own.addOne', { domain: visible(domain) })}
                  onClick={() => add(domain)}
                >
                  + <span class="mono">{visible(domain)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** The app's own domains: whoever receives there is the operator, not a third party. Given, offered from the traffic, and changed here. */
export function OwnDomains(): JSX.Element {
  const own = session.value?.subject.firstPartyDomains ?? [];
  return (
    <section class="card own-domains">
      <h2>{t('own.title')}</h2>
      <p class="sub">{t('own.lead')}</p>
      {own.length === 0 ? <p>{t('own.none')}</p> : null}
      <ul class="chips">
        {own.map((domain) => (
          <li key={domain}>
            {isRunning.value ? (
              <button
                type="button"
                class="type-chip"
                aria-label={t('own.remove', { domain: visible(domain) })}
                onClick={() => void removeOwnDomain(domain)}
              >
                <span class="mono">{visible(domain)}</span> <Icon name="close" />
              </button>
            ) : (
              <span class="type-chip mono">{visible(domain)}</span>
            )}
          </li>
        ))}
      </ul>
      {isRunning.value ? <Editor own={own} /> : <p class="sub">{t('own.ended')}</p>}
    </section>
  );
}
