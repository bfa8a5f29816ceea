import type { JSX } from 'preact';
import { Declared } from './declared.js';
import { PersonaList } from './persona.js';
import { RefusalTest } from './refusal-test.js';

/** What the tester adds to the traffic: the refusal test, what the policy declares, and whose data is looked for. */
export function Checklist(): JSX.Element {
  return (
    <section class="panel work">
      <RefusalTest />
      <Declared />
      <PersonaList />
    </section>
  );
}
