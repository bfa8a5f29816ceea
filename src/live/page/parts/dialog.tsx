import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/index.js';
import { Icon } from './icon.js';
import { RefusalBanner } from './refusal-banner.js';

interface Props {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own modal dialog: it traps the focus, closes on Escape and gives the focus back. */
export function Dialog({ title, open, onClose, children }: Props): JSX.Element {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    else if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    // biome's rule wants a key beside every click; Escape is the dialog's own.
    <dialog ref={element} aria-label={title} onClose={onClose}>
      {open ? (
        <>
          <header class="dialog-head">
            <h2>{title}</h2>
            <button type="button" class="plain" onClick={onClose} aria-label={t('close')}>
              <Icon name="close" />
            </button>
          </header>
          <div aria-live="polite">
            <RefusalBanner />
          </div>
          {children}
        </>
      ) : null}
    </dialog>
  );
}
