import type { JSX } from 'preact';
import type { personaAnswer } from '../../schema.js';
import { visible } from '../format.js';
import { net } from '../net.js';
import { isRunning, server } from '../state.js';
import { t } from '../text/index.js';
import { useAnswer } from './answer.js';
import { typeName } from './finding-list.js';

type Persona = (typeof personaAnswer)['_output'];

/** The values that are looked for, masked. They are read once, when the session starts: the page cannot change them. */
export function PersonaList(): JSX.Element | null {
  const offered = server.value?.offers.includes('persona') === true && isRunning.value;
  const answer = useAnswer<Persona>(offered ? () => net.get('/api/persona') : null, [offered]);
  if (!offered) return null;
  const values = answer?.values ?? null;
  return (
    <section class="card">
      <h2>{t('persona.title')}</h2>
      <p class="sub">{t('persona.fixed')}</p>
      {answer === null ? (
        <p class="sub">{t('loading')}</p>
      ) : values === null ? (
        <p>{t('persona.none')}</p>
      ) : (
        <dl class="facts persona">
          {values.map(({ dataType, masked }) => (
            <div key={dataType}>
              <dt>{typeName(dataType)}</dt>
              <dd class="mono">{masked.map(visible).join(' · ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
