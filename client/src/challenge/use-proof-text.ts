import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { shownExact } from '@palmares/shared/quantity/exact';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { formatDate } from '../format/date';
import { formatFigure } from '../format/figure';
import { formatCount } from '../format/number';
import { ordinal } from '../format/ordinal';
import { useText } from '../i18n/text';
import { useActivityWord } from '../i18n/activity-word';
import { useWord } from '../i18n/word';
import { useSessionStore } from '../session/session.store';
import type { KpiView, MeasureView, ProofView, RuleView } from './challenge.api';
import { nextStep, perHeadOf } from './proof-step';

type Heads = ProofView['heads'];

/** Figures of a proof as they are read. */
function useProofFigure() {
  const { locale } = useText();
  const session = useSessionStore();
  const currency = () => session.current?.organisation.currency ?? 'EUR';

  function figure(kpi: string, value: string | number | null): string {
    if (value === null) return '—';
    const known = catalogue.get(kpi);
    if (known?.unit === 'money') return money(String(value));
    // A proof has all digits of what it counts.
    if (known?.unit === 'count') return number(String(value)).replace('-', '−');
    const style = { unit: known?.unit ?? 'number', scale: known?.scale ?? 2, currency: currency() };
    const exact = style.unit === 'rate' ? Number(value) : value;
    return formatFigure(exact, style, locale.value);
  }

  const number = (decimal: string) => formatCount(Number(decimal), locale.value);
  /** Whole amounts without their zeros: `412 360 €`, and `9 850,50 €`. */
  const money = (value: string) => {
    const cents = Number.isInteger(Number(value) * 100) ? 2 : 4;
    const scale = Number.isInteger(Number(value)) ? 0 : cents;
    return formatFigure(value, { unit: 'money', scale, currency: currency() }, locale.value);
  };
  return { figure, number, money };
}

/** What lies behind the figure of a rule: its division by head, and its next step. */
function useProofStep() {
  const { t, locale } = useText();
  const { figure, number } = useProofFigure();

  /** `60 ÷ 5 personnes = 12 par tête`, where a team is measured by head. */
  function perHead(rule: RuleView, heads: Heads): string | undefined {
    const each = perHeadOf(rule, heads);
    const [first] = rule.kpis;
    if (each === null || !heads || !first) return undefined;
    const whole = heads.personDays % heads.days === 0;
    const count = heads.personDays / heads.days;
    const people = whole
      ? t('why.people', { count: formatCount(count, locale.value) }, count)
      : t('why.peopleDays', { days: number(String(heads.personDays)), window: heads.days });
    return t(typeof each === 'number' ? 'why.perHead' : 'why.perHeadAbout', {
      value: figure(first.kpi, first.value),
      people,
      each: figure(first.kpi, formatScaled(shownExact(each))),
    });
  }

  /** `encore 0,4 pour le palier de 10 (+13)`. */
  function step(rule: RuleView, heads: Heads): string | undefined {
    const next = nextStep(rule, heads);
    const [first] = rule.kpis;
    if (!next || !first) return undefined;
    const share = { unit: 'rate', scale: 0, currency: '' } as const;
    const at =
      rule.by === 'attainment'
        ? formatFigure(Number(next.at), share, locale.value)
        : figure(first.kpi, next.at);
    return t('why.step', { much: figure(first.kpi, next.missing), at, gain: number(next.gain) });
  }

  return { perHead, step };
}

/** The nodes of a proof in words. */
export function useProofText() {
  const { t, locale } = useText();
  const word = useWord();
  const activityWord = useActivityWord();
  const { figure, number, money } = useProofFigure();
  const { perHead, step } = useProofStep();

  /** What a KPI of a rule came to: `Chiffre d’affaires net : 412 360 €`. */
  const kpi = (one: KpiView): string => {
    const value =
      one.value === null && one.reason ? t(`reason.${one.reason}`) : figure(one.kpi, one.value);
    return t('why.is', { name: one.name[locale.value], value });
  };

  function place({ place: own }: RuleView): string[] {
    if (!own) return [];
    const rank = ordinal(own.place, locale.value);
    const shared = own.sharedWith.map(({ label }) => label ?? t('board.hidden')).join(', ');
    const text = t('why.place', { place: rank, of: own.of });
    return [shared ? `${text} (${t('why.sharedWith', { names: shared })})` : text];
  }

  /** The sentence that names the rounding of a score. It leaves a fraction of over 16 characters out. */
  function rounded({ exact }: { exact?: string | undefined }): string | undefined {
    if (!exact) return undefined;
    return exact.length <= 16 ? t('why.rounded', { exact }) : t('why.roundedPlain');
  }

  /** What made a rule give what it gives, in a line. */
  function facts(rule: RuleView, heads: Heads, ended = true): string {
    const lost = rule.cuts.reduce((sum, { full, left }) => sum + Number(full) - Number(left), 0);
    const first = rule.kpis[0];
    const parts = [perHead(rule, heads), ended ? undefined : step(rule, heads)];
    return [
      ...(first ? [kpi(first)] : []),
      ...parts.filter((one) => one !== undefined),
      ...(rule.frozen !== null && first
        ? [t('why.frozen', { value: figure(first.kpi, rule.frozen) })]
        : []),
      ...place(rule),
      ...(lost > 0 ? [t('why.cut', { count: formatCount(lost, locale.value) })] : []),
      ...(Number(rule.held) !== 0 ? [t('why.held', { count: number(rule.held) })] : []),
    ].join(' · ');
  }

  /** A measure, by what it looks at: `Remboursements (somme), déduit`. */
  const measure = ({ types, aggregation, sign }: MeasureView): string => {
    const how = word('aggregation', aggregation);
    const text = t('why.measure', { types: types.map(activityWord).join(', '), how });
    return sign === -1 ? `${text}, ${t('why.takenAway')}` : text;
  };

  const day = (one: string) => formatDate(one, locale.value);
  return { facts, kpi, figure, rounded, type: activityWord, measure, money, number, day };
}
