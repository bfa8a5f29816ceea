import type { ComponentChildren, JSX } from 'preact';
import { writeAddress } from '../address.js';
import { address, openRule } from '../state.js';

/** A link to a page of the rules, which can be opened in another tab as well. @param to `category.ID`, `type.ID` or `check.ID`. */
export function RuleLink({ to, children }: { readonly to: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <a
      class="rule-link"
      href={writeAddress({ ...address.value, view: 'rules', finding: null, exchange: null, rule: to })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openRule(to);
      }}
    >
      {children}
    </a>
  );
}
