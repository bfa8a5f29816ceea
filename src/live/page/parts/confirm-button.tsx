import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** What it says while a second press would do it. */
  readonly confirm: string;
  /** And while it is being done: another press must not ask for it again. */
  readonly busy: string;
  readonly run: () => Promise<unknown>;
}

/** A button that does at the second press what cannot be taken back. */
export function ConfirmButton({ label, confirm, busy, run }: Props): JSX.Element {
  const [asked, setAsked] = useState(false);
  const [running, setRunning] = useState(false);
  return (
    <button
      type="button"
      class={`button ${asked ? 'button-bad' : ''}`}
      disabled={running}
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked);
        if (!asked) return;
        setRunning(true);
        void run().then(() => setRunning(false));
      }}
    >
      {running ? busy : asked ? confirm : label}
    </button>
  );
}
