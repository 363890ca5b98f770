import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { POINTS } from '@palmares/shared/ledger/currency';
import { computed, type Ref } from 'vue';
import { formatDate, formatStretch, formatWeekday } from '../format/date';
import { formatCount } from '../format/number';
import { useText } from '../i18n/text';
import { useWord } from '../i18n/word';
import { useSessionStore } from '../session/session.store';
import { prizeSays, ruleSays } from '../studio/sentence';
import type { AuditEntryView } from './audit.api';
import { changeLines, type ChangeLine, type Saying } from './change-lines';

const ALWAYS = '1900-01-01';

/** What the journal says of an entry, in the reader’s words; `names` are those of ids. */
export function useChangeText(names: Ref<ReadonlyMap<string, string>>) {
  const { t, locale } = useText();
  const word = useWord();
  const organisation = useSessionStore().current?.organisation;
  const known = (section: string, name: string) => {
    const found = word(section, name);
    return found === name ? undefined : found;
  };

  function choice(name: string, value: string): string | undefined {
    if (name === 'workingWeek') return formatWeekday(Number(value), locale.value);
    if (name === 'named') return word('auditField', value);
    if (name === 'roles') return known('role', value);
    if (name === 'kpi') return catalogue.get(value)?.card[locale.value].name;
    if (name === 'scopes') return known('scope', value.split(':')[0] ?? value);
    return known('auditValue', value) ?? known(`studioChoice.${name}`, value);
  }
  function sentence(name: string, value: object): string | undefined {
    const loose = value as Record<string, unknown>;
    if (name === 'rules') return ruleSays(loose, organisation?.currency ?? 'EUR', locale.value);
    return name === 'payout' ? prizeSays(loose, locale.value) : undefined;
  }
  const saying = computed<Saying>(() => ({
    field: (name) => word('auditField', name),
    choice,
    sentence,
    named: (id) => names.value.get(id),
    number: (value) => formatCount(value, locale.value),
    day: (day) => (day === ALWAYS ? t('audit.always') : formatDate(day, locale.value)),
    flag: (value) => t(value ? 'audit.yes' : 'audit.no'),
    stretch: (from, to) => formatStretch(from === ALWAYS ? null : from, to, locale.value),
  }));

  /** Points are those that everybody has unless another name is told. */
  const lines = ({ before, after }: AuditEntryView): ChangeLine[] =>
    changeLines(
      before,
      after?.['currency'] === POINTS ? { ...after, currency: null } : after,
      saying.value,
    );
  /** What a command was about: what kind of thing, and what it is called. */
  function subject({ subject: text }: AuditEntryView): { kind: string; name: string } {
    const [kind = '', id = ''] = text.split(/:(.*)/su);
    const kpi = kind === 'kpi' ? (catalogue.get(id)?.card[locale.value].name ?? id) : '';
    const own = kind === 'organisation' ? (organisation?.name ?? '') : '';
    return { kind: word('auditSubject', kind), name: names.value.get(id) ?? (kpi || own) };
  }
  function actor({ actor: { name, signature } }: AuditEntryView): string {
    const [kind = ''] = signature.split(':');
    return name ?? word('auditActor', kind);
  }
  return { lines, subject, actor };
}
