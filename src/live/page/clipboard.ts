/**
 * Puts a text on the clipboard. The modern way exists only where the browser trusts the origin: 127.0.0.1 is trusted, a page that is
 * served to the LAN by `--ui 0.0.0.0` is not.
 * @returns whether it is there.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused by the browser's settings; the old way may still be allowed.
    }
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  const focused = document.activeElement;
  // Beside what has the focus: a modal dialog makes everything outside of it inert.
  (focused?.parentElement ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
