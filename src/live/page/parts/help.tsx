import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { OPERATOR_WORDS, OPERATORS } from '../filter.js';
import { language, t } from '../text/index.js';
import { Dialog } from './dialog.js';

export const helpOpen = signal(false);

export function HelpDialog(): JSX.Element {
  const keys: ReadonlyArray<readonly [readonly string[], string]> = [
    [['j', 'k'], t('help.move')],
    [['Enter'], t('help.openRow')],
    [['Esc'], t('help.back')],
    [['/'], t('help.filter')],
    [['s', '1–4'], t('help.scene')],
    [['m'], t('help.reveal')],
    [['n'], t('help.new')],
    [['1–9'], t('help.tabs')],
    [['?'], t('help.help')],
  ];
  const close = () => {
    helpOpen.value = false;
  };
  return (
    <Dialog title={t('help.title')} open={helpOpen.value} onClose={close}>
      <dl class="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('help.filters')}</h3>
      <dl class="keys">
        {OPERATORS.map((name) => (
          <div key={name}>
            <dt>
              <code>{name}:</code>
              {language.value === 'en' ? null : <code>{OPERATOR_WORDS[name]}：</code>}
            </dt>
            <dd>{t(`filter.${name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <code>-</code>
          </dt>
          <dd>{t('help.negate')}</dd>
        </div>
        <div>
          <dt>
            <code>"…"</code>
          </dt>
          <dd>{t('help.quotes')}</dd>
        </div>
      </dl>
    </Dialog>
  );
}
