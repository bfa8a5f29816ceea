import type { JSX } from 'preact';
import { Conditions } from './conditions.js';
import { Declared } from './declared.js';
import { OwnDomains } from './own-domains.js';
import { PersonaEditor } from './persona.js';
import { RefusalTest } from './refusal-test.js';
import { RevealList } from './reveal-list.js';

/** What the tester adds to the traffic: the refusal test, the category's conditions, whose domains are the app's own, what the policy declares, whose data is looked for, and who has looked at it. */
export function Checklist(): JSX.Element {
  return (
    <section class="panel work">
      <RefusalTest />
      <Conditions />
      <OwnDomains />
      <Declared />
      <PersonaEditor />
      <RevealList />
    </section>
  );
}
