import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

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
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const menu = element.current;
    if (!open || menu === null) return;
    const close = () => menu.removeAttribute('open');
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Node && !menu.contains(target)) close();
    };
    const putAway = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      // It closes the menu alone, not the detail beside it as well.
      event.stopPropagation();
      close();
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
  }, [open]);
  return (
    <details ref={element} class={`menu ${kind}`} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      {button}
      {children}
    </details>
  );
}
