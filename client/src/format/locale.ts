import type { Locale } from '@palmares/shared/people/organisation';

export type { Locale };

const tags: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };

/** The language tag behind a locale of the product: English dates put the day first. */
export const tagOf = (locale: Locale): string => tags[locale];

/** Keeps what is dear to build: `Intl` formatters cost far more to make than to use. */
export function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}
