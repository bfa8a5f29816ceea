import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** Beside `menu`. */
  readonly kind?: string;
  /** What stands on the button. */
  readonly button: JSX.Element;
  readonly children: ComponentChildren;
}

/** Closes the menu that holds this. */
export function closeMenu(within: Element): void {
  within.closest('details')?.removeAttribute('open');
}

/** A list below its button. The browser leaves `details` open whatever else is done: over a dialog, and over what one reads next. */
export function Menu({ kind = '', button, children }: Props): JSX.Element {
  const element = useRef<HTMLDetailsElement>(null);
  // Listening all the time: what is pressed right after it opened would come before an effect of its opening.
  useEffect(() => {
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Node && element.current?.contains(target) === false) element.current.open = false;
    };
    const putAway = (event: KeyboardEvent) => {
      const menu = element.current;
      if (menu?.open !== true || event.key !== 'Escape' || event.isComposing) return;
      // It closes the menu alone, not the detail beside it as well.
      event.stopPropagation();
      menu.open = false;
      menu.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    document.addEventListener('keydown', putAway, true);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
      document.removeEventListener('keydown', putAway, true);
    };
  }, []);
  return (
    <details ref={element} class={`menu ${kind}`}>
      {button}
      {children}
    </details>
  );
}
