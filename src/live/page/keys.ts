/** What a key means on this page; null: nothing, leave it to the browser. */
export type Intent =
  | { readonly do: 'move'; readonly by: 1 | -1 }
  | { readonly do: 'open' | 'back' | 'filter' | 'help' | 'scene' | 'reveal' | 'new' }
  | { readonly do: 'mark'; readonly index: number }
  | { readonly do: 'view'; readonly index: number };

export interface Key {
  readonly key: string;
  readonly modified: boolean;
  /** The focus is where text is typed. */
  readonly typing: boolean;
  /** `s` was pressed just before: a digit marks a scene. */
  readonly afterScene: boolean;
}

/** What a key means; null: nothing, and the browser may have it. */
export function intentOf({ key, modified, typing, afterScene }: Key): Intent | null {
  if (modified) return null;
  if (key === 'Escape') return { do: 'back' };
  if (typing) return null;
  if (/^[1-9]$/.test(key)) return { do: afterScene ? 'mark' : 'view', index: Number(key) - 1 };
  switch (key) {
    case 'j':
      return { do: 'move', by: 1 };
    case 'k':
      return { do: 'move', by: -1 };
    case 'Enter':
      return { do: 'open' };
    case '/':
      return { do: 'filter' };
    case '?':
      return { do: 'help' };
    case 's':
      return { do: 'scene' };
    case 'n':
      return { do: 'new' };
    case 'm':
      return { do: 'reveal' };
    default:
      return null;
  }
}
