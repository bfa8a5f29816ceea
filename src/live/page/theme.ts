import { signal } from '@preact/signals';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const STORED = 'overreach.theme';

export const theme = signal<Theme>(THEMES.find((one) => one === localStorage.getItem(STORED)) ?? 'system');

/** The page in these colours, and from now on in this browser. */
export function applyTheme(next: Theme = theme.value): void {
  theme.value = next;
  localStorage.setItem(STORED, next);
  document.documentElement.dataset.theme = next;
}
