import { createI18n } from 'vue-i18n';
import type { Locale } from '../format/locale';
import type en from './en.json';

export type Messages = typeof en;

const load: Record<Locale, () => Promise<{ default: unknown }>> = {
  fr: () => import('./fr.json'),
  en: () => import('./en.json'),
};

const CHOICE = 'palmares.locale';

export const i18n = createI18n<[Messages], Locale, false>({
  legacy: false,
  locale: 'fr',
  fallbackLocale: false,
  pluralRules: {
    // A text may have words of its own for nothing at all: then it has three.
    fr: (count, choices) => {
      const several = Math.abs(count) < 2 ? 0 : 1;
      return choices < 3 ? several : count === 0 ? 0 : several + 1;
    },
  },
  messages: {} as never,
});

const isLocale = (value: unknown): value is Locale => value === 'fr' || value === 'en';

/** What the reader has chosen here before. */
export function chosenLocale(): Locale | undefined {
  try {
    const choice = localStorage.getItem(CHOICE);
    return isLocale(choice) ? choice : undefined;
  } catch {
    return undefined;
  }
}

/** The reader's choice, else the browser's first language that we speak, else English. */
export function firstLocale(): Locale {
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale);
  return chosenLocale() ?? spoken ?? 'en';
}

export async function showLocale(locale: Locale): Promise<void> {
  if (!(i18n.global.availableLocales as string[]).includes(locale)) {
    i18n.global.setLocaleMessage(locale, (await load[locale]()).default as never);
  }
  i18n.global.locale.value = locale;
  document.documentElement.lang = locale;
}

/** Shows a locale and remembers that the reader asked for it. */
export function chooseLocale(locale: Locale): Promise<void> {
  try {
    localStorage.setItem(CHOICE, locale);
  } catch {
    // Storage may be closed to us: the choice lasts as long as the page.
  }
  return showLocale(locale);
}
