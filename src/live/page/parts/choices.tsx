import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

/**
 * One answer out of several, kept by the server.
 * @param standing what is kept; asked again once a choice was answered, for the browser marks it before, and a refused one would stay marked.
 */
export function Choices<T extends string>({
  name,
  options,
  standing,
  choose,
}: {
  readonly name: string;
  readonly options: ReadonlyArray<readonly [value: T, words: string]>;
  readonly standing: () => string;
  readonly choose: (value: T) => Promise<void>;
}): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const now = standing();
  return (
    <span class="choices" ref={box}>
      {options.map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === now}
            onChange={() =>
              void choose(value).then(() => {
                for (const input of box.current?.querySelectorAll('input') ?? []) input.checked = input.value === standing();
              })
            }
          />
          {words}
        </label>
      ))}
    </span>
  );
}
