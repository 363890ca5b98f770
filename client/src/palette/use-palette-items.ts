import { computed, type ComputedRef } from 'vue';
import { readChallenges } from '../challenge/challenge.api';
import { useLoad } from '../http/use-load';
import { useText } from '../i18n/text';
import { readKpis } from '../kpi/kpi.api';
import { readMembers } from '../people/people.api';
import { useSessionStore } from '../session/session.store';
import { destinations } from '../shell/pages';
import type { PaletteItem } from './palette-items';

/** Everything that whoever is signed in may go to; what cannot be read is not offered. */
export function usePaletteItems(): ComputedRef<PaletteItem[]> {
  const { t, locale } = useText();
  const { may } = useSessionStore();
  const leads = may('challenge.steer');
  /** Whoever only sells finds the challenges they run in, in the words of their pages. */
  const others = may('challenge.audit');

  const challenges = useLoad(() => readChallenges(!others));
  const kpis = useLoad(async () => (may('kpi.read') ? readKpis() : []));
  const members = useLoad(async () => (may('member.read') ? readMembers({}) : []));

  const pages = computed(() =>
    destinations().map(({ name }): PaletteItem => {
      return { key: `page ${name}`, group: 'pages', label: t(`nav.${name}`), to: { name } };
    }),
  );
  const things = computed((): PaletteItem[] => [
    ...(challenges.value.value ?? []).map(({ id, name, status }): PaletteItem => {
      const drafted = leads && (status === 'draft' || status === 'awaiting-countersign');
      const to = { name: drafted ? 'studio' : 'challenge', params: { id } };
      const hint = t(others ? `challengeStatus.${status}` : `status.${status}`);
      return { key: `challenge ${id}`, group: 'challenges', label: name, hint, to };
    }),
    ...(members.value.value ?? []).map(({ id, name, team }): PaletteItem => {
      const query = { member: id, memberName: name };
      const to = { name: 'cockpit', query };
      return { key: `member ${id}`, group: 'members', label: name, hint: team?.name, to };
    }),
    ...(kpis.value.value ?? []).map(({ code, card }): PaletteItem => {
      const to = { name: 'kpi', params: { code } };
      return { key: `kpi ${code}`, group: 'kpis', label: card[locale.value].name, to };
    }),
  ]);
  return computed(() => [...pages.value, ...things.value]);
}
