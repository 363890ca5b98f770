import { compileChallenge } from '@palmares/shared/challenge/compile';
import { placeOf } from '@palmares/shared/board/position';
import { sentencesOf } from '@palmares/shared/challenge/sentence';
import { defineStore, storeToRefs } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { BoardDoor } from '../board/board.api';
import { useBoardStore } from '../board/board.store';
import { useSessionStore } from '../session/session.store';
import { readChallenge, type ChallengeView } from './challenge.api';
import { definitionOf } from './definition';

/** The challenge on the screen, with the board that goes with it. */
export const useChallengeStore = defineStore('challenge', () => {
  const session = useSessionStore();
  const board = useBoardStore();
  const { board: shown, around, me } = storeToRefs(board);
  const view = shallowRef<ChallengeView>();

  const definition = computed(() => view.value && definitionOf(view.value));
  const compiled = computed(() => definition.value && compileChallenge(definition.value));
  /** Where I stand, also further down than what was fetched. */
  const place = computed(() => {
    if (!shown.value || !compiled.value) return undefined;
    const { rows } = shown.value;
    const near = around.value.length > 0 ? around.value : rows;
    return placeOf({ ...shown.value, rows: [...near] }, me.value, compiled.value);
  });

  /** The way in for whoever is signed in: the challenge, in the shape of what a link opens. */
  function door(id: string): BoardDoor {
    const { organisation, member } = session.current!;
    return {
      me: member.id,
      async open() {
        const found = await readChallenge(id);
        view.value = found;
        const { name, from, to, status } = found;
        const rules = definitionOf(found).rules.map((rule) =>
          sentencesOf(rule, organisation.currency),
        );
        return { organisation, challenge: { id, name, from, to, status, rules } };
      },
    };
  }

  function open(id: string): void {
    view.value = undefined;
    board.open(door(id));
  }

  return { view, definition, place, open, close: board.close };
});
