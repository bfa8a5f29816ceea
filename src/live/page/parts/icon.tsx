import type { JSX } from 'preact';

const PATHS = {
  beyond_necessary: 'M8 1.5 15 14H1L8 1.5Zm0 4.2v4.1m0 2v.2',
  conditional: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6.2 6.1a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.7-.9 1.3m0 2v.2',
  necessary: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8.2l2.1 2.1L11 6.2',
  technical: 'M4.5 4.5h7v7h-7zM6.5 1.8v2.7m3-2.7v2.7m-3 7v2.7m3-2.7v2.7M1.8 6.5h2.7m-2.7 3h2.7m7-3h2.7m-2.7 3h2.7',
  not_judged: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8h6',
  before_consent: 'M4.5 1.8h7m-7 12.4h7M5 1.8v2.4L8 8 5 11.8v2.4m6-12.4v2.4L8 8l3 3.8v2.4',
  consented: 'M2.5 8.4 6.2 12l7.3-8',
  refused: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM3.5 3.5l9 9',
  background: 'M13.6 9.8A6 6 0 0 1 6.2 2.4a6 6 0 1 0 7.4 7.4Z',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  plus: 'M8 2.5v11M2.5 8h11',
  pen: 'M2.5 13.5l.6-2.8 8-8 2.2 2.2-8 8-2.8.6Z',
  phone: 'M4.5 1.5h7v13h-7zM7 12.5h2',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Zm3.5 8.3 3.3 3.3',
  export: 'M8 10V2m0 0L5 5m3-3 3 3M2.5 10v3.5h11V10',
  help: 'M6 6a2 2 0 1 1 2.9 1.8c-.6.3-.9.8-.9 1.5m0 2.2v.2M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z',
  light: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm0-3.8v1.3m0 11v1.3M1.2 8h1.3m11 0h1.3M3.2 3.2l.9.9m7.8 7.8.9.9m0-9.6-.9.9m-7.8 7.8-.9.9',
  dark: 'M13.6 9.8A6 6 0 0 1 6.2 2.4a6 6 0 1 0 7.4 7.4Z',
  system: 'M1.8 3h12.4v8.2H1.8zM5.5 14h5M8 11.2V14',
  eye: 'M1.2 8S3.8 3.6 8 3.6 14.8 8 14.8 8 12.2 12.4 8 12.4 1.2 8 1.2 8Zm6.8-1.9a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8Z',
  arrow: 'm6 3.5 4.5 4.5L6 12.5',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  lock: 'M3.5 7h9v7h-9zM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7',
  unlocked: 'M3.5 7h9v7h-9zM5.5 7V4.8a2.5 2.5 0 0 1 4.8-1',
  settings: 'M2 4.5h7m3 0h2M10.5 3v3M2 8h2m3 0h7M5.5 6.5v3M2 11.5h6m3 0h3M9.5 10v3',
  star: 'm8 1.8 1.9 4 4.4.6-3.2 3 .8 4.3L8 11.6l-3.9 2.1.8-4.3-3.2-3 4.4-.6Z',
  alert: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.6v4.2m0 2.2v.2',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the word beside it says the same. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
