import { managedTeams } from '@palmares/shared/challenge/steering';
import { computed, watch, type Ref } from 'vue';
import { today } from '../format/date';
import { useLoad } from '../http/use-load';
import { readMembers, readTeams } from '../people/people.api';
import { useSessionStore } from '../session/session.store';
import { countOf } from './audience-count';
import type { Draft } from './draft';
import { outsideIn, within } from './own-teams';

/** Whom a draft is for, and whom its author may make it for; `isNew` before it is first kept. */
export function useParticipants(draft: Ref<Draft>, isNew: () => boolean) {
  const session = useSessionStore();
  const day = today(session.current?.organisation.timeZone ?? 'UTC');
  const people = useLoad(() => Promise.all([readMembers({}), readTeams()]));
  const members = computed(() => people.value.value?.[0] ?? []);
  const teams = computed(() => people.value.value?.[1] ?? []);
  const count = computed(() => countOf(draft.value, members.value, teams.value));

  /** The teams that the manager manages; undefined for an admin, and until the teams are loaded. */
  const own = computed(() => {
    const bound = session.reaches('challenge.steer') === 'managed' && people.value.value;
    const me = session.current?.member.id ?? '';
    return bound ? managedTeams(me, teams.value, day) : undefined;
  });
  const outside = computed(() =>
    own.value
      ? outsideIn(draft.value, members.value, teams.value, own.value, day)
      : { members: [], teams: [] },
  );
  /** Brings a draft that has just been begun within the teams of its author. */
  function bring(): void {
    if (own.value?.size)
      draft.value.audience = within(draft.value.audience, teams.value, own.value);
  }
  watch(own, () => isNew() && bring());
  return { members, teams, count, own, outside, bring };
}
