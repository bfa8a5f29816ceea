import type { Language } from '../model/text.js';
import { readLayers, type Surroundings } from './settings.js';

/**
 * The language of help, and of what explains an error: it is wanted before a command has run, and where the settings may be what is
 * broken. `--lang`, then the settings, then the machine's locale; Chinese where that names no language. Reports never go by the locale.
 * @param words of the command line, without the program's own.
 */
export function talkLanguage(words: readonly string[], surroundings: Surroundings): Language {
  const given = words.flatMap((word, at) => (word === '--lang' ? words[at + 1] : /^--lang=(.*)$/.exec(word)?.[1]) ?? []);
  const known = given.findLast((language): language is Language => language === 'en' || language === 'zh-CN');
  return known ?? settledLanguage(surroundings) ?? localeLanguage(surroundings.env);
}

function settledLanguage(surroundings: Surroundings): Language | undefined {
  try {
    const { user, project, environment } = readLayers(surroundings);
    return environment.language ?? project.language ?? user.language;
  } catch {
    // Whoever reads them next says what is wrong with them.
    const { OVERREACH_LANGUAGE: language } = surroundings.env;
    return language === 'en' || language === 'zh-CN' ? language : undefined;
  }
}

/** In the order in which POSIX lets one win over the other. `C` and `POSIX` name no language. */
function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = LC_ALL || LC_MESSAGES || LANG || '';
  return /^[a-z]{2,3}(?:[_.@-]|$)/.test(locale) && !/^zh/.test(locale) ? 'en' : 'zh-CN';
}
