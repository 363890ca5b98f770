import { useI18n } from 'vue-i18n';
import type { Ref } from 'vue';
import type { Locale } from '../format/locale';
import type { Messages } from './i18n';

type Leaves<Node, Path extends string = ''> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? `${Path}${Key}`
    : Leaves<Node[Key], `${Path}${Key}.`>;
}[keyof Node & string];

/** Every text there is; one that is not in the messages does not compile. */
export type TextKey = Leaves<Messages>;

type Named = Record<string, unknown>;

export type Translate = (
  key: TextKey,
  ...rest: [] | [named: Named] | [plural: number] | [named: Named, plural: number]
) => string;

export function useText(): { t: Translate; locale: Ref<Locale> } {
  const { t, locale } = useI18n();
  return { t: t as Translate, locale: locale as Ref<Locale> };
}
